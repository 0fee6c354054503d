import { describe, expect, test } from "vitest";
import { occurrenceState } from "../../shared/alarm/occurrence.ts";
import { doseAt, elapsed } from "../../shared/session/occlusion.ts";
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
  roster as rosterOf,
  run,
  tick,
} from "../support/floor.ts";

/** 150 mmHg and steady, as the plan wants it. */
const up = (from: number, to: number, more: object = {}) => heard({ from, to, p: 150, ...more });

describe("inflation", () => {
  test("begins after 2 s at or above 30 mmHg, back-dated to the crossing", () => {
    const r = run([...heard({ from: 0, to: 5, p: 0, phase: "idle" }), ...up(5, 20)]);
    expect(r.facts.find((f) => f.kind === "inflated")).toMatchObject({
      at: at(7),
      occlusion: 1,
      since: at(5),
    });
    expect(elapsed(cuffNow(r), at(20))).toBe(15_000);
  });
  test("is certain in silence too: a cuff that was last heard at 150 mmHg counts as inflated", () => {
    const r = run([...up(5, 6), tick(30)]);
    expect(elapsed(cuffNow(r), at(30))).toBe(25_000);
  });
  test("a bump of under 2 s is none", () => {
    const r = run([...up(0, 1.6), ...heard({ from: 1.6, to: 10, p: 5, phase: "idle" })]);
    expect(r.facts.some((f) => f.kind === "inflated")).toBe(false);
  });
  test("one that was under way when the cuff was first heard began when the cuff says", () => {
    const r = run(up(0, 10, { occ: 412 }));
    expect(elapsed(cuffNow(r), at(10))).toBe(422_000);
  });
  test("ends 2 s after the pressure fell under 20 mmHg when the cuff says why, back-dated to the fall", () => {
    const r = run([...up(0, 60), ...heard({ from: 60, to: 65, p: 3, phase: "idle", tgt: 0 })]);
    expect(r.facts.find((f) => f.kind === "deflated")).toMatchObject({
      at: at(62),
      end: at(60),
      reason: "cuff-says",
      confirmed: true,
    });
    expect(doseAt(cuffNow(r), at(65))).toBe(60_000);
  });
  test("a fall that nobody explains ends nothing: it alarms and the clocks run on", () => {
    const r = run([...up(0, 60), ...heard({ from: 60, to: 100, p: 0, occ: 60 })]);
    expect(alarmLog(r.facts, "pressure-lost")).toEqual(["62.0 pressure-lost raised medium"]);
    expect(elapsed(cuffNow(r), at(100))).toBe(100_000);
  });
  test("a person who says that the cuff is off explains it; it ended when its own timer last counted", () => {
    const r = run([...up(0, 60), ...heard({ from: 60, to: 100, p: 0, occ: 60 }), order(100, "cuff-off")]);
    expect(r.facts.find((f) => f.kind === "deflated")).toMatchObject({
      at: at(100),
      end: at(99.8),
      reason: "cuff-off",
    });
    // Who says so has been there: nobody is asked to go there as well.
    expect(alarmOf(r, "pressure-lost")).toBeUndefined();
    expect(r.facts).toContainEqual(
      expect.objectContaining({
        kind: "alarm-acknowledged",
        acknowledged: { by: "Aidan R.", at: at(100), until: at(220), verified: false },
      }),
    );
  });
  test("a person who says that an inflated cuff is off does not end it before the pressure shows it", () => {
    const r = run([...up(0, 60), order(60, "cuff-off"), ...up(60, 75, { occ: 60 })]);
    expect(cuffNow(r).occlusion).not.toBeNull();
    expect(alarmLog(r.facts, "release-failed")).toEqual(["70.0 release-failed raised high"]);
  });
  test("a silent cuff is off when a person says so, and that it was not measured stands on record", () => {
    const r = run([...up(0, 60), order(90, "cuff-off"), tick(600)]);
    expect(r.facts.find((f) => f.kind === "deflated")).toMatchObject({
      end: at(90),
      reason: "cuff-off",
      confirmed: false,
    });
    expect(alarmOf(r, "overrun")).toBeUndefined();
  });
});

