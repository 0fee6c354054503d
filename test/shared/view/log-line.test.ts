import { describe, expect, test } from "vitest";
import { inTable, type Measured, readingText } from "../../../shared/view/log-line.ts";

const measured = (changes: Partial<Measured> & Pick<Measured, "condition">): Measured => ({
  value: 0,
  limit: 0,
  cause: null,
  ...changes,
});

describe("what was recorded", () => {
  test.each<readonly [Measured, string]>([
    [measured({ condition: "overrun", value: 492_000, limit: 480_000 }), "08:12 > 08:00"],
    [measured({ condition: "silent", value: 4_000, limit: 3_000 }), "silent for 4 s"],
    [measured({ condition: "pressure-lost", value: 3, limit: 148 }), "3 mmHg, was 148"],
    [measured({ condition: "inflated-unassigned", value: 10_000, limit: 10_000 }), "10 s"],
    [measured({ condition: "sensor-frozen", value: 5_000, limit: 5_000 }), "the same for 5 s"],
    [
      measured({ condition: "stop-advised", value: 8, limit: 7, cause: "pain refill dizziness" }),
      "pain 8 of 10, slow refill, dizziness",
    ],
  ])("%j reads as it should", (what, text) => {
    expect(readingText(what)).toBe(text);
  });
});

test("a sensor that stood still has times in a table, as every time in seconds", () => {
  expect(inTable(measured({ condition: "sensor-frozen", value: 5_200, limit: 5_000 }))).toEqual({
    value: { number: 5.2, unit: "s" },
    limit: { number: 5, unit: "s" },
  });
});
