/** A data folder's SQLite file: taken by one process, opened, migrated. Synchronous: it belongs in a worker thread. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Kysely, Migrator } from "kysely";
import type { WorkerOptions } from "./sqlite-calls.ts";
import { kindOf, reasonOf } from "./sqlite-errors.ts";
import { kyselyOn } from "./sqlite-handle.ts";
import { failed, type StoreResult } from "./store.ts";
import { migrations, type Tables } from "./tables.ts";

const databaseFile = "cuffwatch.db";
const lockFile = "owner.lock";
const pidFile = "owner.pid";

/** How long the lock of an earlier process that is just ending is waited for, in milliseconds. */
const lockWaitMs = 1000;

export type SqliteFile = Readonly<{ db: Kysely<Tables>; close: () => Promise<void> }>;

/**
 * Takes the folder for this process and opens its database, making both where they are not there. `mostPages` bounds
 * the file: a group that would make it grow beyond that many pages is refused as `full`.
 */
export const openSqliteFile = async (options: WorkerOptions): Promise<StoreResult<SqliteFile>> => {
  const { folder } = options;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    return failed(
      "unwritable",
      `The data folder ${folder} cannot be made (${reasonOf(error)}): ${elsewhere}`,
    );
  }
  const lock = takeFolder(folder);
  if (!lock.ok) return lock;
  const opened = await openDatabase(options);
  if (!opened.ok) {
    lock.value.close();
    return opened;
  }
  return {
    ok: true,
    value: {
      db: opened.value,
      close: async () => {
        await opened.value.destroy();
        lock.value.close();
      },
    },
  };
};

/**
 * Holds an exclusive lock on a database of its own as long as it stays open. The system takes the lock back when the
 * process ends, however it ends, so nothing stale is left after a `kill -9`; and the facts stay readable by others.
 */
const takeFolder = (folder: string): StoreResult<DatabaseSync> => {
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(path.join(folder, lockFile), { timeout: lockWaitMs });
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
    writeFileSync(path.join(folder, pidFile), `${process.pid}\n`);
    return { ok: true, value: lock };
  } catch (error) {
    lock?.close();
    if (kindOf(error) !== "busy")
      return failed(
        "unwritable",
        `The data folder ${folder} cannot be written to (${reasonOf(error)}): ${elsewhere}`,
      );
    return failed(
      "in-use",
      `The data folder ${folder} is in use by another Cuffwatch${ownerOf(folder)}. Stop that one, or ${elsewhere}`,
    );
  }
};

const ownerOf = (folder: string): string => {
  try {
    return ` (process ${readFileSync(path.join(folder, pidFile), "utf8").trim()})`;
  } catch {
    return "";
  }
};

const openDatabase = async ({
  folder,
  mostPages,
  busyWaitMs,
}: WorkerOptions): Promise<StoreResult<Kysely<Tables>>> => {
  const file = path.join(folder, databaseFile);
  let handle: DatabaseSync | null = null;
  try {
    handle = new DatabaseSync(file, { timeout: busyWaitMs, enableForeignKeyConstraints: true });
    // In WAL mode only `full` syncs at every commit: what was answered as stored must survive a loss of power.
    handle.exec("pragma journal_mode = wal; pragma synchronous = full");
    if (mostPages !== null) handle.exec(`pragma max_page_count = ${mostPages}`);
    const db = kyselyOn(handle);
    const unknown = await unknownMigrations(db);
    if (unknown.length > 0) {
      handle.close();
      return failed(
        "newer",
        `${file} was written by a newer version of Cuffwatch (it has ${unknown.join(", ")}). ` +
          `Start that version, or give this one another folder with --data.`,
      );
    }
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error instanceof Error ? error : new Error(reasonOf(error));
    return { ok: true, value: db };
  } catch (error) {
    handle?.close();
    const kind = kindOf(error);
    return kind === "not-a-database"
      ? failed(
          kind,
          `${file} is not a database of Cuffwatch (${reasonOf(error)}). Move it away, or ${elsewhere}`,
        )
      : failed(kind, `${file} cannot be opened (${reasonOf(error)}): ${elsewhere}`);
  }
};

/** The database of a folder that is open already, to be read only. */
export const openReader = ({
  folder,
  busyWaitMs,
}: Pick<WorkerOptions, "folder" | "busyWaitMs">): StoreResult<SqliteFile> => {
  const file = path.join(folder, databaseFile);
  try {
    const db = kyselyOn(new DatabaseSync(file, { readOnly: true, timeout: busyWaitMs }));
    return { ok: true, value: { db, close: () => db.destroy() } };
  } catch (error) {
    return failed(kindOf(error), `${file} cannot be opened for reading (${reasonOf(error)}).`);
  }
};

/** Migrations that the file has seen and this program does not know. */
const unknownMigrations = async (db: Kysely<Tables>): Promise<readonly string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((t) => t.name === "kysely_migration")) return [];
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return done.map((m) => m.name).filter((name) => !Object.hasOwn(migrations, name));
};

const elsewhere = "give it a folder that this user may write to with --data (CUFFWATCH_DATA).";
