/** What every engine of the store must answer to the log of the alarms. Each engine's own test runs this suite. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KindRange, Store, StoreResult } from "../../../server/store/store.ts";
import { alarmId } from "../../../shared/ids.ts";
import { acknowledged, cleared, raised, reminded, wallAt } from "../../support/alarm-facts.ts";
import { valueOf } from "./contract.ts";
import { inflated, samples } from "./facts.ts";

/** `open` opens the store that lives at a place of its own for each test. */
export const alarmContract = (name: string, open: (folder: string) => Promise<StoreResult<Store>>): void => {
  describe(`${name} asked for alarms`, () => {
    let folder = "";
    let store: Store;
    beforeEach(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-alarms-"));
      store = valueOf(await open(folder));
    });
    afterEach(async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    });
    const raisedIn = async (range: Partial<KindRange>): Promise<readonly string[]> => {
      const all = { kind: "alarm-raised", from: wallAt(0), to: wallAt(1000), limit: 100, ...range } as const;
      return valueOf(await store.readKind(all)).map(({ fact }) =>
        fact.kind === "alarm-raised" ? fact.occurrence.id : fact.kind,
      );
    };

    test("gives facts of one kind, the newest first, from `from` on and before `to`", async () => {
      valueOf(await store.append([raised(1, "a"), samples(1), cleared(2, "a"), raised(3, "b"), inflated(1)]));
      valueOf(await store.append([raised(4, "c")]));
      expect(await raisedIn({})).toEqual(["c", "b", "a"]);
      expect(await raisedIn({ from: wallAt(1), to: wallAt(4) })).toEqual(["b", "a"]);
      expect(await raisedIn({ kind: "inflated" })).toEqual(["inflated"]);
      expect(await raisedIn({ from: wallAt(5) })).toEqual([]);
    });

    test("reads on from any place, also among facts of one moment", async () => {
      const ids = ["a", "b", "c", "d", "e"];
      valueOf(await store.append(ids.map((id) => raised(7, id))));
      const first = valueOf(
        await store.readKind({ kind: "alarm-raised", from: wallAt(0), to: wallAt(9), limit: 2 }),
      );
      const last = first.at(-1);
      expect(last?.id).toBeGreaterThan(0);
      expect(await raisedIn({ olderThan: { wall: wallAt(7), id: last?.id ?? 0 } })).toEqual(["c", "b", "a"]);
      expect(await raisedIn({ olderThan: { wall: wallAt(7), id: 0 } })).toEqual([]);
      expect(await raisedIn({ olderThan: { wall: wallAt(8), id: 0 }, limit: 1 })).toEqual(["e"]);
    });

    test("tells everything about some occurrences, in order, and nothing about others", async () => {
      const ofA = [raised(1, "a"), reminded(61, "a"), acknowledged(70, "a"), cleared(80, "a")];
      valueOf(await store.append([...ofA.slice(0, 2), raised(62, "b"), samples(9), ...ofA.slice(2)]));
      const told = valueOf(await store.readAlarms([alarmId("a"), alarmId("never")]));
      expect(told.map(({ fact }) => fact)).toEqual(ofA.map(({ fact }) => fact));
      expect(valueOf(await store.readAlarms([]))).toEqual([]);
    });

    test("knows which were open at a moment by what was told of them from then on", async () => {
      valueOf(
        await store.append([
          ...[raised(1, "over before"), cleared(2, "over before")],
          ...[raised(3, "open"), acknowledged(4, "open"), raised(5, "answered later")],
          ...[raised(10, "raised then"), cleared(11, "open"), cleared(12, "raised then")],
          acknowledged(500, "answered later"),
        ]),
      );
      const open = valueOf(await store.alarmsOpenAt(wallAt(10)));
      expect(open.toSorted()).toEqual(["answered later", "open"]);
      expect(valueOf(await store.alarmsOpenAt(wallAt(501)))).toEqual([]);
    });
  });
};