describe("time", () => {
  test("a cuff that falls silent while inflated still overruns on time", () => {
    const r = run([...up(0, 20), tick(600)]);
    expect(alarmLog(r.facts)).toEqual([
      "22.8 silent raised medium",
      "420.0 release-soon raised low",
      "480.0 overrun raised medium unconfirmed",
      "480.0 silent is high unconfirmed",
      "480.0 release-soon cleared",
      "540.0 overrun is high unconfirmed",
    ]);
  });
  test("a reboot while inflated keeps the old clock running", () => {
    const r = run([...up(0, 60), ...up(60, 90, { boot: "b1", occ: 0, m: -50_000 })]);
    expect(elapsed(cuffNow(r), at(90))).toBe(90_000);
    expect(cuffNow(r).occlusions).toBe(1);
  });
  test("a cuff's timer that starts again within a boot takes nothing back", () => {
    const r = run([...up(0, 60), ...up(60, 90, { occ: 0 })]);
    expect(elapsed(cuffNow(r), at(90))).toBe(90_000);
  });
  test("a cuff whose clock runs ahead is believed: the greater of two measures counts", () => {
    const r = run([...up(0, 60), ...up(60, 90, { occ: 75 })]);
    expect(elapsed(cuffNow(r), at(90))).toBe(105_000);
  });
  test("time that runs backwards stands still", () => {
    const r = run([...up(0, 60), tick(30), tick(-5)]);
    expect(r.state.at).toBe(at(59.8));
  });
});

describe("dose", () => {
  const rest = (from: number, to: number) => heard({ from, to, p: 2, phase: "idle", tgt: 0 });
  test("adds inflations of a limb until a pause reaches the plan's reperfusion time", () => {
    const short = run([...up(0, 100), ...rest(100, 130), ...up(130, 200)]);
    expect(doseAt(cuffNow(short), at(200))).toBe(170_000);
    const long = run([...up(0, 100), ...rest(100, 170), ...up(170, 200)]);
    expect(doseAt(cuffNow(long), at(200))).toBe(30_000);
  });
  test("needs 3 min to start afresh after a limit was passed", () => {
    const early = run([...up(0, 500), ...rest(500, 620), ...up(620, 640)]);
    expect(doseAt(cuffNow(early), at(640))).toBe(520_000);
    expect(alarmLog(early.facts, "overrun")).toEqual([
      "480.0 overrun raised medium",
      "502.0 overrun cleared",
      "622.0 overrun raised medium",
    ]);
    const late = run([...up(0, 500), ...rest(500, 690), ...up(690, 700)]);
    expect(doseAt(cuffNow(late), at(700))).toBe(10_000);
  });
  test("belongs to the limb: another cuff on it goes on where the first one stopped", () => {
    const file = classOf();
    const first = run([...up(0, 100), ...rest(100, 110)], floorOf(file));
    const swapped = {
      ...file,
      stations: [
        {
          station: "1",
          patient: "Maya K.",
          plan: "plan",
          cuffs: [{ cuff: "cuff-2", limb: "thigh" as const, side: "left" as const, lopMmhg: 250 }],
        },
      ],
    };
    const after = run(
      [{ kind: "roster", at: at(110), roster: rosterOf(swapped) }, ...up(120, 150, { cuff: "cuff-2" })],
      first,
    );
    expect(doseAt(cuffNow(after, "cuff-2"), at(150))).toBe(130_000);
  });
});

