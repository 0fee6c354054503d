/** The thread that holds the database: a disk that takes its time must never stall the floor. */
import { parentPort } from "node:worker_threads";
import type { CallName, Calls, Question, Reply } from "./sqlite-calls.ts";
import { findRecord, getRecord, listRecords, recordHistory, writeRecords } from "../register/statements.ts";
import { kindOf, openSqliteFile, reasonOf, type SqliteFile } from "./sqlite-file.ts";
import { alarmsOpenAt, readAlarmRows, readKindRows } from "./alarm-statements.ts";
import { appendRows, getAnchor, getCheckpoint, putAnchor, putCheckpoint, readRows } from "./statements.ts";
import { failed, type StoreResult } from "./store.ts";

let file: SqliteFile | null = null;

const answer = async (question: Question): Promise<StoreResult<Calls[CallName]["answer"]>> => {
  if (question.call === "open") {
    const opened = await openSqliteFile(question.given);
    if (!opened.ok) return opened;
    file = opened.value;
    return { ok: true, value: null };
  }
  if (file === null) return failed("closed", "The store is closed.");
  return { ok: true, value: await ask(file, question) };
};

const ask = async (open: SqliteFile, question: Exclude<Question, { call: "open" }>) => {
  switch (question.call) {
    case "append":
      return appendRows(open.db, question.given.rows, question.given.anchor);
    case "read":
      return readRows(open.db, question.given.afterId, question.given.limit);
    case "readKind":
      return readKindRows(open.db, question.given);
    case "readAlarms":
      return readAlarmRows(open.db, question.given);
    case "alarmsOpenAt":
      return alarmsOpenAt(open.db, question.given);
    case "saveCheckpoint":
      return putCheckpoint(open.db, question.given);
    case "loadCheckpoint":
      return getCheckpoint(open.db);
    case "saveAnchor":
      return putAnchor(open.db, question.given);
    case "loadAnchor":
      return getAnchor(open.db);
    case "getRecord":
      return getRecord(open.db, question.given);
    case "findRecord":
      return findRecord(open.db, question.given);
    case "listRecords":
      return listRecords(open.db, question.given);
    case "recordHistory":
      return recordHistory(open.db, question.given);
    case "writeRecords":
      return writeRecords(open.db, question.given);
    case "close":
      file = null;
      await open.close();
      return null;
  }
};

/** One after the other: there is one connection. */
let before: Promise<void> = Promise.resolve();

const floor = parentPort;
floor?.on("message", (question: Question) => {
  before = before.then(async () => {
    const result = await answer(question).catch((error: unknown) => failed(kindOf(error), reasonOf(error)));
    floor.postMessage({ number: question.number, result } satisfies Reply);
  });
});
