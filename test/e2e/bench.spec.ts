import { expect, test } from "@playwright/test";
import { wallLatency } from "../bench/wall-latency.ts";

test("the bench follows every number of the floor from its publish to the painted frame", async () => {
  const load = { cuffs: 4, hz: 10, rounds: 1, seconds: 2 };
  const notes: string[] = [];
  const figures = await wallLatency(load, (line) => notes.push(line), ["floor"]);
  const value = (name: string): number => figures.find((f) => f.figure === name)?.value ?? Number.NaN;

  expect(value("shown")).toBe(100);
  for (const to of ["text", "frame"]) {
    const steps = ["p50", "p95", "p99", "max"].map((at) => value(`${to} ${at}`));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.every(Number.isFinite)).toBe(true);
  }
  // A change is painted after it was made, and the clocks of page and machine agree to well under a frame.
  expect(value("frame p50")).toBeGreaterThan(value("text p50"));
  expect(value("text p50")).toBeGreaterThan(-1);
  expect(notes).toHaveLength(1);
});
