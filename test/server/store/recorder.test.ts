import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRecorder, type Recorder, type RecorderHealth } from "../../../server/store/recorder.ts";
import { openSqlite } from "../../../server/store/sqlite.ts";
import type { StoreError } from "../../../server/store/store.ts";
import { everything, valueOf } from "./contract.ts";
import { anchorAt, inflated, samples } from "./facts.ts";
import { memoryStore, type MemoryStore } from "./memory-store.ts";

const full: StoreError = { kind: "full", detail: "The disk is full." };

describe("the recorder", () => {
  let store: MemoryStore;
  let recorder: Recorder;
  let told: RecorderHealth[];

  beforeEach(() => {
    vi.useFakeTimers();
    store = memoryStore();
    recorder = createRecorder({ store, anchor: () => anchorAt(store.facts.length), mostFacts: 100 });
    told = [];
    recorder.onHealth((health) => told.push(health));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("gathers what comes within 50 ms into one group, and stores the anchor with it", async () => {
    recorder.record([samples(1), samples(2)]);
    recorder.record([inflated(1)]);
    expect(store.facts).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(store.facts).toEqual([samples(1), samples(2), inflated(1)]);
    expect(store.groups).toEqual([3]);
    expect(store.anchors).toHaveLength(1);
  });

  test("stores at once what a person waits for", async () => {
    recorder.record([inflated(1)]);
    const stored = recorder.stored();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.facts).toEqual([inflated(1)]);
    expect(await stored).toBe(true);
    expect(await recorder.stored()).toBe(true);
  });

  test("says that a fact is stored when it is, and not before", async () => {
    const goOn = store.hang();
    const first = recorder.record([inflated(1)]);
    let answer: boolean | null = null;
    void recorder.stored(first).then((stored) => (answer = stored));
    await vi.advanceTimersByTimeAsync(900);
    expect(answer).toBeNull();
    goOn();
    await vi.advanceTimersByTimeAsync(0);
    expect(answer).toBe(true);
  });

  test("keeps nobody waiting for a disk that hangs: `false` after a second, failing after five", async () => {
    const goOn = store.hang();
    recorder.record([inflated(1)]);
    const stored = recorder.stored();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await stored).toBe(false);
    expect(recorder.health().ok).toBe(true);
    await vi.advanceTimersByTimeAsync(4000);
    expect(recorder.health()).toMatchObject({ ok: false, pending: 1 });
    goOn();
    await vi.advanceTimersByTimeAsync(0);
    expect(recorder.health()).toMatchObject({ ok: true, pending: 0 });
    expect(store.facts).toEqual([inflated(1)]);
  });

  test("answers `false` at once while storing fails, tries again, and loses nothing", async () => {
    store.failWith(full);
    recorder.record([inflated(1)]);
    const stored = recorder.stored();
    await vi.advanceTimersByTimeAsync(0);
    expect(await stored).toBe(false);
    expect(await recorder.stored(recorder.record([inflated(2)]))).toBe(false);
    expect(recorder.health()).toEqual({ ok: false, pending: 2, dropped: 0, lastError: full });

    store.failWith(null);
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.facts).toEqual([inflated(1), inflated(2)]);
    expect(recorder.health()).toEqual({ ok: true, pending: 0, dropped: 0, lastError: full });
    expect(told.map((h) => h.ok)).toEqual([false, true]);
    expect(await recorder.stored()).toBe(true);
  });

  test("keeps trying for as long as it takes", async () => {
    store.failWith(full);
    recorder.record([inflated(1)]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(told).toHaveLength(1);
    store.failWith(null);
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.facts).toEqual([inflated(1)]);
  });

  test("drops the oldest samples when it holds too many facts, counts them, and drops nothing else", async () => {
    store.failWith(full);
    recorder.record([inflated(1), samples(0)]);
    await vi.advanceTimersByTimeAsync(50);
    for (let n = 1; n <= 300; n += 1) recorder.record([samples(n), ...(n % 10 === 0 ? [inflated(n)] : [])]);
    const { pending, dropped } = recorder.health();
    expect(pending).toBeLessThanOrEqual(100);
    expect(pending + dropped).toBe(332);

    store.failWith(null);
    await vi.advanceTimersByTimeAsync(2000);
    const kinds = store.facts.map((f) => f.fact.kind);
    expect(kinds.filter((kind) => kind === "inflated")).toHaveLength(31);
    expect(kinds.filter((kind) => kind === "samples")).toHaveLength(332 - dropped - 31);
    expect(store.facts.at(-2)).toEqual(samples(300));
  });

  test("keeps every alarm and inflation even beyond its bound", async () => {
    store.failWith(full);
    recorder.record(Array.from({ length: 150 }, (_, n) => inflated(n)));
    recorder.record([samples(1)]);
    expect(recorder.health()).toMatchObject({ pending: 150, dropped: 1 });
    store.failWith(null);
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.facts).toHaveLength(150);
  });

  test("saves a checkpoint after exactly the facts that are in it", async () => {
    recorder.record([inflated(1), inflated(2)]);
    recorder.checkpoint(3, "two inflations");
    recorder.record([inflated(3)]);
    await vi.advanceTimersByTimeAsync(200);
    expect(store.facts).toHaveLength(3);
    expect(store.checkpoints).toEqual([{ factId: 2, format: 3, state: "two inflations" }]);
  });

  test("saves the newest of two checkpoints, and none before its facts are stored", async () => {
    store.failWith(full);
    recorder.record([inflated(1)]);
    recorder.checkpoint(1, "one");
    await vi.advanceTimersByTimeAsync(1000);
    recorder.record([inflated(2)]);
    recorder.checkpoint(1, "two");
    expect(store.checkpoints).toEqual([]);
    store.failWith(null);
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.checkpoints).toEqual([{ factId: 2, format: 1, state: "two" }]);
  });

  test("stores the anchor now and then when nothing happens", async () => {
    await vi.advanceTimersByTimeAsync(16_000);
    expect(store.anchors.length).toBe(3);
    expect(store.groups).toEqual([]);
  });

  test("stores what it holds when it is closed", async () => {
    recorder.record([inflated(1), samples(1)]);
    expect(await recorder.close()).toBe(0);
    expect(store.facts).toEqual([inflated(1), samples(1)]);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });

  test("says how many facts were lost when it is closed while the disk fails, and does not wait for ever", async () => {
    store.failWith(full);
    recorder.record([inflated(1), samples(1)]);
    expect(await recorder.close()).toBe(2);
  });

  test("gives up on a disk that hangs when it is closed", async () => {
    store.hang();
    recorder.record([inflated(1)]);
    const closed = recorder.close();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await closed).toBe(1);
  });
});

