/**
 * What the stream of live readings of one cuff shows: crossings, its own level, rest and exercise, and how long it has been
 * beyond each threshold. It moves only with readings, never with time alone, so silence neither raises nor clears.
 */
import {
  absoluteCap,
  clearsAfter,
  exerciseTolerance,
  fullOcclusionFor,
  inflatedAt,
  downBelow,
  levelOver,
  lostBelow,
  lostFor,
  lostRegained,
  restBeyondFor,
  restOver,
  restRange,
  restTolerance,
} from "../alarm/policy.ts";
import { slowestInterval } from "../cuff/basic.ts";
import { between, type Mmhg, mmhg, type Monotonic } from "../units.ts";

/** For how long something has been beyond its threshold, or safely back from it. */
export type Watch = Readonly<{ beyond: Monotonic | null; within: Monotonic | null }>;
/** Nothing has been beyond, and nothing safely back. */
export const unwatched: Watch = { beyond: null, within: null };

/** What a threshold over a window says by now. */
export type Finding = "beyond" | "unclear" | "within";

/** Readings of a fifth of a second, so that 10 s are 50 numbers whatever rate the cuff samples at. */
type Bin = Readonly<{ at: Monotonic; mean: number; min: number; max: number }>;
const binMs = 200;

export type Pressure = Readonly<{
  /** The last live reading, and when it was taken. */
  last: Mmhg | null;
  lastAt: Monotonic | null;
  /** Since when readings have come without a gap. */
  liveSince: Monotonic | null;
  /** Since when every reading was at or above 30 mmHg, and under 20 mmHg. */
  upSince: Monotonic | null;
  downSince: Monotonic | null;
  /** At or above 100 % LOP for long enough, or at the absolute cap: held until it has been under for long enough. */
  occluding: Readonly<{ watch: Watch; held: boolean; peak: number }>;
  /** Far under its own level; `reference` is that level as it was before the fall. */
  lost: Readonly<{ reference: Mmhg | null; since: Monotonic | null; back: Monotonic | null; held: boolean }>;
  bins: readonly Bin[];
  open: Readonly<{ at: Monotonic; total: number; n: number; min: number; max: number }> | null;
  /** The means of `bins` in order of size: their middle is the 10 s median. */
  sorted: readonly number[];
  resting: boolean;
  restingSince: Monotonic | null;
  /** How often exercise was taken up again: sets, where the cuff counts none. */
  setsSeen: number;
  high: Readonly<{ watch: Watch; finding: Finding; value: number }>;
  low: Readonly<{ watch: Watch; finding: Finding; value: number }>;
}>;

const notOccluding: Pressure["occluding"] = { watch: unwatched, held: false, peak: 0 };
const notLost: Pressure["lost"] = { reference: null, since: null, back: null, held: false };
const onTarget = { watch: unwatched, finding: "within", value: 0 } as const;

export const unheard: Pressure = {
  last: null,
  lastAt: null,
  liveSince: null,
  upSince: null,
  downSince: null,
  occluding: notOccluding,
  lost: notLost,
  bins: [],
  open: null,
  sorted: [],
  resting: false,
  restingSince: null,
  setsSeen: 0,
  high: onTarget,
  low: onTarget,
};

/** What readings are held against. */
export type Yardstick = Readonly<{
  inflated: boolean;
  /** The cuff is looking for the limb occlusion pressure: nothing is held against anything. */
  measuring: boolean;
  lop: Mmhg | null;
  target: Mmhg | null;
  /** From when the pressure is held against its target; null while it is not. */
  judgedFrom: Monotonic | null;
  /** Whether the patient rests by the cuff's own count of repetitions; null where it counts none. */
  rests: boolean | null;
  /** A gap of this long ends what counts as an unbroken stream, ms. */
  freshMs: number;
}>;

type Draft = { -readonly [K in keyof Pressure]: Pressure[K] };

/** Readings that are further apart than this (the contract asks for one a second) are no unbroken stretch, ms. */
const unbrokenMs = 1500;

