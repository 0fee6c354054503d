/** Sequences in which a true alarm could be missed, cleared, or a clock lose time: each stands here by name. */
import { describe, expect, test } from "vitest";
import type { Input } from "../../shared/engine.ts";
import { cuffId } from "../../shared/ids.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { doseAt } from "../../shared/session/occlusion.ts";
import { millis } from "../../shared/units.ts";
import { cuffOnScreen, layout } from "../../shared/view/on-screen.ts";
import {
  acknowledge,
  alarmLog,
  alarmOf,
  at,
  classOf,
  cuffNow,
  floorOf,
  heard,
  order,
  roster,
  run,
  tick,
} from "../support/floor.ts";

const up = (from: number, to: number, more: object = {}) => heard({ from, to, p: 150, occ: from, ...more });
const told = (second: number, kind: "release" | "inflate", eseq: number): Input => ({
  kind: "event",
  at: at(second),
  cuff: cuffId("cuff-1"),
  message: { v: 1, boot: "b0", eseq, m: 1_000_000 + second * 1000, kind },
});
const worn = (
  patient: string,
  cuff: string,
  lopMmhg = 250,
  plan: Partial<ClassFile["plans"][number]> = {},
): ClassFile => ({
  ...classOf(plan),
  stations: [
    { station: "1", patient, plan: "plan", cuffs: [{ cuff, limb: "thigh", side: "left", lopMmhg }] },
  ],
});
const takenIn = (second: number, file: ClassFile): Input => ({
  kind: "roster",
  at: at(second),
  roster: roster(file),
});

describe("names", () => {
  test.each(["constructor", "valueof", "--proto--", "hasownproperty"])("a cuff may be called %s", (name) => {
    const r = run(up(0, 20, { cuff: name }));
    expect(alarmLog(r.facts)).toEqual(["10.0 inflated-unassigned raised medium"]);
  });
});

describe("release-failed", () => {
  const releasing = (from: number, to: number) => up(from, to, { phase: "releasing", tgt: 0 });
  test("is not cleared by a cuff that says idle at 150 mmHg", () => {
    const r = run([...up(0, 60), ...releasing(60, 75), ...up(75, 120, { phase: "idle", tgt: 0 })]);
    expect(alarmLog(r.facts, "release-failed")).toEqual(["70.0 release-failed raised high"]);
  });
  test("is raised though the cuff says idle before its time is up", () => {
    const r = run([...up(0, 60), ...releasing(60, 68), ...up(68, 100, { phase: "idle", tgt: 0 })]);
    expect(alarmLog(r.facts, "release-failed")).toEqual(["70.0 release-failed raised high"]);
  });
  test("survives a reboot of the cuff, answered or not", () => {
    const failed = run([...up(0, 60), ...releasing(60, 75)]);
    const r = run(
      [
        acknowledge(75, alarmOf(failed, "release-failed")),
        ...up(76, 90, { boot: "b1", m: 0, phase: "idle", tgt: 0 }),
      ],
      failed,
    );
    expect(alarmOf(r, "release-failed")?.clearedAt).toBeNull();
  });
});

describe("a release that is ordered", () => {
  test("of a cuff whose sensor reads nothing while it counts on ends nothing, fails, and overruns on time", () => {
    const able: Input = {
      kind: "meta",
      at: at(0),
      cuff: cuffId("cuff-1"),
      message: { v: 1, boot: "b0", model: "M", caps: ["release"], regulated: true, simulated: false },
    };
    const r = run([
      able,
      ...up(0, 100),
      ...heard({ from: 100, to: 300, p: 0, occ: 100 }),
      order(300, "release"),
      ...heard({ from: 300, to: 700, p: 0, occ: 300 }),
    ]);
    expect(alarmLog(r.facts, "overrun")[0]).toBe("480.0 overrun raised medium unconfirmed");
    expect(alarmLog(r.facts, "release-failed")).toEqual(["310.0 release-failed raised high"]);
  });
  test("again and again fails 10 s after the first time", () => {
    const r = run([...up(0, 20), order(20, "cuff-off"), ...up(20, 29), order(29, "cuff-off"), ...up(29, 60)]);
    expect(alarmLog(r.facts, "release-failed")).toEqual(["30.0 release-failed raised high"]);
  });
  test("and a cuff that flickers out of releasing has failed all the same", () => {
    const flickering = [0, 10, 20].flatMap((s) => [
      ...up(60 + s, 69 + s, { phase: "releasing", tgt: 0 }),
      ...up(69 + s, 70 + s),
    ]);
    const r = run([...up(0, 60), ...flickering]);
    expect(alarmLog(r.facts, "release-failed")).toEqual(["70.0 release-failed raised high"]);
  });
});

