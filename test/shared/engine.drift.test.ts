/** Drift as an alarm: what of the estimate is said, how urgently, and when it is over. */
import { describe, expect, test } from "vitest";
import type { Input } from "../../shared/engine.ts";
import { alarmLog, alarmOf, cuffNow, heard, meta, run, type Stretch, told } from "../support/floor.ts";

const log = (...inputs: readonly (Input | readonly Input[])[]): string[] =>
  alarmLog(run(inputs.flat()).facts, "drift");
/** `from` mmHg at `since`, falling by so many mmHg a minute. */
const falling = (from: number, since: number, perMin: number) => (s: number) =>
  from - ((s - since) * perMin) / 60;
const whatOf = (line: string): string => line.slice(line.indexOf("drift"));
const secondOf = (line: string | undefined): number => Number(line?.split(" ")[0]);
const up = (from: number, to: number, more: Partial<Stretch> = {}): Input[] =>
  heard({ from, to, p: 150, occ: from, ...more });

describe("an unregulated cuff", () => {
  test("that leaks is said to drift, low, before its level is out of the band, and medium once it is", () => {
    const said = log(up(0, 60), up(60, 180, { p: falling(150, 60, 10) }));
    expect(said.map(whatOf)).toEqual(["drift raised low", "drift is medium"]);
    // 15 mmHg at 10 mmHg a minute: 90 s.
    expect(secondOf(said[0])).toBeLessThan(150);
    expect(secondOf(said[0])).toBeGreaterThan(90);
    expect(secondOf(said[1])).toBeGreaterThan(150);
    expect(secondOf(said[1])).toBeLessThan(165);
  });
  test("that stands off its target from the beginning does not drift", () => {
    expect(log(up(0, 300, { p: 130 }))).toEqual([]);
  });
  test("that rises is said to drift as well, with what it was", () => {
    const r = run([...up(0, 60), ...up(60, 80, { p: 170 })]);
    expect(alarmOf(r, "drift")?.priority).toBe("medium");
    expect(alarmOf(r, "drift")?.limit).toBeCloseTo(150, 0);
    expect(alarmOf(r, "drift")?.value).toBeGreaterThan(165);
  });
  test("clears once it is well back in its band, and does not latch", () => {
    const r = run([...up(0, 60), ...up(60, 80, { p: 130 }), ...up(80, 100, { p: 149 })]);
    expect(alarmLog(r.facts, "drift").map(whatOf)).toEqual(["drift raised medium", "drift cleared"]);
    expect(alarmOf(r, "drift")).toBeUndefined();
  });
  test("begins anew with the next inflation", () => {
    const release = [
      ...up(60, 64, { p: (s) => 150 - (s - 60) * 40, phase: "releasing", tgt: 0 }),
      ...up(64, 140, { p: 0, phase: "idle", tgt: 0, occ: 0 }),
    ];
    expect(log(up(0, 60), release, heard({ from: 140, to: 220, p: 120, ep: 2 }))).toEqual([]);
  });
  test("whose LOP was found begins anew with the treatment", () => {
    const said = log(up(0, 60), up(60, 90, { p: 220, phase: "measuring", tgt: 0 }), up(90, 200, { p: 130 }));
    expect(said).toEqual([]);
  });
  test("that is let down does not drift, and what stood before stays until its end", () => {
    const letGo = (from: number) =>
      up(from, from + 4, { p: falling(150, from, 1500), phase: "releasing", tgt: 0 });
    expect(log(up(0, 60), letGo(60))).toEqual([]);
    const said = log(
      up(0, 60),
      up(60, 80, { p: 130 }),
      letGo(80),
      up(84, 90, { p: 0, phase: "idle", tgt: 0 }),
    );
    expect(said.map(whatOf)).toEqual(["drift raised medium", "drift cleared"]);
    expect(secondOf(said[1])).toBeGreaterThan(84);
  });
  test("that has lost its pressure is said to have lost it, not to drift", () => {
    const r = run([...up(0, 60), ...up(60, 80, { p: (s) => Math.max(25, 150 - (s - 60) * 200) })]);
    expect(alarmLog(r.facts, "pressure-lost").map((line) => line.split(" ")[2])).toEqual(["raised"]);
    expect(alarmLog(r.facts, "drift")).toEqual([]);
  });
});

describe("a regulated cuff", () => {
  test("whose pump keeps running at rest is said to drift, low", () => {
    const said = log(meta(0, true), told(1, { kind: "on-target" }), up(0, 60), up(60, 80, { pump: true }));
    expect(said.map(whatOf)).toEqual(["drift raised low"]);
    expect(secondOf(said[0])).toBeGreaterThan(66.8);
    expect(secondOf(said[0])).toBeLessThan(69);
  });
  test("whose pump runs while the person moves is not", () => {
    const moving = (s: number) => 150 + 8 * Math.sin(1.57 * s);
    expect(log(meta(0, true), up(0, 120, { p: moving, pump: true, set: 1, rep: (s) => s / 5 }))).toEqual([]);
  });
});

describe("what a cuff tells", () => {
  test("its own word that it leaks is a low alarm until the inflation ends", () => {
    const said = log(
      up(0, 60),
      told(60, { kind: "leak" }),
      up(60, 120),
      up(120, 124, { p: falling(150, 120, 2400), phase: "releasing", tgt: 0 }),
      up(124, 130, { p: 0, phase: "idle", tgt: 0 }),
      heard({ from: 200, to: 220, p: 150, ep: 2 }),
    );
    expect(said.map(whatOf)).toEqual(["drift raised low", "drift cleared"]);
    expect(secondOf(said[0])).toBe(60);
  });
  test("such a word of a cuff that is down says nothing", () => {
    expect(log(told(1, { kind: "leak" }), up(5, 60))).toEqual([]);
  });
  test("on-target is believed though it comes before the inflation is certain", () => {
    const early = run([...up(0, 1), told(1, { kind: "on-target" }), ...up(1, 20)]);
    expect(cuffNow(early).occlusion?.judgedFrom).toBe(1000);
    const late = run([...up(0, 1), ...up(1, 20)]);
    expect(cuffNow(late).occlusion?.judgedFrom).toBe(30_000);
  });
  test("an on-target of the inflation before says nothing of this one", () => {
    const r = run([
      ...up(0, 5),
      told(5, { kind: "on-target" }),
      ...up(5, 60),
      ...up(60, 64, { p: falling(150, 60, 2400), phase: "releasing", tgt: 0 }),
      ...up(64, 140, { p: 0, phase: "idle", tgt: 0, occ: 0 }),
      ...heard({ from: 140, to: 150, p: 150, ep: 2 }),
    ]);
    expect(cuffNow(r).occlusion?.judgedFrom).toBe(170_000);
  });
});
