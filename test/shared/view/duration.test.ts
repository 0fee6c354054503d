import { expect, test } from "vitest";
import { millis } from "../../../shared/units.ts";
import { age, lasting, left, passed } from "../../../shared/view/duration.ts";

test.each([
  [0, "00:00", "00:00"],
  [1, "00:00", "00:01"],
  [999, "00:00", "00:01"],
  [1000, "00:01", "00:01"],
  [479_999, "07:59", "08:00"],
  [480_000, "08:00", "08:00"],
  [3_723_000, "1:02:03", "1:02:03"],
  [-5, "00:00", "00:00"],
])("%d ms has passed as %s and is left as %s", (ms, hasPassed, isLeft) => {
  expect([passed(millis(ms)), left(millis(ms))]).toEqual([hasPassed, isLeft]);
});

test.each([
  [3999, "3 s"],
  [119_999, "119 s"],
  [120_000, "2 min"],
])("an age of %d ms reads %s", (ms, text) => {
  expect(age(millis(ms))).toBe(text);
});

test.each([
  [-5, "0 s"],
  [999, "0 s"],
  [9400, "9 s"],
  [60_000, "1 min"],
  [84_000, "1 min 24 s"],
  [3_600_000, "1 h"],
  [7_500_000, "2 h 5 min"],
  [3_605_000, "1 h"],
  [273_600_000, "3 d 4 h"],
])("%d ms has lasted %s", (ms, text) => {
  expect(lasting(millis(ms))).toBe(text);
});
