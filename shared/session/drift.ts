/**
 * Drift that survives motion: where the level of a cuff is going, though every repetition moves the pressure further than a
 * leak does in a minute. Rest and exercise are told apart; what exercise adds to a person's mean pressure is learned
 * where a set ends in a rest, and taken off again in the next set (docs/decisions/010-drift.md). Moves only with readings.
 */
import { exerciseTolerance, lasts, type Limits, restTolerance } from "../alarm/limits.ts";
import { clearsAfter, inflatedAt, levelOver, repetitionAtMost } from "../alarm/policy.ts";
import {
  after,
  before,
  between,
  later,
  type Millis,
  millis,
  type Mmhg,
  mmhg,
  type Monotonic,
  monotonic,
  seconds,
} from "../units.ts";
import {
  gathered,
  meanOf,
  meanOfRepetitions,
  type Reading,
  readingsIn,
  type Window,
  windowFrom,
} from "./repetitions.ts";
import { valleyBefore, type Mark, marked, slopeOf } from "./trend.ts";

/** What a reading is held against. */
export type DriftYardstick = Readonly<{
  target: Mmhg;
  limits: Limits;
  /** It holds its pressure by itself: the band lies about the target. Otherwise about its own level in its first rest. */
  regulated: boolean;
  /** The readings of the last 10 s, the newest last. */
  readings: readonly Reading[];
  /** The pressure in the valleys of the last 10 s: a twentieth of the readings lies under it. */
  valley: number;
  /** The pressure has kept within 5 mmHg for 3 s. */
  quiet: boolean;
  /** The cuff's own count, and how many repetitions the set has where the plan says; null where the cuff does not count. */
  count: Readonly<{ set: number; rep: number; of: number | null }> | null;
  /** Whether the pump runs; null where the cuff does not say. */
  pump: boolean | null;
  /** From when the pressure is held against its target: on-target, at the earliest. */
  judgedFrom: Monotonic;
}>;

export type DriftFinding = "inside" | "leaving" | "outside" | "pump";

/** What can say that a pressure drifts: its level, a pump that keeps running, or the cuff itself. */
export type DriftSign = "level" | "pump" | "told";

export type Drift = Readonly<{
  /** Whether the level is in its band, will have left it within a minute, or has; or is kept up by a pump that runs and runs. */
  finding: DriftFinding;
  /** The level without motion; null while it cannot be told. */
  level: Mmhg | null;
  /** What the band lies about; null before an unregulated cuff's first rest. */
  reference: Mmhg | null;
  /** By how much exercise moves the mean of this person's pressure; null until a set has ended in a rest. */
  motion: number | null;
  lastAt: Monotonic | null;
  /**
   * Rest or exercise, and since when. `exercised` is the last set's mean pressure, for the rest that follows it; `moved` is
   * whether the pressure has shown any movement.
   */
  stretch: Readonly<{ resting: boolean; since: Monotonic; exercised: number | null; moved: boolean }> | null;
  /** The last repetition that the cuff counted, and when it did. */
  counted: Readonly<{ set: number; rep: number; at: Monotonic }> | null;
  /** Which of the last readings are of the present stretch. */
  window: Window;
  /** Mean pressure of exercise and level, every few seconds. */
  marks: readonly Mark[];
  /** A step before motion is known: the valleys before it and since, and when it was first seen. */
  stepped: Readonly<{ since: Monotonic; from: number; to: number }> | null;
  /** The level has been in its band in this inflation: one that never was is a standing offset, and drifts from nowhere. */
  wasInside: boolean;
  pumpSince: Monotonic | null;
  beyondSince: Monotonic | null;
  outsideSince: Monotonic | null;
  withinSince: Monotonic | null;
}>;

export const noDrift: Drift = {
  finding: "inside",
  level: null,
  reference: null,
  motion: null,
  lastAt: null,
  stretch: null,
  counted: null,
  window: windowFrom(monotonic(0)),
  marks: [],
  stepped: null,
  wasInside: false,
  pumpSince: null,
  beyondSince: null,
  outsideSince: null,
  withinSince: null,
};

