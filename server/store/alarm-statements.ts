/** What the log of the alarms asks a database: facts of one kind by time, and everything about some occurrences. */
import type { Kysely } from "kysely";
import { alarmId, type AlarmId } from "../../shared/ids.ts";
import type { AlarmFact } from "../../shared/session/fact.ts";
import type { WallTime } from "../../shared/units.ts";
import type { KindRange } from "./store.ts";
import { isRare, type StoredFactRow, type Tables } from "./tables.ts";

/** Facts of one kind in a range of wall time, the newest first. */
export const readKindRows = (
  db: Kysely<Tables>,
  { kind, from, to, olderThan, limit }: KindRange,
): Promise<readonly StoredFactRow[]> =>
  db
    .selectFrom("fact")
    .selectAll()
    .where("kind", "=", kind)
    .where(isRare)
    .where("wall", ">=", from)
    .where("wall", "<", to)
    .$if(olderThan !== undefined, (query) =>
      query.where((e) => e(e.refTuple("wall", "id"), "<", e.tuple(olderThan?.wall ?? 0, olderThan?.id ?? 0))),
    )
    .orderBy("wall", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();

/** Every fact about some occurrences, in order. */
export const readAlarmRows = (
  db: Kysely<Tables>,
  alarms: readonly AlarmId[],
): Promise<readonly StoredFactRow[]> =>
  alarms.length === 0
    ? Promise.resolve([])
    : db.selectFrom("fact").selectAll().where("alarm", "in", alarms).orderBy("id").execute();

/** What may become of an occurrence once it was raised. */
const later: readonly Exclude<AlarmFact["kind"], "alarm-raised">[] = [
  "alarm-changed",
  "alarm-cleared",
  "alarm-acknowledged",
  "alarm-taken-back",
  "alarm-reminded",
  "alarm-superseded",
];

/** Occurrences that were raised before `wall` and of which something was told from then on. */
export const alarmsOpenAt = async (db: Kysely<Tables>, wall: WallTime): Promise<readonly AlarmId[]> => {
  const since = db.selectFrom("fact").select("alarm").where(isRare).where("wall", ">=", wall);
  const rows = await since
    .where("kind", "in", later)
    .except(since.where("kind", "=", "alarm-raised"))
    .execute();
  return rows.flatMap(({ alarm }) => (alarm === null ? [] : [alarmId(alarm)]));
};
