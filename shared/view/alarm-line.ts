/** How one occurrence of an alarm reads, on a tile, in the strip and in a list. */
import { type Occurrence, type OccurrenceState, occurrenceState } from "../alarm/occurrence.ts";
import type { ConditionId, Priority } from "../alarm/policy.ts";
import { doseAt, limitOf } from "../session/occlusion.ts";
import { between, type Millis, millis, type Monotonic } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { age, left, passed } from "./duration.ts";
import { conditionName, words } from "./words.ts";

export type AlarmLine = Readonly<{
  id: string;
  condition: ConditionId;
  cuff: string;
  station: string;
  /** "3 Jessica R.", or the cuff's name. */
  who: string;
  priority: Priority;
  state: OccurrenceState;
  /** "RELEASE" */
  name: string;
  /** "08:12 > 08:00" */
  detail: string;
  /** The name of who is going, or null. */
  going: string | null;
}>;

/** An occurrence in words at `now`. `station` is where its cuff is; undefined when it is no longer on the wall. */
export const alarmLine = (o: Occurrence, station: StationOnScreen | undefined, now: Monotonic): AlarmLine => {
  const cuff = station?.cuffs.find((c) => c.cuff === o.cuff);
  const state = occurrenceState(o);
  return {
    id: o.id,
    condition: o.condition,
    cuff: o.cuff,
    station: o.station ?? "",
    who: o.station === null || station === undefined ? o.cuff : `${o.station} ${station.patient}`,
    priority: o.priority,
    state,
    name: conditionName[o.condition],
    detail: state === "latched" ? words.latched : detailOf(o, cuff, now),
    going: o.acknowledged?.by ?? null,
  };
};

const detailOf = (o: Occurrence, cuff: CuffOnScreen | undefined, now: Monotonic): string => {
  const round = (n: number): string => String(Math.round(n));
  switch (o.condition) {
    case "overrun": {
      const dose = cuff === undefined ? millis(o.value) : doseAt(cuff, now);
      const limit = cuff === undefined ? millis(o.limit) : limitOf(cuff);
      return `${passed(dose)} > ${passed(limit)}${o.unconfirmed ? `, unconfirmed, ${words.checkCuff}` : ""}`;
    }
    case "release-soon":
      return cuff === undefined ? "" : `${left(millis(limitOf(cuff) - doseAt(cuff, now)))} left`;
    case "silent":
      return `${age(silenceOf(o, cuff, now))}, ${o.unconfirmed ? "unconfirmed, " : ""}${words.checkCuff}`;
    case "full-occlusion":
      return `${round(o.value)} of ${round(o.limit)} mmHg`;
    case "release-failed":
      return `still ${round(cuff?.pressure ?? o.value)} mmHg`;
    case "pressure-lost":
      return `${round(cuff?.pressure ?? o.value)} mmHg, was ${round(o.limit)}`;
    case "target-differs":
      return `cuff set to ${round(o.value)}, plan says ${round(o.limit)}`;
    case "pressure-high":
    case "pressure-low":
      return `${round(o.value)} mmHg, target ${round(cuff?.prescription?.target ?? o.limit)}`;
    case "inflated-unassigned":
      return `${round(cuff?.pressure ?? o.value)} mmHg for ${passed(between(cuff?.occlusion?.since ?? o.raisedAt, now))}`;
  }
};

const silenceOf = (o: Occurrence, cuff: CuffOnScreen | undefined, now: Monotonic): Millis =>
  cuff === undefined || cuff.pressureAt === null ? between(o.raisedAt, now) : between(cuff.pressureAt, now);
