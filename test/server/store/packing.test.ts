/** Rows become chunks and nothing else changes. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import type { KindRange } from "../../../server/store/store.ts";
import { cuffId } from "../../../shared/ids.ts";
import { type Monotonic, monotonic, wallTime } from "../../../shared/units.ts";
import { classOfSeed, withoutIds } from "../../support/recorded-lines.ts";
import { everything, stored, valueOf } from "./contract.ts";
import { inflated, resumed, samples } from "./facts.ts";

let folder = "";
let store: SqliteStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-packing-"));
  store = valueOf(await openSqlite({ folder }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
const reopen = async (): Promise<void> => {
  await store.close();
  store = valueOf(await openSqlite({ folder }));
};
const packAll = async (before: Monotonic = monotonic(1e12)): Promise<number> => {
  let lines = 0;
  for (;;) {
    const packed = valueOf(await store.pack({ before, whole: false }));
    expect(packed.problem).toBeNull();
    lines += packed.lines;
    if (packed.lines === 0) return lines;
  }
};
const inTable = (table: string): number => {
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"), { readOnly: true });
  const count = db.prepare(`select count(*) as n from ${table}`).get();
  db.close();
  return Number(count?.["n"]);
};

describe("packing", () => {
  test("leaves every line as it was, in its order, whatever is packed", async () => {
    const { lines } = classOfSeed(11);
    valueOf(await store.append(withoutIds(lines)));
    const before = await stored(store);
    expect(before.length).toBeGreaterThan(500);
    // Half of it first, so that rows and chunks lie among each other.
    const middle = before[Math.floor(before.length / 2)];
    await packAll(middle?.at);
    expect(await stored(store)).toEqual(before);
    await packAll();
    expect(await stored(store)).toEqual(before);
    expect(await stored(store, 7)).toEqual(before);
    const alarms = before.filter(({ fact }) => fact.kind.startsWith("alarm-"));
    expect(inTable("fact")).toBe(alarms.length);
    await reopen();
    expect(await stored(store)).toEqual(before);
  });

  test("reads on from any line", async () => {
    const { lines } = classOfSeed(12);
    valueOf(await store.append(withoutIds(lines)));
    const before = await stored(store);
    await packAll();
    for (const place of [0, 1, 17, 300, before.length - 2, before.length - 1]) {
      const afterId = before[place]?.id ?? 0;
      const next = valueOf(await store.read({ afterId, limit: 3 }));
      expect(next).toEqual(before.slice(place + 1, place + 4));
    }
  });

  test("knows messages that are packed, and tells numbers apart that never came", async () => {
    valueOf(await store.append([1, 2, 3, 5, 6].map((seq) => samples(seq))));
    await packAll();
    valueOf(await store.append([samples(2), samples(4), samples(6), samples(7), samples(2, { boot: "00" })]));
    await reopen();
    await packAll();
    valueOf(await store.append([1, 2, 3, 4, 5, 6, 7, 8].map((seq) => samples(seq))));
    const kept = (await everything(store)).flatMap(({ fact }) =>
      fact.kind === "samples" ? `${fact.message.boot}/${fact.message.seq}` : [],
    );
    expect(kept.toSorted()).toEqual(["00/2", ...[1, 2, 3, 4, 5, 6, 7, 8].map((seq) => `7f3a91c2/${seq}`)]);
    expect(inTable("packed_run")).toBe(2);
  });

  test("gives no number twice once everything is packed", async () => {
    const last = valueOf(await store.append([resumed(1), resumed(2)]));
    await packAll();
    await reopen();
    expect(valueOf(await store.append([]))).toBe(last);
    expect(valueOf(await store.append([resumed(3)]))).toBeGreaterThan(last);
  });

  test("packs only what lies before the moment, and waits for a whole chunk where it is told to", async () => {
    const minute = 60_000;
    valueOf(await store.append(Array.from({ length: 25 }, (_, i) => inflated(i, i * minute))));
    const before = monotonic(19 * minute);
    expect(valueOf(await store.pack({ before, whole: true })).lines).toBe(10);
    expect(valueOf(await store.pack({ before, whole: true })).lines).toBe(0);
    expect(valueOf(await store.pack({ before, whole: false })).lines).toBe(9);
    expect(valueOf(await store.pack({ before, whole: false })).lines).toBe(0);
    expect(inTable("fact")).toBe(6);
  });

  test("finds rare facts by the wall clock as it did before", async () => {
    const { lines } = classOfSeed(13);
    valueOf(await store.append(withoutIds(lines)));
    const [first, last] = [lines[0]?.wall ?? 0, lines.at(-1)?.wall ?? 0];
    const kinds = ["patient-seated", "inflated", "deflated", "noted", "listening", "alarm-raised"] as const;
    const ranges = kinds.flatMap((kind): KindRange[] => {
      const to = wallTime(last + 1);
      return [
        { kind, from: wallTime(0), to, limit: 100 },
        { kind, from: wallTime(first + 60_000), to: wallTime((first + last) / 2), limit: 100 },
        { kind, from: wallTime(0), to, limit: 2 },
        { kind, from: wallTime(0), to, limit: 2, olderThan: { wall: wallTime((first + last) / 2), id: 0 } },
      ];
    });
    const ask = async () => Promise.all(ranges.map(async (range) => valueOf(await store.readKind(range))));
    const before = await ask();
    expect(before.filter((found) => found.length > 0).length).toBeGreaterThan(8);
    await packAll(lines[Math.floor(lines.length / 3)]?.at);
    expect(await ask()).toEqual(before);
    await packAll();
    expect(await ask()).toEqual(before);
  });

  test("leaves a row alone that is no fact, and packs what stands around it", async () => {
    valueOf(await store.append([1, 2, 3].map((seq) => samples(seq))));
    const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
    db.exec("update fact set body = '{' where seq = 2");
    db.close();
    expect(await packAll()).toBe(2);
    expect(inTable("fact")).toBe(1);
  });
});

describe("a chunk whose bytes are not as they were", () => {
  test("costs what is in it, and is told once", async () => {
    const told: unknown[] = [];
    await store.close();
    store = valueOf(await openSqlite({ folder, damaged: (damage) => told.push(damage) }));
    valueOf(await store.append([1, 2, 3].map((seq) => samples(seq))));
    valueOf(await store.append([1, 2].map((seq) => samples(seq, { cuff: "right-1" }))));
    await packAll();
    const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
    db.exec("update chunk set body = zeroblob(length(body)) where cuff = 'left-1'");
    db.close();
    expect((await everything(store)).map(({ fact }) => "cuff" in fact && fact.cuff)).toEqual([
      "right-1",
      "right-1",
    ]);
    await everything(store);
    expect(told).toEqual([
      {
        table: "chunk",
        id: 1,
        log: 0,
        cuff: cuffId("left-1"),
        lines: 3,
        detail: "A part of the recording is damaged: its bytes fail their check.",
      },
    ]);
    expect(store.damage()).toEqual(told);
    // What follows is stored all the same.
    valueOf(await store.append([inflated(9)]));
    expect(await everything(store)).toHaveLength(3);
  });
});
