/** Which keys the trace has, and who has them before it. */
import { expect, test } from "vitest";
import { plotKeys } from "../../../client/review/plot-keys.ts";
import { centreOf, type Range } from "../../../client/review/range.ts";
import { takersOf } from "../../../client/review/taking-keys.ts";

const whole: Range = { from: 0, to: 600_000 };

test("plus and minus zoom, arrows move, Home and End go to the ends, 0 shows the whole", () => {
  let range = whole;
  const press = plotKeys({
    ...{ range: () => range, whole: () => whole, show: (next) => (range = next) },
    centre: () => (range.from + range.to) / 2,
  });
  const after = (...keys: readonly string[]): Range => {
    expect(keys.map(press)).toEqual(keys.map(() => true));
    return range;
  };
  expect(after("+")).toEqual({ from: 100_000, to: 500_000 });
  expect(after("ArrowLeft")).toEqual({ from: 20_000, to: 420_000 });
  expect(after("End")).toEqual({ from: 200_000, to: 600_000 });
  expect(after("Home")).toEqual({ from: 0, to: 400_000 });
  expect(after("-")).toEqual(whole);
  expect(after("=", "ArrowRight", "0")).toEqual(whole);
});

test("plus and minus leave the moment that is shown where it is, and the middle while it is out of sight", () => {
  let [range, at] = [whole, 60_000];
  const press = plotKeys({
    ...{ range: () => range, whole: () => whole, show: (next: Range) => (range = next) },
    centre: () => centreOf(range, at),
  });
  press("+");
  expect(range).toEqual({ from: 20_000, to: 420_000 });
  press("-");
  expect(range).toEqual(whole);
  press("+");
  at = 500_000;
  press("+");
  expect((range.from + range.to) / 2).toBeCloseTo(220_000);
});

test("a key that is none of the trace's does nothing", () => {
  const shown: Range[] = [];
  const press = plotKeys({
    ...{ range: () => whole, whole: () => whole, centre: () => 0 },
    show: (next) => shown.push(next),
  });
  expect(["n", "ArrowUp", "toString"].map(press)).toEqual([false, false, false]);
  expect(shown).toEqual([]);
});

test("the position's bar keeps its arrows, Home and End, and leaves the rest to the trace", () => {
  const range = /(^|, )input(,|$)/;
  for (const key of ["ArrowLeft", "ArrowRight", "Home", "End", " "]) expect(takersOf(key)).toMatch(range);
  for (const key of ["+", "-", "0", "n"]) expect(takersOf(key)).not.toMatch(range);
  expect(takersOf("+")).toContain("textarea");
});
