/** What the archive gives of a recording: the same lines as were stored, and a state with which a replay of them begins. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import type { FactsAsked } from "../../../server/store/archive-facts.ts";
import type { Recorded } from "../../../server/store/store.ts";
import { checkpointFormat, freeze, thaw } from "../../../shared/checkpoint.ts";
import { newState, type State } from "../../../shared/engine.ts";
import { cuffId, epoch, siteId } from "../../../shared/ids.ts";
import { openRecording, type Recording } from "../../../shared/recording/container.ts";
import type { Line, Stretch } from "../../../shared/recording/line.ts";
import { restrictedTo } from "../../../shared/recording/restrict.ts";
import { spansOf } from "../../../shared/recording/span.ts";
import { emptyRoster } from "../../../shared/plan/roster.ts";
import { after, type Monotonic, monotonic, seconds, wallTime } from "../../../shared/units.ts";
import { asNumbered, classOfSeed, withoutIds } from "../../support/recorded-lines.ts";
import { classOf, roster } from "../../support/floor.ts";
import { askedOf, folded, ownOf } from "../../support/own-part.ts";
import { stored, valueOf } from "./contract.ts";
import { resumed, samples } from "./facts.ts";

const site = siteId("main");
let folder = "";
let store: SqliteStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-archive-"));
  store = valueOf(await openSqlite({ folder, site }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
const packAll = async (before: Monotonic = monotonic(1e12)): Promise<void> => {
  while (valueOf(await store.pack({ before, whole: false })).lines > 0);
};
const asked = async (facts: FactsAsked): Promise<Recording> => {
  const opened = openRecording(valueOf(await store.archive.facts(facts)));
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
};
const linesOf = ({ lines }: Recording): readonly Line[] =>
  Array.from({ length: lines.length }, (_, i) => lines.line(i));
const startOf = ({ head }: Recording): State => {
  const state = head.start === null ? null : thaw(head.start.state, site);
  if (state === null) throw new Error("There is no start.");
  return state;
};
/** All that a state says; deadlines follow from it. */
const said = (state: State): unknown => JSON.parse(freeze(state));
/** A class as it would stand in a store: the clinic is said first. */
const recorded = (seed: number): readonly Line[] => {
  const first: Line = {
    ...{ id: 1, epoch: epoch("e1"), at: monotonic(0), wall: wallTime(1e12) },
    fact: { at: monotonic(0), kind: "roster", roster: emptyRoster },
  };
  return asNumbered([first, ...classOfSeed(seed).lines]);
};
const all = { kind: "stretch" } as const;
const stretchOf = (lines: readonly Line[], from = 0, to = lines.length - 1): Stretch => ({
  ...{ log: 0, cuffs: null },
  from: lines[from]?.at ?? monotonic(0),
  to: lines[to]?.at ?? monotonic(0),
});
const isIn = ({ from, to }: Stretch, { at }: Line): boolean => at >= from && at <= to;

/** How much of what was recorded is packed: nothing, half of it, everything. */
const degrees = ["nothing", "half", "all"] as const;
const packed = async (lines: readonly Line[], degree: (typeof degrees)[number]): Promise<void> => {
  valueOf(await store.append(withoutIds(lines)));
  if (degree === "half") await packAll(lines[Math.floor(lines.length / 2)]?.at);
  if (degree === "all") await packAll();
};

describe.each(degrees)("with %s packed", (degree) => {
  test("a class is given as it was recorded, and begins with the state that it had", async () => {
    const lines = recorded(5);
    await packed(lines, degree);
    for (const [from, to] of [
      [0, lines.length - 1],
      [300, 900],
    ] as const) {
      const stretch = stretchOf(lines, from, to);
      const recording = await asked({ stretch, of: all, running: false });
      expect(linesOf(recording)).toEqual(lines.filter((line) => isIn(stretch, line)));
      const before = lines.filter(({ at }) => at < stretch.from);
      expect(said(startOf(recording))).toEqual(said(folded(newState(site), before)));
    }
  });

  test("a session is given without anybody else's part", async () => {
    const lines = recorded(4);
    await packed(lines, degree);
    const spans = spansOf(lines);
    expect(spans.length).toBeGreaterThan(1);
    for (const span of spans.slice(0, 4)) {
      const { begin, own } = ownOf(lines, span, site);
      const recording = await asked(askedOf(span, lines));
      expect(linesOf(recording)).toEqual(own);
      expect(said(startOf(recording))).toEqual(said(restrictedTo(begin, span)));
    }
  });

  test("a session that is under way is followed from line to line", async () => {
    const lines = recorded(4);
    const span = spansOf(lines).find(({ worn }) => worn.length > 0);
    if (span === undefined) throw new Error("Nobody wore a cuff.");
    const { own } = ownOf(lines, span, site);
    const question = { ...askedOf(span, lines), running: true };
    const got: Line[] = [];
    let afterId: number | undefined;
    for (let from = 0; from < lines.length; from += 200) {
      valueOf(await store.append(withoutIds(lines.slice(from, from + 200))));
      if (degree !== "nothing") await packAll(degree === "all" ? undefined : lines[from]?.at);
      if ((lines[from + 199]?.at ?? Infinity) < span.from) continue;
      const recording = await asked({ ...question, afterId });
      got.push(...linesOf(recording));
      afterId = recording.head.lastId;
    }
    expect(got).toEqual(own);
  });
});

