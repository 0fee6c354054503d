/** The limits that somebody fills in to have a session judged by them, and what is wrong with them. */
import {
  type ChosenLimits,
  clinicLimits,
  type Limit,
  type LimitName,
  limitNames,
  limitTable,
} from "../../shared/alarm/limits.ts";
import type { LimitsThen } from "../../shared/recording/limits-then.ts";
import type { OtherLimits } from "../../shared/recording/other-limits.ts";
import { whatIfWords as words } from "../../shared/view/what-if-words.ts";

/** What stands in the fields; what is empty stays as it was. */
export type Filled = Readonly<Partial<Record<LimitName, string>>>;
export type Problems = Readonly<Partial<Record<LimitName, string>>>;

export const limitOf = (name: LimitName): Limit => limitTable[name];

/** Those that one asks about first: how far off the target, how long over, how long silent. */
export const firstLimits: readonly LimitName[] = [
  ...(["exercisePct", "exerciseMmhg", "restPct", "restMmhg", "restForS"] as const),
  ...(["overrunHighAfterS", "releaseSoonS", "driftAheadS", "silentAfterS"] as const),
];

const isFilled = (name: LimitName, filled: Filled): boolean => (filled[name] ?? "").trim() !== "";
const numberIn = (text: string): number => Number(text.trim().replace(",", "."));

/** What is filled in, as numbers, in the order of the table. */
export const chosenIn = (filled: Filled): ChosenLimits =>
  Object.fromEntries(
    limitNames
      .filter((name) => isFilled(name, filled))
      .map((name) => [name, numberIn(filled[name] ?? "")] as const),
  );

/** What is wrong, by field: no numbers, out of bounds, or at odds with another one as it is or as it stood then. */
export const problemsIn = (filled: Filled, then: LimitsThen): Problems => {
  const chosen = chosenIn(filled);
  const problems: Partial<Record<LimitName, string>> = {};
  for (const name of limitNames) {
    const value = chosen[name];
    const { least, most, unit } = limitOf(name);
    if (value === undefined || (value >= least && value <= most)) continue;
    const bounds = words.bounds(least, most, unit);
    problems[name] = Number.isFinite(value)
      ? words.outside(value, bounds)
      : words.number((filled[name] ?? "").trim(), bounds);
  }
  if (Object.keys(problems).length > 0) return problems;
  const stood = Object.fromEntries(limitNames.map((name) => [name, then[name].at(-1)] as const));
  const parsed = clinicLimits.safeParse({ ...stood, ...chosen });
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = limitNames.find((n) => n === path[0]);
    if (name !== undefined) problems[name] ??= message;
  }
  return problems;
};

/** The same for the clinic and for every plan, so that a plan's own limit does not stand before it. */
export const otherLimits = (chosen: ChosenLimits): OtherLimits => ({
  clinic: chosen,
  plan: Object.fromEntries(
    limitNames.filter((name) => limitOf(name).plan && chosen[name] !== undefined).map((n) => [n, chosen[n]]),
  ),
});
