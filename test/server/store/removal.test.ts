/** What is removed is found nowhere any more, and everybody else's recording is as it was. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Removal } from "../../../server/store/removal.ts";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import { checkpointFormat, freeze } from "../../../shared/checkpoint.ts";
import { apply, newState, type State } from "../../../shared/engine.ts";
import { cuffId, patientId, sessionId, siteId, stationId } from "../../../shared/ids.ts";
import { emptyRoster } from "../../../shared/plan/roster.ts";
import { openRecording } from "../../../shared/recording/container.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { ownLines } from "../../../shared/recording/session-lines.ts";
import { type Span, spansOf } from "../../../shared/recording/span.ts";
import { monotonic } from "../../../shared/units.ts";
import { asNumbered, classOfSeed, withoutIds } from "../../support/recorded-lines.ts";
import { everything, stored, valueOf } from "./contract.ts";
import { samples } from "./facts.ts";

const samplesCuff = cuffId("left-1");
const site = siteId("main");
let folder = "";
let store: SqliteStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-removal-"));
  store = valueOf(await openSqlite({ folder, site }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
const packAll = async (before = monotonic(1e12)): Promise<void> => {
  while (valueOf(await store.pack({ before, whole: false })).lines > 0);
};
/** In how many files of the folder a word stands. */
const filesWith = (word: string): readonly string[] =>
  readdirSync(folder).filter((file) => readFileSync(path.join(folder, file)).includes(word));

const marked = (lines: readonly Line[]): readonly Line[] =>
  JSON.parse(JSON.stringify(lines).replaceAll("Patient 1", "Zebulon Q. Marker")) as readonly Line[];
const removalOf = (span: Span, lines: readonly Line[]): Removal => {
  const to = lines.at(-1)?.at ?? span.from;
  const cuffs = [...new Set(span.worn.map(({ cuff }) => cuff))];
  return {
    stretch: { log: 0, from: span.from, to, cuffs: cuffs.map((cuff) => ({ cuff, from: span.from, to })) },
    ...{ why: "erased", span, marks: [span.session] },
  };
};
const folded = (lines: readonly Line[]): State =>
  lines.reduce((state, { fact }) => apply(state, fact), newState(site));

test.each(["rows", "chunks", "both"])(
  "a patient's part in %s is gone from every file, and only it",
  async (where) => {
    const lines = asNumbered(marked(classOfSeed(4).lines));
    const spans = spansOf(lines);
    const mine = spans.filter(({ name }) => name === "Zebulon Q. Marker");
    const others = spans.filter(({ name }) => name !== "Zebulon Q. Marker");
    expect(mine.length).toBeGreaterThan(0);
    expect(others.length).toBeGreaterThan(0);
    const half = Math.floor(lines.length / 2);
    const factId = valueOf(await store.append(withoutIds(lines.slice(0, half))));
    const state = freeze(folded(lines.slice(0, half)));
    valueOf(await store.saveCheckpoint({ factId, format: checkpointFormat, state }));
    valueOf(await store.append(withoutIds(lines.slice(half))));
    if (where === "chunks") await packAll();
    if (where === "both") await packAll(lines[half]?.at);
    expect(filesWith("Zebulon").length).toBeGreaterThan(0);
    // A reader that stays connected must not keep anything alive.
    const stretch = { log: 0, from: monotonic(0), to: monotonic(1e12), cuffs: null };
    valueOf(await store.archive.facts({ stretch, of: { kind: "stretch" }, running: false }));
    const before = await stored(store);

    expect(valueOf(await store.isScrubbed())).toBe(true);
    const removed = valueOf(await store.removeLines(mine.map((span) => removalOf(span, lines))));
    // A crash may come here.
    await store.close();
    store = valueOf(await openSqlite({ folder, site }));
    expect(valueOf(await store.isScrubbed())).toBe(false);
    valueOf(await store.scrub());
    expect(valueOf(await store.isScrubbed())).toBe(true);
    expect(removed).toBeGreaterThan(0);
    const after = await stored(store);
    expect(before.length - after.length).toBe(removed);
    expect(JSON.stringify(after)).not.toContain("Zebulon");
    expect(filesWith("Zebulon")).toEqual([]);
    const left = new Set(after.map(({ id }) => id));
    for (const span of others) {
      const begin = lines.findIndex(
        ({ fact }) => fact.kind === "patient-seated" && fact.seat.visit.session === span.session,
      );
      const start = folded(lines.slice(0, begin));
      for (const { id } of ownLines(span, start, lines.slice(begin))) {
        const isShared = mine.some((one) => one.worn.some((w) => span.worn.some((o) => o.cuff === w.cuff)));
        expect(left.has(id) || isShared).toBe(true);
      }
    }
  },
);

test("a hole is left in its place, of which one reads only when it was and why", async () => {
  valueOf(await store.append([1, 2, 3, 4].flatMap((n) => [samples(n), samples(n, { cuff: "right-1" })])));
  await packAll();
  const [from, to] = [monotonic(150), monotonic(350)];
  const cuffs = [{ cuff: samplesCuff, from, to }];
  valueOf(await store.removeLines([{ stretch: { log: 0, from, to, cuffs }, why: "outlived", marks: [] }]));
  const whole = { log: 0, from: monotonic(0), to: monotonic(1000), cuffs: null };
  const bytes = valueOf(
    await store.archive.facts({ stretch: whole, of: { kind: "stretch" }, running: false }),
  );
  const opened = openRecording(bytes);
  expect(opened.ok && opened.value.lines.length).toBe(6);
  expect(opened.ok && opened.value.head.holes).toEqual([{ from, to, cuff: "left-1", why: "outlived" }]);
});

