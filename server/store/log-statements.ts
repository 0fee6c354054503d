/**
 * Logs that were made elsewhere, each written as a whole. Until all of it is there its chunks stand under the negative of its number, where
 * nobody looks for them; what a crash left so is taken away at the next start, and so is what no record names.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import type { ClosedChunk } from "./closed-chunk.ts";
import { type Keyframe, putKeyframe } from "./keyframes.ts";
import type { Tables } from "./tables.ts";

const unfinished = -1;

/** A number for a new log. */
export const beginLog = async (db: Kysely<Tables>): Promise<number> => {
  const row = await db
    .insertInto("log")
    .values({ lines: unfinished })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
};

export const addChunks = (db: Kysely<Tables>, log: number, chunks: readonly ClosedChunk[]): Promise<null> =>
  db.transaction().execute(async (tx) => {
    for (const chunk of chunks)
      await tx
        .insertInto("chunk")
        .values({ log: -log, ...chunk })
        .execute();
    return null;
  });

/** Makes a log of what was added under its number. */
export const finishLog = (db: Kysely<Tables>, log: number, keyframes: readonly Keyframe[]): Promise<null> =>
  db.transaction().execute(async (tx) => {
    await tx.updateTable("chunk").set({ log }).where("log", "=", -log).execute();
    const { lines } = await tx
      .selectFrom("chunk")
      .select(sql<number>`coalesce(sum(count), 0)`.as("lines"))
      .where("log", "=", log)
      .executeTakeFirstOrThrow();
    await tx.updateTable("log").set({ lines }).where("id", "=", log).execute();
    for (const keyframe of keyframes) await putKeyframe(tx, log, keyframe);
    return null;
  });

/** Takes a log away, whether it is finished or not. Its number is not given again. */
export const dropLog = (db: Kysely<Tables>, log: number): Promise<null> =>
  db.transaction().execute(async (tx) => {
    await tx.deleteFrom("chunk").where("log", "in", [log, -log]).execute();
    await tx.deleteFrom("keyframe").where("log", "=", log).execute();
    await tx.deleteFrom("hole").where("log", "=", log).execute();
    await tx.deleteFrom("log").where("id", "=", log).execute();
    return null;
  });

/** Takes a log away of which no line is left. That something was there, and when, stays said. */
export const dropEmptied = async (tx: Transaction<Tables>, log: number): Promise<void> => {
  const left = await tx.selectFrom("chunk").select("id").where("log", "=", log).limit(1).executeTakeFirst();
  if (left !== undefined) return;
  await tx.deleteFrom("keyframe").where("log", "=", log).execute();
  await tx.deleteFrom("log").where("id", "=", log).execute();
};

/** Takes away what was begun and not finished before the last end. */
export const dropUnfinished = async (db: Kysely<Tables>): Promise<void> => {
  const begun = await db.selectFrom("log").select("id").where("lines", "=", unfinished).execute();
  for (const { id } of begun) await dropLog(db, id);
};

/**
 * Takes away the logs that no version of any record names: a crash came between the lines of a recording and its record, or the last record was
 * erased. To be called at a start, when nothing is being taken in.
 */
export const dropUnnamed = async (db: Kysely<Tables>): Promise<void> => {
  // A record that cannot be read may be the one that names a log.
  const { unreadable } = await ofRecordings(db)
    .select(sql<number>`count(*)`.as("unreadable"))
    .where(sql<boolean>`not json_valid(body)`)
    .executeTakeFirstOrThrow();
  if (unreadable > 0) return;
  const named = ofRecordings(db)
    .select(sql<number>`json_extract(body, '$.log')`.as("log"))
    .where(sql<boolean>`json_extract(body, '$.log') is not null`);
  const unnamed = await db.selectFrom("log").select("id").where("id", "not in", named).execute();
  for (const { id } of unnamed) await dropLog(db, id);
};

const ofRecordings = (db: Kysely<Tables>) =>
  db.selectFrom("record").where("kind", "in", ["recording", "class"]);
