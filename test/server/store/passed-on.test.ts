/** Of a session most chunks are passed on unopened; what is given is all the same what all lines tell. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import { cuffId, siteId } from "../../../shared/ids.ts";
import { encodeChunk, mayHoldBackfill } from "../../../shared/recording/chunk.ts";
import { openRecording } from "../../../shared/recording/container.ts";
import { grouped } from "../../../shared/recording/grouping.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { type Span, spansOf } from "../../../shared/recording/span.ts";
import { monotonic } from "../../../shared/units.ts";
import type { Recorded } from "../../../server/store/store.ts";
import { raised } from "../../support/alarm-facts.ts";
import { classOf, roster } from "../../support/floor.ts";
import { askedOf, ownOf } from "../../support/own-part.ts";
import { classOfSeed } from "../../support/recorded-lines.ts";
import { valueOf } from "./contract.ts";
import { resumed, samples } from "./facts.ts";

const site = siteId("main");
let folder = "";
let store: SqliteStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-passed-"));
  store = valueOf(await openSqlite({ folder, site }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Far fewer than in earnest, so that a class of some minutes has chunks that lie within a part of it. */
const linesOfChunk = 12;
const inSmallChunks = (lines: readonly Line[]): readonly Uint8Array[] =>
  grouped(lines).flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / linesOfChunk) }, (_, i) =>
      encodeChunk(own.slice(i * linesOfChunk, (i + 1) * linesOfChunk)),
    ),
  );

const bytesFor = async (log: number, lines: readonly Line[], span: Span): Promise<Uint8Array> =>
  valueOf(await store.archive.facts(askedOf(span, lines, log)));
const linesIn = (bytes: Uint8Array): readonly Line[] => {
  const opened = openRecording(bytes);
  if (!opened.ok) throw new Error(opened.error.detail);
  const { lines } = opened.value;
  return Array.from({ length: lines.length }, (_, i) => lines.line(i));
};

/** The messages among a session's facts, by their cuffs. */
const numbersOf = async (
  log: number,
  lines: readonly Line[],
  span: Span,
): Promise<Record<string, number[]>> => {
  const numbers: Record<string, number[]> = {};
  for (const { fact } of linesIn(await bytesFor(log, lines, span)))
    if (fact.kind === "samples") (numbers[fact.cuff] ??= []).push(fact.message.seq);
  return numbers;
};

/** A class file in which Maya and Oskar wear these cuffs. */
const sits = (at: number, ...cuffs: readonly (readonly string[])[]): Recorded => ({
  ...samples(1),
  at: monotonic(at),
  fact: {
    ...{ kind: "roster", at: monotonic(at) },
    roster: roster({
      ...classOf(),
      stations: cuffs.map((own, i) => ({
        ...{ station: String(i + 1), patient: ["Maya K.", "Oskar L."][i] ?? "", plan: "plan" },
        cuffs: own.map((cuff, k) => ({
          cuff,
          limb: "thigh",
          side: k === 0 ? "left" : "right",
          lopMmhg: 250,
        })),
      })),
    }),
  },
});

test("cuffs that two patients exchange, and what was told later", async () => {
  const of = (cuff: string, ...numbers: number[]): Recorded[] => numbers.map((n) => samples(n, { cuff }));
  const late = (n: number, at: number): Recorded => samples(n, { cuff: "cuff-1", quality: "historic", at });
  const groups = [
    of("cuff-1", 4, 6),
    [sits(1000, ["cuff-1"], ["cuff-2"])],
    of("cuff-1", 11, 12, 13),
    // One of the time before the class, and one of the time within it.
    [...of("cuff-1", 15), late(5, 1600), late(14, 1601), ...of("cuff-1", 17)],
    [...of("cuff-2", 15), ...of("cuff-2", 32)],
    [...of("cuff-1", 25), ...of("cuff-1", 31)],
    [sits(3000, ["cuff-2"], ["cuff-1"])],
    of("cuff-1", 33, 34),
    of("cuff-2", 35, 36),
  ];
  const inOrder = groups.flat().toSorted((a, b) => a.at - b.at);
  const lines = inOrder.map((one, i): Line => ({ id: i + 1, ...one }));
  const chunks = groups.map((group) =>
    encodeChunk(group.map((one) => lines[inOrder.indexOf(one)]).flatMap((line) => line ?? [])),
  );
  const log = valueOf(await store.appendChunks(chunks));
  const [maya, oskar] = spansOf(lines);
  if (maya === undefined || oskar === undefined) throw new Error("They are not both there.");
  expect(await numbersOf(log, lines, maya)).toEqual({
    "cuff-1": [11, 12, 13, 15, 14, 17, 25],
    "cuff-2": [32, 35, 36],
  });
  expect(await numbersOf(log, lines, oskar)).toEqual({ "cuff-2": [15], "cuff-1": [31, 33, 34] });
});

