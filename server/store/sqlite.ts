/** The SQLite engine: the floor's side of the thread that holds the database. */
import { Worker } from "node:worker_threads";
import { fromRow, toRow } from "./fact-row.ts";
import type { CallName, Calls, Reply } from "./sqlite-calls.ts";
import type { Register } from "../register/register.ts";
import { failed, type Store, type Stored, type StoreResult } from "./store.ts";
import type { StoredFactRow } from "./tables.ts";

export type SqliteOptions = Readonly<{
  folder: string;
  /** Upper bound of the database in pages of 4 KiB; what would go beyond it is refused as `full`. */
  mostPages?: number;
  /** How long another reader of the file, such as a backup, may hold it before a call answers `busy`. */
  busyWaitMs?: number;
}>;

/** Facts and records live in one file: a backup has both, as of one moment. */
export type SqliteStore = Store & Readonly<{ register: Register }>;

/**
 * Opens the store in `folder`, making it where it is not there. One process owns a folder at a time. Every error is a
 * sentence that can be shown as it is.
 */
export const openSqlite = async (options: SqliteOptions): Promise<StoreResult<SqliteStore>> => {
  const { ask, end } = startThread();
  const opened = await ask("open", {
    folder: options.folder,
    mostPages: options.mostPages ?? null,
    busyWaitMs: options.busyWaitMs ?? 5000,
  });
  if (!opened.ok) {
    await end();
    return opened;
  }
  const register: Register = {
    get: (kind, id) => ask("getRecord", { kind, id }),
    find: (kind, unique) => ask("findRecord", { kind, unique }),
    list: (listing) => ask("listRecords", listing),
    history: (kind, id) => ask("recordHistory", { kind, id }),
    write: (changes) => ask("writeRecords", changes),
  };
  const store: SqliteStore = {
    register,
    append: (facts, anchor) => ask("append", { rows: facts.map(toRow), anchor: anchor ?? null }),
    read: async ({ afterId = 0, limit }) => factsOf(await ask("read", { afterId, limit })),
    readKind: async (range) => factsOf(await ask("readKind", range)),
    readAlarms: async (alarms) => factsOf(await ask("readAlarms", alarms)),
    alarmsOpenAt: (wall) => ask("alarmsOpenAt", wall),
    saveCheckpoint: (checkpoint) => ask("saveCheckpoint", checkpoint),
    loadCheckpoint: () => ask("loadCheckpoint", null),
    saveAnchor: (anchor) => ask("saveAnchor", anchor),
    loadAnchor: () => ask("loadAnchor", null),
    close: async () => {
      await ask("close", null);
      await end();
    },
  };
  return { ok: true, value: store };
};

/** The facts in rows; a row that is no fact is said, since folding past it would show a wrong state as a true one. */
const factsOf = (rows: StoreResult<readonly StoredFactRow[]>): StoreResult<readonly Stored[]> => {
  if (!rows.ok) return rows;
  const facts: Stored[] = [];
  for (const row of rows.value) {
    try {
      facts.push(fromRow(row));
    } catch {
      return failed(
        "io",
        `The recording is damaged: its entry ${row.id} cannot be read. Restore the data folder from a backup, or start with another one (--data).`,
      );
    }
  }
  return { ok: true, value: facts };
};

type Ask = <K extends CallName>(
  call: K,
  given: Calls[K]["given"],
) => Promise<StoreResult<Calls[K]["answer"]>>;

const startThread = (): Readonly<{ ask: Ask; end: () => Promise<void> }> => {
  const thread = new Worker(new URL("./sqlite-worker.ts", import.meta.url), { name: "store" });
  const waiting = new Map<number, (result: Reply["result"]) => void>();
  let number = 0;
  let ended: StoreResult<never> | null = null;

  thread.on("message", ({ number, result }: Reply) => {
    waiting.get(number)?.(result);
    waiting.delete(number);
  });
  const endWith = (detail: string): void => {
    ended ??= failed("closed", detail);
    for (const answer of waiting.values()) answer(ended);
    waiting.clear();
  };
  thread.on("error", (error: unknown) => endWith(`The thread of the store has ended (${String(error)}).`));
  thread.on("exit", () => endWith("The store is closed."));

  return {
    ask: <K extends CallName>(call: K, given: Calls[K]["given"]) =>
      new Promise<StoreResult<Calls[K]["answer"]>>((resolve) => {
        if (ended !== null) {
          resolve(ended);
          return;
        }
        number += 1;
        // The thread answers each call with its own kind of value (sqlite-calls.ts).
        waiting.set(number, resolve);
        thread.postMessage({ number, call, given });
      }),
    end: async () => {
      await thread.terminate();
    },
  };
};
