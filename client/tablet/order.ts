/** In which order the class stands on the tablet. */
import { byUrgency, type Occurrence } from "../../shared/alarm/occurrence.ts";
import { doseReaches, limitOf } from "../../shared/session/occlusion.ts";
import { never } from "../../shared/units.ts";
import type { StationOnScreen } from "../../shared/wire.ts";

/** What a place in the list is decided by. */
export type Place = Readonly<{ key: string; station: StationOnScreen; alarms: readonly Occurrence[] }>;

/** The keys of a class, most urgent first: by alarm, then by the next release, then as they stand on the wall. */
export const mostUrgentFirst = (places: readonly Place[]): readonly string[] =>
  places
    .map((place) => ({
      key: place.key,
      alarm: [...place.alarms].sort(byUrgency)[0],
      release: place.station.cuffs.reduce((at, c) => Math.min(at, doseReaches(c, limitOf(c))), Number(never)),
    }))
    .sort((a, b) => {
      if (a.alarm !== undefined && b.alarm !== undefined) return byUrgency(a.alarm, b.alarm);
      if (a.alarm !== undefined || b.alarm !== undefined) return a.alarm === undefined ? 1 : -1;
      return a.release === b.release ? 0 : a.release - b.release;
    })
    .map((place) => place.key);
