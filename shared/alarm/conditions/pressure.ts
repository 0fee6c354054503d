/** How high the pressure is, against what it should be. */
import {
  type CuffState,
  downSince,
  driftSign,
  isDown,
  isExplained,
  isLetDown,
  setOf,
} from "../../session/cuff-state.ts";
import { occludesAt } from "../../session/pressure.ts";
import { after, between, type Monotonic, never } from "../../units.ts";
import { lasts } from "../limits.ts";
import { clearsAfter, inflatedAt, type Priority, setJustFinished } from "../policy.ts";
import { type CuffRule, firstAfter, measuring, no, unclear, stands, type Verdict, yes } from "../verdict.ts";

export const fullOcclusion: CuffRule = {
  judge: (c) => {
    if (measuring(c)) return unclear;
    const { held, peak } = c.pressure.occluding;
    return held ? yes("high", peak, occludesAt(c.prescription?.lop ?? null, c.limits)) : no;
  },
};

/** The fall that is being watched, or the one that has already reached the bottom. */
export const pressureLost: CuffRule = {
  judge: (c, now) => {
    if (c.occlusion === null) return no;
    if (measuring(c)) return unclear;
    const { reference, since, held } = c.pressure.lost;
    const bottom = isDown(c) ? downSince(c) : null;
    if (!held && bottom === null) return no;
    const fell = since ?? bottom;
    if (fell !== null && (isExplained(c, fell) || isEndOfSet(c, fell, now))) return unclear;
    return yes("medium", c.pressure.last ?? 0, reference ?? c.prescription?.target ?? inflatedAt);
  },
  next: (c, now) => {
    const fell = c.pressure.lost.since ?? downSince(c);
    return fell === null ? never : firstAfter(now, after(fell, setJustFinished));
  },
};

/**
 * Whether a plan that lets the cuff down between sets explains a fall that began at `fell`. It explains the fall, and not that the
 * cuff goes on counting a limb that it no longer holds.
 */
const isEndOfSet = (c: CuffState, fell: Monotonic, now: Monotonic): boolean =>
  c.prescription?.cuffDownBetweenSets === true &&
  c.setChangedAt !== null &&
  Math.abs(between(c.setChangedAt, fell)) < setJustFinished &&
  between(fell, now) < setJustFinished;

export const targetDiffers: CuffRule = {
  judge: (c) => {
    const target = c.prescription?.target ?? null;
    if (c.occlusion === null || target === null || c.said === null || c.said.tgt === 0) return no;
    if (measuring(c)) return unclear;
    const { beyond, within } = c.setting;
    const { lastAt } = c.pressure;
    if (lastAt === null) return no;
    const set = c.said.tgt / 10;
    if (beyond !== null && between(beyond, lastAt) >= lasts(c.limits, "settingForS"))
      return yes(set > target ? "medium" : "low", set, target);
    return within !== null && between(within, lastAt) >= clearsAfter ? no : unclear;
  },
};

/** Off target in one direction; not judged while the pressure is being changed on purpose. */
const offTarget =
  (which: "high" | "low", priority: Priority) =>
  (c: CuffState): Verdict => {
    const target = c.prescription?.target ?? null;
    if (c.occlusion === null || target === null) return no;
    if (measuring(c) || isLetDown(c)) return unclear;
    const found = c.pressure[which];
    switch (found.finding) {
      case "beyond":
        return yes(priority, found.value, target, { cause: found.sure ? "level" : "motion" });
      case "within":
        return no;
      case "unclear":
        return unclear;
    }
  };

/** An offset is said once a set, in one direction. */
const isSaidInSet = (c: CuffState): boolean =>
  [c.raised["pressure-low"], c.raised["pressure-high"]].some((was) => was?.set === setOf(c));

/** Medium where it is the level; low where it may be no more than the peaks of somebody who pushes hard. */
export const pressureHigh: CuffRule = {
  judge: (c) => {
    const verdict = offTarget("high", c.pressure.high.sure ? "medium" : "low")(c);
    if (verdict.is !== "true" || verdict.priority !== "low" || stands(c, "pressure-high")) return verdict;
    return isSaidInSet(c) ? no : verdict;
  },
};

export const pressureLow: CuffRule = {
  judge: (c) => {
    const verdict = offTarget("low", "low")(c);
    if (verdict.is !== "true" || stands(c, "pressure-low")) return verdict;
    // A fall that has an alarm of its own is not said twice.
    return isSaidInSet(c) || c.pressure.lost.reference !== null ? no : verdict;
  },
};

/** On its way out of its band, or out of it. What nobody can tell while it is let down, or lost, stays as it was. */
export const drift: CuffRule = {
  judge: (c) => {
    if (c.occlusion === null) return no;
    if (measuring(c) || isLetDown(c) || c.pressure.lost.held) return unclear;
    const cause = driftSign(c);
    if (cause === null) return no;
    const { finding, level, reference, stepped } = c.pressure.drift;
    const value = level ?? stepped?.to ?? c.pressure.last ?? 0;
    const limit = reference ?? stepped?.from ?? c.prescription?.target ?? value;
    return yes(finding === "outside" ? "medium" : "low", value, limit, { cause });
  },
};

/** Every repetition of late has pressed the limb shut for a moment: a reason to lower the target. */
export const peaksOverLop: CuffRule = {
  judge: (c) => {
    const lop = c.prescription?.lop ?? null;
    if (c.occlusion === null || lop === null) return no;
    if (measuring(c) || isLetDown(c)) return unclear;
    const { running, clean, top } = c.peaks;
    const enough = c.limits.peaksInARow;
    if (running < enough) return clean >= enough || c.pressure.resting ? no : unclear;
    return stands(c, "peaks-over-lop") || c.raised["peaks-over-lop"]?.set !== setOf(c)
      ? yes("low", top, lop)
      : no;
  },
};
