/**
 * What is really so: the pressure without noise and motion against the band that the cuff has. Knows the simulation from the
 * inside, and nothing of the engine.
 */
import type { Cuff } from "../../../devices/cuff.ts";

/** How far the level may be off, exercising and resting (docs/alarms.md, `pressure-high`). */
const exerciseTolerance = (target: number): number => Math.max(0.1 * target, 15);
const restTolerance = (target: number): number => Math.max(0.05 * target, 15);
/** A rest has lasted this long before the level of an unregulated cuff is taken from it. */
const restBeforeLevelMs = 10_000;

export type Band = Readonly<{
  inflation: number;
  restSinceMs: number | null;
  /** The level of the inflation's first rest, from which an unregulated cuff is judged; null before it. */
  ownMmhg: number | null;
}>;

export const noBand: Band = { inflation: 0, restSinceMs: null, ownMmhg: null };

/** Whether air is kept in: between inflating and releasing. */
export const isHeld = ({ stage }: Cuff): boolean =>
  stage.kind === "settling" ||
  stage.kind === "working" ||
  stage.kind === "resting" ||
  stage.kind === "staying";

/** Whether nobody moves under a held cuff; the two seconds before the first repetition are no rest yet. */
export const isResting = ({ stage, spec }: Cuff): boolean =>
  stage.kind === "resting" ||
  stage.kind === "staying" ||
  (stage.kind === "working" && spec.course.repMs === 0);

/** The band after the cuff's latest moment. */
export const banded = (band: Band, cuff: Cuff): Band => {
  if (band.inflation !== cuff.inflation) return { ...noBand, inflation: cuff.inflation };
  const restSinceMs = isResting(cuff) ? (band.restSinceMs ?? cuff.atMs) : null;
  const restedMs = restSinceMs === null ? 0 : cuff.atMs - restSinceMs;
  const ownMmhg =
    band.ownMmhg ??
    (cuff.spec.model.regulation === null && restedMs >= restBeforeLevelMs ? cuff.bladder.trueMmhg : null);
  return restSinceMs === band.restSinceMs && ownMmhg === band.ownMmhg
    ? band
    : { ...band, restSinceMs, ownMmhg };
};

/** Whether the level is out of the band: about the target, or, from its first rest on, about an unregulated cuff's own level. */
export const isOut = (band: Band, cuff: Cuff): boolean => {
  const target = cuff.spec.course.targetMmhg;
  const tolerance = isResting(cuff) ? restTolerance(target) : exerciseTolerance(target);
  return Math.abs(cuff.bladder.trueMmhg - (band.ownMmhg ?? target)) > tolerance;
};

/** What presses on the limb's artery: with motion and what the cuff does about it, without noise and pulse. */
export const pressingMmhg = ({ bladder }: Cuff): number =>
  bladder.trueMmhg + bladder.swingMmhg + bladder.counteredMmhg;

/** How long an artery has to be shut for it to be full occlusion, and from which pressure on it is at once (docs/alarms.md). */
export const occludesMs = 3000;
const capMmhg = 300;

/** Since when the artery has been shut without a break, after the cuff's latest moment; null while it is open. */
export const occludedSince = (sinceMs: number | null, cuff: Cuff): number | null => {
  const pressing = pressingMmhg(cuff);
  if (pressing < cuff.spec.limb.lopMmhg) return null;
  const since = sinceMs ?? cuff.atMs;
  return pressing >= capMmhg ? Math.min(since, cuff.atMs - occludesMs) : since;
};