describe("what explains a fall", () => {
  const sensorFails = (from: number, to: number, more: object = {}) =>
    heard({ from, to, p: 0, occ: from, ...more });
  test("not a release that was told long before, after which the cuff went up again", () => {
    const r = run([
      ...up(0, 60),
      told(60, "release", 1),
      ...up(60, 63),
      told(63, "inflate", 2),
      ...up(63, 120),
      ...sensorFails(120, 140),
    ]);
    expect(alarmLog(r.facts, "pressure-lost")).toEqual(["122.0 pressure-lost raised medium"]);
    expect(cuffNow(r).occlusion).not.toBeNull();
  });
  test("not a cuff-off that was said half a minute before, of a cuff that stayed up", () => {
    const r = run([...up(0, 60), order(60, "cuff-off"), ...up(60, 100), ...sensorFails(100, 120)]);
    expect(alarmLog(r.facts, "pressure-lost")).toEqual(["102.0 pressure-lost raised medium"]);
    expect(cuffNow(r).occlusion).not.toBeNull();
  });
  test("not an idle that a cuff came to life with on a limb that it has up", () => {
    const idle = { boot: "b1", m: 0, phase: "idle", tgt: 0 };
    const r = run([...up(0, 60), ...up(60, 90, idle), ...sensorFails(90, 100, idle)]);
    expect(alarmLog(r.facts, "pressure-lost")).toEqual(["92.0 pressure-lost raised medium"]);
    expect(cuffNow(r).occlusion).not.toBeNull();
  });
  test("idle said with the fall does", () => {
    const r = run([
      ...up(0, 60),
      ...heard({ from: 60, to: 64, p: (s) => 150 - (s - 60) * 40, phase: "idle", tgt: 0 }),
      ...sensorFails(64, 68, { phase: "idle", tgt: 0 }),
    ]);
    expect(cuffNow(r).occlusion).toBeNull();
    expect(alarmLog(r.facts)).toEqual([]);
  });
  test("a pressure that is far too high alarms although the cuff says idle", () => {
    const r = run([...up(0, 60), ...heard({ from: 60, to: 100, p: 210, occ: 60, phase: "idle", tgt: 0 })]);
    expect(alarmLog(r.facts, "pressure-high")).toHaveLength(1);
  });
  test("a leak to nothing alarms though no level was ever known to be left", () => {
    const r = run(
      heard({ from: 0, to: 340, p: (s) => Math.max(0, 150 - s / 2), tgt: 0 }),
      floorOf({
        ...classOf(),
        stations: [
          {
            station: "1",
            patient: "Maya K.",
            plan: "plan",
            cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left" }],
          },
        ],
      }),
    );
    expect(alarmLog(r.facts, "pressure-lost")).toHaveLength(1);
  });
});

