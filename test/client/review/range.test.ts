import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  atX,
  besides,
  grown,
  moved,
  type Range,
  showing,
  ticks,
  xOf,
  zoomed,
} from "../../../client/review/range.ts";
import { inRows } from "../../../client/review/rows.ts";

const whole: Range = { from: 100_000, to: 700_000 };

test("what is pointed at stays where it is while one zooms, as long as there is something beside it", () => {
  const near = zoomed(whole, 0.5, 400_000, whole);
  expect(near).toEqual({ from: 250_000, to: 550_000 });
  expect(xOf(near, 400_000, 800)).toBe(xOf(whole, 400_000, 800));
  expect(zoomed(near, 2, 400_000, whole)).toEqual(whole);
});

test("neither zooming nor moving leaves the recording", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.boolean(),
          fc.double({ min: 0.01, max: 100, noNaN: true }),
          fc.integer({ min: -1e6, max: 1e6 }),
        ),
      ),
      (steps) => {
        let range = whole;
        for (const [zooms, factor, by] of steps)
          range = zooms ? zoomed(range, factor, range.from + factor * 10, whole) : moved(range, by, whole);
        expect(range.from).toBeGreaterThanOrEqual(whole.from - 1e-6);
        expect(range.to).toBeLessThanOrEqual(whole.to + 1e-6);
        expect(range.to - range.from).toBeGreaterThanOrEqual(2000 - 1e-6);
      },
    ),
  );
});

test("a move without end goes to the end and keeps what is shown", () => {
  expect(moved({ from: 100_000, to: 160_000 }, Infinity, whole)).toEqual({ from: 640_000, to: 700_000 });
  expect(moved({ from: 640_000, to: 700_000 }, -Infinity, whole)).toEqual({ from: 100_000, to: 160_000 });
});

describe("while a recording grows", () => {
  const is = { from: 100_000, to: 701_000 };
  test.each<[string, Range, Range]>([
    ["the whole stays the whole", whole, is],
    ["its end stays in sight", { from: 640_000, to: 700_000 }, { from: 641_000, to: 701_000 }],
    ["what was looked at before stays", { from: 200_000, to: 260_000 }, { from: 200_000, to: 260_000 }],
  ])("%s", (_, range, expected) => {
    expect(grown(range, whole, is)).toEqual(expected);
  });
});

test("a range follows what plays only when it has left it", () => {
  const range = { from: 200_000, to: 300_000 };
  expect(showing(range, 250_000, whole)).toBe(range);
  expect(showing(range, 310_000, whole)).toEqual({ from: 290_000, to: 390_000 });
});

test("pixels and moments are one to one", () => {
  expect(atX(whole, xOf(whole, 123_456, 777), 777)).toBeCloseTo(123_456, 6);
  expect(atX(whole, 5, 0)).toBe(whole.from);
});

test("a time axis is marked at round moments of the recording's own clock", () => {
  const marks = ticks(whole, 100_000, 800);
  expect(marks.map((at) => at - 100_000)).toEqual([0, 120_000, 240_000, 360_000, 480_000, 600_000]);
});

test("what overlaps stands in rows below each other, and a row is used again once it is free", () => {
  const spans = [
    { from: 0, to: 10 },
    { from: 5, to: 15 },
    { from: 10, to: 20 },
  ];
  const { placed, rows } = inRows(spans, (span) => span);
  expect(rows).toBe(2);
  expect(placed.map(({ row }) => row)).toEqual([0, 1, 0]);
});

test("no label of the time axis lies under the cursor's, and all are there while the cursor is out of sight", () => {
  const marks = [100_000, 300_000, 500_000, 700_000];
  // 600 s over 300 px: the marks stand at 0, 100, 200 and 300.
  expect(besides(marks, whole, 300, 130)).toEqual([100_000, 500_000, 700_000]);
  expect(besides(marks, whole, 300, 150)).toEqual(marks);
  expect(besides(marks, whole, 300, null)).toEqual(marks);
});