/** The readings so far and one more, of `value`, taken at `at`. */
export const read = (before: Pressure, value: Mmhg, at: Monotonic, by: Yardstick): Pressure => {
  const p: Draft = { ...before };
  const gap = p.lastAt === null ? Infinity : between(p.lastAt, at);
  if (gap >= by.freshMs) p.liveSince = at;
  if (gap >= unbrokenMs) breakWatches(p);
  p.last = value;
  p.lastAt = at;
  if (value < inflatedAt) p.upSince = null;
  else if (p.upSince === null) {
    p.upSince = at;
    // What was before the cuff went up says nothing about its level; a fall that is being watched keeps its reference.
    if (!by.inflated) startLevel(p);
  }
  p.downSince = value < downBelow ? (p.downSince ?? at) : null;
  if (!by.measuring) {
    watchForOcclusion(p, value, at, by);
    watchForLoss(p, value, at, by);
  }
  collect(p, value, at, by);
  return p;
};

/** Nobody knows what was between two readings that lie far apart: whatever lasts has to last anew. */
const breakWatches = (p: Draft): void => {
  p.downSince = null;
  p.occluding = { ...p.occluding, watch: unwatched };
  p.lost = p.lost.held ? { ...p.lost, since: null, back: null } : notLost;
  p.high = { ...p.high, watch: unwatched };
  p.low = { ...p.low, watch: unwatched };
};

/** The readings so far, once the cuff has looked for the limb occlusion pressure: the treatment begins its own level. */
export const measured = (before: Pressure): Pressure => {
  const p: Draft = { ...before, occluding: notOccluding, lost: notLost, high: onTarget, low: onTarget };
  startLevel(p);
  return p;
};

/** The readings so far, once an inflation has ended: nothing of it is held against the next. */
export const settled = (p: Pressure): Pressure => ({
  ...p,
  // Where nobody measured the end, only a new reading can say that the cuff is up again.
  upSince: null,
  occluding: notOccluding,
  lost: notLost,
  high: onTarget,
  low: onTarget,
  resting: false,
  restingSince: null,
  setsSeen: 0,
});

/** The cuff's own level: the median of the last 10 s; null before there are 3 s of readings. */
export const levelOf = (p: Pressure): Mmhg | null => {
  const first = p.bins[0];
  const last = p.bins.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 3000 - binMs) return null;
  return mmhg(p.sorted[p.sorted.length >> 1] ?? 0);
};

const startLevel = (p: Draft): void => {
  p.bins = [];
  p.sorted = [];
  p.open = null;
  p.resting = false;
  p.restingSince = null;
};

/** From which pressure on a limb is fully occluded: its LOP, and never above the absolute cap. */
export const occludesAt = (lop: Mmhg | null): Mmhg => mmhg(Math.min(lop ?? absoluteCap, absoluteCap));

const watchForOcclusion = (p: Draft, value: Mmhg, at: Monotonic, by: Yardstick): void => {
  const limit = occludesAt(by.lop);
  const watch = watched(p.occluding.watch, value >= limit, value < limit, at);
  const now =
    value >= absoluteCap || (watch.beyond !== null && between(watch.beyond, at) >= fullOcclusionFor);
  const over = watch.within !== null && between(watch.within, at) >= clearsAfter;
  const held = now || (p.occluding.held && !over);
  p.occluding = { watch, held, peak: held ? Math.max(p.occluding.peak, value) : 0 };
};

/** A watch after one more finding; the time from which it has been beyond, or back within, is kept while that lasts. */
export const watched = (w: Watch, isBeyond: boolean, isWithin: boolean, at: Monotonic): Watch => {
  if (isBeyond) return w.beyond !== null && w.within === null ? w : { beyond: w.beyond ?? at, within: null };
  if (isWithin) return w.within !== null && w.beyond === null ? w : { beyond: null, within: w.within ?? at };
  return unwatched;
};

const watchForLoss = (p: Draft, value: Mmhg, at: Monotonic, by: Yardstick): void => {
  if (!by.inflated) return;
  const { reference, since, back, held } = p.lost;
  if (reference === null) {
    const level = levelOf(p);
    if (level !== null && level >= inflatedAt && value < lostBelow * level)
      p.lost = { reference: level, since: at, back: null, held: false };
    return;
  }
  if (value < lostBelow * reference) {
    const from = since ?? at;
    p.lost = { reference, since: from, back: null, held: held || between(from, at) >= lostFor };
  } else if (!held) {
    // A repetition's valley: shorter than a loss, and over.
    p.lost = notLost;
  } else {
    const regained = value >= lostRegained * reference ? (back ?? at) : null;
    p.lost =
      regained !== null && between(regained, at) >= clearsAfter
        ? notLost
        : { reference, since: null, back: regained, held };
  }
};

