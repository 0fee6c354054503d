/**
 * Drift that survives motion: where the level of a cuff is going, though every repetition moves the pressure further than a
 * leak does in a minute. Rest and exercise are told apart; what exercise adds to a person's mean pressure is learned
 * where a set ends in a rest, and taken off again in the next set (docs/decisions/010-drift.md). Moves only with readings.
 */
import { exerciseTolerance, inflatedAt, restTolerance } from "../alarm/policy.ts";
import {
  after,
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

/** The mean of the readings of a fifth of a second, as session/pressure.ts gathers them; a slow cuff has fewer. */
export type Reading = Readonly<{ at: Monotonic; mean: number }>;

/** What a reading is held against. */
export type DriftYardstick = Readonly<{
  target: Mmhg;
  /** It holds its pressure by itself: the band lies about the target. Otherwise about its own level in its first rest. */
  regulated: boolean;
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
  /** The last readings, ten seconds of them at most, all of the present stretch. */
  readings: readonly Reading[];
  total: number;
  /** When the pressure last rose through its own mean: the beat of the repetitions. */
  beats: readonly Monotonic[];
  /** Mean pressure of exercise and level, every few seconds. */
  marks: readonly Mark[];
  pumpSince: Monotonic | null;
  beyondSince: Monotonic | null;
  outsideSince: Monotonic | null;
  withinSince: Monotonic | null;
}>;

type Mark = Readonly<{ at: Monotonic; exercised: number | null; level: number | null }>;

export const noDrift: Drift = {
  finding: "inside",
  level: null,
  reference: null,
  motion: null,
  lastAt: null,
  stretch: null,
  counted: null,
  readings: [],
  total: 0,
  beats: [],
  marks: [],
  pumpSince: null,
  beyondSince: null,
  outsideSince: null,
  withinSince: null,
};

/** Exercise is averaged over whole repetitions, as many as fit into this; rest over a few pulses. */
const exerciseOver = seconds(10);
const restOver = seconds(3);
/** A rest that was told by its quiet alone began this long before it was told; the end of the set lies before that. */
const restToldAfter = seconds(3.2);
/** A rest shows its level once the last repetition is out of the window, and gives an unregulated cuff its band later. */
const levelAfter = seconds(4.4);
const bandAfter = seconds(9);
/** Level is noted this often, for so long, and a trend needs this much of it. */
const markEvery = seconds(3);
const markFor = seconds(90);
const trendOver = seconds(30);
/** A band that will be left within this is as good as left. */
const ahead = seconds(60);
/** No trend is believed before the level has moved this far (unregulated cuffs sink by 2 mmHg more after their first set). */
const trendFrom = mmhg(6);
/** So near to the edge counts as leaving: the slowest leak that matters (3 mmHg a minute) takes a minute from here. */
const nearEdge = 0.8;
const beyondFor = seconds(2);
const withinFor = seconds(5);
/** How far a rest may be from the band's middle for the exercise before it to teach anything new. */
const teachesWithin = 0.4;
/** A pump that runs for longer than this at rest makes a leak good (Delfi PTS ii: 7 s), once the tissue has given way. */
const pumpFor = seconds(7);
/** What of the end of a set teaches what motion adds. */
const setEnd = seconds(15);
/** No repetition is quicker. */
const repetitionAtLeast = seconds(1.5);
/** A repetition counted within this says that the set goes on, however little the pressure moves. */
const countsWithin = seconds(5.5);
/** Nobody takes longer over a repetition: a cuff that counts none for so long, and is quiet, rests. */
const repetitionAtMost = seconds(8);
const tissueGivesFor = seconds(7);
/** A gap this long begins a new stretch. */
const gap = seconds(3);

type Draft = { -readonly [K in keyof Drift]: Drift[K] };

/** The estimate after one more reading of an inflated cuff; begin each inflation with `noDrift`. */
export const watchDrift = (before: Drift, reading: Reading, by: DriftYardstick): Drift => {
  if (reading.at < by.judgedFrom || reading.mean < inflatedAt) return { ...before, lastAt: reading.at };
  const d: Draft = { ...before, lastAt: reading.at };
  count(d, reading.at, by);
  turn(d, before.lastAt, reading, by);
  gather(d, reading);
  estimate(d, reading.at, by);
  judge(d, reading.at, by);
  return d;
};

/** In how long the band will be left at the present rate; null when the level is on no such way. */
export const leavesIn = (d: Drift, target: Mmhg): Millis | null => {
  const slope = slopeOf(d.marks);
  if (d.level === null || d.reference === null || slope === null) return null;
  const off = d.level - d.reference;
  if (slope === 0 || Math.sign(slope) !== Math.sign(off)) return null;
  return millis(Math.max(0, (bandOf(d, target) - Math.abs(off)) / Math.abs(slope)));
};

/** How far the level may be from the middle of its band. */
const bandOf = (d: Drift, target: Mmhg): Mmhg =>
  d.stretch?.resting === true ? restTolerance(target) : exerciseTolerance(target);

const count = (d: Draft, at: Monotonic, by: DriftYardstick): void => {
  if (by.count === null) d.counted = null;
  else if (d.counted?.set !== by.count.set || d.counted.rep !== by.count.rep)
    d.counted = { set: by.count.set, rep: by.count.rep, at };
};

/** The set timer knows best; a quiet pressure is a rest where nothing is counted. */
const rests = (d: Drift, at: Monotonic, { quiet, count: counts }: DriftYardstick): boolean => {
  if (counts === null || d.counted === null) return quiet;
  if (counts.of !== null && counts.rep >= counts.of) return true;
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
  const endedBy = at - restToldAfter;
  const set = d.marks.flatMap((m) =>
    m.exercised !== null && m.at <= endedBy && m.at > endedBy - setEnd ? [m.exercised] : [],
  );
  const exercised = resting && set.length > 0 ? set.reduce((a, b) => a + b, 0) / set.length : null;
  d.stretch = { resting, since: at, exercised, moved: !by.quiet };
  d.readings = [];
  d.total = 0;
  d.beats = [];
  d.pumpSince = null;
};

const gather = (d: Draft, reading: Reading): void => {
  const before = d.readings.at(-1);
  const middle = d.total / d.readings.length;
  const rose = before !== undefined && before.mean < middle && reading.mean >= middle;
  if (rose && between(d.beats.at(-1) ?? monotonic(-Infinity), reading.at) >= repetitionAtLeast)
    d.beats = [...d.beats.slice(-3), reading.at];
  const keepFrom = reading.at - (d.stretch?.resting === true ? restOver : exerciseOver);
  let gone = 0;
  let total = d.total + reading.mean;
  for (const old of d.readings) {
    if (old.at > keepFrom) break;
    total -= old.mean;
    gone++;
  }
  d.readings = [...(gone === 0 ? d.readings : d.readings.slice(gone)), reading];
  d.total = total;
};

/** The mean over as many whole repetitions as there are readings of; part of one more would sway it. */
const meanOfRepetitions = (d: Drift): number => {
  const [first, last] = [d.beats[0], d.beats.at(-1)];
  const beat = first === undefined || last === undefined ? 0 : between(first, last) / (d.beats.length - 1);
  const [oldest, newest] = [d.readings[0], d.readings.at(-1)];
  const apart =
    oldest === undefined || newest === undefined
      ? 0
      : between(oldest.at, newest.at) / (d.readings.length - 1);
  const covered = d.readings.length * apart;
  if (!(beat > 0 && beat <= repetitionAtMost && beat <= covered)) return d.total / d.readings.length;
  const count = Math.round((Math.floor(covered / beat) * beat) / apart);
  let total = 0;
  for (let i = d.readings.length - count; i < d.readings.length; i++) total += d.readings[i]?.mean ?? 0;
  return total / count;
};

const estimate = (d: Draft, at: Monotonic, by: DriftYardstick): void => {
  const stretch = d.stretch;
  if (stretch === null) return;
  const mean = stretch.resting ? d.total / d.readings.length : meanOfRepetitions(d);
  const lasted = between(stretch.since, at);
  if (stretch.resting) {
    d.level = lasted >= levelAfter ? mmhg(mean) : null;
    if (d.level !== null && stretch.exercised !== null) learn(d, stretch.exercised, d.level, by);
    if (d.reference === null && by.regulated) d.reference = by.target;
    if (d.reference === null && lasted >= bandAfter) d.reference = d.level;
    mark(d, at, null);
    return;
  }
  const covered = lasted >= exerciseOver;
  // A regulated cuff takes the motion out by itself.
  const motion = by.regulated ? 0 : d.motion;
  if (by.regulated) d.reference = by.target;
  // Somebody who stops in the middle of a set shows a mean without motion.
  const counts = d.counted !== null && between(d.counted.at, at) < countsWithin;
  const paused = by.quiet && stretch.moved && !counts;
  d.level = covered && motion !== null && !paused ? mmhg(mean - motion) : null;
  mark(d, at, covered ? mean : null);
};

/** What exercise adds is the end of a set against the rest that follows it; each set is believed as much as all before it. */
const learn = (d: Draft, exercised: number, level: number, by: DriftYardstick): void => {
  const added = exercised - level;
  const inBand = d.reference === null || Math.abs(level - d.reference) < teachesWithin * bandOf(d, by.target);
  if (d.motion === null) d.motion = added;
  else if (inBand) d.motion = (d.motion + added) / 2;
  if (d.stretch !== null) d.stretch = { ...d.stretch, exercised: null };
};

const mark = (d: Draft, at: Monotonic, exercised: number | null): void => {
  const last = d.marks.at(-1);
  if (exercised === null && d.level === null) return;
  if (last !== undefined && between(last.at, at) < markEvery) return;
  const kept = d.marks.filter((m) => between(m.at, at) <= markFor);
  d.marks = [...kept, { at, exercised, level: d.level }];
};

/** mmHg a millisecond, from the medians of the first and the last third of the marks; null before they say anything. */
const slopeOf = (marks: readonly Mark[]): number | null => {
  const known = marks.filter((m) => m.level !== null);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined || between(first.at, last.at) < trendOver) return null;
  const third = Math.max(2, Math.floor(known.length / 3));
  const [old, young] = [known.slice(0, third), known.slice(-third)];
  const middle = (some: readonly Mark[], of: (m: Mark) => number) => median(some.map(of));
  const rise = middle(young, (m) => m.level ?? 0) - middle(old, (m) => m.level ?? 0);
  return rise / (middle(young, (m) => m.at) - middle(old, (m) => m.at));
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

const judge = (d: Draft, at: Monotonic, by: DriftYardstick): void => {
  const runs = by.regulated && d.stretch?.resting === true && by.pump === true;
  d.pumpSince = runs ? (d.pumpSince ?? later(at, after(by.judgedFrom, tissueGivesFor))) : null;
  if (d.level === null || d.reference === null) return;
  const tolerance = bandOf(d, by.target);
  const off = Math.abs(d.level - d.reference);
  const left = off >= trendFrom ? leavesIn(d, by.target) : null;
  const beyond = off >= nearEdge * tolerance || (left !== null && left <= ahead);
  d.beyondSince = beyond ? (d.beyondSince ?? at) : null;
  d.outsideSince = off > tolerance ? (d.outsideSince ?? at) : null;
  d.withinSince =
    !beyond && d.pumpSince === null && off < (nearEdge * tolerance) / 2 ? (d.withinSince ?? at) : null;
  if (hasHeld(d.outsideSince, at, beyondFor)) d.finding = "outside";
  else if (hasHeld(d.beyondSince, at, beyondFor)) d.finding = d.finding === "outside" ? "outside" : "leaving";
  else if (hasHeld(d.pumpSince, at, pumpFor)) d.finding = "pump";
  else if (hasHeld(d.withinSince, at, withinFor)) d.finding = "inside";
};

const hasHeld = (since: Monotonic | null, at: Monotonic, lasts: Millis): boolean =>
  since !== null && between(since, at) >= lasts;