/** Exercise is averaged over whole repetitions, as many as fit into `levelOver`; rest over a few pulses. */
const restOver = seconds(3);
/** A rest that was told by its quiet alone began this long before it was told; the end of the set lies before that. */
const restToldAfter = seconds(3.2);
/** A rest shows its level once the last repetition is out of the window, and gives an unregulated cuff its band later. */
const levelAfter = seconds(4.4);
const bandAfter = seconds(9);
/** No trend is believed before the level has moved this far (unregulated cuffs sink by 2 mmHg more after their first set). */
const trendFrom = mmhg(6);
/** So near to the edge counts as leaving: the slowest leak that matters (3 mmHg a minute) takes a minute from here. */
export const nearEdge = 0.8;
/** Nearer to the middle than this share of the band, it is back. */
export const backInside = nearEdge / 2;
export const beyondFor = seconds(2);
/** How far a rest may be from the band's middle for the exercise before it to teach anything new. */
const teachesWithin = 0.4;
/** Before motion is known the valleys tell of steps alone: an unregulated cuff sinks by up to 6 mmHg in 10 s by itself. */
export const stepFrom = mmhg(15);
/** By then it is known whether somebody has only stopped. */
const stepFor = seconds(6);
/** What of the end of a set teaches what motion adds. */
const setEnd = seconds(15);
/** A repetition counted within this says that the set goes on, however little the pressure moves. */
const countsWithin = seconds(5.5);
/** After inflation the tissue gives way for so long, and the pump makes up for it. */
const tissueGivesFor = seconds(7);
/** A gap this long begins a new stretch. */
const gap = seconds(3);

type Draft = { -readonly [K in keyof Drift]: Drift[K] };

/** The estimate after one more reading of an inflated cuff; begin each inflation with `noDrift`. */
export const watchDrift = (was: Drift, reading: Reading, by: DriftYardstick): Drift => {
  if (reading.at < by.judgedFrom || reading.mean < inflatedAt) return { ...was, lastAt: reading.at };
  const d: Draft = { ...was, lastAt: reading.at };
  count(d, reading.at, by);
  turn(d, was.lastAt, reading, by);
  const over = d.stretch?.resting === true ? restOver : levelOver;
  const readings = readingsIn(d.window, by.readings, over);
  d.window = gathered(d.window, readings);
  estimate(d, reading.at, { ...by, readings });
  judge(d, reading.at, by);
  return d;
};

/** In how long the band will be left at the present rate; null when the level is on no such way. */
export const leavesIn = (d: Drift, by: Band): Millis | null => {
  const slope = slopeOf(d.marks);
  if (d.level === null || d.reference === null || slope === null) return null;
  const off = d.level - d.reference;
  if (slope === 0 || Math.sign(slope) !== Math.sign(off)) return null;
  return millis(Math.max(0, (bandOf(d, by) - Math.abs(off)) / Math.abs(slope)));
};

type Band = Pick<DriftYardstick, "target" | "limits">;

/** How far the level may be from the middle of its band. */
const bandOf = (d: Drift, { target, limits }: Band): Mmhg =>
  (d.stretch?.resting === true ? restTolerance : exerciseTolerance)(target, limits);

const count = (d: Draft, at: Monotonic, by: DriftYardstick): void => {
  if (by.count === null) d.counted = null;
  else if (d.counted?.set !== by.count.set || d.counted.rep !== by.count.rep)
    d.counted = { set: by.count.set, rep: by.count.rep, at };
};

const isSetDone = ({ count: counts }: DriftYardstick): boolean =>
  counts !== null && counts.of !== null && counts.rep >= counts.of;

/** The set timer knows best; a quiet pressure is a rest where nothing is counted. */
const rests = (d: Drift, at: Monotonic, by: DriftYardstick): boolean => {
  const { quiet, count: counts } = by;
  if (counts === null || d.counted === null) return quiet;
  if (isSetDone(by)) return true;
  return quiet && between(d.counted.at, at) > repetitionAtMost;
};

/** Begins a new stretch where rest turns into exercise, or the other way round, or readings were missing. */
const turn = (d: Draft, lastAt: Monotonic | null, { at }: Reading, by: DriftYardstick): void => {
  const broken = lastAt !== null && between(lastAt, at) > gap;
  const resting = rests(d, at, by);
  if (d.stretch !== null && d.stretch.resting === resting && !broken) {
    if (!by.quiet && !d.stretch.moved) d.stretch = { ...d.stretch, moved: true };
    return;
  }
  if (broken) d.marks = [];
  // A short rest has shown the level as well, if it was still long enough.
  if (!by.regulated && d.stretch?.resting === true) d.reference ??= d.level;
  const endedBy = at - restToldAfter;
  const set = d.marks.flatMap((m) =>
    m.exercised !== null && m.at <= endedBy && m.at > endedBy - setEnd ? [m.exercised] : [],
  );
  const exercised = resting && set.length > 0 ? set.reduce((a, b) => a + b, 0) / set.length : null;
  // A rest that the count did not tell has lasted for as long as it took to be seen.
  const since = resting && !isSetDone(by) ? before(at, restToldAfter) : at;
  d.stretch = { resting, since, exercised, moved: !by.quiet };
  d.window = windowFrom(at);
  d.pumpSince = null;
};