describe("no clock loses time", () => {
  test("a sensor that failed while the cuff went on counting ends nothing before the cuff stops counting", () => {
    const r = run([
      ...up(0, 60),
      ...heard({ from: 60, to: 400, p: 0, occ: 60 }),
      ...heard({ from: 400, to: 405, p: 0, phase: "idle", tgt: 0 }),
    ]);
    expect(doseAt(cuffNow(r), at(405))).toBeGreaterThanOrEqual(399_000);
  });
  test("minutes of silence after one low reading are not counted as down", () => {
    const r = run([
      ...up(0, 100),
      ...heard({ from: 100, to: 100.2, p: 10, occ: 100 }),
      ...heard({ from: 400, to: 405, p: 0, phase: "idle", tgt: 0, occ: 0 }),
    ]);
    const end = r.facts.find((f) => f.kind === "deflated")?.end ?? at(405);
    expect(end).toBeGreaterThanOrEqual(at(400));
  });
  test("a cuff that died in mid-inflation takes no time with it: the one that replaces it goes on, to the end of both", () => {
    const before = run(up(0, 300), floorOf(worn("Maya K.", "cuff-1")));
    const swapped = run(
      [
        takenIn(305, worn("Maya K.", "cuff-2")),
        order(320, "cuff-off"),
        ...up(330, 340, { cuff: "cuff-2", occ: 0 }),
      ],
      before,
    );
    expect(doseAt(cuffNow(swapped, "cuff-2"), at(340))).toBe(330_000);
  });
  test("two devices of one name: the one that is up counts, in whatever order they speak", () => {
    const two = [
      ...up(0, 100, { boot: "aa", occ: 0 }),
      ...heard({ from: 0.1, to: 100, p: 0, phase: "idle", tgt: 0, boot: "bb", m: 0 }),
    ];
    const r = run(two.sort((a, b) => a.at - b.at));
    expect(doseAt(cuffNow(r), at(100))).toBe(100_000);
  });
  test("an order in the first seconds of an inflation is an order about it", () => {
    const r = run([...up(0, 1), order(1, "cuff-off"), ...up(1, 30)]);
    expect(alarmLog(r.facts, "release-failed")).toEqual(["11.0 release-failed raised high"]);
  });
});

describe("a class file that changes while a cuff is up", () => {
  test("keeps the old patient with the cuff until it is down, and then seats the new one with the new limits", () => {
    const first = run(up(0, 60), floorOf(worn("Maya K.", "cuff-1")));
    const changed = run(
      [takenIn(60, worn("Oskar L.", "cuff-1", 150, { limitS: 120 })), ...up(60, 70)],
      first,
    );
    expect(layout(changed.state).map((s) => [s.station, s.patient, s.cuffs.length])).toEqual([
      ["1", "Oskar L.", 0],
      ["1", "Maya K.", 1],
    ]);
    expect(cuffNow(changed).prescription?.lop).toBe(250);
    const r = run(
      [...heard({ from: 70, to: 200, p: 0, phase: "idle", tgt: 0 }), ...up(200, 330, { occ: 0, tgt: 900 })],
      changed,
    );
    expect(cuffNow(r)).toMatchObject({ patient: "Oskar L.", prescription: { lop: 150, limit: 120_000 } });
    expect(alarmLog(r.facts, "full-occlusion")[0]).toMatch(/^203\.\d full-occlusion raised high/);
    expect(alarmLog(r.facts, "overrun")).toEqual(["320.0 overrun raised medium"]);
  });
  test("a lower limit for the same limb holds at once", () => {
    const first = run(up(0, 100), floorOf(worn("Maya K.", "cuff-1")));
    const r = run([takenIn(100, worn("Maya K.", "cuff-1", 250, { limitS: 60 }))], first);
    expect(alarmLog(r.facts, "overrun")).toEqual(["100.0 overrun raised medium"]);
  });
});

