/** Logs that were made elsewhere: whole or not at all. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import { checkpointFormat, freeze, thaw } from "../../../shared/checkpoint.ts";
import { newState } from "../../../shared/engine.ts";
import { siteId } from "../../../shared/ids.ts";
import { openRecording, type Recording } from "../../../shared/recording/container.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { monotonic } from "../../../shared/units.ts";
import { classOfSeed } from "../../support/recorded-lines.ts";
import { everything, valueOf } from "./contract.ts";
import { inflated } from "./facts.ts";

let folder = "";
let store: SqliteStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-logs-"));
  store = valueOf(await openSqlite({ folder }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
const groupsOf = (lines: readonly Line[], size = 300): readonly (readonly Line[])[] =>
  Array.from({ length: Math.ceil(lines.length / size) }, (_, i) => lines.slice(i * size, (i + 1) * size));
const recording = async (log: number): Promise<Recording> => {
  const stretch = { log, from: monotonic(0), to: monotonic(1e12), cuffs: null };
  const opened = openRecording(
    valueOf(await store.archive.facts({ stretch, of: { kind: "stretch" }, running: false })),
  );
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
};
const linesIn = async (log: number): Promise<readonly Line[]> => {
  const { lines } = await recording(log);
  return Array.from({ length: lines.length }, (_, i) => lines.line(i));
};
const countOf = (table: string): number => {
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"), { readOnly: true });
  const row = db.prepare(`select count(*) as n from ${table}`).get();
  db.close();
  return Number(row?.["n"]);
};

/** Puts a record of a log into the closed database. */
const name = (log: number, body = JSON.stringify({ log })): void => {
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.prepare(
    `insert into record (kind, id, version, at, by, search, sort, present, body)
     values ('recording', 'v' || ?, 1, 0, '', '', '', 0, ?)`,
  ).run(log, body);
  db.close();
};

test("a log is read as it was written, and the site's own does not know it", async () => {
  const { lines } = classOfSeed(6);
  valueOf(await store.append([inflated(1)]));
  const log = valueOf(await store.appendLog(groupsOf(lines)));
  const other = valueOf(await store.appendLog(groupsOf(lines.slice(0, 10))));
  expect(log).toBe(1);
  expect(other).toBe(2);
  expect(await linesIn(log)).toEqual(lines);
  expect(await linesIn(other)).toEqual(lines.slice(0, 10));
  expect(await everything(store)).toEqual([inflated(1)]);
  await store.close();
  name(log);
  store = valueOf(await openSqlite({ folder }));
  expect(await linesIn(log)).toEqual(lines);
  // A crash may come between a recording's lines and its record.
  expect((await recording(other)).lines.length).toBe(0);
  expect([countOf("log"), valueOf(await store.appendLog([[{ ...inflated(1), id: 1 }]]))]).toEqual([1, 3]);
});

test("a record that cannot be read keeps every log, and lets the server start", async () => {
  const { lines } = classOfSeed(6);
  const log = valueOf(await store.appendLog(groupsOf(lines)));
  await store.close();
  name(log, '{"log":');
  store = valueOf(await openSqlite({ folder }));
  expect(await linesIn(log)).toEqual(lines);
});

test("a log's keyframes are where its replay begins", async () => {
  const { lines } = classOfSeed(6);
  const state = { ...newState(siteId("elsewhere")), at: monotonic(-5) };
  const keyframe = { afterId: 0, at: monotonic(-5), format: checkpointFormat, state: freeze(state) };
  const log = valueOf(await store.appendLog(groupsOf(lines), [keyframe]));
  const { head } = await recording(log);
  expect(thaw(head.start?.state ?? "", siteId("elsewhere"))).not.toBeNull();
});

test("lines that are in no order are refused, and nothing of them is kept", async () => {
  const { lines } = classOfSeed(6);
  const wrong = [...groupsOf(lines), [{ ...inflated(1, 1e9), id: 7 }]];
  const refused = await store.appendLog(wrong);
  expect(refused).toMatchObject({ ok: false, error: { kind: "unfit" } });
  expect(refused.ok ? "" : refused.error.detail).toContain("Line 7 cannot stand after line");
  expect([countOf("chunk"), countOf("log"), countOf("keyframe")]).toEqual([0, 0, 0]);
});

test("whoever fails to give all lines leaves nothing", async () => {
  const broken = function* (): Generator<readonly Line[]> {
    yield Array.from({ length: 7000 }, (_, i) => ({ ...inflated(i + 1), id: i + 1 }));
    throw new Error("The file ends in the midst of a line.");
  };
  await expect(store.appendLog(broken())).rejects.toThrow("in the midst of a line");
  expect([countOf("chunk"), countOf("log")]).toEqual([0, 0]);
  expect(valueOf(await store.appendLog([[{ ...inflated(1), id: 1 }]]))).toBe(2);
});

test("what a crash left of a log is taken away at the next start", async () => {
  const log = valueOf(await store.appendLog([[{ ...inflated(1), id: 1 }]]));
  await store.close();
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec(`update chunk set log = -${log}; update log set lines = -1`);
  db.close();
  store = valueOf(await openSqlite({ folder }));
  expect([countOf("chunk"), countOf("log")]).toEqual([0, 0]);
});

test("a log is removed with all that belongs to it; the site's own cannot be", async () => {
  valueOf(await store.append([inflated(1)]));
  const log = valueOf(await store.appendLog([[{ ...inflated(1), id: 1 }]]));
  valueOf(await store.removeLog(log));
  expect((await recording(log)).lines.length).toBe(0);
  expect(await store.removeLog(0)).toMatchObject({ ok: false, error: { kind: "unfit" } });
  expect(await everything(store)).toHaveLength(1);
});