const collect = (p: Draft, value: Mmhg, at: Monotonic, by: Yardstick): void => {
  const open = p.open;
  if (open === null || at < open.at + binMs) {
    p.open =
      open === null
        ? { at, total: value, n: 1, min: value, max: value }
        : {
            at: open.at,
            total: open.total + value,
            n: open.n + 1,
            min: Math.min(open.min, value),
            max: Math.max(open.max, value),
          };
    return;
  }
  const bin: Bin = { at: open.at, mean: open.total / open.n, min: open.min, max: open.max };
  p.open = { at, total: value, n: 1, min: value, max: value };
  const keepFrom = bin.at - levelOver;
  const gone = p.bins.findIndex((b) => b.at > keepFrom);
  const dropped = gone < 0 ? p.bins : p.bins.slice(0, gone);
  p.bins = [...(gone < 0 ? [] : gone === 0 ? p.bins : p.bins.slice(gone)), bin];
  p.sorted = reordered(p.sorted, dropped, bin.mean);
  if (by.inflated) judgeRest(p, bin, by.rests);
  judgeTarget(p, bin, by);
};

/** `sorted` without the dropped means and with the new one, still in order. */
const reordered = (sorted: readonly number[], dropped: readonly Bin[], mean: number): readonly number[] => {
  const next = [...sorted];
  for (const bin of dropped) next.splice(placeOf(next, bin.mean), 1);
  next.splice(placeOf(next, mean), 0, mean);
  return next;
};

const placeOf = (sorted: readonly number[], value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const judgeRest = (p: Draft, bin: Bin, counted: boolean | null): void => {
  const rests = counted ?? isStill(p.bins, bin.at);
  if (rests === null) return;
  if (rests === p.resting) return;
  if (!rests) p.setsSeen += 1;
  p.resting = rests;
  p.restingSince = rests ? bin.at : null;
  // Rest and exercise have limits of their own; time beyond the one does not count for the other.
  p.high = { ...p.high, watch: unwatched };
  p.low = { ...p.low, watch: unwatched };
};

/** Whether readings have kept within a small range for long enough; null before there are enough of them. */
const isStill = (bins: readonly Bin[], at: Monotonic): boolean | null => {
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

const judgeTarget = (p: Draft, bin: Bin, by: Yardstick): void => {
  if (by.target === null || by.judgedFrom === null || bin.at < by.judgedFrom) return;
  // A median of less than its window is that of a repetition's peak or valley.
  if (!p.resting && (between(by.judgedFrom, bin.at) < levelOver || !coversLevel(p.bins, bin.at))) return;
  const value = p.resting ? bin.mean : (p.sorted[p.sorted.length >> 1] ?? bin.mean);
  const tolerance = p.resting ? restTolerance(by.target) : exerciseTolerance(by.target);
  const above = value - by.target;
  p.high = judged(p.high, above, tolerance, value, bin.at, p.resting);
  p.low = judged(p.low, -above, tolerance, value, bin.at, p.resting);
};

/** Whether readings reach back over the window of the level, give or take a slow cuff's interval. */
const coversLevel = (bins: readonly Bin[], at: Monotonic): boolean =>
  (bins[0]?.at ?? Infinity) <= at - levelOver + slowestInterval + binMs;

const judged = (
  was: Pressure["high"],
  off: number,
  tolerance: number,
  value: number,
  at: Monotonic,
  resting: boolean,
): Pressure["high"] => {
  const watch = watched(was.watch, off > tolerance, off < tolerance / 2, at);
  const beyond = watch.beyond !== null && (!resting || between(watch.beyond, at) >= restBeyondFor);
  const within = watch.within !== null && between(watch.within, at) >= clearsAfter;
  return { watch, finding: beyond ? "beyond" : within ? "within" : "unclear", value };
};
