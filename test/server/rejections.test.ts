import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FloodGate } from "../../server/flood-gate.ts";
import { limitedWarnings } from "../../server/limited-warnings.ts";
import { createLog, type Log } from "../../server/log.ts";
import { otherCuffs, RejectionCounts } from "../../server/rejection-counts.ts";
import { createRejections } from "../../server/rejections.ts";
import type { Rejection } from "../../shared/cuff/message.ts";
import { cuffId } from "../../shared/ids.ts";
import { monotonic } from "../../shared/units.ts";

const cuff = cuffId("left-1");
const notJson: Rejection = { kind: "not-json", detail: "The payload is not JSON." };
const version = (n: number): Rejection => ({ kind: "version", detail: `Version ${n}.` });

describe("refusals are counted per cuff and reason", () => {
  test("with the last detail, the most frequent first", () => {
    const counts = new RejectionCounts();
    counts.count(cuff, notJson);
    counts.count(cuff, version(2));
    counts.count(cuff, version(3));
    counts.count(null, { kind: "topic", detail: "Elsewhere." });
    expect(counts.total).toBe(4);
    expect(counts.list(2)).toEqual([
      { cuff, kind: "version", count: 2, lastDetail: "Version 3." },
      { cuff, kind: "not-json", count: 1, lastDetail: notJson.detail },
    ]);
    expect(counts.list()).toHaveLength(3);
  });

  test("within a bound: cuffs beyond it stand under one entry, and known ones go on by themselves", () => {
    const counts = new RejectionCounts(3);
    for (let n = 0; n < 100; n += 1) counts.count(cuffId(`cuff-${n}`), notJson);
    counts.count(cuffId("cuff-1"), notJson);
    expect(counts.list()).toHaveLength(4);
    expect(counts.list()[0]).toMatchObject({ cuff: otherCuffs, count: 97 });
    expect(counts.list()[1]).toMatchObject({ cuff: "cuff-1", count: 2 });
  });
});

describe("a flood is held back", () => {
  const allowedOf = (gate: FloodGate, messages: number, now: number, from = cuff): number =>
    Array.from({ length: messages }, () => gate.allow(from, monotonic(now))).filter(Boolean).length;

  test("to 200 messages a second, after a burst, and the next cuff notices nothing", () => {
    const gate = new FloodGate();
    expect(allowedOf(gate, 10_000, 0)).toBe(2000);
    expect(allowedOf(gate, 10_000, 1000)).toBe(200);
    expect(allowedOf(gate, 10_000, 3000)).toBe(400);
    expect(allowedOf(gate, 10, 3000, cuffId("right-1"))).toBe(10);
  });

  test("and 200 messages a second pass for ever", () => {
    const gate = new FloodGate();
    for (let ms = 0; ms < 60_000; ms += 5) expect(gate.allow(cuff, monotonic(ms))).toBe(true);
  });

  test("names without end share one bucket, and cuffs that have been quiet make room", () => {
    const gate = new FloodGate(10);
    for (let n = 0; n < 10; n += 1) gate.allow(cuffId(`cuff-${n}`), monotonic(0));
    for (let n = 0; n < 5000; n += 1) gate.allow(cuffId(`made-up-${n}`), monotonic(0));
    expect(gate.allow(cuffId("made-up-5001"), monotonic(0))).toBe(false);
    expect(gate.allow(cuffId("cuff-1"), monotonic(0))).toBe(true);
    expect(gate.allow(cuffId("made-up-5001"), monotonic(60_000))).toBe(true);
    expect(allowedOf(gate, 3000, 60_000, cuffId("made-up-5001"))).toBe(1999);
  });
});

type Line = Readonly<Record<string, unknown>>;
const logInto = (lines: Line[]): Log => createLog("debug", (line) => lines.push(JSON.parse(line) as Line));

describe("warnings about cuffs", () => {
  let lines: Line[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    lines = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const about = { cuff, kind: "not-json", detail: "x" };

  test("come once a minute for each cuff and reason, with the count", () => {
    const warnings = limitedWarnings(logInto(lines), () => Date.now());
    for (let n = 0; n < 1000; n += 1) warnings.warn("refused", about);
    warnings.warn("refused", { ...about, kind: "version" });
    warnings.warn("refused", { ...about, cuff: "right-1" });
    expect(lines).toMatchObject([
      { msg: "refused", cuff, kind: "not-json", count: 1 },
      { kind: "version", count: 1 },
      { cuff: "right-1", count: 1 },
    ]);
    vi.advanceTimersByTime(59_000);
    expect(lines).toHaveLength(3);
    vi.advanceTimersByTime(10_000);
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatchObject({ cuff, kind: "not-json", count: 999 });
    warnings.stop();
    expect(lines).toHaveLength(4);
  });

  test("do not swallow what was counted last", () => {
    const warnings = limitedWarnings(logInto(lines), () => Date.now());
    warnings.warn("refused", about);
    warnings.warn("refused", { ...about, detail: "last" });
    warnings.stop();
    expect(lines).toMatchObject([{ count: 1 }, { count: 1, detail: "last" }]);
  });

  test("stay few, however many names are made up", () => {
    const warnings = limitedWarnings(logInto(lines), () => Date.now());
    for (let n = 0; n < 10_000; n += 1) warnings.warn("refused", { ...about, cuff: `made-up-${n}` });
    expect(lines).toHaveLength(1001);
    expect(lines.at(-1)).toMatchObject({ cuff: null, kind: "not-json" });
    warnings.stop();
    expect(lines.at(-1)).toMatchObject({ cuff: null, count: 8999 });
  });

  test("belong to what is refused", () => {
    const rejections = createRejections(logInto(lines), () => monotonic(Date.now()));
    rejections.count(cuff, notJson);
    rejections.count(null, { kind: "topic", detail: "Elsewhere." });
    expect(rejections.allow(cuff, monotonic(0))).toBe(true);
    expect(rejections.list()).toHaveLength(2);
    expect(rejections.list(1)).toHaveLength(1);
    expect(rejections.total()).toBe(2);
    expect(lines).toMatchObject([
      { cuff, kind: "not-json", detail: notJson.detail },
      { cuff: null, kind: "topic" },
    ]);
    rejections.stop();
  });
});

describe("a log line", () => {
  test("holds what is listed and nothing else, whatever it is given", () => {
    const lines: Line[] = [];
    const wider = { cuff, patient: "Jessica R.", by: "Aidan", count: 0, detail: undefined };
    logInto(lines).info(wider, "inflated");
    expect(lines).toEqual([
      { level: 30, time: expect.any(String) as string, cuff, count: 0, msg: "inflated" },
    ]);
  });

  test("is left out below the level", () => {
    const lines: string[] = [];
    const log = createLog("warn", (line) => lines.push(line));
    log.info({}, "no");
    log.warn({}, "yes");
    expect(lines).toHaveLength(1);
  });
});
