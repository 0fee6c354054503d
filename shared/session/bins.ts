/** The readings of a cuff in fifths of a second: whether they keep still, and how far back they reach. */
import { levelOver, restOver, restRange } from "../alarm/policy.ts";
import { slowestInterval } from "../cuff/basic.ts";
import type { Monotonic } from "../units.ts";

/** Readings of a fifth of a second, so that 10 s are 50 numbers whatever rate the cuff samples at. */
export type Bin = Readonly<{ at: Monotonic; mean: number; min: number; max: number }>;
export const binMs = 200;

/** Whether readings have kept within a small range for long enough; null before there are enough of them. */
export const isStill = (bins: readonly Bin[], at: Monotonic): boolean | null => {
  const from = at - restOver + binMs;
  if ((bins[0]?.at ?? Infinity) > from) return null;
  let min = Infinity;
  let max = -Infinity;
  for (let i = bins.length - 1; i >= 0; i--) {
    const b = bins[i];
    if (b === undefined || b.at < from) break;
    min = Math.min(min, b.min);
    max = Math.max(max, b.max);
  }
  return max - min < restRange;
};

/** Whether readings reach back over the window of the level, give or take a slow cuff's interval. */
export const coversLevel = (bins: readonly Bin[], at: Monotonic): boolean =>
  (bins[0]?.at ?? Infinity) <= at - levelOver + slowestInterval + binMs;
