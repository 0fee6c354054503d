/** How one occurrence of an alarm reads, on a tile, in the strip and in a list. */
import { byUrgency, type Occurrence, type OccurrenceState, occurrenceState } from "../alarm/occurrence.ts";
import type { ConditionId, Priority } from "../alarm/policy.ts";
import { calls } from "../alarm/suppression.ts";
import { isYoung } from "../session/cuff-state.ts";
import { doseAt, limitOf, restrictedAt } from "../session/occlusion.ts";
import { between, longer, type Millis, millis, type Monotonic } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { age, brief, left, passed, wholeSecond } from "./duration.ts";
import { readingText, whoText } from "./log-line.ts";
import { conditionName, words } from "./words.ts";

export type AlarmLine = Readonly<{
  id: string;
  condition: ConditionId;
  /** "" for what concerns the room. */
  cuff: string;
  station: string;
  /** "3 Jessica R.", the cuff's name, or the room. */
  who: string;
  priority: Priority;
  state: OccurrenceState;
  /** "RELEASE" */
  name: string;
  /** "08:12 > 08:00" */
  detail: string;
  /** What else there is to know or to do, "unconfirmed, check the cuff"; or "". */
  note: string;
  /** The name of who is going, or went, or null. */
  going: string | null;
  /** How long ago whoever went had answered, "0:35", once that silences it no more; or null. */
  went: string | null;
  /** It is to be heard and seen to flash: nobody is going, or whoever went has not ended it in time. */
  calls: boolean;
}>;

/** An occurrence in words at `now`. `station` is where its cuff is; undefined when it is no longer on the wall. */
export const alarmLine = (o: Occurrence, station: StationOnScreen | undefined, now: Monotonic): AlarmLine => {
  const cuff = station?.cuffs.find((c) => c.cuff === o.cuff);
  const state = occurrenceState(o);
  const name = o.condition === "drift" && o.priority === "low" ? words.drifting : conditionName[o.condition];
  return {
    id: o.id,
    condition: o.condition,
    cuff: o.cuff ?? "",
    station: o.station ?? "",
    who: whoText(o),
    priority: o.priority,
    state,
    name: [name, sideOf(cuff, station)].filter((word) => word !== "").join(" "),
    detail: state === "latched" ? words.over : detailOf(o, cuff, now),
    note: state === "latched" ? words.nobodyAnswered : noteOf(o),
    going: o.acknowledged?.by ?? null,
    went:
      o.acknowledged !== null && calls(o, now)
        ? brief(passed(between(o.acknowledged.at, wholeSecond(now))))
        : null,
    calls: calls(o, now),
  };
};

/** Occurrences in words, most urgent first, each with the station that its cuff is on. */
export const alarmLines = (
  alarms: readonly Occurrence[],
  stations: readonly StationOnScreen[],
  now: Monotonic,
): readonly AlarmLine[] => [...alarms].sort(byUrgency).map((o) => alarmLine(o, stationOf(o, stations), now));

const stationOf = (o: Occurrence, stations: readonly StationOnScreen[]): StationOnScreen | undefined =>
  stations.find((s) => s.cuffs.some((c) => c.cuff === o.cuff));

/** Who is going, or went, in words; "" where nobody has answered. `me` is the name of who reads it, where that is known. */
export const answerText = ({ going, went }: AlarmLine, me: string | null = null): string => {
  if (going === null) return "";
  if (went !== null) return going === me ? words.youWent(went) : words.went(going, went);
  return going === me ? words.youGo : words.going(going);
};

/**
 * The lines of a strip with so many places: the most urgent first, and among them those about the room, which stand on no
 * tile.
 */
export const linesForStrip = (lines: readonly AlarmLine[], places: number): readonly AlarmLine[] => {
  const left = lines.slice(places).filter((line) => line.cuff === "");
  return [...lines.slice(0, Math.max(1, places - left.length)), ...left].slice(0, places);
};

/** Which of two cuffs of a patient it is about, "L"; "" where there is only one. */
const sideOf = (cuff: CuffOnScreen | undefined, station: StationOnScreen | undefined): string =>
  (station?.cuffs.length ?? 0) < 2 || cuff === undefined || cuff.prescription === null
    ? ""
    : words.side[cuff.prescription.limb.side];

