import { expect, test } from "vitest";
import { type Figure, jsonLine, table } from "./figure.ts";

const figure = (subject: string, name: string, value: number): Figure => ({
  bench: "wall-latency",
  figure: name,
  value,
  unit: "ms",
  with: { subject, cuffs: 32 },
});

test("a figure is one line of JSON, rounded to a hundredth", () => {
  expect(jsonLine(figure("product", "text p99", 41.23456))).toBe(
    '{"bench":"wall-latency","figure":"text p99","value":41.23,"unit":"ms","with":{"subject":"product","cuffs":32}}',
  );
});

test("a table has a row a figure and a column a subject, and says where one is missing", () => {
  const figures = [
    figure("product", "text p50", 9.04),
    figure("product", "max", 120),
    figure("floor", "text p50", 3),
  ];
  expect(table(figures, "subject").split("\n")).toEqual([
    "            product    floor",
    "text p50     9.0 ms   3.0 ms",
    "max        120.0 ms        –",
  ]);
});