test("nothing is lost to a disk that was full for a while", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-recorder-"));
  const store = valueOf(await openSqlite({ folder, mostPages: 60 }));
  let filler = 0;
  // By single facts at the end, so that what is left has no room for a smaller group either.
  for (const many of [50, 1])
    while ((await store.append(Array.from({ length: many }, (_, n) => samples(filler + n)))).ok)
      filler += many;

  const recorder = createRecorder({ store, anchor: () => anchorAt(1) });
  const facts = Array.from({ length: 50 }, (_, n) => [inflated(n), samples(n, { cuff: "right-1" })]).flat();
  const failing = nextHealth(recorder);
  recorder.record(facts.slice(0, 60));
  expect(await recorder.stored()).toBe(false);
  expect(await failing).toMatchObject({ ok: false, pending: 60, lastError: { kind: "full" } });

  const well = nextHealth(recorder);
  recorder.record(facts.slice(60));
  const other = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  other.exec("delete from fact");
  other.close();
  expect(await well).toMatchObject({ ok: true, dropped: 0 });
  expect(await recorder.close()).toBe(0);

  const reopened = valueOf(await openSqlite({ folder }));
  expect(await everything(reopened)).toEqual(facts);
  await reopened.close();
  rmSync(folder, { recursive: true });
});

const nextHealth = (recorder: Recorder): Promise<RecorderHealth> =>
  new Promise((resolve) => {
    const stop = recorder.onHealth((health) => {
      stop();
      resolve(health);
    });
  });
