/** Whether a sensor still measures: a living limb never reads exactly the same for long. */
import { lasts, type Limits } from "../alarm/limits.ts";
import { clearsAfter, unbroken } from "../alarm/policy.ts";
import { between, type Millis, type Mmhg, type Monotonic } from "../units.ts";

export type Sensor = Readonly<{
  /** The last reading and since when every reading was exactly that. */
  value: Mmhg | null;
  since: Monotonic | null;
  lastAt: Monotonic | null;
  /** It has given parts of a millimetre of mercury. */
  fine: boolean;
  /** It has read the same for too long, and not yet moved for long enough since. */
  held: boolean;
  movesSince: Monotonic | null;
}>;

export const noSensor: Sensor = {
  value: null,
  since: null,
  lastAt: null,
  fine: false,
  held: false,
  movesSince: null,
};

/** How long a sensor may read the same: a basic cuff that reads whole mmHg for longer. */
export const mayStandStill = (
  { basic, limits }: Readonly<{ basic: boolean; limits: Limits }>,
  fine: boolean,
): Millis => lasts(limits, basic && !fine ? "frozenBasicForS" : "frozenForS");

/** The sensor after one more reading of an inflated cuff. */
export const sensed = (
  s: Sensor,
  value: Mmhg,
  at: Monotonic,
  of: Parameters<typeof mayStandStill>[0],
): Sensor => {
  const fine = s.fine || !Number.isInteger(value);
  const broken = s.lastAt === null || between(s.lastAt, at) >= unbroken;
  if (value === s.value && s.since !== null && !broken) {
    const still = between(s.since, at);
    const limit = mayStandStill(of, fine);
    const held = s.held || still >= limit;
    return { ...s, lastAt: at, fine, held, movesSince: still >= limit / 2 ? null : s.movesSince };
  }
  const movesSince = s.held && !broken ? (s.movesSince ?? at) : null;
  const over = movesSince !== null && between(movesSince, at) >= clearsAfter;
  return { value, since: at, lastAt: at, fine, held: s.held && !over, movesSince: over ? null : movesSince };
};