describe("what lasts has to last without a gap", () => {
  test("two readings at LOP with silence between are no full occlusion, two low ones no loss", () => {
    const high = run([
      ...up(0, 60),
      ...heard({ from: 60, to: 60.2, p: 260, occ: 60 }),
      ...heard({ from: 64, to: 64.2, p: 260, occ: 64 }),
    ]);
    expect(alarmLog(high.facts, "full-occlusion")).toEqual([]);
    const low = run([
      ...up(0, 60),
      ...heard({ from: 60, to: 60.2, p: 90, occ: 60 }),
      ...heard({ from: 64, to: 64.2, p: 90, occ: 64 }),
    ]);
    expect(alarmLog(low.facts, "pressure-lost")).toEqual([]);
  });
  test("readings that a poor link lets through every two seconds are held together", () => {
    const sparse = (from: number, to: number, p: number, phase: "occluded" | "idle" = "occluded") =>
      Array.from({ length: (to - from) / 2 }, (_, i) =>
        heard({ from: from + i * 2, to: from + i * 2 + 0.2, p, phase, occ: from + i * 2 }),
      ).flat();
    const shut = run([...up(0, 60), ...sparse(60, 80, 260)]);
    expect(alarmLog(shut.facts, "full-occlusion")).toEqual([
      expect.stringMatching(/^6[34]\.\d full-occlusion raised/),
    ]);
    const fallen = run([...up(0, 60), ...sparse(60, 80, 0)]);
    expect(alarmLog(fallen.facts, "pressure-lost")).toEqual([
      expect.stringMatching(/^62\.\d pressure-lost raised/),
    ]);
    const off = run([...up(0, 60), ...sparse(60, 80, 0, "idle")]);
    expect(cuffNow(off).occlusion).toBeNull();
  });
  test("a word without a reading ends nothing: what was read long ago is not measured down", () => {
    const r = run([
      ...up(0, 60),
      ...heard({ from: 60, to: 65, p: 0, occ: 60 }),
      ...heard({ from: 65, to: 550, p: null, occ: 65 }),
      ...heard({ from: 550, to: 556, p: null, phase: "releasing", tgt: 0, occ: 550 }),
    ]);
    expect(cuffNow(r).occlusion).not.toBeNull();
    expect(alarmLog(r.facts, "overrun")).toEqual([
      "480.0 overrun raised medium unconfirmed",
      "540.0 overrun is high unconfirmed",
    ]);
  });
  test("a phase that flickers into measuring hides nothing, and a search that is interrupted goes on", () => {
    const flicker = Array.from({ length: 60 }, (_, i) =>
      heard({ from: 40 + i, to: 41 + i, p: 265, occ: 40 + i, phase: "occluded" }).map((input, k) =>
        input.kind === "data" && k === 4
          ? {
              ...input,
              message: { ...input.message, st: { ...input.message.st, phase: "measuring" as const } },
            }
          : input,
      ),
    ).flat();
    expect(alarmLog(run([...up(0, 40), ...flicker]).facts, "full-occlusion")[0]).toMatch(
      /^4[34]\.\d full-occlusion raised/,
    );
    const search = Array.from({ length: 14 }, (_, i) => [
      ...heard({ from: i * 10, to: i * 10 + 9.6, p: 200, phase: "measuring", occ: i * 10 }),
      ...heard({ from: i * 10 + 9.6, to: i * 10 + 10, p: 200, occ: i * 10 + 9.6 }),
    ]).flat();
    expect(alarmLog(run(search).facts, "measuring-too-long")[0]).toMatch(
      /^12\d\.\d measuring-too-long raised high/,
    );
  });
  test("a treatment that follows an LOP search in place begins without a false alarm", () => {
    const r = run([
      ...heard({ from: 0, to: 60, p: (s) => s * 4.3, phase: "measuring", tgt: 0 }),
      ...up(60, 90),
    ]);
    expect(alarmLog(r.facts)).toEqual([]);
  });
  test("a peak at the cap in the middle of a batch is found", () => {
    const [first] = up(60, 60.2);
    if (first?.kind !== "data") return expect.fail();
    const batch: Input = {
      ...first,
      at: at(61),
      message: { ...first.message, p: [1500, 1500, 3200, 3400, 3300, 1500, 1500, 1500, 1500, 1500] },
    };
    expect(alarmLog(run([...up(0, 60), batch]).facts)).toEqual(["61.0 full-occlusion raised high"]);
  });
});