test("what a cuff tells again of what was removed does not come back", async () => {
  valueOf(await store.append([samples(1), samples(2), samples(3)]));
  const [from, to] = [monotonic(150), monotonic(250)];
  valueOf(
    await store.removeLines([{ stretch: { log: 0, from, to, cuffs: null }, why: "erased", marks: [] }]),
  );
  valueOf(await store.append([samples(1), samples(2), samples(3), samples(4)]));
  expect((await everything(store)).map(({ at }) => at)).toEqual([100.5, 300.5, 400.5]);
});

test("a damaged row goes with what lies around it, and its message does not come back", async () => {
  valueOf(await store.append([samples(1), samples(2), samples(3), samples(4)]));
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec("update fact set body = substr(body, 1, 40) where id = 2");
  db.close();
  const [from, to] = [monotonic(150), monotonic(350)];
  const stretch = { log: 0, from, to, cuffs: null };
  expect(valueOf(await store.removeLines([{ stretch, why: "erased", marks: [] }]))).toBe(2);
  valueOf(await store.append([samples(2), samples(3), samples(5)]));
  expect((await everything(store)).map(({ at }) => at)).toEqual([100.5, 400.5, 500.5]);
});

test("a chunk that was made before a removal is not taken in after it", async () => {
  valueOf(await store.append([samples(1), samples(2), samples(3)]));
  const stretch = { log: 0, from: monotonic(150), to: monotonic(250), cuffs: null };
  // The second call comes while the thread of the archive makes the chunk.
  const [taken, removed] = await Promise.all([
    store.pack({ before: monotonic(1e12), whole: false }),
    store.removeLines([{ stretch: { ...stretch, cuffs: [] }, why: "erased", marks: [] }]),
  ]);
  expect(removed).toEqual({ ok: true, value: 0 });
  expect(taken.ok ? null : taken.error.detail).toContain("removed while a chunk was made");
  await packAll();
  expect((await everything(store)).map(({ at }) => at)).toEqual([100.5, 200.5, 300.5]);
});

describe("kept states", () => {
  const day = 86_400_000;
  const span: Span = {
    ...{ session: sessionId("al-1"), patient: patientId("patient-9"), class: null, programme: "" },
    ...{ station: stationId("3"), name: "Al", from: monotonic(0), to: monotonic(1000), worn: [] },
  };
  const removal: Removal = {
    stretch: { log: 0, from: monotonic(0), to: monotonic(1000), cuffs: [] },
    ...{ why: "erased", span, marks: ["al-1", "patient-9"] },
  };
  const stateAt = (at: number, station: string, name: string): string => {
    const roster = { ...emptyRoster, stations: [{ station: stationId(station), patient: name, cuffs: [] }] };
    return freeze({ ...newState(site), at: monotonic(at), roster });
  };
  const kept = (): readonly unknown[] => {
    const db = new DatabaseSync(path.join(folder, "cuffwatch.db"), { readOnly: true });
    const rows = db.prepare("select log, after_id from keyframe order by log, after_id").all();
    const checkpoint = db.prepare("select fact_id from checkpoint").all();
    db.close();
    return [...rows.map((row) => [row["log"], row["after_id"]]), ...checkpoint.map((row) => row["fact_id"])];
  };
  const keep = async (factId: number, state: string): Promise<void> => {
    valueOf(await store.saveCheckpoint({ factId, format: checkpointFormat, state }));
  };

  test("of other people stay, whatever part of their names a short name is", async () => {
    await keep(1, stateAt(500, "1", "Bea"));
    await keep(2, stateAt(day, "3", "Alma"));
    await keep(3, stateAt(2 * day, "4", "Al"));
    await keep(4, stateAt(3 * day, "3", "Al"));
    await keep(5, stateAt(4 * day, "7", "Albert"));
    valueOf(await store.removeLines([removal]));
    expect(kept()).toEqual([[0, 2], [0, 3], [0, 5], 5]);
  });

  test("in a log of its own are looked through from the first", async () => {
    const lines = classOfSeed(6).lines.slice(0, 20);
    const [first, last] = [lines[0]?.at ?? 0, lines.at(-1)?.at ?? 0];
    const frame = (afterId: number, at: number, name: string) => ({
      ...{ afterId, at: monotonic(at), format: checkpointFormat },
      state: stateAt(at, "3", name),
    });
    const keyframes = [frame(0, first - 2, "Al"), frame(1, first - 1, "Bea")];
    const log = valueOf(await store.appendLog([lines], keyframes));
    const part = { ...removal.stretch, log, from: monotonic(last + 1), to: monotonic(last + 2) };
    valueOf(await store.removeLines([{ ...removal, stretch: part }]));
    expect(kept()).toEqual([[log, 1]]);
    const whole = { log, from: monotonic(first), to: monotonic(last), cuffs: null };
    expect(valueOf(await store.removeLines([{ stretch: whole, why: "erased", marks: [] }]))).toBe(20);
    expect(kept()).toEqual([]);
    const db = new DatabaseSync(path.join(folder, "cuffwatch.db"), { readOnly: true });
    expect(db.prepare("select id from log").all()).toEqual([]);
    expect(db.prepare("select why from hole where from_at = ?").all(first)).toEqual([{ why: "erased" }]);
    db.close();
    // Its number is not given again: the gap is the old one's.
    expect(valueOf(await store.appendLog([lines]))).toBe(log + 1);
  });
});
