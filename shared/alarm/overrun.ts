/**
 * Whether a limb has been restricted for too long: decided here and nowhere else, by the engine, and by a screen whose link is
 * gone from the clocks that it holds.
 */
import { capOf, type Clocks, doseAt, doseReaches, limitOf } from "../session/occlusion.ts";
import { type Millis, millis, type Monotonic, never } from "../units.ts";
import type { Priority } from "./policy.ts";

/** What a dose is held against; it is high `highAfter` the limit, or at the cap. */
export type OverrunLimits = Readonly<{ limit: Millis; cap: Millis; highAfter: Millis }>;

export type Overrun = Readonly<{ priority: Priority; dose: Millis; limit: Millis }>;

/** The limits of a limb: its plan's, and how long the clinic lets an overrun be medium. */
export const overrunLimits = (c: Clocks, highAfter: Millis): OverrunLimits => ({
  limit: limitOf(c),
  cap: capOf(c),
  highAfter,
});

/** The overrun of a cuff at `now`, or null where it is down or has time left. Needs no data, only clocks. */
export const overrunAt = (c: Clocks, limits: OverrunLimits, now: Monotonic): Overrun | null => {
  if (c.occlusion === null) return null;
  const dose = doseAt(c, now);
  if (dose < limits.limit) return null;
  return { priority: dose >= highFrom(limits) ? "high" : "medium", dose, limit: limits.limit };
};

/** When `overrunAt` next says something else by time alone, later than `now`; never where it does not. */
export const overrunChangesAt = (c: Clocks, limits: OverrunLimits, now: Monotonic): Monotonic => {
  const at = doseReaches(c, limits.limit);
  if (at > now) return at;
  const high = doseReaches(c, highFrom(limits));
  return high > now ? high : never;
};

const highFrom = ({ limit, cap, highAfter }: OverrunLimits): Millis =>
  millis(Math.max(limit, Math.min(cap, limit + highAfter)));
