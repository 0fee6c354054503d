/**
 * What is true of a cuff now. Each condition is judged by itself, from state and time alone; what becomes of it (an
 * occurrence, its sound, a person's answer) is decided elsewhere. A rule is certain either way or says "unclear", which
 * keeps what stands: that is its hysteresis.
 */
import {
  type CuffState,
  downSince,
  hasFallen,
  isDown,
  isExplained,
  isFresh,
  isLetDown,
  quietSince,
  saysUp,
  setOf,
} from "../session/cuff-state.ts";
import { occludesAt } from "../session/pressure.ts";
import { capOf, doseAt, doseReaches, limitOf } from "../session/occlusion.ts";
import { after, between, type Millis, millis, type Monotonic, never } from "../units.ts";
import {
  clearsAfter,
  type ConditionId,
  downBelow,
  inflatedAt,
  overrunEscalatesAfter,
  type Priority,
  quietWhenDown,
  releaseSoonBefore,
  releaseWithin,
  setJustFinished,
  targetDiffersFor,
  unassignedFor,
} from "./policy.ts";

export type Verdict =
  | Readonly<{ is: "true"; priority: Priority; value: number; limit: number; unconfirmed: boolean }>
  | Readonly<{ is: "unclear" }>
  | Readonly<{ is: "false" }>;

type Rule = Readonly<{
  judge: (c: CuffState, now: Monotonic) => Verdict;
  /** When the verdict may change without any news from the cuff, later than `now`; left out where it never does. */
  next?: (c: CuffState, now: Monotonic) => Monotonic;
}>;

const no: Verdict = { is: "false" };
const unclear: Verdict = { is: "unclear" };
const yes = (priority: Priority, value: number, limit: number, unconfirmed = false): Verdict => ({
  is: "true",
  priority,
  value,
  limit,
  unconfirmed,
});

/** The first of some moments that is still to come. */
const firstAfter = (now: Monotonic, ...moments: readonly Monotonic[]): Monotonic =>
  moments.reduce((first, m) => (m > now && m < first ? m : first), never);

const measuring = (c: CuffState): boolean => c.said?.phase === "measuring";
/** Nobody can say whether what the clock tells is so. */
const isUnconfirmed = (c: CuffState, now: Monotonic): boolean => !isFresh(c, now) || hasFallen(c);
const staleAt = (c: CuffState): Monotonic =>
  c.pressure.lastAt === null ? never : after(c.pressure.lastAt, c.freshFor);

const overrun: Rule = {
  judge: (c, now) => {
    if (c.occlusion === null) return no;
    const dose = doseAt(c, now);
    const limit = limitOf(c);
    if (dose < limit) return no;
    const priority = dose >= limit + overrunEscalatesAfter || dose >= capOf(c) ? "high" : "medium";
    return yes(priority, dose, limit, isUnconfirmed(c, now));
  },
  next: (c, now) => {
    const limit = limitOf(c);
    const escalates = millis(Math.min(limit + overrunEscalatesAfter, Math.max(limit, capOf(c))));
    return firstAfter(now, doseReaches(c, limit), doseReaches(c, escalates), staleAt(c));
  },
};

const releaseSoon: Rule = {
  judge: (c, now) => {
    if (c.occlusion === null) return no;
    const dose = doseAt(c, now);
    const limit = limitOf(c);
    return dose >= limit - releaseSoonBefore && dose < limit ? yes("low", limit - dose, limit) : no;
  },
  next: (c, now) =>
    firstAfter(now, doseReaches(c, millis(limitOf(c) - releaseSoonBefore)), doseReaches(c, limitOf(c))),
};

const releaseDue = (c: CuffState): Monotonic => {
  const o = c.occlusion;
  if (o === null) return never;
  const began = Math.min(o.firstOrderedAt ?? Infinity, o.releasingSince ?? Infinity);
  return after(began as Monotonic, releaseWithin);
};

/**
 * Once it stands, nothing that a cuff says clears it: only a pressure that is measured down. A sensor that reads nothing
 * while the cuff counts on has measured nothing down.
 */
const releaseFailed: Rule = {
  judge: (c, now) => {
    if (c.occlusion === null || (isDown(c) && !saysUp(c))) return no;
    if (now < releaseDue(c) || (downSince(c) !== null && !saysUp(c))) return unclear;
    return yes("high", c.pressure.last ?? 0, downBelow, !isFresh(c, now));
  },
  next: (c, now) => firstAfter(now, releaseDue(c), staleAt(c)),
};

const fullOcclusion: Rule = {
  judge: (c) => {
    const { held, peak } = c.pressure.occluding;
    return held && !measuring(c) ? yes("high", peak, occludesAt(c.prescription?.lop ?? null)) : no;
  },
};

