/** The tables of a store, and the migrations that make them. */
import { type Generated, type Kysely, type Migration, sql } from "kysely";
import type { Fact } from "../../shared/session/fact.ts";
import { alarmOf } from "./fact-row.ts";
import { type RecordingTables, recordings } from "./recording-tables.ts";
import { frequentKinds } from "../../shared/recording/line.ts";

export type FactRow = Readonly<{
  epoch: string;
  at: number;
  wall: number;
  kind: string;
  cuff: string | null;
  /** With `cuff` and `seq` the identity of a `data` message; null for every other fact. */
  boot: string | null;
  seq: number | null;
  /** Which occurrence it is about; null for every other fact. */
  alarm: string | null;
  /** The fact as JSON. */
  body: string;
}>;
export type StoredFactRow = FactRow & Readonly<{ id: number }>;

/** One version of a record of the register; `present` is 1 for the one that holds, and 0 for older ones and for what was taken away. */
export type RecordRow = Readonly<{
  kind: string;
  id: string;
  version: number;
  at: number;
  by: string;
  owner: string | null;
  unique_key: string | null;
  search: string;
  sort: string;
  present: number;
  /** As JSON. */
  body: string;
}>;

export type Tables = RecordingTables & {
  record: { [K in keyof RecordRow]: RecordRow[K] };
  fact: { [K in keyof FactRow]: FactRow[K] } & { id: Generated<number> };
  /** One row at most, `id` 1. */
  checkpoint: { id: number; fact_id: number; format: number; state: string };
  /** One row at most, `id` 1. */
  anchor: { id: number; at: number; epoch: string; boot_id: string; boot_clock_ms: number; wall: number };
};

/**
 * That a fact is of a rare kind, as it stands in the index of those. A query has to say exactly this, with the words in it instead of
 * parameters, or the index is no use to it.
 */
export const isRare = sql<boolean>`kind not in (${sql.join(frequentKinds.map((kind) => sql.lit(kind)))})`;

/** How many facts are given their occurrence at once. */
const atATime = 500;

/** In the order of their names. A migration that has been released is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001-facts": {
    up: async (db: Kysely<unknown>): Promise<void> => {
      await db.schema
        .createTable("fact")
        // Without autoincrement SQLite would give the id of a deleted last row again.
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("epoch", "text", (c) => c.notNull())
        .addColumn("at", "real", (c) => c.notNull())
        .addColumn("wall", "real", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("cuff", "text")
        .addColumn("boot", "text")
        .addColumn("seq", "integer")
        .addColumn("body", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex("fact_message")
        .on("fact")
        .columns(["cuff", "boot", "seq"])
        .unique()
        .execute();
      await db.schema
        .createTable("checkpoint")
        .addColumn("id", "integer", (c) => c.primaryKey())
        .addColumn("fact_id", "integer", (c) => c.notNull())
        .addColumn("format", "integer", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("anchor")
        .addColumn("id", "integer", (c) => c.primaryKey())
        .addColumn("at", "real", (c) => c.notNull())
        .addColumn("epoch", "text", (c) => c.notNull())
        .addColumn("boot_id", "text", (c) => c.notNull())
        .addColumn("boot_clock_ms", "real", (c) => c.notNull())
        .addColumn("wall", "real", (c) => c.notNull())
        .execute();
    },
  },
  "002-alarm-log": {
    up: async (db: Kysely<Tables>): Promise<void> => {
      await db.schema.alterTable("fact").addColumn("alarm", "text").execute();
      await sayWhichAlarm(db);
      // What samples there are makes neither of these larger.
      await db.schema
        .createIndex("fact_alarm")
        .on("fact")
        .columns(["alarm", "id"])
        .where(sql<boolean>`alarm is not null`)
        .execute();
      await db.schema
        .createIndex("fact_rare")
        .on("fact")
        .columns(["kind", "wall", "id", "alarm"])
        .where(isRare)
        .execute();
    },
  },
  "003-register": {
    up: async (db: Kysely<Tables>): Promise<void> => {
      await db.schema
        .createTable("record")
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("id", "text", (c) => c.notNull())
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("at", "real", (c) => c.notNull())
        .addColumn("by", "text", (c) => c.notNull())
        .addColumn("owner", "text")
        .addColumn("unique_key", "text")
        .addColumn("search", "text", (c) => c.notNull())
        .addColumn("sort", "text", (c) => c.notNull())
        .addColumn("present", "integer", (c) => c.notNull())
        .addColumn("body", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("record_version", ["kind", "id", "version"])
        .execute();
      const present = sql<boolean>`present = 1`;
      await db.schema
        .createIndex("record_unique")
        .on("record")
        .columns(["kind", "unique_key"])
        .unique()
        .where(present)
        .execute();
      await db.schema
        .createIndex("record_list")
        .on("record")
        .columns(["kind", "sort", "id"])
        .where(present)
        .execute();
      await db.schema
        .createIndex("record_owner")
        .on("record")
        .columns(["kind", "owner", "sort", "id"])
        .where(present)
        .execute();
    },
  },
  "004-recordings": recordings,
};

/** Gives the facts that were stored before there was a column for it the occurrence that they are about. */
const sayWhichAlarm = async (db: Kysely<Tables>): Promise<void> => {
  for (let afterId = 0; ;) {
    const rows = await db
      .selectFrom("fact")
      .select(["id", "body"])
      .where("kind", "like", "alarm-%")
      .where("id", ">", afterId)
      .orderBy("id")
      .limit(atATime)
      .execute();
    for (const { id, body } of rows) {
      const alarm = alarmOf(JSON.parse(body) as Fact);
      await db.updateTable("fact").set({ alarm }).where("id", "=", id).execute();
      afterId = id;
    }
    if (rows.length < atATime) return;
  }
};
