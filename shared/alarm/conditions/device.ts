/** What is wrong with a cuff itself, or with what is heard of it. */
import { type CuffState, isFresh, isLetDown, quietSince } from "../../session/cuff-state.ts";
import { mayStandStill } from "../../session/sensor.ts";
import { doseAt, doseReaches, limitOf } from "../../session/occlusion.ts";
import { after, between, longer, type Millis, millis, type Monotonic, never, seconds } from "../../units.ts";
import { lasts } from "../limits.ts";
import { batteryRegained, clearsAfter, standsAfter } from "../policy.ts";
import { type CuffRule, firstAfter, isWatched, measuring, no, unclear, yes } from "../verdict.ts";

const quietLimit = (c: CuffState): Millis =>
  c.occlusion === null
    ? lasts(c.limits, "silentDownAfterS")
    : longer(c.freshFor, lasts(c.limits, "silentAfterS"));
const silentAt = (c: CuffState): Monotonic => {
  const since = quietSince(c);
  return since === null || !isWatched(c) ? never : after(since, quietLimit(c));
};

export const silent: CuffRule = {
  judge: (c, now) => {
    const since = quietSince(c);
    if (since === null || !isWatched(c)) return no;
    if (now < silentAt(c)) {
      // A cuff that has come down is held to less: what was said of it while it was up is over.
      if (c.occlusion === null && c.alarms.some((o) => o.condition === "silent" && o.priority !== "low"))
        return no;
      const { liveSince, lastAt } = c.pressure;
      const back =
        liveSince !== null && lastAt !== null && isFresh(c, now) && between(liveSince, lastAt) >= clearsAfter;
      return back ? no : unclear;
    }
    if (c.occlusion === null) return yes("low", between(since, now), quietLimit(c));
    const unconfirmed = doseAt(c, now) >= limitOf(c);
    return yes(unconfirmed ? "high" : "medium", between(since, now), quietLimit(c), { unconfirmed });
  },
  next: (c, now) => firstAfter(now, silentAt(c), doseReaches(c, limitOf(c))),
};

export const inflatedUnassigned: CuffRule = {
  judge: (c, now) => {
    if (c.occlusion === null || c.station !== null) return no;
    if (measuring(c) || isLetDown(c)) return unclear;
    const limit = lasts(c.limits, "unassignedForS");
    const lasted = between(c.occlusion.measuredAt ?? c.occlusion.since, now);
    return lasted >= limit ? yes("medium", lasted, limit) : no;
  },
  next: (c, now) =>
    c.occlusion === null || c.station !== null
      ? never
      : firstAfter(
          now,
          after(c.occlusion.measuredAt ?? c.occlusion.since, lasts(c.limits, "unassignedForS")),
        ),
};

export const sensorFrozen: CuffRule = {
  judge: (c) => {
    const { held, since, lastAt } = c.sensor;
    if (c.occlusion === null) return no;
    if (measuring(c)) return unclear;
    if (!held) return no;
    const lasted = since === null || lastAt === null ? 0 : between(since, lastAt);
    return yes("medium", lasted, mayStandStill(c, c.sensor.fine));
  },
};

/** How far the two clocks have come apart; back within half of that clears it. */
export const clockDisagrees: CuffRule = {
  judge: ({ occlusion, limits }) => {
    const limit = lasts(limits, "clockApartS");
    if (occlusion === null) return no;
    const apart = Math.abs(occlusion.clock?.apart ?? 0);
    if (apart > limit) return yes("low", apart, limit);
    return apart > limit / 2 ? unclear : no;
  },
};

/** Two power-ups that take turns are two devices; a cuff that restarts does not go back to the power-up before. */
export const twoOfOne: CuffRule = {
  judge: ({ turns }, now) => {
    const [last, , first] = turns;
    if (last === undefined) return no;
    const quiet = between(last, now);
    if (quiet >= sum(turnsWithin, clearsAfter)) return no;
    // One straggler of the power-up before makes two turns: there, and back.
    const together = first !== undefined && between(first, last) < turnsWithin;
    return together && quiet < turnsWithin ? yes("medium", 2, 1) : unclear;
  },
  next: ({ turns: [last] }, now) =>
    last === undefined
      ? never
      : firstAfter(now, after(last, turnsWithin), after(last, sum(turnsWithin, clearsAfter))),
};
export const turnsWithin = seconds(10);
const sum = (a: Millis, b: Millis): Millis => millis(a + b);

export const battery: CuffRule = {
  judge: (c) => {
    const pct = c.batteryPct;
    if (pct === null || !isWatched(c)) return no;
    const { batteryLowPct: low, batteryEmptyPct: empty } = c.limits;
    const stands = c.alarms.find((o) => o.condition === "battery" && o.clearedAt === null);
    // A charge that trembles about its limit keeps what was said of it.
    const under = (limit: number, held: boolean): boolean => pct < limit + (held ? batteryRegained : 0);
    if (under(empty, stands?.priority === "medium")) return yes("medium", pct, empty);
    return under(low, stands !== undefined) ? yes("low", pct, low) : no;
  },
};

/** A fault is told once: it stands for as long as the cuff is up, and for a minute where it is down. */
export const cuffFault: CuffRule = {
  judge: (c, now) => {
    if (c.fault === null) return no;
    const stands = c.occlusion !== null && c.fault.at >= c.occlusion.since;
    return stands || between(c.fault.at, now) < standsAfter
      ? yes("medium", 0, 0, { cause: c.fault.code })
      : no;
  },
  next: ({ fault }, now) => (fault === null ? never : firstAfter(now, after(fault.at, standsAfter))),
};
