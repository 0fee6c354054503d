/** What became of some occurrences, as facts for tests of the log. */
import type { Recorded } from "../../server/store/store.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import { alarmId, cuffId, stationId } from "../../shared/ids.ts";
import type { AlarmFact } from "../../shared/session/fact.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import { firstEpoch } from "../server/store/facts.ts";

/** The wall clock at site time 0 of these tests. */
export const wallAtZero = 1_700_000_000_000;
export const wallAt = (second: number): ReturnType<typeof wallTime> => wallTime(wallAtZero + second * 1000);
const at = (second: number): ReturnType<typeof monotonic> => monotonic(second * 1000);
const cuff = cuffId("cuff-1");

const recorded = (fact: AlarmFact): Recorded => ({
  epoch: firstEpoch,
  at: fact.at,
  wall: wallTime(wallAtZero + fact.at),
  fact,
});

export const raised = (second: number, id: string, changes: Partial<Occurrence> = {}): Recorded => {
  const occurrence: Occurrence = {
    ...{ id: alarmId(id), condition: "silent", cuff, station: stationId("1"), patient: "Maya K." },
    ...{
      priority: "medium",
      raisedAt: at(second),
      roseAt: at(second),
      value: 3000,
      limit: 3000,
      cause: null,
    },
    ...{ unconfirmed: false, acknowledged: null, waitingSince: at(second), remindedAt: null },
    ...{ clearedAt: null, supersededBy: null },
    ...changes,
  };
  return recorded({ kind: "alarm-raised", at: at(second), cuff: occurrence.cuff, occurrence });
};

const about = (
  second: number,
  id: string,
): Readonly<{ at: AlarmFact["at"]; cuff: typeof cuff; id: Occurrence["id"] }> => ({
  at: at(second),
  cuff,
  id: alarmId(id),
});

export const cleared = (second: number, id: string): Recorded =>
  recorded({ kind: "alarm-cleared", ...about(second, id) });
export const reminded = (second: number, id: string): Recorded =>
  recorded({ kind: "alarm-reminded", ...about(second, id) });
export const superseded = (second: number, id: string, by: string): Recorded =>
  recorded({ kind: "alarm-superseded", ...about(second, id), by: alarmId(by) });
export const takenBack = (second: number, id: string, by = "Aidan R."): Recorded =>
  recorded({ kind: "alarm-taken-back", ...about(second, id), by, verified: false });
/** Silences for 120 s unless told otherwise. */
export const acknowledged = (
  second: number,
  id: string,
  { by = "Aidan R.", silences = 120 } = {},
): Recorded =>
  recorded({
    kind: "alarm-acknowledged",
    ...about(second, id),
    acknowledged: { by, at: at(second), until: at(second + silences), verified: false },
  });
export const changed = (
  second: number,
  id: string,
  priority: Occurrence["priority"],
  value = 9000,
): Recorded =>
  recorded({
    kind: "alarm-changed",
    ...about(second, id),
    ...{ priority, value, limit: 3000, unconfirmed: false, cause: null },
  });