describe("late, historic and repeated messages", () => {
  test("what a hung connection delivers late clears nothing and refreshes nothing", () => {
    const silentFrom = run([...up(0, 60), tick(70)]);
    const late = heard({ from: 60, to: 62, p: 0, phase: "idle", delay: 10 });
    const r = run([...late, tick(75)], silentFrom);
    expect(r.facts.filter((f) => f.kind === "samples" && f.quality === "late")).toHaveLength(10);
    expect(cuffNow(r).occlusion).not.toBeNull();
    expect(alarmLog(r.facts)).toEqual(["62.8 silent raised medium"]);
    expect(cuffNow(r).pressure.lastAt).toBe(at(59.8));
  });
  test("a release that is told late explains nothing", () => {
    const r = run([
      ...up(0, 60),
      {
        kind: "event",
        at: at(75),
        cuff: cuffNow(run(up(0, 1))).cuff,
        message: { v: 1, boot: "b0", eseq: 1, m: 1_060_000, kind: "release" },
      },
      ...heard({ from: 75, to: 80, p: 0, occ: 75 }),
    ]);
    expect(cuffNow(r).occlusion).not.toBeNull();
  });
  test("a backfill completes the record and changes no live state", () => {
    const before = run(up(0, 60));
    const old = heard({ from: 10, to: 12, p: 0, phase: "idle" }).map((i) =>
      i.kind === "data" ? { ...i, at: at(60), message: { ...i.message, hist: true } } : i,
    );
    const r = run(old, before);
    expect(r.facts.filter((f) => f.kind === "samples" && f.quality === "historic")).toHaveLength(10);
    expect(cuffNow(r)).toEqual(cuffNow(before));
  });
  test("a straggler of the boot before is late, a second device that is alive is not", () => {
    const r = run([
      ...up(0, 60),
      ...up(60, 70, { boot: "b1", occ: 60, m: 0 }),
      ...heard({ from: 60, to: 61, p: 0, phase: "idle", delay: 10 }),
    ]);
    expect(r.facts.filter((f) => f.kind === "samples" && f.quality === "late")).toHaveLength(5);
    expect(cuffNow(r).pressure.last).toBeCloseTo(150, 0);
  });
});

describe("conditions", () => {
  test.each<[string, Parameters<typeof heard>[0][], string[]]>([
    ["steady on target: nothing", [{ from: 0, to: 300, p: 150 }], []],
    [
      "rest, 20 mmHg above: high after 5 s, cleared 5 s after it is back",
      [
        { from: 0, to: 60, p: 150 },
        { from: 60, to: 80, p: 170, occ: 60 },
        { from: 80, to: 100, p: 150, occ: 80 },
      ],
      ["drift", "raised medium", "pressure-high", "cleared"],
    ],
    [
      "a standing offset below: once a set, low",
      [{ from: 0, to: 200, p: 130 }],
      ["pressure-low", "raised low"],
    ],
    ["within tolerance: nothing", [{ from: 0, to: 200, p: 137 }], []],
    [
      "the first 30 s are not judged",
      [
        { from: 0, to: 30, p: 120 },
        { from: 30, to: 60, p: 150, occ: 30 },
      ],
      [],
    ],
    [
      "at 100 % LOP for 3 s: full occlusion, latching",
      [
        { from: 0, to: 40, p: 150 },
        { from: 40, to: 44, p: 252, occ: 40 },
        { from: 44, to: 60, p: 150, occ: 44 },
      ],
      ["full-occlusion", "raised high", "cleared"],
    ],
    [
      "at the absolute cap at once",
      [
        { from: 0, to: 40, p: 150 },
        { from: 40, to: 40.2, p: 301, occ: 40 },
      ],
      ["full-occlusion", "raised high"],
    ],
    ["not while the cuff measures the LOP", [{ from: 0, to: 60, p: 260, phase: "measuring", tgt: 0 }], []],
    ["cuff set too high", [{ from: 0, to: 20, p: 150, tgt: 1700 }], ["target-differs", "raised medium"]],
    ["cuff set too low", [{ from: 0, to: 20, p: 150, tgt: 1300 }], ["target-differs", "raised low"]],
    ["a cuff that has no set pressure is not judged by it", [{ from: 0, to: 20, p: 150, tgt: 0 }], []],
    [
      "letting go, and down in time",
      [
        { from: 0, to: 60, p: 150 },
        { from: 60, to: 66, p: (s) => 150 - (s - 60) * 25, phase: "releasing", tgt: 0, occ: 60 },
        { from: 66, to: 70, p: 0, phase: "idle", tgt: 0 },
      ],
      [],
    ],
    [
      "letting go, and not down after 10 s",
      [
        { from: 0, to: 60, p: 150 },
        { from: 60, to: 75, p: 150, phase: "releasing", tgt: 0, occ: 60 },
      ],
      ["release-failed", "raised high"],
    ],
    ["a valley of a repetition is no loss", [{ from: 0, to: 120, p: (s) => (s % 4 < 1.4 ? 95 : 165) }], []],
  ])("%s", (_name, stretches, expected) => {
    const log = alarmLog(run(stretches.flatMap(heard)).facts).map((line) =>
      line.slice(line.indexOf(" ") + 1),
    );
    expect([
      ...new Set(log.flatMap((l) => [l.slice(0, l.indexOf(" ")), l.slice(l.indexOf(" ") + 1)])),
    ]).toEqual(expected);
  });
  test("peaks above LOP that are shorter than 3 s are no full occlusion", () => {
    const r = run(heard({ from: 0, to: 60, p: (s) => (s % 4 < 2 ? 255 : 60) }));
    expect(alarmLog(r.facts, "full-occlusion")).toEqual([]);
  });
  test("an inflated cuff on no patient is said after 10 s", () => {
    const r = run(up(0, 20, { cuff: "stranger" }));
    expect(alarmLog(r.facts)).toEqual(["10.0 inflated-unassigned raised medium"]);
  });
  test("a cuff that joins in mid-inflation is held against its target once there are 10 s of it", () => {
    const swings = heard({ from: 0, to: 40, p: (s) => 120 + 10 * Math.sin(1.57 * s), occ: 200 });
    expect(alarmLog(run(swings).facts)).toEqual([
      expect.stringMatching(/^(8|9|10)\.\d pressure-low raised low/),
    ]);
  });
  test("an assigned cuff that was never heard is said after 30 s, low", () => {
    expect(alarmLog(run([tick(60)]).facts)).toEqual(["30.0 silent raised low"]);
  });
  test("nulls in place of readings are silence", () => {
    const r = run([...up(0, 20), ...heard({ from: 20, to: 30, p: null, occ: 20 })]);
    expect(alarmLog(r.facts)).toEqual(["22.8 silent raised medium"]);
  });
  test("a silence clears once readings have come without a gap for five seconds", () => {
    const r = run([...up(0, 20), ...up(30, 40, { occ: 30 })]);
    expect(alarmLog(r.facts)).toEqual(["22.8 silent raised medium", "35.0 silent cleared"]);
  });
});

