/** How far a pressure is off its target, at rest and in exercise: what is said once it has lasted (docs/alarms.md, `pressure-high`). */
import { exerciseTolerance, lasts, type Limits, restTolerance } from "../alarm/limits.ts";
import { clearsAfter, levelOver, valleyShare } from "../alarm/policy.ts";
import { between, type Mmhg, type Monotonic } from "../units.ts";
import type { Drift } from "./drift.ts";
import { type Finding, unwatched, type Watch, watched } from "./watch.ts";

/** In one direction. `sure` is whether it is the level itself, and cannot be the motion of somebody who works hard. */
export type OffTarget = Readonly<{ watch: Watch; finding: Finding; value: number; sure: boolean }>;
export const onTarget: OffTarget = { watch: unwatched, finding: "within", value: 0, sure: false };

/** One reading, and what is known of those before it. */
export type Held = Readonly<{
  at: Monotonic;
  mean: number;
  target: Mmhg;
  limits: Limits;
  judgedFrom: Monotonic;
  resting: boolean;
  regulated: boolean;
  /** The last 10 s in order of size; null before there are so many. */
  sorted: readonly number[] | null;
  drift: Drift;
}>;

/**
 * In exercise the median says too little of an unregulated cuff: hard pushes lift it far off the level. Where it is known what
 * they add, the level counts; before that, what is over the target even in the valleys is so for sure.
 */
const comparedOf = (by: Held): Readonly<{ value: number; floor: number; ceiling: number }> | null => {
  const { resting, mean, sorted, drift, regulated } = by;
  if (resting) return { value: mean, floor: mean, ceiling: mean };
  // A median of less than its window is that of a repetition's peak or valley.
  if (sorted === null || between(by.judgedFrom, by.at) < levelOver) return null;
  const value = sorted[sorted.length >> 1] ?? mean;
  if (regulated) return { value, floor: value, ceiling: value };
  const { level, motion } = drift;
  if (motion !== null) return level === null ? null : { value: level, floor: level, ceiling: level };
  const edge = Math.floor(sorted.length * valleyShare);
  return { value, floor: sorted[edge] ?? value, ceiling: sorted.at(-1 - edge) ?? value };
};

/** Above and below the target after one more reading; the same as before while nobody can tell. */
export const heldAgainstTarget = (
  was: Readonly<{ high: OffTarget; low: OffTarget }>,
  by: Held,
): Readonly<{ high: OffTarget; low: OffTarget }> => {
  const found = comparedOf(by);
  if (found === null) return was;
  const { value, floor, ceiling } = found;
  const tolerance = (by.resting ? restTolerance : exerciseTolerance)(by.target, by.limits);
  const off = (v: number): number => v - by.target;
  return {
    high: judged(was.high, by, { value, off: off(value), surely: off(floor) > tolerance, tolerance }),
    low: judged(was.low, by, { value, off: -off(value), surely: -off(ceiling) > tolerance, tolerance }),
  };
};

const judged = (
  was: OffTarget,
  { at, resting, limits }: Held,
  {
    value,
    off,
    surely,
    tolerance,
  }: Readonly<{ value: number; off: number; surely: boolean; tolerance: number }>,
): OffTarget => {
  const watch = watched(was.watch, off > tolerance, off < tolerance / 2, at);
  const beyond =
    watch.beyond !== null && (!resting || between(watch.beyond, at) >= lasts(limits, "restForS"));
  const within = watch.within !== null && between(watch.within, at) >= clearsAfter;
  // What was sure once stays so until it is over: an alarm does not go to and fro with every repetition.
  const sure = !within && (was.sure || (beyond && surely));
  return { watch, finding: beyond ? "beyond" : within ? "within" : "unclear", value, sure };
};