/** What its cuff shows now, where that says more than what was recorded when it was raised; else that. */
const detailOf = (o: Occurrence, cuff: CuffOnScreen | undefined, now: Monotonic): string => {
  const round = (n: number): string => String(Math.round(n));
  switch (o.condition) {
    case "overrun": {
      if (cuff === undefined) return readingText(o);
      const limit = limitOf(cuff);
      return `${passed(longer(limit, doseAt(cuff, wholeSecond(now))))} > ${passed(limit)}`;
    }
    case "session-overrun": {
      if (cuff === undefined) return readingText(o);
      const limit = millis(o.limit);
      return `${passed(longer(limit, restrictedAt(cuff, wholeSecond(now))))} > ${passed(limit)}`;
    }
    case "release-soon":
      return cuff === undefined
        ? ""
        : words.left(left(millis(limitOf(cuff) - doseAt(cuff, wholeSecond(now)))));
    case "silent": {
      if (cuff?.pressureAt === null) return words.neverHeardShort;
      const lasts = age(silenceOf(o, cuff, now));
      return cuff?.saysOffline === true ? words.saysOffline(lasts) : lasts;
    }
    case "release-failed": {
      const level = presentLevel(cuff, now);
      return level === null
        ? words.lastRead(round(cuff?.pressure ?? o.value))
        : readingText({ ...o, value: level });
    }
    case "pressure-lost": {
      const level = presentLevel(cuff, now);
      return level === null
        ? words.wasLastRead(round(cuff?.pressure ?? o.value), round(o.limit))
        : readingText({ ...o, value: level });
    }
    case "pressure-high":
    case "pressure-low": {
      const target = round(cuff?.prescription?.target ?? o.limit);
      // While exercising the pressure swings, and the one beside it on the screen says more than one moment of it.
      const level = presentLevel(cuff, now);
      if (level !== null && cuff?.resting === false) return words.planned(target);
      return level === null
        ? words.offTargetThen(round(o.value), target)
        : words.offTarget(round(level), target);
    }
    case "drift":
      return driftOf(o, cuff, now);
    case "inflated-unassigned": {
      const time = passed(between(cuff?.occlusion?.since ?? o.raisedAt, now));
      const level = presentLevel(cuff, now);
      if (level !== null) return words.upFor(round(level), time);
      const read = cuff?.pressure ?? null;
      return read === null ? words.upForUnread(time) : words.upForLastRead(round(read), time);
    }
    case "battery":
      return readingText({ ...o, value: cuff?.batteryPct ?? o.value });
    default:
      return readingText(o);
  }
};

/** A number of the moment at which it was raised must not look like the present one: what it has come to shows at rest. */
const driftOf = (o: Occurrence, cuff: CuffOnScreen | undefined, now: Monotonic): string => {
  const [then, from] = [String(Math.round(o.value)), String(Math.round(o.limit))];
  const byLevel = o.cause === "level";
  const level = presentLevel(cuff, now);
  if (level === null) return words.drifted(from, then);
  if (cuff?.resting === false) return byLevel ? words.driftedFrom(from) : words.planned(from);
  return (byLevel ? words.was : words.offTarget)(String(Math.round(level)), from);
};

/** The pressure as it is now; null where nobody can tell, and what was measured then must not look like it. */
const presentLevel = (cuff: CuffOnScreen | undefined, now: Monotonic): number | null =>
  cuff !== undefined &&
  isYoung({ lastAt: cuff.pressureAt, freshFor: cuff.freshFor, resumedAt: cuff.resumedAt }, now)
    ? cuff.pressure
    : null;

const silenceOf = (o: Occurrence, cuff: CuffOnScreen | undefined, now: Monotonic): Millis =>
  cuff === undefined || cuff.pressureAt === null ? between(o.raisedAt, now) : between(cuff.pressureAt, now);

const noteOf = (o: Occurrence): string => {
  if (o.unconfirmed) return words.unconfirmedCheck;
  if (o.condition === "drift") return words.driftSign(o.cause ?? "");
  if (o.cause === "motion") return words.mayBeMotion;
  return o.condition === "silent" ? words.checkCuff : "";
};