const estimate = (d: Draft, at: Monotonic, by: DriftYardstick): void => {
  const stretch = d.stretch;
  if (stretch === null) return;
  const mean = stretch.resting ? meanOf(by.readings) : meanOfRepetitions(d.window, by.readings);
  const lasted = between(stretch.since, at);
  if (stretch.resting) {
    d.level = lasted >= levelAfter ? mmhg(mean) : null;
    if (d.level !== null && stretch.exercised !== null) learn(d, stretch.exercised, d.level, by);
    if (d.reference === null && by.regulated) d.reference = by.target;
    if (d.reference === null && lasted >= bandAfter) d.reference = d.level;
    d.marks = marked(d.marks, { at, exercised: null, valley: null, level: d.level });
    return;
  }
  const covered = lasted >= levelOver;
  // A regulated cuff takes the motion out by itself.
  const motion = by.regulated ? 0 : d.motion;
  if (by.regulated) d.reference = by.target;
  // Somebody who stops in the middle of a set shows a mean without motion.
  const counts = d.counted !== null && between(d.counted.at, at) < countsWithin;
  const paused = by.quiet && stretch.moved && !counts;
  d.level = covered && motion !== null && !paused ? mmhg(mean - motion) : null;
  // What was read while they stopped must not count as part of a repetition once they go on.
  if (paused) {
    d.stretch = { ...stretch, since: at };
    d.window = windowFrom(at);
  }
  const exercised = covered && !paused ? mean : null;
  const valley = covered && !paused ? by.valley : null;
  d.stepped = motion === null ? steppedBy(d, at, valley) : null;
  d.marks = marked(d.marks, { at, exercised, valley, level: d.level });
};

/** Whether the valleys are far from what they were a window ago, and have not come back. */
const steppedBy = (d: Drift, at: Monotonic, valley: number | null): Drift["stepped"] => {
  if (valley === null || d.stretch === null) return d.finding === "leaving" ? d.stepped : null;
  const from = d.stepped?.from ?? valleyBefore(d.marks, before(at, levelOver), d.stretch.since);
  if (from === null) return null;
  const off = Math.abs(valley - from);
  const stands = off >= stepFrom || (d.stepped !== null && off >= stepFrom / 2);
  return stands ? { since: d.stepped?.since ?? at, from, to: valley } : null;
};

/** What exercise adds is the end of a set against the rest that follows it; each set is believed as much as all before it. */
const learn = (d: Draft, exercised: number, level: number, by: DriftYardstick): void => {
  const added = exercised - level;
  const inBand = d.reference === null || Math.abs(level - d.reference) < teachesWithin * bandOf(d, by);
  if (d.motion === null) d.motion = added;
  else if (inBand) d.motion = (d.motion + added) / 2;
  if (d.stretch !== null) d.stretch = { ...d.stretch, exercised: null };
};

const judge = (d: Draft, at: Monotonic, by: DriftYardstick): void => {
  const runs = by.regulated && d.stretch?.resting === true && by.pump === true;
  d.pumpSince = runs ? (d.pumpSince ?? later(at, after(by.judgedFrom, tissueGivesFor))) : null;
  if (d.level === null || d.reference === null) {
    judgeStep(d, at);
    return;
  }
  const tolerance = bandOf(d, by);
  const off = Math.abs(d.level - d.reference);
  const left = off >= trendFrom ? leavesIn(d, by) : null;
  d.wasInside ||= off <= tolerance;
  const leaves = off >= nearEdge * tolerance || (left !== null && left <= lasts(by.limits, "driftAheadS"));
  const beyond = d.wasInside && leaves;
  d.beyondSince = beyond ? (d.beyondSince ?? at) : null;
  d.outsideSince = d.wasInside && off > tolerance ? (d.outsideSince ?? at) : null;
  d.withinSince =
    !beyond && d.pumpSince === null && off < backInside * tolerance ? (d.withinSince ?? at) : null;
  if (hasHeld(d.outsideSince, at, beyondFor)) d.finding = "outside";
  else if (hasHeld(d.beyondSince, at, beyondFor)) d.finding = d.finding === "outside" ? "outside" : "leaving";
  // A pump that runs at rest makes a leak good, once the tissue has given way.
  else if (hasHeld(d.pumpSince, at, lasts(by.limits, "pumpForS"))) d.finding = "pump";
  else if (hasHeld(d.withinSince, at, clearsAfter)) d.finding = "inside";
};

/** Without a level there is no band to be out of: a step is a reason to look. */
const judgeStep = (d: Draft, at: Monotonic): void => {
  if (hasHeld(d.stepped?.since ?? null, at, stepFor)) d.finding = "leaving";
  else if (d.stepped === null && d.reference === null) d.finding = "inside";
};

const hasHeld = (since: Monotonic | null, at: Monotonic, duration: Millis): boolean =>
  since !== null && between(since, at) >= duration;
