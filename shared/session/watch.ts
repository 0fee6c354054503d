/** How long a reading has been beyond a threshold, or safely back from it: nothing is said at the first reading, nor taken back. */
import type { Monotonic } from "../units.ts";

/** For how long something has been beyond its threshold, or safely back from it. */
export type Watch = Readonly<{ beyond: Monotonic | null; within: Monotonic | null }>;
/** Nothing has been beyond, and nothing safely back. */
export const unwatched: Watch = { beyond: null, within: null };

/** What a threshold over a window says by now. */
export type Finding = "beyond" | "unclear" | "within";

/** A watch after one more finding; the time from which it has been beyond, or back within, is kept while that lasts. */
export const watched = (w: Watch, isBeyond: boolean, isWithin: boolean, at: Monotonic): Watch => {
  if (isBeyond) return w.beyond !== null && w.within === null ? w : { beyond: w.beyond ?? at, within: null };
  if (isWithin) return w.within !== null && w.beyond === null ? w : { beyond: null, within: w.within ?? at };
  return unwatched;
};