test("what was stored since the clock was read is not lost to whoever follows", async () => {
  const following = (to: number, afterId?: number): FactsAsked => {
    const stretch: Stretch = { log: 0, from: monotonic(0), to: monotonic(to), cuffs: null };
    return { stretch, of: all, running: true, afterId };
  };
  valueOf(await store.append([samples(1), samples(2)]));
  const first = await asked(following(150));
  expect(linesOf(first).map(({ at }) => at)).toEqual([100.5, 200.5]);
  expect(first.head).toMatchObject({ to: 200.5, lastId: linesOf(first).at(-1)?.id });
  valueOf(await store.append([samples(3)]));
  const next = await asked(following(250, first.head.lastId));
  expect(linesOf(next).map(({ at }) => at)).toEqual([300.5]);
  expect(next.head.to).toBe(300.5);
  expect((await asked(following(900, next.head.lastId))).head.to).toBe(900);
});

test("a session is followed through lines that are newer than the clock with which it is asked", async () => {
  const lines = recorded(4);
  const span = spansOf(lines).find(({ worn }) => worn.length > 0);
  if (span === undefined) throw new Error("Nobody wore a cuff.");
  const { own } = ownOf(lines, span, site);
  const got: Line[] = [];
  let afterId: number | undefined;
  for (let from = 0; from < lines.length; from += 200) {
    valueOf(await store.append(withoutIds(lines.slice(from, from + 200))));
    if ((lines[from + 199]?.at ?? Infinity) < span.from) continue;
    const question = askedOf(span, lines.slice(0, Math.max(from + 150, 1)));
    const recording = await asked({ ...question, running: true, afterId });
    got.push(...linesOf(recording));
    afterId = recording.head.lastId;
  }
  expect(got).toEqual(own);
});

test("what a cuff tells later of an interruption comes to whoever follows, though they asked in between", async () => {
  const of = (n: number): Recorded => samples(n, { cuff: "cuff-1" });
  const seat: Recorded = {
    ...samples(1),
    at: monotonic(1000),
    fact: { kind: "roster", at: monotonic(1000), roster: roster(classOf()) },
  };
  const later = [20, 21].map((n) => samples(n, { cuff: "cuff-1", quality: "historic", at: 5100 + n }));
  const parts = [[seat, of(11), of(12)], [resumed(5000)], later, [of(60)]];
  const [span] = spansOf(parts.flat().map((one, i) => ({ id: i + 1, ...one })));
  if (span === undefined) throw new Error("Nobody wore a cuff.");
  const got: number[] = [];
  let afterId: number | undefined;
  for (const part of parts) {
    valueOf(await store.append(part));
    const to = part.at(-1)?.at ?? span.from;
    const stretch = { log: 0, from: span.from, to, cuffs: [{ cuff: cuffId("cuff-1"), from: span.from, to }] };
    const question: FactsAsked = {
      ...{ stretch, of: { kind: "session", session: span.session }, running: true, span },
      afterId,
    };
    const recording = await asked(question);
    for (const { fact } of linesOf(recording)) if (fact.kind === "samples") got.push(fact.message.seq);
    afterId = recording.head.lastId;
  }
  expect(got).toEqual([11, 12, 20, 21, 60]);
});

test("a stretch begins with the last keyframe before it, and nothing before that is read", async () => {
  const lines = recorded(5);
  const middle = Math.floor(lines.length / 2);
  const state = folded(newState(site), lines.slice(0, middle));
  const factId = valueOf(await store.append(withoutIds(lines.slice(0, middle))));
  valueOf(await store.saveCheckpoint({ factId, format: checkpointFormat, state: freeze(state) }));
  valueOf(await store.append(withoutIds(lines.slice(middle))));
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec(`delete from fact where id < ${factId}`);
  db.close();
  const stretch = stretchOf(lines, middle + 200);
  const recording = await asked({ stretch, of: all, running: false });
  expect(linesOf(recording)).toEqual(lines.filter((line) => isIn(stretch, line)));
  const before = lines.filter(({ at }) => at < stretch.from);
  expect(said(startOf(recording))).toEqual(said(folded(newState(site), before)));
});

