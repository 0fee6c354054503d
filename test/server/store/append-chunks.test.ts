/** A log that was packed elsewhere: it is given as it was, stands beside the site's own, and is taken whole or not at all. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import { encodeChunk } from "../../../shared/recording/chunk.ts";
import { openRecording } from "../../../shared/recording/container.ts";
import { chunkSpanMs, grouped } from "../../../shared/recording/grouping.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { monotonic } from "../../../shared/units.ts";
import { classOfSeed } from "../../support/recorded-lines.ts";
import { valueOf } from "./contract.ts";
import { samples } from "./facts.ts";

let folder = "";
let store: SqliteStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-chunks-"));
  store = valueOf(await openSqlite({ folder }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const { lines } = classOfSeed(5);
const chunks = grouped(lines).map(encodeChunk);

const linesOfLog = async (log: number, to = 1e12): Promise<readonly Line[]> => {
  const stretch = { log, cuffs: null, from: monotonic(0), to: monotonic(to) };
  const opened = openRecording(
    valueOf(await store.archive.facts({ stretch, of: { kind: "stretch" }, running: false })),
  );
  if (!opened.ok) throw new Error(opened.error.detail);
  const given = opened.value.lines;
  return Array.from({ length: given.length }, (_, i) => given.line(i));
};

test("its lines are given as they were, and none of them is the site's own", async () => {
  expect(chunks.length).toBeGreaterThan(2);
  const log = valueOf(await store.appendChunks(chunks));
  expect(log).toBe(1);
  expect(await linesOfLog(log)).toEqual(lines);
  expect(valueOf(await store.read({ limit: 10 }))).toEqual([]);
  valueOf(await store.removeLog(log));
  expect(await linesOfLog(log)).toEqual([]);
});

test("one damaged chunk, and nothing of the log is kept", async () => {
  const damaged = chunks.map((bytes, i) => (i === 1 ? bytes.slice(0, bytes.length - 9) : bytes));
  const refused = await store.appendChunks(damaged);
  expect(refused).toMatchObject({ ok: false, error: { kind: "unfit" } });
  expect(await linesOfLog(1)).toEqual([]);
  // Its number is not given again.
  expect(valueOf(await store.appendChunks(chunks))).toBe(2);
});

test("a chunk of several cuffs' lines is refused", async () => {
  const refused = await store.appendChunks([encodeChunk(lines)]);
  expect(refused).toMatchObject({ ok: false, error: { kind: "unfit" } });
});

test("a chunk that is longer than whoever reads looks for is refused, and one that is not is found", async () => {
  const spanning = (ms: number): Uint8Array =>
    encodeChunk([0, ms].map((at, i) => ({ ...samples(i + 1, { at }), id: i + 1 })));
  const refused = await store.appendChunks([spanning(chunkSpanMs)]);
  expect(refused).toMatchObject({ ok: false, error: { kind: "unfit" } });
  const log = valueOf(await store.appendChunks([spanning(chunkSpanMs - 1)]));
  expect((await linesOfLog(log, 0)).map(({ at }) => at)).toEqual([0]);
});
