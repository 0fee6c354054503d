/** What must not be said of the wrong patient, twice, too early taken back, or not at all. */
import { describe, expect, test } from "vitest";
import { freeze, thaw } from "../../../shared/checkpoint.ts";
import type { Input } from "../../../shared/engine.ts";
import { cuffId, siteId } from "../../../shared/ids.ts";
import { parseRoster } from "../../../shared/plan/roster.ts";
import { millis, mmhg } from "../../../shared/units.ts";
import {
  acknowledge,
  alarmLog,
  alarmOf,
  at,
  classOf,
  floorOf,
  heard,
  note,
  roster,
  run,
  type Stretch,
  told,
} from "../../support/floor.ts";

const up = (from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  heard({ from, to, p: 150, occ: from, ...more });
const meta = (regulated: boolean): Input => ({
  kind: "meta",
  at: at(0),
  cuff: cuffId("cuff-1"),
  message: { v: 1, boot: "b0", model: "m", caps: [], regulated, simulated: false },
});
const worn = (patient: string): Input => {
  const file = classOf();
  const stations = file.stations.map((s) => ({ ...s, patient }));
  return { kind: "roster", at: at(40), roster: roster({ ...file, stations }) };
};

test("an alarm is of whoever wears the cuff: what still stands for the next patient is a new one in that name", () => {
  const idle = (from: number, to: number) => heard({ from, to, p: 2, phase: "idle", tgt: 0, pct: 15 });
  const before = run(idle(0, 40));
  const r = run([acknowledge(40, alarmOf(before, "battery")), worn("Andrew B."), ...idle(41, 45)], before);
  expect(alarmOf(r, "battery")).toMatchObject({ patient: "Andrew B.", acknowledged: null, raisedAt: at(40) });
  expect(new Set(r.facts.flatMap((f) => (f.kind === "alarm-raised" ? [f.occurrence.id] : []))).size).toBe(2);
});

describe("a standing offset", () => {
  test.each([125, 175])("of a regulated cuff at %d mmHg from the beginning is no drift", (p) => {
    const r = run([meta(true), ...up(0, 120, { p })]);
    expect(alarmLog(r.facts, "drift")).toEqual([]);
    expect(alarmLog(r.facts)).toEqual([expect.stringMatching(/pressure-(low|high) raised/)]);
  });
  test("a regulated cuff that was in its band and leaves it drifts", () => {
    const r = run([meta(true), ...up(0, 120, { p: (s) => 150 - Math.max(0, s - 60) / 2 })]);
    expect(alarmLog(r.facts, "drift").length).toBeGreaterThan(0);
  });
});

describe("a fault", () => {
  test("that is told before the first message of a power-up is heard", () => {
    expect(alarmLog(run([told(1, { kind: "fault", code: "E7" })]).facts, "cuff-fault")).toHaveLength(1);
  });
  test("that is told late is heard", () => {
    const late: Input = { ...told(20, { kind: "fault", code: "E7" }), at: at(26) };
    expect(alarmLog(run([...up(0, 25), late]).facts, "cuff-fault")).toEqual([
      "26.0 cuff-fault raised medium",
    ]);
  });
  test("beside the one that was answered voids the answer, and so does one more reason to stop", () => {
    const one = run([...up(0, 20), told(20, { kind: "fault", code: "E1" })]);
    const answered = run([acknowledge(21, alarmOf(one, "cuff-fault"))], one);
    const two = run([told(25, { kind: "fault", code: "E2" })], answered);
    expect(alarmOf(two, "cuff-fault")).toMatchObject({ cause: "E2", acknowledged: null, roseAt: at(25) });
    const pain = run([...up(0, 20), note(20, { kind: "pain", score: 8 })]);
    const going = run([acknowledge(21, alarmOf(pain, "stop-advised"))], pain);
    const worse = run([note(25, { kind: "symptom", symptom: "numbness", present: true })], going);
    expect(alarmOf(worse, "stop-advised")?.acknowledged).toBeNull();
    const better = run(
      [acknowledge(26, alarmOf(worse, "stop-advised")), note(27, { kind: "pain", score: 2 })],
      worse,
    );
    expect(alarmOf(better, "stop-advised")?.acknowledged?.by).toBe("Aidan R.");
  });
});

test("a burst at the end of a set is said once the cuff is no longer to be let down", () => {
  const floor = floorOf(classOf({ betweenSets: "down", sets: [15, 15] }));
  const r = run(
    [...up(0, 60, { set: 1 }), ...up(60, 63, { set: 2 }), ...up(63, 90, { set: 2, p: 3 })],
    floor,
  );
  expect(alarmLog(r.facts, "pressure-lost")).toEqual(["73.0 pressure-lost raised medium"]);
});

test("a cuff that begins to look for the LOP takes back nothing that stands", () => {
  const before = run([...up(0, 20), ...up(20, 30, { p: 260 })]);
  const r = run(up(30, 60, { p: 260, phase: "measuring" }), before);
  expect(alarmOf(r, "full-occlusion")?.clearedAt).toBeNull();
  expect(alarmLog(run([...up(60, 70)], r).facts, "full-occlusion").at(-1)).toMatch(/cleared$/);
});

test("a cuff that becomes a basic one has no phase any more", () => {
  const basic = Array.from({ length: 10 }, (_, i): Input => ({
    kind: "basic",
    at: at(20 + i),
    cuff: cuffId("cuff-1"),
    pressure: mmhg(260 + (i % 2)),
    freshFor: millis(3000),
  }));
  const r = run([...up(0, 20, { phase: "measuring" }), ...basic]);
  expect(alarmLog(r.facts, "full-occlusion")).toHaveLength(1);
});

test("a checkpoint that lacks a limit is not used", () => {
  const text = freeze(run(up(0, 5)).state);
  expect(thaw(text, siteId("main"))).not.toBeNull();
  expect(thaw(text.replaceAll(/"overrunHighAfterS":60,/g, ""), siteId("main"))).toBeNull();
});

test("a clinic whose cap lies under a plan's target is told so", () => {
  const result = parseRoster({ ...classOf({ targetPctLop: 90 }), limits: { absoluteCapMmhg: 200 } });
  expect(result.ok ? [] : result.issues.map((i) => i.reason)).toEqual([
    expect.stringContaining("225 mmHg is not under the clinic's own cap of 200 mmHg"),
  ]);
});

test("a limit that is raised while the limb is over the one before takes nothing back", () => {
  const before = run(up(0, 40), floorOf(classOf({ limitS: 30 })));
  const r = run(
    [{ kind: "roster", at: at(40), roster: roster(classOf({ limitS: 300 })) }, ...up(40, 60)],
    before,
  );
  expect(alarmOf(r, "overrun")?.clearedAt).toBeNull();
});

test("a silence that the clinic lets be long clears after five seconds of readings, not after one", () => {
  const floor = floorOf({ ...classOf(), limits: { silentAfterS: 10 } });
  const r = run([...up(0, 20), ...up(35, 60)], floor);
  expect(alarmLog(r.facts, "silent")).toEqual(["29.8 silent raised medium", "40.0 silent cleared"]);
});
