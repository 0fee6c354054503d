/** The thread that holds the database: a disk that takes its time must never stall the floor. */
import { parentPort } from "node:worker_threads";
import { sql } from "kysely";
import {
  findRecord,
  getRecord,
  listRecords,
  purgeRecords,
  recordHistory,
  recordsEverOf,
  writeRecords,
} from "../register/statements.ts";
import { alarmsOpenAt, readAlarmRows } from "./alarm-statements.ts";
import { damageTeller } from "./damage.ts";
import { ownLog } from "../../shared/recording/line.ts";
import { keepAsKeyframe } from "./keyframes.ts";
import { addChunks, beginLog, dropLog, dropUnfinished, dropUnnamed, finishLog } from "./log-statements.ts";
import { PackedRuns } from "./packed-runs.ts";
import { readKindOf } from "./rare-facts.ts";
import { LogReader } from "./read-log.ts";
import type { CallName, Calls, WorkerOptions } from "./sqlite-calls.ts";
import { kindOf, reasonOf } from "./sqlite-errors.ts";
import { openSqliteFile, type SqliteFile } from "./sqlite-file.ts";
import { appendRows, getAnchor, getCheckpoint, putAnchor, putCheckpoint } from "./statements.ts";
import { failed, type StoreResult } from "./store.ts";
import { takeIn } from "./take-in.ts";
import type { Notice, Question, Reply } from "./thread.ts";

type Open = Readonly<{
  file: SqliteFile;
  options: WorkerOptions;
  packed: PackedRuns;
  reader: LogReader;
}>;

const floor = parentPort;
const damaged = damageTeller((damage) => floor?.postMessage({ damaged: damage } satisfies Notice));
let open: Open | null = null;
/** How often lines were removed: a chunk that was made before the last time may hold what was in them. */
let removals = 0;

const answer = async (question: Question<Calls>): Promise<StoreResult<Calls[CallName]["answer"]>> => {
  if (question.call === "open") {
    const opened = await openSqliteFile(question.given);
    if (!opened.ok) return opened;
    const { db } = opened.value;
    await dropUnfinished(db);
    await dropUnnamed(db);
    const packed = await PackedRuns.load(db);
    open = { file: opened.value, options: question.given, packed, reader: new LogReader(db, damaged) };
    return { ok: true, value: null };
  }
  if (open === null) return failed("closed", "The store is closed.");
  return { ok: true, value: await ask(open, question) };
};

const ask = async (
  { file, options, packed, reader }: Open,
  question: Exclude<Question<Calls>, { call: "open" }>,
) => {
  const { db } = file;
  switch (question.call) {
    case "append":
      return appendRows(db, packed, question.given.rows, question.given.anchor);
    case "read":
      return reader.read(question.given.afterId, question.given.limit);
    case "readKind":
      return readKindOf(db, question.given, damaged);
    case "readAlarms":
      return readAlarmRows(db, question.given);
    case "alarmsOpenAt":
      return alarmsOpenAt(db, question.given);
    case "saveCheckpoint":
      await keepAsKeyframe(db, ownLog, question.given);
      return putCheckpoint(db, question.given);
    case "loadCheckpoint":
      return getCheckpoint(db);
    case "saveAnchor":
      return putAnchor(db, question.given);
    case "loadAnchor":
      return getAnchor(db);
    case "removals":
      return removals;
    case "takeIn":
      if (question.given.removals !== removals)
        throw new Error("Lines were removed while a chunk was made: it is made anew from what is left.");
      reader.forget();
      return takeIn(db, packed, question.given.prepared);
    case "beginLog":
      return beginLog(db);
    case "addChunks":
      return addChunks(db, question.given.log, question.given.chunks);
    case "finishLog":
      return finishLog(db, question.given.log, question.given.keyframes);
    case "dropLog":
      return dropLog(db, question.given);
    case "removeLines":
      removals += 1;
      reader.forget();
      return remove({ file, options, packed }, question.given);
    case "scrub": {
      const { scrub } = await import("./removal.ts");
      await scrub(db);
      return null;
    }
    case "isScrubbed": {
      const { isScrubbed } = await import("./removal.ts");
      return isScrubbed(db);
    }
    case "getRecord":
      return getRecord(db, question.given);
    case "findRecord":
      return findRecord(db, question.given);
    case "listRecords":
      return listRecords(db, question.given);
    case "recordHistory":
      return recordHistory(db, question.given);
    case "recordsEverOf":
      return recordsEverOf(db, question.given);
    case "purgeRecords":
      return overwriting(db, () => purgeRecords(db, question.given));
    case "writeRecords":
      return writeRecords(db, question.given);
    case "close":
      open = null;
      await file.close();
      return null;
  }
};

const remove = async (
  { file, options, packed }: Pick<Open, "file" | "options" | "packed">,
  removals: Calls["removeLines"]["given"],
): Promise<number> => {
  // The engine comes with it, and no start of the server should wait for that.
  const { removeLines } = await import("./removal.ts");
  const { db } = file;
  let lines = 0;
  const told = { damaged };
  return overwriting(db, async () => {
    for (const removal of removals)
      lines += await removeLines({ db, packed, site: options.site, told }, removal);
    return lines;
  });
};

/** What is deleted meanwhile is overwritten with zeroes. Not always: packing deletes much, all of which stands elsewhere. */
const overwriting = async <T>(db: SqliteFile["db"], work: () => Promise<T>): Promise<T> => {
  await sql`pragma secure_delete = on`.execute(db);
  try {
    return await work();
  } finally {
    await sql`pragma secure_delete = off`.execute(db);
  }
};

/** One after the other: there is one connection. */
let before: Promise<void> = Promise.resolve();

floor?.on("message", (question: Question<Calls>) => {
  before = before.then(async () => {
    const result = await answer(question).catch((error: unknown) => failed(kindOf(error), reasonOf(error)));
    floor.postMessage({ number: question.number, result } satisfies Reply<Calls>);
  });
});