describe("interruptions of the server", () => {
  const resumed = (second: number, vouchedBy: "own-clock" | "boot-clock"): Input => ({
    kind: "resume",
    at: at(second),
    gap: millis(60_000),
    vouchedBy,
  });
  test("what lay in the sockets while the process was stopped is late", () => {
    const burst = up(60, 119).map((i) => ({ ...i, at: at(120) }));
    const r = run([...up(0, 60), resumed(120, "own-clock"), ...burst]);
    expect(r.facts.filter((f) => f.kind === "samples" && f.quality === "live").length).toBeLessThan(320);
  });
  test("silence counts from the return, and one that stood before stands on", () => {
    const silent = run([...up(0, 60), tick(70)]);
    expect(alarmLog(run([resumed(80, "boot-clock"), tick(82)], silent).facts, "silent")).toEqual([
      "62.8 silent raised medium",
    ]);
    const fresh = run([...up(0, 60), resumed(120, "boot-clock"), tick(130)]);
    expect(alarmLog(fresh.facts, "silent")).toEqual(["123.0 silent raised medium"]);
  });
  test("a deflated cuff's standing silence is not taken back and raised again", () => {
    const low = run([tick(40)]);
    expect(alarmLog(run([resumed(50, "boot-clock"), tick(200)], low).facts)).toEqual([
      "30.0 silent raised low",
    ]);
  });
});

describe("strangers", () => {
  test("a cuff that has found an LOP on nobody is not said to be inflated on nobody before it has been so for 10 s", () => {
    const measured = heard({ from: 0, to: 40, p: (s) => s * 5, phase: "measuring", tgt: 0, cuff: "visitor" });
    const down = heard({
      from: 40,
      to: 46,
      p: (s) => 200 - (s - 40) * 40,
      phase: "releasing",
      tgt: 0,
      cuff: "visitor",
      occ: 40,
    });
    expect(alarmLog(run([...measured, ...down]).facts, "inflated-unassigned")).toEqual([]);
  });
  test("what a cuff counted before it was on anybody counts for the limb that it is on", () => {
    const before = run(
      [
        ...up(0, 50, { cuff: "cuff-2" }),
        ...heard({ from: 50, to: 60, p: 0, phase: "idle", tgt: 0, cuff: "cuff-2" }),
      ],
      floorOf(worn("Maya K.", "cuff-1")),
    );
    const r = run(
      [takenIn(60, worn("Oskar L.", "cuff-2")), ...up(70, 100, { cuff: "cuff-2", occ: 0 })],
      before,
    );
    expect(doseAt(cuffNow(r, "cuff-2"), at(100))).toBe(80_000);
  });
  test("where there is no room, the one that was quiet for longest makes room, and never one that is up", () => {
    const two = run([
      ...heard({ from: 0, to: 1, p: 0, phase: "idle", cuff: "a" }),
      ...heard({ from: 1, to: 2, p: 0, phase: "idle", cuff: "b" }),
      ...up(2, 3, { cuff: "c" }),
    ]);
    const r = run(
      [
        { kind: "make-room", at: at(3) },
        { kind: "make-room", at: at(3) },
        { kind: "make-room", at: at(3) },
      ],
      two,
    );
    expect(r.facts.flatMap((f) => (f.kind === "forgotten" ? [f.cuff] : []))).toEqual(["a", "b"]);
  });
  test("a cuff on no patient that is down and has been gone for ten minutes is forgotten; one that is up never is", () => {
    const gone = run([...heard({ from: 0, to: 5, p: 0, phase: "idle", cuff: "visitor" }), tick(700)]);
    expect(() => cuffNow(gone, "visitor")).toThrow();
    const isUp = run([...up(0, 5, { cuff: "visitor" }), tick(7000)]);
    expect(alarmLog(isUp.facts, "overrun")).toHaveLength(2);
  });
});

describe("what a will says", () => {
  const says = (second: number, state: "online" | "offline", boot: string): Input => ({
    kind: "status",
    at: at(second),
    cuff: cuffId("cuff-1"),
    message: { v: 1, state, boot },
  });
  test("is a hint beside the silence, and nothing else", () => {
    const r = run([...up(0, 20), says(20, "offline", "b0"), tick(30)]);
    expect(cuffOnScreen(cuffNow(r)).saysOffline).toBe(true);
    expect(alarmLog(r.facts)).toEqual(["22.8 silent raised medium"]);
    expect(cuffNow(r).occlusion).not.toBeNull();
  });
  test("of a power-up that is over says nothing of the present one", () => {
    const r = run([...up(0, 20), ...up(21, 30, { boot: "b1", m: 0 }), says(30, "offline", "b0")]);
    expect(cuffOnScreen(cuffNow(r)).saysOffline).toBe(false);
  });
});
