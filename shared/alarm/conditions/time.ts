/** How long a limb has been restricted, and what becomes of an order to let it go. None of these needs data to be raised. */
import { type CuffState, downSince, isDown, isFresh, saysUp } from "../../session/cuff-state.ts";
import { doseAt, doseReaches, limitOf, restrictedAt, restrictedReaches } from "../../session/occlusion.ts";
import { after, between, millis, type Monotonic, never } from "../../units.ts";
import { lasts } from "../limits.ts";
import { overrunAt, overrunChangesAt, type OverrunLimits, overrunLimits } from "../overrun.ts";
import { downBelow } from "../policy.ts";
import {
  type CuffRule,
  firstAfter,
  isUnconfirmed,
  measuring,
  no,
  staleAt,
  stands,
  unclear,
  yes,
} from "../verdict.ts";

const limitsOf = (c: CuffState): OverrunLimits => overrunLimits(c, lasts(c.limits, "overrunHighAfterS"));

export const overrun: CuffRule = {
  judge: (c, now) => {
    const found = overrunAt(c, limitsOf(c), now);
    // A limit that is raised while a limb is over the one before takes nothing back: only letting go does.
    if (found === null) return c.occlusion !== null && stands(c, "overrun") ? unclear : no;
    return yes(found.priority, found.dose, found.limit, { unconfirmed: isUnconfirmed(c, now) });
  },
  next: (c, now) => firstAfter(now, overrunChangesAt(c, limitsOf(c), now), staleAt(c)),
};

export const releaseSoon: CuffRule = {
  judge: (c, now) => {
    if (c.occlusion === null) return no;
    const dose = doseAt(c, now);
    const limit = limitOf(c);
    const soon = dose >= limit - lasts(c.limits, "releaseSoonS") && dose < limit;
    return soon ? yes("low", limit - dose, limit) : no;
  },
  next: (c, now) => {
    const limit = limitOf(c);
    const soon = millis(limit - lasts(c.limits, "releaseSoonS"));
    return firstAfter(now, doseReaches(c, soon), doseReaches(c, limit));
  },
};

const releaseDue = (c: CuffState): Monotonic => {
  const o = c.occlusion;
  if (o === null) return never;
  const began = Math.min(o.firstOrderedAt ?? Infinity, o.releasingSince ?? Infinity);
  return after(began as Monotonic, lasts(c.limits, "releaseWithinS"));
};

/**
 * Once it stands, nothing that a cuff says clears it: only a pressure that is measured down. A sensor that reads nothing
 * while the cuff counts on has measured nothing down.
 */
export const releaseFailed: CuffRule = {
  judge: (c, now) => {
    if (c.occlusion === null || (isDown(c) && isFresh(c, now) && !saysUp(c))) return no;
    if (now < releaseDue(c) || (downSince(c) !== null && !saysUp(c))) return unclear;
    return yes("high", c.pressure.last ?? 0, downBelow, { unconfirmed: !isFresh(c, now) });
  },
  next: (c, now) => firstAfter(now, releaseDue(c), staleAt(c)),
};

/** All inflations of a session together. Said while the limb is restricted: once it is down there is nothing to end. */
export const sessionOverrun: CuffRule = {
  judge: (c, now) => {
    if (c.occlusion === null) return no;
    const limit = lasts(c.limits, "sessionLimitMin");
    const total = restrictedAt(c, now);
    return total >= limit ? yes("medium", total, limit, { unconfirmed: isUnconfirmed(c, now) }) : no;
  },
  next: (c, now) => firstAfter(now, restrictedReaches(c, lasts(c.limits, "sessionLimitMin")), staleAt(c)),
};

export const reperfusionShort: CuffRule = {
  judge: ({ occlusion }) => {
    const short = occlusion?.tooSoon ?? null;
    return short === null ? no : yes("medium", short.pause, short.needed);
  },
};

export const measuringTooLong: CuffRule = {
  judge: (c, now) => {
    if (c.occlusion === null || c.measuringSince === null) return no;
    if (!measuring(c)) return unclear;
    const lasted = between(c.measuringSince, now);
    const limit = lasts(c.limits, "measuringForS");
    return lasted >= limit ? yes("high", lasted, limit, { unconfirmed: !isFresh(c, now) }) : no;
  },
  next: (c, now) =>
    c.measuringSince === null || c.occlusion === null
      ? never
      : firstAfter(now, after(c.measuringSince, lasts(c.limits, "measuringForS")), staleAt(c)),
};
