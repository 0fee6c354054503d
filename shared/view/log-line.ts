/** How what an occurrence measured reads, as it was recorded, and in which units it stands in a table. */
import type { Source } from "../alarm/figures.ts";
import type { ConditionId } from "../alarm/policy.ts";
import { millis } from "../units.ts";
import { age, left, passed } from "./duration.ts";
import { words } from "./words.ts";

/** What was measured and what it was held against, as they were recorded. */
export type Measured = Readonly<{
  condition: ConditionId;
  value: number;
  limit: number;
  cause: string | null;
}>;

/** "08:12 > 08:00"; "" where there is nothing to tell beside the condition's name. */
export const readingText = ({ condition, value, limit, cause }: Measured): string => {
  const [v, l] = [String(Math.round(value)), String(Math.round(limit))];
  switch (condition) {
    case "overrun":
    case "session-overrun":
      return `${passed(millis(value))} > ${passed(millis(limit))}`;
    case "release-soon":
      return words.left(left(millis(value)));
    case "silent":
      return words.silentFor(age(millis(value)));
    case "full-occlusion":
      return words.ofMmhg(v, l);
    case "release-failed":
      return words.still(v);
    case "pressure-lost":
    case "drift":
      return words.was(v, l);
    case "target-differs":
      return words.cuffAndPlan(v, l);
    case "pressure-high":
    case "pressure-low":
      return words.offTarget(v, l);
    case "inflated-unassigned":
      return age(millis(value));
    case "reperfusion-short":
      return words.pauseOf(passed(millis(value)), passed(millis(limit)));
    case "measuring-too-long":
      return words.longerThan(passed(millis(limit)));
    case "peaks-over-lop":
      return words.peaks(v, l);
    case "sensor-frozen":
      return words.sameFor(age(millis(value)));
    case "clock-disagrees":
      return words.apartBy(String(Math.round(value / 100) / 10));
    case "battery":
      return words.percent(v);
    case "cuff-fault":
      return words.fault(cause ?? "");
    case "stop-advised":
      return stopText(cause ?? "", value);
    case "two-of-one":
      return words.twoOfOne;
    case "not-recording":
      return words.notStored;
    case "nobody-listening":
      return words.noSoundAnywhere;
  }
};

/** The reasons to stop; the latest stands first and carries its number. */
const stopText = (cause: string, value: number): string =>
  cause
    .split(" ")
    .map((name, i) => {
      if (name === "pain") return i === 0 ? words.pain(String(value)) : words.painShort;
      if (name === "refill") return i === 0 ? words.refill(String(value)) : words.refillShort;
      return name;
    })
    .join(", ");

export type Unit = "s" | "mmHg" | "%" | "of 10" | "cuffs" | "";

/** A number as it stands in a table, and its unit there: durations in seconds. */
export const inTable = ({
  condition,
  value,
  limit,
  cause,
}: Measured): Readonly<Record<"value" | "limit", Readonly<{ number: number | null; unit: Unit }>>> => {
  const of = (number: number, unit: Unit | "ms"): Readonly<{ number: number | null; unit: Unit }> => {
    if (unit === "ms") return { number: Math.round(number) / 1000, unit: "s" };
    return unit === "" ? { number: null, unit } : { number, unit };
  };
  const [valueUnit, limitUnit] = unitsOf(condition, cause);
  return { value: of(value, valueUnit), limit: of(limit, limitUnit) };
};

const unitsOf = (condition: ConditionId, cause: string | null): readonly [Unit | "ms", Unit | "ms"] => {
  switch (condition) {
    case "overrun":
    case "session-overrun":
    case "release-soon":
    case "silent":
    case "inflated-unassigned":
    case "reperfusion-short":
    case "measuring-too-long":
    case "sensor-frozen":
    case "clock-disagrees":
      return ["ms", "ms"];
    case "full-occlusion":
    case "release-failed":
    case "pressure-lost":
    case "drift":
    case "target-differs":
    case "pressure-high":
    case "pressure-low":
    case "peaks-over-lop":
      return ["mmHg", "mmHg"];
    case "battery":
      return ["%", "%"];
    case "stop-advised":
      return cause?.startsWith("pain") === true
        ? ["of 10", "of 10"]
        : cause?.startsWith("refill") === true
          ? ["s", "s"]
          : ["", ""];
    case "nobody-listening":
      return ["cuffs", ""];
    case "cuff-fault":
    case "two-of-one":
    case "not-recording":
      return ["", ""];
  }
};

/** "3 Jessica R.", the cuff's name where it was on no patient, or the room. */
export const whoText = ({ station, patient, cuff }: Pick<Source, "station" | "patient" | "cuff">): string =>
  station === null ? (cuff ?? words.theRoom) : `${station} ${patient}`;
