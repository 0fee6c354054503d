/** The limits of a clinic as they are typed, and what is chosen by it. */
import type { FieldProblem } from "../../shared/clinic/api.ts";
import {
  type ChosenLimits,
  clinicLimits,
  type Limit,
  type LimitName,
  limitNames,
  limitTable,
} from "../../shared/alarm/limits.ts";
import { setupWords } from "../../shared/view/setup-words.ts";

/** What stands in each field. */
export type Typed = Readonly<Record<LimitName, string>>;

const words = setupWords.limits;

export const limitOf = (name: LimitName): Limit => limitTable[name];

/** The fields as they are before anybody types. */
export const typedOf = (chosen: ChosenLimits): Typed =>
  Object.fromEntries(limitNames.map((name) => [name, String(chosen[name] ?? limitOf(name).usual)])) as Typed;

/** The number in a field; NaN where there is none. An empty field means the usual value. */
const numberIn = (name: LimitName, text: string): number => {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? limitOf(name).usual : Number(trimmed);
};

/** Whether a field holds something else than the usual value. */
export const differs = (name: LimitName, typed: Typed): boolean =>
  numberIn(name, typed[name]) !== limitOf(name).usual;

/** How many fields hold something else than what is saved. */
export const unsaved = (typed: Typed, saved: ChosenLimits): number =>
  limitNames.filter((name) => numberIn(name, typed[name]) !== (saved[name] ?? limitOf(name).usual)).length;

/** What the clinic chooses by these fields: only what differs, so that a usual value that is corrected later reaches it. */
export const chosenBy = (typed: Typed): ChosenLimits =>
  Object.fromEntries(
    limitNames.filter((name) => differs(name, typed)).map((name) => [name, numberIn(name, typed[name])]),
  );

/** What is wrong in the fields, each as the server would name it. */
export const problemsIn = (typed: Typed): readonly FieldProblem[] => {
  const noNumbers = limitNames
    .filter((name) => !Number.isFinite(numberIn(name, typed[name])))
    .map((name) => {
      const { least, most, unit } = limitOf(name);
      return { field: `limits.${name}`, detail: words.number(words.bounds(least, most, unit)) };
    });
  if (noNumbers.length > 0) return noNumbers;
  const parsed = clinicLimits.safeParse(chosenBy(typed));
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({
        field: ["limits", ...issue.path.map(String)].join("."),
        detail: issue.message,
      }));
};
