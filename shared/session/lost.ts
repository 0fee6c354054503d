/** A pressure that is lost: far under its own level, for longer than the valley of a repetition. */
import { lasts, type Limits } from "../alarm/limits.ts";
import {
  clearsAfter,
  firstRepetitions,
  inflatedAt,
  lostAtOnceBelow,
  lostRegained,
  repetitionAtLeast,
  valleyAtMost,
} from "../alarm/policy.ts";
import { between, longer, type Mmhg, type Monotonic } from "../units.ts";

/** `reference` is the level as it was before the fall. */
export type Lost = Readonly<{
  reference: Mmhg | null;
  since: Monotonic | null;
  back: Monotonic | null;
  held: boolean;
}>;
export const notLost: Lost = { reference: null, since: null, back: null, held: false };

/** One reading of an inflated cuff, and since when its pressure has moved after it was still. */
export type Fall = Readonly<{
  value: Mmhg;
  at: Monotonic;
  level: Mmhg | null;
  movingSince: Monotonic | null;
  limits: Limits;
}>;

/** Whether the pressure is lost, after one more reading. */
export const watchedForLoss = (was: Lost, { value, at, level, movingSince, limits }: Fall): Lost => {
  const { reference, since, back, held } = was;
  const lostBelow = limits.lostPct / 100;
  if (reference === null)
    return level !== null && level >= inflatedAt && value < lostBelow * level
      ? { reference: level, since: at, back: null, held: false }
      : was;
  if (value < lostBelow * reference) {
    const from = since ?? at;
    const valley = value >= lostAtOnceBelow * reference && isEarlyValley(from, movingSince);
    const long = valley ? longer(valleyAtMost, lasts(limits, "lostForS")) : lasts(limits, "lostForS");
    return { reference, since: from, back: null, held: held || between(from, at) >= long };
  }
  // A repetition's valley: shorter than a loss, and over.
  if (!held) return notLost;
  const regained = value >= lostRegained * reference ? (back ?? at) : null;
  return regained !== null && between(regained, at) >= clearsAfter
    ? notLost
    : { reference, since: null, back: regained, held };
};

/**
 * Whether a fall may be a valley of the first repetitions after a rest: against the level of that rest it looks deeper and longer
 * than against the exercise that it belongs to. A fall that ends the rest itself is none.
 */
const isEarlyValley = (from: Monotonic, movingSince: Monotonic | null): boolean => {
  if (movingSince === null) return false;
  const moved = between(movingSince, from);
  return moved >= repetitionAtLeast && moved < firstRepetitions;
};
