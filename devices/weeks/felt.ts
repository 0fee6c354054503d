/** How a session feels: pain that falls over the weeks, and exertion that a new load raises for a while. */
import type { Random } from "../random.ts";
import type { Person } from "./people.ts";
import type { Pain } from "./plan.ts";

export type Felt = Readonly<{ pain: Pain; exertion: number; refillS: number; short: number }>;

/** What is left of the pain after eight weeks. */
const painLeft = 0.25;
const painWeeks = 8;

export const feltOf = (
  person: Person,
  {
    weeksIn,
    atThisLoad,
    isRest,
    random,
  }: Readonly<{
    weeksIn: number;
    /** Sessions at this load so far. */
    atThisLoad: number;
    /** The limb does not work. */
    isRest: boolean;
    random: Random;
  }>,
): Felt => {
  const share = 1 - (1 - painLeft) * Math.min(1, weeksIn / painWeeks);
  const pain = person.pain * share + random.between(-0.6, 0.6);
  const exertion = isRest ? 2 : 6 + Math.max(0, 1.2 - 0.8 * atThisLoad);
  // The very first time is new, and later on somebody has a bad day now and then.
  const isShort = !isRest && (weeksIn === 0 || random.between(0, 1) < 0.06) && atThisLoad === 0;
  return {
    pain: { before: score(pain * 0.6), during: score(pain), after: score(pain * 0.5) },
    exertion: score(exertion + random.between(-0.9, 0.9)),
    refillS: random.whole(3, 5) / 2,
    short: isShort ? random.whole(1, 4) : 0,
  };
};

/** On the scale of 0 to 10, and never so high that somebody would have to stop. */
const score = (value: number): number => Math.max(0, Math.min(7, Math.round(value)));
