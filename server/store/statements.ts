/** What a store says to its database, for every SQL engine alike. Errors of the database are thrown on to the engine. */
import type { Kysely, Transaction } from "kysely";
import { epoch } from "../../shared/ids.ts";
import { nextId } from "../../shared/recording/line.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import type { Anchor, Checkpoint } from "./store.ts";
import type { PackedRuns } from "./packed-runs.ts";
import type { FactRow, StoredFactRow, Tables } from "./tables.ts";

/** Rows of one insert: few enough for every engine's limit of parameters, enough to make the statement's cost small. */
const rowsOfOneInsert = 100;

/**
 * Stores rows and anchor in one transaction, but for messages that are stored already, as rows or packed; the greatest number that was given
 * to any fact, also to those that are no longer there.
 */
export const appendRows = (
  db: Kysely<Tables>,
  packed: PackedRuns,
  rows: readonly FactRow[],
  anchor: Anchor | null,
): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const fresh = rows.filter(
      ({ cuff, boot, seq }) => cuff === null || boot === null || seq === null || !packed.has(cuff, boot, seq),
    );
    let last = await lastNumber(tx);
    const numbered = fresh.map((row) => ({ id: (last = nextId(last, monotonic(row.at))), ...row }));
    for (let from = 0; from < numbered.length; from += rowsOfOneInsert)
      await tx
        .insertInto("fact")
        .values(numbered.slice(from, from + rowsOfOneInsert))
        .onConflict((conflict) => conflict.columns(["cuff", "boot", "seq"]).doNothing())
        .execute();
    if (anchor !== null) await putAnchor(tx, anchor);
    return lastNumber(tx);
  });

/** The greatest number that was ever given to a fact. */
export const lastNumber = async (db: Kysely<Tables>): Promise<number> => {
  const last = await db
    .selectFrom("sqlite_sequence")
    .select("seq")
    .where("name", "=", "fact")
    .executeTakeFirst();
  return last?.seq ?? 0;
};

export const readRows = (
  db: Kysely<Tables>,
  afterId: number,
  limit: number,
): Promise<readonly StoredFactRow[]> =>
  db.selectFrom("fact").selectAll().where("id", ">", afterId).orderBy("id").limit(limit).execute();

export const putCheckpoint = async (
  db: Kysely<Tables>,
  { factId, format, state }: Checkpoint,
): Promise<null> => {
  const row = { fact_id: factId, format, state };
  await db
    .insertInto("checkpoint")
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  return null;
};

export const getCheckpoint = async (db: Kysely<Tables>): Promise<Checkpoint | null> => {
  const row = await db.selectFrom("checkpoint").selectAll().executeTakeFirst();
  return row === undefined ? null : { factId: row.fact_id, format: row.format, state: row.state };
};

export const putAnchor = async (db: Kysely<Tables> | Transaction<Tables>, anchor: Anchor): Promise<null> => {
  const row = {
    at: anchor.at,
    epoch: anchor.epoch,
    boot_id: anchor.bootId,
    boot_clock_ms: anchor.bootClockMs,
    wall: anchor.wall,
  };
  await db
    .insertInto("anchor")
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  return null;
};

export const getAnchor = async (db: Kysely<Tables>): Promise<Anchor | null> => {
  const row = await db.selectFrom("anchor").selectAll().executeTakeFirst();
  return row === undefined
    ? null
    : {
        at: monotonic(row.at),
        epoch: epoch(row.epoch),
        bootId: row.boot_id,
        bootClockMs: row.boot_clock_ms,
        wall: wallTime(row.wall),
      };
};