/** The fall that is being watched, or the one that has already reached the bottom. */
const pressureLost: Rule = {
  judge: (c) => {
    if (c.occlusion === null || measuring(c)) return no;
    const { reference, since, held } = c.pressure.lost;
    const bottom = isDown(c) ? downSince(c) : null;
    if (!held && bottom === null) return no;
    const fell = since ?? bottom;
    if (fell !== null && (isExplained(c, fell) || isEndOfSet(c, fell))) return unclear;
    return yes("medium", c.pressure.last ?? 0, reference ?? c.prescription?.target ?? inflatedAt);
  },
};

/** Whether a plan that lets the cuff down between sets explains a fall that began at `fell`. */
const isEndOfSet = (c: CuffState, fell: Monotonic): boolean =>
  c.prescription?.cuffDownBetweenSets === true &&
  c.setChangedAt !== null &&
  Math.abs(between(c.setChangedAt, fell)) < setJustFinished;

const targetDiffers: Rule = {
  judge: (c) => {
    const target = c.prescription?.target ?? null;
    if (c.occlusion === null || target === null || c.said === null || c.said.tgt === 0 || measuring(c))
      return no;
    const { beyond, within } = c.setting;
    const { lastAt } = c.pressure;
    if (lastAt === null) return no;
    const set = c.said.tgt / 10;
    if (beyond !== null && between(beyond, lastAt) >= targetDiffersFor)
      return yes(set > target ? "medium" : "low", set, target);
    return within !== null && between(within, lastAt) >= clearsAfter ? no : unclear;
  },
};

/** Off target in one direction; not judged while the pressure is being changed on purpose. */
const offTarget =
  (which: "high" | "low", priority: Priority): Rule["judge"] =>
  (c) => {
    const target = c.prescription?.target ?? null;
    if (c.occlusion === null || target === null || measuring(c)) return no;
    if (isLetDown(c)) return unclear;
    const found = c.pressure[which];
    switch (found.finding) {
      case "beyond":
        return yes(priority, found.value, target);
      case "within":
        return no;
      case "unclear":
        return unclear;
    }
  };

const pressureHigh: Rule = { judge: offTarget("high", "medium") };

const pressureLow: Rule = {
  judge: (c, now) => {
    const verdict = offTarget("low", "low")(c, now);
    const stands = c.alarms.some((o) => o.condition === "pressure-low" && o.clearedAt === null);
    // A standing offset is said once a set; a fall that has an alarm of its own is not said twice.
    if (verdict.is !== "true" || stands) return verdict;
    return c.raised["pressure-low"]?.set === setOf(c) || c.pressure.lost.reference !== null ? no : verdict;
  },
};

const quietLimit = (c: CuffState): Millis => (c.occlusion === null ? quietWhenDown : c.freshFor);
const isWatched = (c: CuffState): boolean => c.occlusion !== null || c.assignedAt !== null;
const silentAt = (c: CuffState): Monotonic => {
  const since = quietSince(c);
  return since === null || !isWatched(c) ? never : after(since, quietLimit(c));
};

const silent: Rule = {
  judge: (c, now) => {
    const since = quietSince(c);
    if (since === null || !isWatched(c)) return no;
    if (now < silentAt(c)) {
      // A cuff that has come down is held to less: what was said of it while it was up is over.
      if (c.occlusion === null && c.alarms.some((o) => o.condition === "silent" && o.priority !== "low"))
        return no;
      const { liveSince, lastAt } = c.pressure;
      const back =
        liveSince !== null &&
        lastAt !== null &&
        isFresh(c, now) &&
        between(liveSince, lastAt) >= c.freshFor / 2;
      return back ? no : unclear;
    }
    if (c.occlusion === null) return yes("low", between(since, now), quietLimit(c));
    const overran = doseAt(c, now) >= limitOf(c);
    return yes(overran ? "high" : "medium", between(since, now), quietLimit(c), overran);
  },
  next: (c, now) => firstAfter(now, silentAt(c), doseReaches(c, limitOf(c))),
};

const inflatedUnassigned: Rule = {
  judge: (c, now) => {
    if (c.occlusion === null || c.station !== null || measuring(c)) return no;
    if (isLetDown(c)) return unclear;
    const lasted = between(c.occlusion.measuredAt ?? c.occlusion.since, now);
    return lasted >= unassignedFor ? yes("medium", lasted, unassignedFor) : no;
  },
  next: (c, now) =>
    c.occlusion === null || c.station !== null
      ? never
      : firstAfter(now, after(c.occlusion.measuredAt ?? c.occlusion.since, unassignedFor)),
};

export const rules: Readonly<Record<ConditionId, Rule>> = {
  overrun,
  "release-soon": releaseSoon,
  "release-failed": releaseFailed,
  "full-occlusion": fullOcclusion,
  "pressure-lost": pressureLost,
  "target-differs": targetDiffers,
  "pressure-high": pressureHigh,
  "pressure-low": pressureLow,
  silent,
  "inflated-unassigned": inflatedUnassigned,
};
