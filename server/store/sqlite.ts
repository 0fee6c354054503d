/** The SQLite engine: the floor's side of the thread that holds the database. */
import { type SiteId, siteId } from "../../shared/ids.ts";
import type { Register } from "../register/register.ts";
import { appendChunksWith, appendLogWith } from "./append-log.ts";
import type { ArchiveCalls, TaskAsked } from "./archive-calls.ts";
import type { FactsAsked } from "./archive-facts.ts";
import type { TaskName, Tasks } from "./archive-tasks.ts";
import type { Archive } from "./archive.ts";
import { type Damage, damageTeller } from "./damage.ts";
import { fromRow, toRow } from "./fact-row.ts";
import type { Recordings } from "./recordings.ts";
import type { Calls } from "./sqlite-calls.ts";
import { failed, type Store, type Stored, type StoreResult } from "./store.ts";
import type { StoredFactRow } from "./tables.ts";
import { type Notice, startThread, type Thread } from "./thread.ts";

export type SqliteOptions = Readonly<{
  folder: string;
  /** Upper bound of the database in pages of 4 KiB; what would go beyond it is refused as `full`. */
  mostPages?: number;
  /** How long another reader of the file, such as a backup, may hold it before a call answers `busy`. */
  busyWaitMs?: number;
  /** Whose facts these are; "main" where it is left out. */
  site?: SiteId;
  /** Told of each chunk that turns out to be damaged, once. */
  damaged?: (damage: Damage) => void;
}>;

/** Facts and records live in one file: a backup has both, as of one moment. */
export type SqliteStore = Store & Recordings & Readonly<{ register: Register; archive: Archive }>;

/**
 * Opens the store in `folder`, making it where it is not there. One process owns a folder at a time. Every error is a
 * sentence that can be shown as it is.
 */
export const openSqlite = async (options: SqliteOptions): Promise<StoreResult<SqliteStore>> => {
  const { folder, mostPages = null, busyWaitMs = 5000, site = siteId("main") } = options;
  const damage: Damage[] = [];
  const tell = damageTeller((one) => {
    damage.push(one);
    options.damaged?.(one);
  });
  const writer = startThread<Calls>(new URL("./sqlite-worker.ts", import.meta.url), "store", (notice) =>
    tell(notice.damaged),
  );
  const { ask } = writer;
  const opened = await ask("open", { folder, mostPages, busyWaitMs, site });
  if (!opened.ok) {
    await writer.end();
    return opened;
  }
  const reader = lateReader({ folder, busyWaitMs, site }, (notice) => tell(notice.damaged));
  const end = async (): Promise<void> => {
    await reader.end();
    await ask("close", null);
    await writer.end();
  };
  const register: Register = {
    get: (kind, id) => ask("getRecord", { kind, id }),
    find: (kind, unique) => ask("findRecord", { kind, unique }),
    list: (listing) => ask("listRecords", listing),
    history: (kind, id) => ask("recordHistory", { kind, id }),
    everOf: (owner) => ask("recordsEverOf", owner),
    purge: (records, but) => ask("purgeRecords", { records, but }),
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
    pack: async (packing) => {
      // Asked before any row is read; a removal that is under way is waited for.
      const removals = await ask("removals", null);
      if (!removals.ok) return removals;
      const next = await reader.ask("prepare", packing);
      if (!next.ok) return next;
      if ("problem" in next.value) return { ok: true, value: next.value };
      const taken = await ask("takeIn", { prepared: next.value, removals: removals.value });
      return taken.ok ? { ok: true, value: { lines: taken.value, problem: null } } : taken;
    },
    appendLog: appendLogWith(ask, reader.ask),
    appendChunks: appendChunksWith(ask, reader.ask),
    removeLog: (log) =>
      log < 1
        ? Promise.resolve(
            failed("unfit", `Log ${log} is the site's own: lines of it are removed by stretches.`),
          )
        : ask("dropLog", log),
    removeLines: (removals) => ask("removeLines", removals),
    scrub: () => ask("scrub", null),
    isScrubbed: () => ask("isScrubbed", null),
    damage: () => damage,
    archive: {
      facts: (asked) => reader.ask("facts", asked),
      run: async <T extends TaskName>(task: T, asked: FactsAsked, given: Tasks[T]["given"]) =>
        // The thread answers each task with its own kind of value.
        await reader.ask("run", { task, asked, given } as TaskAsked),
    },
    close: end,
  };
  return { ok: true, value: store };
};

/** The archive's thread. It begins at the first question, so that no start of the server waits for it. */
const lateReader = (
  given: ArchiveCalls["open"]["given"],
  heard: (notice: Notice) => void,
): Thread<ArchiveCalls> => {
  let opening: Promise<StoreResult<Thread<ArchiveCalls>>> | null = null;
  let isClosed = false;
  const open = async (): Promise<StoreResult<Thread<ArchiveCalls>>> => {
    const file = new URL("./archive-worker.ts", import.meta.url);
    const thread = startThread<ArchiveCalls>(file, "archive", heard);
    const opened = await thread.ask("open", given);
    if (opened.ok) return { ok: true, value: thread };
    await thread.end();
    // Asked again it may open.
    opening = null;
    return opened;
  };
  return {
    ask: async (call, asked) => {
      if (isClosed) return failed("closed", "The archive is closed.");
      const thread = await (opening ??= open());
      return thread.ok ? thread.value.ask(call, asked) : thread;
    },
    end: async () => {
      isClosed = true;
      const thread = await opening;
      if (thread?.ok !== true) return;
      await thread.value.ask("close", null);
      await thread.value.end();
    },
  };
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