test("what a cuff gave on somebody else's limb never comes to whoever follows the one who wore it before", async () => {
  const of = (cuff: string, n: number): Recorded => samples(n, { cuff });
  const late = (n: number): Recorded => samples(n, { cuff: "cuff-1", quality: "historic", at: 5000 + n });
  const parts = [
    [sits(1000, ["cuff-1", "cuff-2"], ["cuff-3"]), of("cuff-1", 11), of("cuff-2", 12)],
    [of("cuff-1", 13)],
    [sits(2000, ["cuff-2"], ["cuff-1"]), of("cuff-1", 21), of("cuff-2", 22)],
    [resumed(5000), late(30), late(31), of("cuff-2", 60)],
  ];
  const got: string[] = [];
  let afterId: number | undefined;
  for (const [i, part] of parts.entries()) {
    valueOf(await store.append(part));
    const lines = parts
      .slice(0, i + 1)
      .flat()
      .map((one, k): Line => ({ id: k + 1, ...one }));
    const [maya] = spansOf(lines);
    if (maya === undefined) throw new Error("Maya is not there.");
    const question = { ...askedOf(maya, lines), running: true, afterId };
    const bytes = valueOf(await store.archive.facts(question));
    for (const { fact } of linesIn(bytes))
      if (fact.kind === "samples") got.push(`${fact.cuff} ${fact.message.seq}`);
    const opened = openRecording(bytes);
    afterId = opened.ok ? opened.value.head.lastId : undefined;
  }
  expect(got).toEqual(["cuff-1 11", "cuff-2 12", "cuff-1 13", "cuff-2 22", "cuff-2 60"]);
});

test("an alarm that stays a row is given, and nothing of somebody else in its place", async () => {
  const up = (cuff: string, at: number): Recorded => ({
    ...samples(1),
    at: monotonic(at),
    fact: {
      ...{ kind: "inflated", at: monotonic(at), cuff: cuffId(cuff) },
      ...{ occlusion: 1, since: monotonic(at) },
    },
  });
  const packAll = async (): Promise<void> => {
    const packing = { before: monotonic(1e9), whole: false };
    while (valueOf(await store.pack(packing)).lines > 0);
  };
  valueOf(await store.append([sits(1000, ["cuff-1"], ["cuff-2"])]));
  await packAll();
  valueOf(await store.append([up("cuff-1", 2000), raised(3, "main/cuff-1/silent/1/1"), up("cuff-2", 4000)]));
  // The two inflations become one chunk: as many lines as Maya has between the first and the last of them.
  await packAll();
  const lines = valueOf(await store.read({ limit: 10 }));
  const [maya] = spansOf(lines);
  if (maya === undefined) throw new Error("Maya is not there.");
  const given = linesIn(await bytesFor(0, lines, maya)).map(({ fact }) => [
    fact.kind,
    "cuff" in fact ? fact.cuff : null,
  ]);
  expect(given).toEqual([
    ["roster", null],
    ["inflated", "cuff-1"],
    ["alarm-raised", "cuff-1"],
  ]);
});

test("where what happened is damaged, nothing is given unopened", async () => {
  const lines = [
    sits(1000, ["cuff-1"], ["cuff-2"]),
    ...[11, 12, 13].map((n) => samples(n, { cuff: "cuff-1" })),
    sits(2000, ["cuff-4"], ["cuff-1"]),
    ...[21, 22, 23].map((n) => samples(n, { cuff: "cuff-1" })),
    sits(3000, ["cuff-4"], ["cuff-1"]),
  ].map((one, i): Line => ({ id: i + 1, ...one }));
  const chunks = [[0], [1, 2, 3], [4], [5, 6, 7], [8]].map((places) =>
    encodeChunk(places.flatMap((place) => lines[place] ?? [])),
  );
  const log = valueOf(await store.appendChunks(chunks));
  const [maya] = spansOf(lines);
  if (maya === undefined) throw new Error("Maya is not there.");
  const isGiven = async (): Promise<readonly boolean[]> => {
    const bytes = Buffer.from(await bytesFor(log, lines, maya));
    return chunks.map((chunk) => bytes.includes(Buffer.from(chunk)));
  };
  expect((await isGiven())[1]).toBe(true);
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec("update chunk set body = zeroblob(length(body)) where first_id = 5");
  db.close();
  expect((await isGiven())[3]).toBe(false);
});

test("by chance, with cuffs that change hands and tell later what nobody heard", async () => {
  let [passed, later] = [0, 0];
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { lines } = classOfSeed(seed);
    const chunks = inSmallChunks(lines);
    const log = valueOf(await store.appendChunks(chunks));
    later += chunks.filter(mayHoldBackfill).length;
    for (const span of spansOf(lines).slice(0, 5)) {
      const bytes = await bytesFor(log, lines, span);
      expect(linesIn(bytes)).toEqual(ownOf(lines, span, site).own);
      passed += chunks.filter((chunk) => Buffer.from(bytes).includes(Buffer.from(chunk))).length;
    }
  }
  expect(passed).toBeGreaterThan(20);
  expect(later).toBeGreaterThan(20);
});
