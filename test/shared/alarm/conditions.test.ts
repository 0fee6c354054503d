/** The conditions that a cuff's devices, clocks, repetitions and notes bring about; those about pressure and time are in engine.test.ts. */
import { describe, expect, test } from "vitest";
import type { Input } from "../../../shared/engine.ts";
import { cuffId } from "../../../shared/ids.ts";
import { millis, mmhg } from "../../../shared/units.ts";
import {
  alarmLog,
  at,
  classOf,
  cuffNow,
  floorOf,
  heard,
  note,
  run,
  type Stretch,
  tick,
  told,
} from "../../support/floor.ts";

const up = (from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  heard({ from, to, p: 150, ...more });
const down = (from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  heard({ from, to, p: 2, phase: "idle", tgt: 0, ...more });

describe("session-overrun", () => {
  test("all inflations of a session together, needing no data; over when the limb is let go, and there again with the next", () => {
    const r = run(
      [
        ...up(0, 200),
        ...down(200, 270),
        ...up(270, 275),
        tick(400),
        ...up(400, 401, { occ: 130 }),
        ...down(401, 500),
        ...up(500, 510),
      ],
      floorOf({ ...classOf({ limitS: 600 }), limits: { sessionLimitMin: 5 } }),
    );
    expect(alarmLog(r.facts, "session-overrun")).toEqual([
      "370.0 session-overrun raised medium unconfirmed",
      "400.0 session-overrun is medium",
      "403.0 session-overrun cleared",
      "502.0 session-overrun raised medium",
    ]);
  });
});

describe("reperfusion-short", () => {
  const again = (pauseS: number, plan = {}): string[] =>
    alarmLog(
      run([...up(0, 60), ...down(60, 60 + pauseS), ...up(60 + pauseS, 80 + pauseS)], floorOf(classOf(plan)))
        .facts,
      "reperfusion-short",
    );
  test("inflated again after less than the plan's minute", () => {
    expect(again(40)).toEqual(["102.0 reperfusion-short raised medium"]);
    expect(again(60)).toEqual([]);
  });
  test("after less than three minutes where a limit was passed", () => {
    expect(again(100, { limitS: 50 })).toEqual(["162.0 reperfusion-short raised medium"]);
  });
  test("the plan's own rests with the cuff down are none, as many as it has sets", () => {
    const inputs = [0, 1, 2].flatMap((i) => [...up(i * 90, i * 90 + 60), ...down(i * 90 + 60, i * 90 + 90)]);
    const r = run(inputs, floorOf(classOf({ betweenSets: "down", sets: [15, 15] })));
    expect(alarmLog(r.facts, "reperfusion-short")).toEqual([
      "182.0 reperfusion-short raised medium",
      "242.0 reperfusion-short cleared",
    ]);
  });
  test("the treatment after a search for the LOP is none", () => {
    const r = run([...up(0, 60, { phase: "measuring" }), ...down(60, 80), ...up(80, 100)]);
    expect(alarmLog(r.facts, "reperfusion-short")).toEqual([]);
  });
});

describe("measuring-too-long", () => {
  test("a search of over two minutes is high, in silence too, and stays until somebody has answered", () => {
    const r = run([...up(0, 30, { phase: "measuring" }), tick(125), ...down(125, 140)]);
    expect(alarmLog(r.facts, "measuring-too-long")).toEqual([
      "120.0 measuring-too-long raised high unconfirmed",
      "127.0 measuring-too-long cleared",
    ]);
    expect(cuffNow(r).alarms.some((o) => o.condition === "measuring-too-long")).toBe(true);
  });
  test("a search that ends in time is none", () => {
    const r = run([...up(0, 115, { phase: "measuring" }), ...up(115, 300, { occ: 115 })]);
    expect(alarmLog(r.facts, "measuring-too-long")).toEqual([]);
  });
});

describe("peaks-over-lop", () => {
  /** A repetition of 4 s whose peak is this high, on 150 mmHg. */
  const reps = (from: number, to: number, peak: number, set = 1): readonly Input[] =>
    heard({
      from,
      to,
      p: (s) => 150 + (peak - 150) * Math.max(0, Math.sin((s * Math.PI) / 2)),
      occ: from,
      set,
    });
  test("three repetitions running that reach the LOP, once a set", () => {
    const r = run([
      ...reps(0, 40, 255),
      ...reps(40, 80, 240),
      ...reps(80, 120, 255),
      ...reps(120, 160, 255, 2),
    ]);
    expect(alarmLog(r.facts, "peaks-over-lop")).toEqual([
      expect.stringMatching(/^1\d\.\d peaks-over-lop raised low/),
      expect.stringMatching(/^5\d\.\d peaks-over-lop cleared/),
      expect.stringMatching(/^12\d\.\d peaks-over-lop raised low/),
    ]);
  });
  test("two running, and then one that does not, are none", () => {
    const r = run([
      ...reps(0, 12, 200),
      ...reps(12, 20, 255),
      ...reps(20, 24, 200),
      ...reps(24, 32, 255),
      ...reps(32, 60, 200),
    ]);
    expect(alarmLog(r.facts, "peaks-over-lop")).toEqual([]);
  });
});

describe("sensor-frozen", () => {
  test("exactly the same for 5 s, over once it has moved for 5 s", () => {
    const r = run([...up(0, 20), ...up(20, 30, { p: () => 150.4, occ: 20 }), ...up(30, 40, { occ: 30 })]);
    expect(alarmLog(r.facts, "sensor-frozen")).toEqual([
      "25.0 sensor-frozen raised medium",
      "35.0 sensor-frozen cleared",
    ]);
  });
  test("a basic cuff that sends whole mmHg is given a minute, one that sends finer ones is not", () => {
    const basic = (from: number, to: number, p: number): Input[] =>
      Array.from({ length: to - from }, (_, i) => ({
        kind: "basic",
        at: at(from + i),
        cuff: cuffId("cuff-1"),
        pressure: mmhg(p),
        freshFor: millis(3000),
      }));
    const whole = run([...basic(0, 5, 149), ...basic(5, 70, 150)]);
    expect(alarmLog(whole.facts, "sensor-frozen")).toEqual(["65.0 sensor-frozen raised medium"]);
    const fine = run([...basic(0, 5, 149.4), ...basic(5, 20, 150)]);
    expect(alarmLog(fine.facts, "sensor-frozen")).toEqual(["10.0 sensor-frozen raised medium"]);
  });
  test("not while the cuff is down, and not while it looks for the LOP", () => {
    const r = run([...down(0, 30, { p: () => 0 }), ...up(30, 60, { phase: "measuring", p: () => 150 })]);
    expect(alarmLog(r.facts, "sensor-frozen")).toEqual([]);
  });
  test("readings that are too far apart to say are none", () => {
    const sparse = Array.from({ length: 20 }, (_, i) =>
      up(10 + i * 4, 10.2 + i * 4, { p: () => 150, occ: 10 + i * 4 }),
    );
    expect(alarmLog(run([...up(0, 10), ...sparse.flat()]).facts, "sensor-frozen")).toEqual([]);
  });
});

describe("clock-disagrees", () => {
  /** A cuff whose timer runs at this speed. */
  const runsAt = (speed: number, to: number): readonly Input[] =>
    Array.from({ length: to }, (_, s) => up(s, s + 1, { occ: s * speed })).flat();
  test("two seconds apart within one inflation, in either direction", () => {
    expect(alarmLog(run(runsAt(1.02, 200)).facts, "clock-disagrees")).toEqual([
      expect.stringMatching(/^1[01]\d\.\d clock-disagrees raised low/),
    ]);
    expect(alarmLog(run(runsAt(0.98, 200)).facts, "clock-disagrees")).toEqual([
      expect.stringMatching(/^1[01]\d\.\d clock-disagrees raised low/),
    ]);
  });
  test("a timer that starts again in mid-inflation is one, a cuff that restarts is not", () => {
    expect(alarmLog(run([...up(0, 60), ...up(60, 90, { occ: 0 })]).facts, "clock-disagrees")).toHaveLength(1);
    const restarted = run([...up(0, 60), ...up(60, 90, { occ: 0, boot: "b1", m: 0 })]);
    expect(alarmLog(restarted.facts, "clock-disagrees")).toEqual([]);
  });
  test("messages that arrive late now and then are none", () => {
    const jitter = Array.from({ length: 200 }, (_, s) =>
      up(s, s + 1, { occ: s, delay: s % 3 === 0 ? 1.4 : 0 }),
    );
    const inputs = jitter.flat().sort((a, b) => a.at - b.at);
    expect(alarmLog(run(inputs).facts, "clock-disagrees")).toEqual([]);
  });
});

describe("two-of-one", () => {
  test("two power-ups that take turns are two devices of one name; over 15 s after the last turn", () => {
    const turns = Array.from({ length: 8 }, (_, i) =>
      up(10 + i, 11 + i, i % 2 === 0 ? { boot: "b0", occ: 10 + i } : { boot: "b1", m: 5000, occ: i }),
    );
    const r = run([...up(0, 10), ...turns.flat(), ...up(18, 60, { boot: "b1", m: 5000, occ: 8 })]);
    expect(alarmLog(r.facts, "two-of-one")).toEqual([
      "14.0 two-of-one raised medium",
      "32.0 two-of-one cleared",
    ]);
  });
  test("a cuff that restarts, with one straggler of before, is one device", () => {
    const r = run([
      ...up(0, 20),
      ...up(20, 20.2, { boot: "b1", m: 0, occ: 20 }),
      ...up(20.2, 20.4, { boot: "b0", occ: 20.2 }),
      ...up(20.4, 60, { boot: "b1", m: 0, occ: 20.4 }),
    ]);
    expect(alarmLog(r.facts, "two-of-one")).toEqual([]);
  });
});

describe("battery", () => {
  test("below 20 % low, below 10 % medium, and a charge that trembles about a limit is said once", () => {
    const charges = [25, 20, 19, 20, 21, 19, 10, 9, 10, 11, 9, 12, 22];
    const r = run(charges.flatMap((pct, i) => up(i, i + 1, { occ: i, pct })));
    expect(alarmLog(r.facts, "battery")).toEqual([
      "2.0 battery raised low",
      "7.0 battery is medium",
      "11.0 battery is low",
      "12.0 battery cleared",
    ]);
  });
  test("of a cuff on no patient that is down is nobody's concern", () => {
    expect(alarmLog(run(down(0, 5, { cuff: "shelf", pct: 3 })).facts, "battery")).toEqual([]);
  });
});

describe("cuff-fault", () => {
  test("stands for as long as the cuff is up, with its code, and stays until somebody has answered", () => {
    const r = run([
      ...up(0, 20),
      told(20, { kind: "fault", code: "E12" }),
      ...up(20, 90, { occ: 20 }),
      ...down(90, 100),
    ]);
    expect(alarmLog(r.facts, "cuff-fault")).toEqual([
      "20.0 cuff-fault raised medium",
      "92.0 cuff-fault cleared",
    ]);
    expect(cuffNow(r).alarms.find((o) => o.condition === "cuff-fault")).toMatchObject({ cause: "E12" });
  });
  test("of a cuff that is down stands for a minute; it is not said again with the next inflation", () => {
    const r = run([
      ...down(0, 20),
      told(20, { kind: "fault", code: "E1" }),
      ...down(20, 100),
      ...up(100, 130),
    ]);
    expect(alarmLog(r.facts, "cuff-fault")).toEqual([
      "20.0 cuff-fault raised medium",
      "80.0 cuff-fault cleared",
    ]);
  });
  test("a second fault while the first stands is named", () => {
    const r = run([
      ...up(0, 20),
      told(20, { kind: "fault", code: "E1" }),
      told(25, { kind: "fault", code: "E2" }),
      ...up(25, 30, { occ: 25 }),
    ]);
    expect(cuffNow(r).alarms.find((o) => o.condition === "cuff-fault")).toMatchObject({ cause: "E2" });
  });
});

describe("stop-advised", () => {
  test.each([
    ["pain over 7", { kind: "pain", score: 8 }, { kind: "pain", score: 7 }],
    ["capillary refill over 3 s", { kind: "refill", seconds: 3.5 }, { kind: "refill", seconds: 3 }],
    [
      "dizziness",
      { kind: "symptom", symptom: "dizziness", present: true },
      { kind: "symptom", symptom: "dizziness", present: false },
    ],
    [
      "numbness",
      { kind: "symptom", symptom: "numbness", present: true },
      { kind: "symptom", symptom: "numbness", present: false },
    ],
  ] as const)("%s, until a better note takes its place", (_, bad, good) => {
    const r = run([
      ...up(0, 30),
      note(30, bad),
      ...up(30, 60, { occ: 30 }),
      note(60, good),
      ...up(60, 70, { occ: 60 }),
    ]);
    expect(alarmLog(r.facts, "stop-advised")).toEqual([
      "30.0 stop-advised raised medium",
      "60.0 stop-advised cleared",
    ]);
  });
  test.each(["tingling", "colour"] as const)("is not raised by %s, which is kept all the same", (symptom) => {
    const r = run([...up(0, 30), note(30, { kind: "symptom", symptom, present: true })]);
    expect(alarmLog(r.facts, "stop-advised")).toEqual([]);
    expect(cuffNow(r).notes[symptom]).toMatchObject({ note: { present: true } });
  });
  test("is there again with the next inflation as long as nothing better was noted", () => {
    const r = run([...up(0, 30), note(30, { kind: "pain", score: 9 }), ...down(30, 120), ...up(120, 130)]);
    expect(alarmLog(r.facts, "stop-advised")).toEqual([
      "30.0 stop-advised raised medium",
      "90.0 stop-advised cleared",
      "122.0 stop-advised raised medium",
    ]);
  });
  test("names every reason, the latest first", () => {
    const r = run([
      ...up(0, 30),
      note(30, { kind: "pain", score: 9 }),
      note(31, { kind: "symptom", symptom: "dizziness", present: true }),
    ]);
    expect(cuffNow(r).alarms.find((o) => o.condition === "stop-advised")?.cause).toBe("dizziness pain");
  });
});
