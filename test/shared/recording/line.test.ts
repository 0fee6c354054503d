/** Numbers of lines follow their moments, and grow whatever a clock says. */
import { expect, test } from "vitest";
import { encodeChunk, openChunk } from "../../../shared/recording/chunk.ts";
import { type Line, nextId } from "../../../shared/recording/line.ts";
import { mostWhole } from "../../../shared/recording/whole.ts";
import { epoch } from "../../../shared/ids.ts";
import { millis, monotonic, wallTime } from "../../../shared/units.ts";

/** Numbers of lines of these moments, in ms. */
const numbered = (...moments: readonly number[]): number[] => {
  let last = 0;
  return moments.map((at) => (last = nextId(last, monotonic(at))));
};

test("they are sixteen to the millisecond, and grow where more came in one", () => {
  expect(numbered(5, 5.9, 6)).toEqual([80, 81, 96]);
  expect(numbered(-7, -7, 0)).toEqual([1, 2, 3]);
});

test("a clock that jumps by decades leaves room for all that comes after, in what a chunk can hold", () => {
  const year = 365.25 * 86_400_000;
  const moments = [1000, 56 * year, 56 * year + 1, 400 * year];
  const numbers = numbered(...moments);
  expect(numbers).toEqual([16_000, 16_001, 16_002, 16_003]);
  expect(Math.max(...numbered(16 * year, 18 * year))).toBeLessThan(mostWhole / 2);
  const lines = moments.map((at, i): Line => ({
    ...{ id: numbers[i] ?? 0, epoch: epoch("e"), at: monotonic(at), wall: wallTime(at) },
    fact: { kind: "resumed", at: monotonic(at), gap: millis(5), vouchedBy: "wall-clock" },
  }));
  const opened = openChunk(encodeChunk(lines));
  expect(opened.ok ? lines.map((_, row) => opened.value.line(row)) : opened).toEqual(lines);
});
