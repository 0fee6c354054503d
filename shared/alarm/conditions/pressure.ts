/** How high the pressure is, against what it should be. */
import {
  type CuffState,
  downSince,
  isDown,
  isExplained,
  isLetDown,
  setOf,
} from "../../session/cuff-state.ts";
import { occludesAt } from "../../session/pressure.ts";
import { between, type Monotonic } from "../../units.ts";
import { lasts } from "../limits.ts";
import { clearsAfter, inflatedAt, type Priority, setJustFinished } from "../policy.ts";
import { type CuffRule, measuring, no, unclear, yes } from "../verdict.ts";

export const fullOcclusion: CuffRule = {
  judge: (c) => {
    const { held, peak } = c.pressure.occluding;
    return held && !measuring(c) ? yes("high", peak, occludesAt(c.prescription?.lop ?? null)) : no;
  },
};

/** The fall that is being watched, or the one that has already reached the bottom. */
export const pressureLost: CuffRule = {
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

export const targetDiffers: CuffRule = {
  judge: (c) => {
    const target = c.prescription?.target ?? null;
    if (c.occlusion === null || target === null || c.said === null || c.said.tgt === 0 || measuring(c))
      return no;
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
  (which: "high" | "low", priority: Priority): CuffRule["judge"] =>
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

export const pressureHigh: CuffRule = { judge: offTarget("high", "medium") };

export const pressureLow: CuffRule = {
  judge: (c, now) => {
    const verdict = offTarget("low", "low")(c, now);
    const stands = c.alarms.some((o) => o.condition === "pressure-low" && o.clearedAt === null);
    // A standing offset is said once a set; a fall that has an alarm of its own is not said twice.
    if (verdict.is !== "true" || stands) return verdict;
    return c.raised["pressure-low"]?.set === setOf(c) || c.pressure.lost.reference !== null ? no : verdict;
  },
};

/** Every repetition of late has pressed the limb shut for a moment: a reason to lower the target. */
export const peaksOverLop: CuffRule = {
  judge: (c) => {
    const lop = c.prescription?.lop ?? null;
    if (c.occlusion === null || lop === null || measuring(c)) return no;
    if (isLetDown(c)) return unclear;
    const { running, clean, top } = c.peaks;
    const enough = c.limits.peaksInARow;
    if (running < enough) return clean >= enough || c.pressure.resting ? no : unclear;
    const stands = c.alarms.some((o) => o.condition === "peaks-over-lop" && o.clearedAt === null);
    return stands || c.raised["peaks-over-lop"]?.set !== setOf(c) ? yes("low", top, lop) : no;
  },
};
