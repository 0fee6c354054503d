/** The tables of closed recordings: columns instead of rows, and what goes with them. */
import { type Generated, type Kysely, type Migration, sql } from "kysely";
import type { Hole } from "../../shared/recording/line.ts";

/** The lines of one cuff, or of everything that is said rarely, over a span of time. */
export type ChunkRow = Readonly<{
  id: number;
  log: number;
  /** Null: what is not said again and again, of every cuff and of none. */
  cuff: string | null;
  first_id: number;
  last_id: number;
  /** Site time and wall clock of the earliest and of the latest line. */
  from_at: number;
  to_at: number;
  from_wall: number;
  to_wall: number;
  /** Which version of the codec wrote it. */
  codec: number;
  count: number;
  /** Which kinds of facts are in it, each between commas; empty in a cuff's. */
  kinds: string;
  /** CRC-32 of `body` as it is stored. */
  crc: number;
  body: Uint8Array;
}>;

export type RecordingTables = {
  chunk: { [K in keyof Omit<ChunkRow, "id">]: ChunkRow[K] } & { id: Generated<number> };
  /** A folded state that holds every line up to `after_id`; `state` is compressed text in the form `format`. */
  keyframe: { log: number; after_id: number; at: number; format: number; state: Uint8Array };
  /** Which messages of a power-up are packed, so that one that comes again is still known. */
  packed_run: { cuff: string; boot: string; from_seq: number; to_seq: number };
  /** Lines that were there and cannot be given any more. */
  hole: {
    id: Generated<number>;
    log: number;
    cuff: string | null;
    from_at: number;
    to_at: number;
    why: Hole["why"];
  };
  /** One row for each log that was ever written, so that no number is given twice. */
  log: { id: Generated<number>; lines: number };
  /** SQLite's own: the greatest number that each table ever gave. */
  sqlite_sequence: { name: string; seq: number };
};

export const recordings: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .createTable("chunk")
      .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
      .addColumn("log", "integer", (c) => c.notNull())
      .addColumn("cuff", "text")
      .addColumn("first_id", "integer", (c) => c.notNull())
      .addColumn("last_id", "integer", (c) => c.notNull())
      .addColumn("from_at", "real", (c) => c.notNull())
      .addColumn("to_at", "real", (c) => c.notNull())
      .addColumn("from_wall", "real", (c) => c.notNull())
      .addColumn("to_wall", "real", (c) => c.notNull())
      .addColumn("codec", "integer", (c) => c.notNull())
      .addColumn("count", "integer", (c) => c.notNull())
      .addColumn("kinds", "text", (c) => c.notNull())
      .addColumn("crc", "integer", (c) => c.notNull())
      .addColumn("body", "blob", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("chunk_order").on("chunk").columns(["log", "last_id", "first_id"]).execute();
    await db.schema.createIndex("chunk_time").on("chunk").columns(["log", "to_at"]).execute();
    await db.schema
      .createIndex("chunk_rare")
      .on("chunk")
      .columns(["log", "to_wall", "from_wall", "kinds"])
      .where(sql<boolean>`cuff is null`)
      .execute();
    await db.schema
      .createTable("keyframe")
      .addColumn("log", "integer", (c) => c.notNull())
      .addColumn("after_id", "integer", (c) => c.notNull())
      .addColumn("at", "real", (c) => c.notNull())
      .addColumn("format", "integer", (c) => c.notNull())
      .addColumn("state", "blob", (c) => c.notNull())
      .addPrimaryKeyConstraint("keyframe_place", ["log", "after_id"])
      .execute();
    await db.schema.createIndex("keyframe_time").on("keyframe").columns(["log", "at"]).execute();
    await db.schema
      .createTable("packed_run")
      .addColumn("cuff", "text", (c) => c.notNull())
      .addColumn("boot", "text", (c) => c.notNull())
      .addColumn("from_seq", "integer", (c) => c.notNull())
      .addColumn("to_seq", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("packed_run_begin", ["cuff", "boot", "from_seq"])
      .execute();
    await db.schema
      .createTable("hole")
      .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
      .addColumn("log", "integer", (c) => c.notNull())
      .addColumn("cuff", "text")
      .addColumn("from_at", "real", (c) => c.notNull())
      .addColumn("to_at", "real", (c) => c.notNull())
      .addColumn("why", "text", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("hole_time").on("hole").columns(["log", "to_at"]).execute();
    await db.schema
      .createTable("log")
      .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
      .addColumn("lines", "integer", (c) => c.notNull())
      .execute();
  },
};