describe("answering", () => {
  const overrun = run(up(0, 490));
  test("the first who goes is on record, the second hears who goes", () => {
    const alarm = alarmOf(overrun, "overrun");
    const r = run([acknowledge(490, alarm, "Aidan R."), acknowledge(491, alarm, "Noor B.")], overrun);
    expect(alarmOf(r, "overrun")?.acknowledged).toMatchObject({ by: "Aidan R.", at: at(490) });
  });
  test("rising priority voids the answer", () => {
    const r = run([acknowledge(490, alarmOf(overrun, "overrun")), ...up(490, 545, { occ: 490 })], overrun);
    expect(alarmOf(r, "overrun")).toMatchObject({ priority: "high", acknowledged: null });
  });
  test("an unanswered overrun stays, latched, after the release; an answered one closes", () => {
    const release = heard({ from: 490, to: 495, p: 0, phase: "idle", tgt: 0 });
    const latched = run(release, overrun);
    expect(occurrenceState(alarmOf(latched, "overrun") ?? expect.fail())).toBe("latched");
    const closed = run([acknowledge(496, alarmOf(latched, "overrun"))], latched);
    expect(alarmOf(closed, "overrun")).toBeUndefined();
    const answered = run([acknowledge(490, alarmOf(overrun, "overrun")), ...release], overrun);
    expect(alarmOf(answered, "overrun")).toBeUndefined();
  });
  test("a new occurrence of the same condition is a new alarm", () => {
    const again = run(
      [...heard({ from: 490, to: 495, p: 0, phase: "idle", tgt: 0 }), ...up(500, 510)],
      overrun,
    );
    const ids = again.facts.flatMap((f) =>
      f.kind === "alarm-raised" && f.occurrence.condition === "overrun" ? [f.occurrence.id] : [],
    );
    expect(ids).toEqual(["main/cuff-1/overrun/1/1", "main/cuff-1/overrun/2/1"]);
  });
});
