import fc from "fast-check";
import { expect, test } from "vitest";
import {
  numberIn,
  numberOrNull,
  secondsIn,
  secondsShown,
  setsIn,
  setsShown,
} from "../../client/desk/typed.ts";

test.each([
  ["30", 30],
  [" 2.5 ", 2.5],
  ["2,5", 2.5],
  ["-1", -1],
  ["", undefined],
  ["  ", undefined],
  ["1e3", NaN],
  ["0x10", NaN],
  ["ten", NaN],
  ["1 000", NaN],
])("the number %j is %s", (typed, expected) => {
  expect(numberIn(typed)).toBe(expected);
});

test("an empty field says that there is no number", () => {
  expect(numberOrNull("")).toBeNull();
  expect(numberOrNull("0")).toBe(0);
});

test.each([
  ["6:30", 390],
  ["5", 300],
  ["1.5", 90],
  ["0:05", 5],
  ["20:00", 1200],
  ["", undefined],
  ["6:75", NaN],
  ["soon", NaN],
])("the time %j is %s s", (typed, expected) => {
  expect(secondsIn(typed)).toBe(expected);
});

test("a time reads back as it is shown", () => {
  expect(secondsShown(429)).toBe("7:09");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_000 }), (tenths) => {
      expect(secondsIn(secondsShown(tenths / 10))).toBeCloseTo(tenths / 10, 5);
    }),
  );
});

test.each([
  ["30-15-15-15", [30, 15, 15, 15]],
  ["30, 15 ,15", [30, 15, 15]],
  ["30 15", [30, 15]],
  ["30–15", [30, 15]],
  ["3×10", [10, 10, 10]],
  ["4 x 15", [15, 15, 15, 15]],
  ["12", [12]],
  ["", undefined],
  ["30-many", [30, NaN]],
])("the sets %j are %j", (typed, expected) => {
  expect(setsIn(typed)).toEqual(expected);
});

test("sets read back as they are shown", () => {
  expect(setsShown([30, 15, 15, 15])).toBe("30-15-15-15");
  expect(setsShown(undefined)).toBe("");
});
