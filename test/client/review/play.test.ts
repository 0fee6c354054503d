import fc from "fast-check";
import { expect, test } from "vitest";
import {
  firstAfter,
  lastBefore,
  type Played,
  playOn,
  type Speed,
  speeds,
} from "../../../client/review/play.ts";
import { monotonic, never } from "../../../shared/units.ts";

const to = monotonic(600_000);
const noChange = () => never;

/** Every moment that is shown, with frames of these lengths, until the end. */
const shown = (frames: (n: number) => number, speed: Speed, changes: readonly number[] = []): number[] => {
  const moments = changes.map(monotonic);
  const seen: number[] = [];
  let played: Played = { at: monotonic(0), owed: 0 };
  for (let n = 0; played.at < to && n < 200_000; n++) {
    played = playOn(played, frames(n), {
      ...{ speed, to },
      changeAfter: (at) => firstAfter(moments, at, never),
    });
    seen.push(played.at);
  }
  return seen;
};

test.each(speeds)("ten minutes at %sx take as long as they should", (speed) => {
  const frames = shown(() => 16, speed);
  expect(frames.length * 16).toBeCloseTo(600_000 / speed, -2);
  expect(frames.at(-1)).toBe(to);
});

test("at 60x every moment at which an alarm changes is shown, and it takes hardly longer", () => {
  // Thirty alarms that come and go within a second, all over the ten minutes: a frame is a second of them.
  const changes = Array.from({ length: 30 }, (_, i) => [
    i * 20_000 + 5,
    i * 20_000 + 250,
    i * 20_000 + 251,
  ]).flat();
  const seen = shown(() => 1000 / 60, 60, changes);
  expect(changes.filter((at) => !seen.includes(at))).toEqual([]);
  expect(seen.length).toBeLessThan(1.2 * 600);
});

test("however uneven the frames are, no change of an alarm is left out and time never goes back", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...speeds),
      fc.uniqueArray(fc.integer({ min: 1, max: 599_999 }), { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }),
      (speed, changes, frames) => {
        const ordered = changes.toSorted((a, b) => a - b);
        const seen = shown((n) => frames[n % frames.length] ?? 16, speed, ordered);
        expect(ordered.filter((at) => !seen.includes(at))).toEqual([]);
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
        expect(seen.at(-1)).toBe(to);
      },
    ),
    { numRuns: 60 },
  );
});

test("a page that stood still for a minute goes on where it was", () => {
  const { at } = playOn({ at: monotonic(0), owed: 0 }, 60_000, { speed: 1, to, changeAfter: noChange });
  expect(at).toBe(250);
});

test("nothing is owed at the end", () => {
  const before = { at: monotonic(599_990), owed: 500 };
  expect(playOn(before, 16, { speed: 60, to, changeAfter: noChange })).toEqual({ at: to, owed: 0 });
});

test("the neighbours of a moment are found", () => {
  const moments = [10, 20, 20, 30].map(monotonic);
  expect(firstAfter(moments, monotonic(20), never)).toBe(30);
  expect(firstAfter(moments, monotonic(30), never)).toBe(never);
  expect(lastBefore(moments, monotonic(20), never)).toBe(10);
  expect(lastBefore(moments, monotonic(10), never)).toBe(never);
});