test("keyframes are twenty minutes apart in site time, and none is kept where nothing happened", async () => {
  const at = (second: number): Promise<unknown> => {
    const state = { ...newState(site), at: after(monotonic(0), seconds(second)) };
    return store.saveCheckpoint({ factId: second, format: checkpointFormat, state: freeze(state) });
  };
  for (const second of [10, 300, 1209, 1210, 1300, 2500]) await at(second);
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  expect(db.prepare("select at from keyframe order by at").all()).toEqual(
    [10, 1210, 2500].map((second) => ({ at: second * 1000 })),
  );
  db.close();
});

test("without a keyframe near, a stretch begins with what the clinic said of itself and nobody in it", async () => {
  const lines = recorded(5);
  valueOf(await store.append(withoutIds(lines)));
  const last = lines.at(-1)?.at ?? monotonic(0);
  const from = after(last, seconds(3600));
  valueOf(await store.append([samples(1, { at: from })]));
  const stretch: Stretch = { log: 0, from, to: from, cuffs: null };
  const recording = await asked({ stretch, of: all, running: false });
  expect(recording.lines.length).toBe(1);
  expect(startOf(recording).class.seats).toEqual([]);
  expect(startOf(recording).roster).toMatchObject({ room: emptyRoster.room });
});

test("only the cuffs of a stretch are in it, each for its time", async () => {
  const of = (cuff: string) => [1, 2, 3, 4].map((seq) => samples(seq, { cuff }));
  const three = ["a", "b", "c"].flatMap(of).toSorted((x, y) => x.at - y.at);
  valueOf(await store.append(three));
  await packAll();
  const whole = { from: monotonic(0), to: monotonic(1000) };
  const cuffs = [
    { cuff: cuffId("a"), ...whole },
    { cuff: cuffId("b"), from: monotonic(200), to: monotonic(310) },
  ];
  const recording = await asked({ stretch: { log: 0, ...whole, cuffs }, of: all, running: false });
  const found = linesOf(recording).map(({ fact }) =>
    fact.kind === "samples" ? `${fact.cuff}${fact.message.seq}` : fact.kind,
  );
  expect(found.toSorted()).toEqual(["a1", "a2", "a3", "a4", "b2", "b3"]);
});

test("a damaged chunk is a hole of its cuff and its time, and is told", async () => {
  valueOf(await store.append([1, 2, 3].flatMap((seq) => [samples(seq), samples(seq, { cuff: "right-1" })])));
  await packAll();
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec("update chunk set body = substr(body, 1, 20) where cuff = 'left-1'");
  db.close();
  const stretch: Stretch = { log: 0, from: monotonic(0), to: monotonic(1000), cuffs: null };
  const recording = await asked({ stretch, of: all, running: false });
  expect(recording.lines.length).toBe(3);
  expect(recording.head.holes).toEqual([{ from: 100.5, to: 300.5, cuff: "left-1", why: "damaged" }]);
  expect(store.damage()).toHaveLength(1);
});

test("a damaged row is a hole of its moment, and everything beside it is read", async () => {
  const lines = recorded(5);
  valueOf(await store.append([...withoutIds(lines), samples(1, { at: 1e9 }), samples(2, { at: 1e9 + 100 })]));
  const kept = await stored(store);
  const idOf = (line: Line | undefined): number => line?.id ?? NaN;
  const last = idOf(kept.findLast(({ fact }) => fact.kind === "roster"));
  const message = idOf(kept.find(({ at }) => at === 1e9));
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec(`update fact set body = substr(body, 1, 9) where id in (${message}, ${last})`);
  db.close();
  const stretch: Stretch = { log: 0, from: monotonic(1e9), to: monotonic(1e9 + 200), cuffs: null };
  const recording = await asked({ stretch, of: all, running: false });
  expect(linesOf(recording).map(({ at }) => at)).toEqual([1e9 + 100]);
  expect(recording.head.holes).toEqual([{ from: 1e9, to: 1e9, cuff: "left-1", why: "damaged" }]);
  expect(startOf(recording).site).toBe(site);
  expect(store.damage().map(({ table, id }) => [table, id])).toEqual([
    ["fact", last],
    ["fact", message],
  ]);
});

test("a task is given the recording, and answers with what it makes of it", async () => {
  valueOf(await store.append([1, 2, 3].map((seq) => samples(seq))));
  const stretch: Stretch = { log: 0, from: monotonic(0), to: monotonic(250), cuffs: null };
  const extent = await store.archive.run("extent", { stretch, of: all, running: false }, null);
  expect(valueOf(extent)).toEqual({ lines: 2, samples: 4 });
});

test("answers `closed` once the store is closed", async () => {
  await store.close();
  const stretch: Stretch = { log: 0, from: monotonic(0), to: monotonic(250), cuffs: null };
  expect(await store.archive.facts({ stretch, of: all, running: false })).toMatchObject({
    ok: false,
    error: { kind: "closed" },
  });
});
