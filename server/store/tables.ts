/** The tables of a store, and the migrations that make them. */
import type { Generated, Kysely, Migration } from "kysely";

export type FactRow = Readonly<{
  epoch: string;
  at: number;
  wall: number;
  kind: string;
  cuff: string | null;
  /** With `cuff` and `seq` the identity of a `data` message; null for every other fact. */
  boot: string | null;
  seq: number | null;
  /** The fact as JSON. */
  body: string;
}>;
export type StoredFactRow = FactRow & Readonly<{ id: number }>;

export type Tables = {
  fact: { [K in keyof FactRow]: FactRow[K] } & { id: Generated<number> };
  /** One row at most, `id` 1. */
  checkpoint: { id: number; fact_id: number; format: number; state: string };
  /** One row at most, `id` 1. */
  anchor: { id: number; at: number; epoch: string; boot_id: string; boot_clock_ms: number; wall: number };
};

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
};
