/** How replaying goes on from frame to frame: plain numbers, no clock of its own. */
import { type Monotonic, monotonic } from "../../shared/units.ts";

export const speeds = [0.5, 1, 2, 5, 10, 60] as const;
export type Speed = (typeof speeds)[number];

/** Where replaying has come to, and how much of the recording, in ms, it still has to show to be as fast as was asked. */
export type Played = Readonly<{ at: Monotonic; owed: number }>;

/** A page that stood still for longer goes on where it was, in ms of the person's own time. */
const longestFrameMs = 250;

/**
 * One frame further, `elapsed` ms after the last. However fast it goes, every moment at which an alarm changes its state gets a frame of
 * its own: playing stops there, and what is left is owed to the next frames. `changeAfter` tells the first such moment after another.
 */
export const playOn = (
  { at, owed }: Played,
  elapsed: number,
  {
    speed,
    to,
    changeAfter,
  }: Readonly<{ speed: Speed; to: Monotonic; changeAfter: (at: Monotonic) => Monotonic }>,
): Played => {
  const most = longestFrameMs * speed;
  const due = Math.min(most, owed + Math.min(longestFrameMs, Math.max(0, elapsed)) * speed);
  const goal = Math.min(to, at + due);
  const reached = monotonic(Math.max(at, Math.min(goal, changeAfter(at))));
  return { at: reached, owed: reached >= to ? 0 : due - (reached - at) };
};

/** The first of `moments`, which are in order, after `at`; `otherwise` where there is none. */
export const firstAfter = (moments: readonly Monotonic[], at: Monotonic, otherwise: Monotonic): Monotonic => {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return moments[low] ?? otherwise;
};

/** The last of `moments` before `at`; `otherwise` where there is none. */
export const lastBefore = (moments: readonly Monotonic[], at: Monotonic, otherwise: Monotonic): Monotonic =>
  moments.findLast((moment) => moment < at) ?? otherwise;
