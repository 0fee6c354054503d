/**
 * While the link is gone the screen raises overruns itself, from the clocks and limits that it holds: an overrun needs no
 * data. When the link is back the server's alarms replace these.
 */
import type { Occurrence } from "../shared/alarm/occurrence.ts";
import type { Priority } from "../shared/alarm/policy.ts";
import { alarmId } from "../shared/ids.ts";
import { capOf, doseAt, doseReaches, limitOf } from "../shared/session/occlusion.ts";
import { millis, type Monotonic } from "../shared/units.ts";
import type { CuffOnScreen, StationOnScreen } from "../shared/wire.ts";

/** The alarms that the server last told of, with every overrun that has come or grown since, at `now`. */
export const withLocalOverruns = (
  stations: readonly StationOnScreen[],
  alarms: readonly Occurrence[],
  now: Monotonic,
): readonly Occurrence[] => {
  const local = stations.flatMap((station) =>
    station.cuffs
      .filter((c) => doseAt(c, now) >= limitOf(c) && c.occlusion !== null)
      .map((c): Occurrence => overrunOf(c, station, alarms, now)),
  );
  const replaced = new Set(local.map((o) => o.id));
  return [...alarms.filter((o) => !replaced.has(o.id)), ...local];
};

const overrunOf = (
  c: CuffOnScreen,
  station: StationOnScreen,
  alarms: readonly Occurrence[],
  now: Monotonic,
): Occurrence => {
  const told = alarms.find((o) => o.condition === "overrun" && o.cuff === c.cuff && o.clearedAt === null);
  const priority: Priority =
    doseAt(c, now) >= Math.min(capOf(c), limitOf(c) + c.overrunHighAfter) ? "high" : "medium";
  if (told !== undefined) {
    const rose = told.priority !== priority && priority === "high";
    return rose
      ? { ...told, priority, roseAt: now, acknowledged: null, unconfirmed: true }
      : { ...told, unconfirmed: true };
  }
  const raisedAt = doseReaches(c, limitOf(c));
  return {
    id: alarmId(`local:${c.cuff}:overrun:${c.occlusion?.number ?? 0}`),
    condition: "overrun",
    cuff: c.cuff,
    station: station.station,
    patient: station.patient,
    priority,
    raisedAt,
    roseAt: raisedAt,
    value: millis(doseAt(c, now)),
    limit: limitOf(c),
    cause: null,
    unconfirmed: true,
    acknowledged: null,
    waitingSince: raisedAt,
    remindedAt: null,
    clearedAt: null,
    supersededBy: null,
  };
};
