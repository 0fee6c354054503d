/** Lines of a class that somebody ran, to be stored: the same for the same seed. */
import fc from "fast-check";
import type { Recorded } from "../../server/store/store.ts";
import { type Line, nextId } from "../../shared/recording/line.ts";
import { lived, type Lived, someClass } from "./recorded-class.ts";

/** What class `seed` was, and how it was recorded: some twenty minutes, and a thousand lines or so. */
export const classOfSeed = (seed: number): Lived => lived(fc.sample(someClass, { seed, numRuns: 8 }).flat());

/** What a store is given; it numbers lines by itself. */
export const withoutIds = (lines: readonly Line[]): readonly Recorded[] =>
  lines.map(({ epoch, at, wall, fact }) => ({ epoch, at, wall, fact }));

/** The same with the ids that a store gives them; `last` is the one before. */
export const asNumbered = (lines: readonly Line[], last = 0): readonly Line[] => {
  let before = last;
  return lines.map((line) => ({ ...line, id: (before = nextId(before, line.at)) }));
};
