/**
 * What the stream of live readings of one cuff shows: crossings, its own level, rest and exercise, and how long it has been
 * beyond each threshold. It moves only with readings, never with time alone, so silence neither raises nor clears.
 */
import {
  clearsAfter,
  inflatedAt,
  downBelow,
  levelOver,
  pulseRipple,
  unbroken,
  valleyShare,
} from "../alarm/policy.ts";
import { lasts, type Limits } from "../alarm/limits.ts";
import { between, type Mmhg, mmhg, type Monotonic } from "../units.ts";
import { type Bin, binMs, coversLevel, isStill } from "./bins.ts";
import { type Drift, type DriftYardstick, noDrift, watchDrift } from "./drift.ts";
import { type Lost, notLost, watchedForLoss } from "./lost.ts";
import { heldAgainstTarget, type OffTarget, onTarget } from "./off-target.ts";
import { reordered } from "./in-order.ts";
import { unwatched, type Watch, watched } from "./watch.ts";

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
  lost: Lost;
  bins: readonly Bin[];
  open: Readonly<{ at: Monotonic; total: number; n: number; min: number; max: number }> | null;
  /** The means of `bins` in order of size: their middle is the 10 s median. */
  sorted: readonly number[];
  /** Whether it has kept within a small range for 3 s. */
  still: boolean;
  /** The patient rests: by the cuff's own count, or because the pressure is still. */
  resting: boolean;
  restingSince: Monotonic | null;
  /** Since when it has moved after it was still; null before it ever was. */
  movingSince: Monotonic | null;
  /** How often exercise was taken up again: sets, where the cuff counts none. */
  setsSeen: number;
  high: OffTarget;
  low: OffTarget;
  /** Where its level is going, the motion of the repetitions taken off. */
  drift: Drift;
}>;

const notOccluding: Pressure["occluding"] = { watch: unwatched, held: false, peak: 0 };

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
  still: false,
  resting: false,
  restingSince: null,
  movingSince: null,
  setsSeen: 0,
  high: onTarget,
  low: onTarget,
  drift: noDrift,
};

/** What readings are held against. */
export type Yardstick = Readonly<{
  inflated: boolean;
  /** The cuff is looking for the limb occlusion pressure: nothing is held against anything. */
  measuring: boolean;
  limits: Limits;
  lop: Mmhg | null;
  target: Mmhg | null;
  /** From when the pressure is held against its target; null while it is not. */
  judgedFrom: Monotonic | null;
  /** Whether the patient rests by the cuff's own count of repetitions; null where it counts none. */
  rests: boolean | null;
  /** What drift needs besides: what kind of cuff it is, its own count, its pump. */
  own: Pick<DriftYardstick, "regulated" | "count" | "pump">;
  /** A gap of this long ends what counts as an unbroken stream, ms. */
  freshMs: number;
}>;

type Draft = { -readonly [K in keyof Pressure]: Pressure[K] };

/** The readings so far and one more, of `value`, taken at `at`. */
export const read = (before: Pressure, value: Mmhg, at: Monotonic, by: Yardstick): Pressure => {
  const p: Draft = { ...before };
  const gap = p.lastAt === null ? Infinity : between(p.lastAt, at);
  if (gap >= by.freshMs) p.liveSince = at;
  if (gap >= unbroken) breakWatches(p);
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
  const p: Draft = {
    ...before,
    occluding: notOccluding,
    lost: notLost,
    high: onTarget,
    low: onTarget,
    drift: noDrift,
  };
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
  drift: noDrift,
  still: false,
  resting: false,
  restingSince: null,
  movingSince: null,
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
  p.still = false;
  p.resting = false;
  p.restingSince = null;
  p.movingSince = null;
};

/** From which pressure on a limb is fully occluded: its LOP, and never above the absolute cap. */
export const occludesAt = (lop: Mmhg | null, { absoluteCapMmhg: cap }: Limits): Mmhg =>
  mmhg(Math.min(lop ?? cap, cap));

const watchForOcclusion = (p: Draft, value: Mmhg, at: Monotonic, by: Yardstick): void => {
  const limit = occludesAt(by.lop, by.limits);
  // The pulse alone must not break it.
  const from = p.occluding.watch.beyond === null ? limit : limit - pulseRipple;
  const watch = watched(p.occluding.watch, value >= from, value < from, at);
  const now =
    value >= by.limits.absoluteCapMmhg ||
    (watch.beyond !== null && between(watch.beyond, at) >= lasts(by.limits, "fullOcclusionForS"));
  const over = watch.within !== null && between(watch.within, at) >= clearsAfter;
  const held = now || (p.occluding.held && !over);
  if (!held && !p.occluding.held && watch === p.occluding.watch) return;
  p.occluding = { watch, held, peak: held ? Math.max(p.occluding.peak, value) : 0 };
};

const watchForLoss = (p: Draft, value: Mmhg, at: Monotonic, by: Yardstick): void => {
  if (!by.inflated) return;
  const movingSince = p.movingSince ?? p.upSince;
  p.lost = watchedForLoss(p.lost, { value, at, level: levelOf(p), movingSince, limits: by.limits });
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
  let gone = 0;
  while (gone < p.bins.length && (p.bins[gone]?.at ?? Infinity) <= keepFrom) gone++;
  const dropped = p.bins.slice(0, gone).map((b) => b.mean);
  p.sorted = reordered(p.sorted, dropped, bin.mean);
  const bins = p.bins.slice(gone);
  bins.push(bin);
  p.bins = bins;
  if (by.inflated) {
    judgeRest(p, bin, by.rests);
    judgeDrift(p, bin, by);
  }
  judgeTarget(p, bin, by);
};

const judgeRest = (p: Draft, bin: Bin, counted: boolean | null): void => {
  const still = isStill(p.bins, bin.at) ?? p.still;
  if (p.still && !still) p.movingSince = bin.at;
  p.still = still;
  const rests = counted ?? p.still;
  if (rests === p.resting) return;
  if (!rests) p.setsSeen += 1;
  p.resting = rests;
  p.restingSince = rests ? bin.at : null;
  // Rest and exercise have limits of their own; time beyond the one does not count for the other.
  p.high = { ...p.high, watch: unwatched };
  p.low = { ...p.low, watch: unwatched };
};

const judgeDrift = (p: Draft, bin: Bin, { target, limits, judgedFrom, own }: Yardstick): void => {
  if (target === null || judgedFrom === null) return;
  const valley = p.sorted[Math.floor(p.sorted.length * valleyShare)] ?? bin.mean;
  p.drift = watchDrift(p.drift, bin, {
    ...own,
    target,
    limits,
    readings: p.bins,
    valley,
    quiet: p.still,
    judgedFrom,
  });
};

const judgeTarget = (
  p: Draft,
  { at, mean }: Bin,
  { target, limits, judgedFrom, own: { regulated } }: Yardstick,
): void => {
  if (target === null || judgedFrom === null || at < judgedFrom) return;
  const { resting, drift, high, low } = p;
  const sorted = coversLevel(p.bins, at) ? p.sorted : null;
  const held = heldAgainstTarget(
    { high, low },
    { at, mean, target, limits, judgedFrom, resting, regulated, sorted, drift },
  );
  p.high = held.high;
  p.low = held.low;
};
