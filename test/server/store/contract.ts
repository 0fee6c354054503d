/** What every engine of the store must do. Each engine's own test runs this suite. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Recorded, Store, Stored, StoreResult } from "../../../server/store/store.ts";
import { anchorAt, inflated, resumed, samples } from "./facts.ts";

export const valueOf = <T>(result: StoreResult<T>): T => {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail}`);
  return result.value;
};

/** All facts in a store, asked for some at a time. */
export const stored = async (store: Store, limit = 1000): Promise<readonly Stored[]> => {
  const all: Stored[] = [];
  for (;;) {
    const some = valueOf(await store.read({ afterId: all.at(-1)?.id ?? 0, limit }));
    if (some.length === 0) return all;
    all.push(...some);
  }
};

/** The same without their ids. */
export const everything = async (store: Store): Promise<readonly Recorded[]> =>
  (await stored(store)).map(({ epoch, at, wall, fact }) => ({ epoch, at, wall, fact }));

/** `open` opens the store that lives at a place of its own for each test; opening it again finds what was stored. */
export const storeContract = (name: string, open: (folder: string) => Promise<StoreResult<Store>>): void => {
  describe(`${name} as a store`, () => {
    let folder = "";
    let store: Store;

    beforeEach(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-store-"));
      store = valueOf(await open(folder));
    });
    afterEach(async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    });
    const reopen = async (): Promise<void> => {
      await store.close();
      store = valueOf(await open(folder));
    };

    test("is empty at first", async () => {
      expect(await everything(store)).toEqual([]);
      expect(valueOf(await store.loadCheckpoint())).toBeNull();
      expect(valueOf(await store.loadAnchor())).toBeNull();
      expect(valueOf(await store.append([]))).toBe(0);
    });

    test("gives back what it was given, in order, after it was closed and opened again", async () => {
      const facts = [samples(1), inflated(1), samples(2), resumed(9000.25)];
      valueOf(await store.append(facts.slice(0, 3)));
      valueOf(await store.append(facts.slice(3)));
      expect(await everything(store)).toEqual(facts);
      await reopen();
      expect(await everything(store)).toEqual(facts);
    });

    test("stores a group of any size as one", async () => {
      const facts = Array.from({ length: 1234 }, (_, i) => samples(i));
      valueOf(await store.append(facts));
      expect(await everything(store)).toEqual(facts);
    });

    test("numbers facts upwards, answers with the greatest number, and reads on from any", async () => {
      const last = valueOf(await store.append([inflated(1), inflated(2), inflated(3)]));
      const first = valueOf(await store.read({ limit: 2 }));
      expect(first.map((s) => s.fact)).toEqual([inflated(1).fact, inflated(2).fact]);
      const next = valueOf(await store.read({ afterId: first[1]?.id ?? 0, limit: 2 }));
      expect(next.map((s) => s.fact)).toEqual([inflated(3).fact]);
      expect(next[0]?.id).toBe(last);
      expect(valueOf(await store.read({ afterId: last, limit: 2 }))).toEqual([]);
    });

    test("never gives a number twice", async () => {
      const last = valueOf(await store.append([inflated(1)]));
      await reopen();
      expect(valueOf(await store.append([inflated(2)]))).toBeGreaterThan(last);
    });

    test("leaves out a message that it has, whatever quality it comes in now", async () => {
      valueOf(await store.append([samples(1), samples(2)]));
      valueOf(await store.append([samples(2), samples(1, { quality: "live" }), samples(3), samples(3)]));
      expect(await everything(store)).toEqual([samples(1), samples(2), samples(3)]);
    });

    test("keeps the same number of another boot and of another cuff", async () => {
      const facts = [samples(1), samples(1, { boot: "00" }), samples(1, { cuff: "right-1" })];
      valueOf(await store.append(facts));
      expect(await everything(store)).toEqual(facts);
    });

    test("keeps facts that are alike and are no messages", async () => {
      valueOf(await store.append([inflated(1), inflated(1)]));
      expect(await everything(store)).toHaveLength(2);
    });

    test("stores the anchor with a group, and the last one counts", async () => {
      valueOf(await store.append([inflated(1)], anchorAt(1)));
      expect(valueOf(await store.loadAnchor())).toEqual(anchorAt(1));
      valueOf(await store.saveAnchor(anchorAt(2)));
      await reopen();
      expect(valueOf(await store.loadAnchor())).toEqual(anchorAt(2));
    });

    test("keeps the last checkpoint", async () => {
      valueOf(await store.saveCheckpoint({ factId: 1, format: 1, state: "first" }));
      valueOf(await store.saveCheckpoint({ factId: 7, format: 2, state: '{"much": "✓"}' }));
      await reopen();
      expect(valueOf(await store.loadCheckpoint())).toEqual({ factId: 7, format: 2, state: '{"much": "✓"}' });
    });

    test("takes groups that are given without waiting in their order", async () => {
      const groups = Array.from({ length: 20 }, (_, i) => [inflated(i), samples(i)]);
      for (const result of await Promise.all(groups.map((group) => store.append(group)))) valueOf(result);
      expect(await everything(store)).toEqual(groups.flat());
    });

    test("answers `closed` once it is closed, and may be closed twice", async () => {
      await store.close();
      await store.close();
      expect(await store.append([inflated(1)])).toMatchObject({ ok: false, error: { kind: "closed" } });
      expect(await store.read({ limit: 1 })).toMatchObject({ ok: false, error: { kind: "closed" } });
    });
  });
};
