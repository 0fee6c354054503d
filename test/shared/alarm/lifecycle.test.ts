/** The life of an occurrence: the cases that alarm code gets wrong, each by its name. */
import { describe, expect, test } from "vitest";
import { loudest } from "../../../shared/alarm/burst.ts";
import { byUrgency, type Occurrence, occurrenceState } from "../../../shared/alarm/occurrence.ts";
import { sounds } from "../../../shared/alarm/suppression.ts";
import { freeze, thaw } from "../../../shared/checkpoint.ts";
import { apply, type Input, newState, openAlarms, type State, step } from "../../../shared/engine.ts";
import type { ClassFile } from "../../../shared/plan/roster.ts";
import { alarmId, siteId } from "../../../shared/ids.ts";
import { millis } from "../../../shared/units.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import {
  acknowledge,
  alarmLog,
  alarmOf,
  at,
  classOf,
  cuffNow,
  floorOf,
  heard,
  inRoom,
  note,
  order,
  roster,
  type Run,
  run as runFrom,
  type Stretch,
  takeBack,
  tick,
} from "../../support/floor.ts";
import { occurrence } from "../../support/on-screen.ts";

const up = (from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  heard({ from, to, p: 150, occ: from, ...more });
const down = (from: number, to: number): readonly Input[] => heard({ from, to, p: 2, phase: "idle", tgt: 0 });
/** A cuff of whose limb no LOP is known, so that nothing but the absolute cap is judged of its pressure. */
const capped = (plan: Parameters<typeof classOf>[0] = {}): ClassFile => ({
  ...classOf(plan),
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "plan",
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left" }],
    },
  ],
});
/** At the cap: high and latching at once, over 5 s after it has ended; and just under it. */
const shut = (from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  up(from, to, { p: 305, ...more });
const open = (from: number, to: number): readonly Input[] => up(from, to, { p: 290 });
const run = (inputs: readonly Input[], after: Run = floorOf(capped())): Run => runFrom(inputs, after);
const refusalOf = (r: Run, input: Input): string | undefined => step(r.state, input).refusal?.kind;
/** What a room hears at a moment. */
const heardAt = (r: Run, second: number): "high" | "medium" | null =>
  loudest(openAlarms(r.state), at(second), r.state.room.pause);

describe("a blip", () => {
  test("while it sounds: it goes on, and is one occurrence", () => {
    const r = run([...shut(0, 20), ...open(20, 22), ...shut(22, 30)]);
    expect(alarmLog(r.facts, "full-occlusion")).toEqual(["0.0 full-occlusion raised high"]);
    expect(heardAt(r, 30)).toBe("high");
  });
  test("while it is silenced: it stays answered, and silent for as long as it would have been", () => {
    const before = run(shut(0, 20));
    const r = run(
      [acknowledge(20, alarmOf(before, "full-occlusion")), ...open(20, 22), ...shut(22, 51)],
      before,
    );
    expect(alarmOf(r, "full-occlusion")?.acknowledged).toMatchObject({ by: "Aidan R.", at: at(20) });
    expect(heardAt(r, 49.9)).toBeNull();
    expect(heardAt(r, 50)).toBe("high");
  });
  test("of silence under an acknowledged overrun changes nothing of who is going", () => {
    const over = run(up(0, 60), floorOf(classOf({ limitS: 30 })));
    const r = run([acknowledge(60, alarmOf(over, "overrun")), tick(64), ...up(64, 70)], over);
    expect(alarmOf(r, "overrun")?.acknowledged?.by).toBe("Aidan R.");
  });
});

describe("a more severe alarm during silence", () => {
  test("of another condition is heard", () => {
    const before = run(up(0, 20, { tgt: 1700 }), floorOf(classOf()));
    const r = run([acknowledge(20, alarmOf(before, "target-differs")), ...shut(20, 24)], before);
    expect(heardAt(r, 24)).toBe("high");
  });
  test("of the same condition voids the answer and is heard", () => {
    const before = run(up(0, 40), floorOf(classOf({ limitS: 30 })));
    const r = run([acknowledge(40, alarmOf(before, "overrun")), ...up(40, 89)], before);
    expect(heardAt(r, 89)).toBeNull();
    const risen = run(up(89, 91), r);
    expect(alarmOf(risen, "overrun")).toMatchObject({
      priority: "high",
      acknowledged: null,
      waitingSince: at(90),
    });
    expect(heardAt(risen, 91)).toBe("high");
  });
  test("falling back to a lower priority keeps the answer", () => {
    const low = run(up(0, 20, { pct: 15 }));
    const medium = run(up(20, 21, { pct: 9 }), low);
    const r = run([acknowledge(21, alarmOf(medium, "battery")), ...up(21, 25, { pct: 13 })], medium);
    expect(alarmOf(r, "battery")).toMatchObject({ priority: "low" });
    expect(alarmOf(r, "battery")?.acknowledged?.by).toBe("Aidan R.");
  });
});

describe("active, clear, active", () => {
  test("each time a new occurrence with an id of its own, unanswered though the one before was answered", () => {
    const first = run(shut(0, 10));
    const over = run([acknowledge(10, alarmOf(first, "full-occlusion")), ...open(10, 20)], first);
    expect(alarmOf(over, "full-occlusion")).toBeUndefined();
    const again = run(shut(20, 24), over);
    expect(alarmOf(again, "full-occlusion")).toMatchObject({ acknowledged: null });
    expect(alarmOf(again, "full-occlusion")?.id).not.toBe(alarmOf(first, "full-occlusion")?.id);
    expect(heardAt(again, 24)).toBe("high");
  });
  test("a latched one that nobody answered is superseded within one inflation: one row, not a pile", () => {
    const inputs = [20, 40, 60, 80].flatMap((s) => [...shut(s, s + 8), ...open(s + 8, s + 20)]);
    const r = run([...open(0, 20), ...inputs]);
    const left = openAlarms(r.state).filter((o) => o.condition === "full-occlusion");
    expect(left.map(occurrenceState)).toEqual(["latched"]);
    expect(r.facts.filter((f) => f.kind === "alarm-superseded")).toHaveLength(3);
  });
  test("what was latched in one inflation is asked for beside what comes in the next", () => {
    const r = run([...up(0, 40), ...down(40, 300), ...up(300, 340)], floorOf(classOf({ limitS: 30 })));
    expect(
      openAlarms(r.state)
        .filter((o) => o.condition === "overrun")
        .map(occurrenceState),
    ).toEqual(["latched", "present"]);
  });
});

describe("a cuff that was never heard", () => {
  test("is said, low, and is answered like any other", () => {
    const before = run([tick(31)]);
    expect(alarmLog(before.facts)).toEqual(["30.0 silent raised low"]);
    const r = run([acknowledge(31, alarmOf(before, "silent"))], before);
    expect(alarmOf(r, "silent")?.acknowledged?.by).toBe("Aidan R.");
  });
});

describe("data that stop during an alarm", () => {
  test("clear nothing: the occlusion stays, and the silence is said beside it", () => {
    const r = run([...shut(0, 10), tick(60)]);
    expect(alarmOf(r, "full-occlusion")?.clearedAt).toBeNull();
    expect(alarmOf(r, "silent")?.priority).toBe("medium");
  });
  test("nor do nulls in their place", () => {
    const r = run([...shut(0, 10), ...up(10, 60, { p: null })]);
    expect(alarmOf(r, "full-occlusion")?.clearedAt).toBeNull();
    expect(alarmLog(r.facts, "silent")).toEqual(["12.8 silent raised medium"]);
  });
  test("nor do old ones that come in a burst", () => {
    const before = run([...shut(0, 10), tick(20)]);
    const r = run(
      up(10, 18, { delay: 12 }).map((i) => ({ ...i, at: at(22) })),
      before,
    );
    expect(alarmOf(r, "full-occlusion")?.clearedAt).toBeNull();
    expect(alarmOf(r, "silent")?.clearedAt).toBeNull();
  });
});

describe("an answer at the instant of clearing", () => {
  const cleared = (): Run => run([...shut(0, 10), ...open(10, 15)]);
  test("in the same millisecond, before the reading that clears it: answered, and closed", () => {
    const before = cleared();
    const last = open(15, 15.2)[0];
    const r = run(
      [acknowledge(15, alarmOf(before, "full-occlusion")), ...(last === undefined ? [] : [last])],
      before,
    );
    expect(alarmLog(r.facts, "full-occlusion").slice(-2)).toEqual([
      "15.0 full-occlusion acknowledged",
      "15.0 full-occlusion cleared",
    ]);
    expect(alarmOf(r, "full-occlusion")).toBeUndefined();
  });
  test("in the same millisecond, after it: the latched one is answered, and closed", () => {
    const before = cleared();
    const r = run([...open(15, 15.2), acknowledge(15.2, alarmOf(before, "full-occlusion"))], before);
    expect(alarmOf(r, "full-occlusion")).toBeUndefined();
  });
  test("of what does not latch is refused in words, and nothing is recorded", () => {
    const before = run(up(0, 20, { tgt: 1700 }), floorOf(classOf()));
    const alarm = alarmOf(before, "target-differs");
    const over = run(up(20, 40), before);
    expect(refusalOf(over, acknowledge(40, alarm))).toBe("no-such-alarm");
  });
});

describe("an acknowledged alarm that clears", () => {
  test("does not sound again, and is off the list", () => {
    const before = run(shut(0, 10));
    const r = run([acknowledge(10, alarmOf(before, "full-occlusion")), ...open(10, 60)], before);
    expect(alarmOf(r, "full-occlusion")).toBeUndefined();
    expect([15, 40, 60].map((s) => heardAt(r, s))).toEqual([null, null, null]);
  });
});

describe("answers", () => {
  test("two of the staff at once: the first is going, the second is told who", () => {
    const before = run(shut(0, 10));
    const alarm = alarmOf(before, "full-occlusion");
    const r = run([acknowledge(10, alarm, "Aidan R.")], before);
    expect(step(r.state, acknowledge(10, alarm, "Lena M.")).refusal).toEqual({
      ok: false,
      kind: "already",
      reason: "Aidan R. is already going.",
    });
    expect(alarmOf(r, "full-occlusion")?.acknowledged?.by).toBe("Aidan R.");
  });
  test("taken back, it calls and sounds again, and anybody may answer it", () => {
    const before = run(shut(0, 10));
    const alarm = alarmOf(before, "full-occlusion");
    const r = run([acknowledge(10, alarm), takeBack(12, alarm)], before);
    expect(alarmOf(r, "full-occlusion")).toMatchObject({ acknowledged: null, waitingSince: at(12) });
    expect(heardAt(r, 12)).toBe("high");
    expect(alarmOf(run([acknowledge(13, alarm, "Lena M.")], r), "full-occlusion")?.acknowledged?.by).toBe(
      "Lena M.",
    );
  });
  test("run out after 30 s of a high and 120 s of a medium alarm, and are given anew by anybody", () => {
    const before = run(shut(0, 10));
    const r = run([acknowledge(10, alarmOf(before, "full-occlusion")), ...shut(10, 41)], before);
    expect([39.9, 40].map((s) => heardAt(r, s))).toEqual([null, "high"]);
    const renewed = run([acknowledge(41, alarmOf(r, "full-occlusion"), "Lena M.")], r);
    expect(heardAt(renewed, 42)).toBeNull();
    expect(alarmOf(renewed, "full-occlusion")?.acknowledged?.by).toBe("Lena M.");
  });
  test("run out when the clinic says", () => {
    const clinic = floorOf({ ...capped(), limits: { silencesHighS: 10 } });
    const before = run(shut(0, 10), clinic);
    const r = run([acknowledge(10, alarmOf(before, "full-occlusion"))], before);
    expect([19.9, 20].map((s) => heardAt(r, s))).toEqual([null, "high"]);
  });
  test("to silence never touch the overrun of the same cuff", () => {
    const before = run([...open(0, 40), tick(50)], floorOf(classOf({ limitS: 30 })));
    const r = run([acknowledge(50, alarmOf(before, "silent"))], before);
    expect(alarmOf(r, "overrun")?.acknowledged).toBeNull();
    expect(sounds(alarmOf(r, "overrun") ?? expect.fail(), at(50), null)).toBe(true);
  });
});

describe("the pause of a room's sound", () => {
  const loud = (): Run => run(shut(0, 10));
  test("silences what is there for 120 s, and not a millisecond longer", () => {
    const r = run([inRoom(10, { kind: "pause-sound" })], loud());
    expect(r.state.room.pause).toEqual({ by: "Aidan R.", at: at(10), until: at(130) });
    expect([10, 129.9, 130].map((s) => heardAt(r, s))).toEqual([null, null, "high"]);
  });
  test("a new occurrence breaks through, also one of a lower priority", () => {
    const r = run([inRoom(10, { kind: "pause-sound" }), ...shut(10, 12), tick(16)], loud());
    expect(heardAt(r, 16)).toBe("medium");
  });
  test("a rising priority breaks through", () => {
    const before = run(up(0, 40), floorOf(classOf({ limitS: 30 })));
    const r = run([inRoom(40, { kind: "pause-sound" }), ...up(40, 91)], before);
    expect(heardAt(r, 91)).toBe("high");
  });
  test("a low one does not", () => {
    const r = run([inRoom(10, { kind: "pause-sound" }), ...up(10, 14, { p: 260, pct: 15 })], loud());
    expect(heardAt(r, 14)).toBeNull();
  });
  test("can be ended by anybody, and begun anew for what broke through", () => {
    const paused = run([inRoom(10, { kind: "pause-sound" })], loud());
    const ended = run([inRoom(12, { kind: "resume-sound" }, "Lena M.")], paused);
    expect(heardAt(ended, 12)).toBe("high");
    expect(refusalOf(ended, inRoom(13, { kind: "resume-sound" }))).toBe("already");
    const anew = run([...shut(10, 12), tick(16), inRoom(17, { kind: "pause-sound" }, "Lena M.")], paused);
    expect(heardAt(anew, 17)).toBeNull();
    expect(anew.state.room.pause?.until).toBe(at(137));
  });
  test("pressed by two at once is one pause", () => {
    const r = run([inRoom(10, { kind: "pause-sound" })], loud());
    expect(refusalOf(r, inRoom(10.5, { kind: "pause-sound" }, "Lena M."))).toBe("already");
  });
});

describe("the reminder that nobody is going", () => {
  const reminders = (facts: readonly Fact[]): number[] =>
    facts.flatMap((f) => (f.kind === "alarm-reminded" ? [f.at / 1000] : []));
  test("comes after a minute, and each minute after that", () => {
    expect(reminders(run(shut(0, 200)).facts)).toEqual([60, 120, 180]);
  });
  test("not for a low alarm, not for what somebody is going to, not for what is over", () => {
    expect(reminders(run(up(0, 200, { pct: 15 })).facts)).toEqual([]);
    const before = run(shut(0, 10));
    const answered = run([acknowledge(10, alarmOf(before, "full-occlusion")), ...shut(10, 200)], before);
    expect(reminders(answered.facts)).toEqual([]);
    expect(reminders(run([...shut(0, 10), ...open(10, 200)]).facts)).toEqual([]);
  });
  test("counts from when an answer was taken back or voided", () => {
    const before = run(shut(0, 10));
    const alarm = alarmOf(before, "full-occlusion");
    const r = run([acknowledge(10, alarm), ...shut(10, 30), takeBack(30, alarm), ...shut(30, 100)], before);
    expect(reminders(r.facts)).toEqual([90]);
  });
});

describe("a restart", () => {
  /** The state as it comes back: folded from facts, from a checkpoint, and after the interruption. */
  const back = (r: Run, second: number): Run => {
    const folded = r.facts.reduce<State>(apply, floorOf(capped()).state);
    expect(freeze(folded)).toBe(freeze(r.state));
    const state = thaw(freeze(r.state), siteId("main")) ?? expect.fail();
    return run([{ kind: "resume", at: at(second), gap: millis(1000), vouchedBy: "boot-clock" }], {
      state,
      facts: [],
    });
  };
  const alarmsOf = (r: Run): string[] =>
    alarmLog(r.facts).filter((line) => !line.includes("nobody-listening"));
  test("present and unanswered: still present, not announced anew, still sounding", () => {
    const r = back(run(shut(0, 10)), 11);
    expect(alarmsOf(r)).toEqual([]);
    expect(heardAt(r, 11)).toBe("high");
  });
  test("acknowledged: stays acknowledged by the same person, silent for as long as it would have been", () => {
    const before = run(shut(0, 10));
    const r = back(run([acknowledge(10, alarmOf(before, "full-occlusion"))], before), 12);
    expect(alarmsOf(r)).toEqual([]);
    expect(alarmOf(r, "full-occlusion")?.acknowledged?.by).toBe("Aidan R.");
    expect([39.9, 40].map((s) => heardAt(r, s))).toEqual([null, "high"]);
  });
  test("latched: stays latched and silent", () => {
    const r = back(run([...shut(0, 10), ...open(10, 20)]), 21);
    expect(
      openAlarms(r.state)
        .filter((o) => o.condition === "full-occlusion")
        .map(occurrenceState),
    ).toEqual(["latched"]);
    expect(heardAt(r, 21)).toBeNull();
    expect(alarmsOf(r)).toEqual([]);
  });
  test("closed: stays closed", () => {
    const before = run([...shut(0, 10), ...open(10, 20)]);
    const r = back(run([acknowledge(20, alarmOf(before, "full-occlusion"))], before), 21);
    expect(alarmOf(r, "full-occlusion")).toBeUndefined();
  });
  test("paused: the pause ends when it would have ended", () => {
    const r = back(run([inRoom(10, { kind: "pause-sound" })], run(shut(0, 10))), 12);
    expect([12, 129.9, 130].map((s) => heardAt(r, s))).toEqual([null, null, "high"]);
  });
  test("a note and who is on duty are there again", () => {
    const r = back(
      run([note(10, { kind: "pain", score: 8 }), inRoom(11, { kind: "take-duty" })], run(up(0, 10))),
      12,
    );
    expect(alarmOf(r, "stop-advised")).toBeDefined();
    expect(r.state.room.duty.holder).toBe("Aidan R.");
    expect(cuffNow(r).notes.pain?.note).toEqual({ kind: "pain", score: 8 });
  });
});

describe("the room", () => {
  test("nobody listens: a cuff has been up for 5 s and no screen has its sound armed; over with the first that has", () => {
    const alone = run([
      { kind: "listening", at: at(0), screens: 0 },
      ...up(0, 20),
      { kind: "listening", at: at(20), screens: 1 },
    ]);
    expect(alarmLog(alone.facts)).toEqual([
      "7.0 nobody-listening raised medium",
      "20.0 nobody-listening cleared",
    ]);
  });
  test("a screen that reloads is not missed", () => {
    const r = run([
      ...up(0, 10),
      { kind: "listening", at: at(10), screens: 0 },
      ...up(10, 14),
      { kind: "listening", at: at(14), screens: 1 },
      ...up(14, 30),
    ]);
    expect(alarmLog(r.facts)).toEqual([]);
  });
  test("not recording: from the first failure until facts are stored again", () => {
    const r = run([
      { kind: "recording", at: at(3), ok: false },
      { kind: "recording", at: at(9), ok: true },
    ]);
    expect(alarmLog(r.facts)).toEqual(["3.0 not-recording raised medium", "9.0 not-recording cleared"]);
  });
  test("its alarms are acknowledged like any other", () => {
    const before = run([{ kind: "recording", at: at(3), ok: false }]);
    const r = run([acknowledge(4, alarmOf(before, "not-recording"))], before);
    expect(alarmOf(r, "not-recording")?.acknowledged?.by).toBe("Aidan R.");
  });
  test("duty passes by acceptance only", () => {
    const aidan = run([inRoom(1, { kind: "take-duty" })]);
    expect(refusalOf(aidan, inRoom(2, { kind: "take-duty" }, "Lena M."))).toBe("not-yours");
    expect(refusalOf(aidan, inRoom(2, { kind: "offer-duty", to: "Lena M." }, "Lena M."))).toBe("not-yours");
    const offered = run([inRoom(3, { kind: "offer-duty", to: "Lena M." })], aidan);
    expect(offered.state.room.duty).toMatchObject({ holder: "Aidan R.", offered: { to: "Lena M." } });
    const declined = run([inRoom(4, { kind: "decline-duty" }, "Lena M.")], offered);
    expect(declined.state.room.duty).toEqual({ holder: "Aidan R.", offered: null });
    const accepted = run([inRoom(4, { kind: "take-duty" }, "Lena M.")], offered);
    expect(accepted.state.room.duty).toEqual({ holder: "Lena M.", offered: null });
    expect(accepted.facts.find((f) => f.kind === "duty-taken" && f.by === "Lena M.")).toMatchObject({
      from: "Aidan R.",
    });
  });
});

describe("five hundred alarms at once", () => {
  test("are all raised, each once, and each is answered", () => {
    const start = step(newState(siteId("main")), { kind: "listening", at: at(0), screens: 1 }).state;
    const strangers = Array.from({ length: 500 }, (_, i) => up(0, 1, { cuff: `c-${i}` }));
    const r = run([...strangers.flat(), tick(12)], { state: start, facts: [] });
    const raised = r.facts.flatMap((f) => (f.kind === "alarm-raised" ? [f.occurrence] : []));
    expect(raised.filter((o) => o.condition === "inflated-unassigned")).toHaveLength(500);
    expect(new Set(raised.map((o) => o.id)).size).toBe(raised.length);
    const answered = run(
      raised.map((o) => acknowledge(13, o)),
      r,
    );
    expect(openAlarms(answered.state).every((o) => o.acknowledged?.by === "Aidan R.")).toBe(true);
  });
});

describe("time that runs backwards", () => {
  test("stands still: nothing clears, nothing is lost, and deadlines are met at their time", () => {
    const r = run(
      [...open(0, 40), tick(20), tick(5), ...shut(40, 44), tick(1)],
      floorOf(classOf({ limitS: 42 })),
    );
    expect(alarmLog(r.facts)).toContain("42.0 overrun raised medium");
    expect(r.state.at).toBe(at(43.8));
  });
});

describe("a plan without LOP", () => {
  test("judges no share of it, and still alarms at the absolute cap and on time", () => {
    const inputs = [...open(0, 40), ...shut(40, 41), ...open(41, 61), order(61, "cuff-off")];
    const r = run(inputs, floorOf(capped({ limitS: 60 })));
    expect(alarmLog(r.facts).filter((line) => line.includes("raised"))).toEqual([
      "2.0 release-soon raised low",
      "40.0 full-occlusion raised high",
      "60.0 overrun raised medium",
    ]);
  });
});

describe("two cuffs on one patient", () => {
  const both: ClassFile = {
    ...classOf(),
    stations: [
      {
        station: "1",
        patient: "Maya K.",
        plan: "plan",
        cuffs: [
          { cuff: "cuff-1", limb: "thigh", side: "left" },
          { cuff: "cuff-2", limb: "thigh", side: "right" },
        ],
      },
    ],
  };
  test("dizziness advises to stop for as long as either is up; pain is of its own limb", () => {
    const second = (from: number, to: number): readonly Input[] => up(from, to, { cuff: "cuff-2" });
    const noted = runFrom(
      [...up(0, 30), note(30, { kind: "symptom", symptom: "dizziness", present: true }), ...second(31, 50)],
      floorOf(both),
    );
    expect(openAlarms(noted.state).filter((o) => o.condition === "stop-advised")).toHaveLength(2);
    const r = runFrom([...down(50, 60), ...second(50, 130), ...down(60, 130)], noted);
    const present = openAlarms(r.state).filter((o) => o.condition === "stop-advised" && o.clearedAt === null);
    expect(present.map((o) => o.cuff)).toEqual(["cuff-2"]);
    const pain = runFrom(
      [...up(0, 30), ...second(0, 30), note(30, { kind: "pain", score: 9 })],
      floorOf(both),
    );
    expect(openAlarms(pain.state).filter((o) => o.condition === "stop-advised")).toHaveLength(1);
  });
});

describe("a person on duty who leaves the staff", () => {
  test("leaves the duty to whoever takes it", () => {
    const duty = run([inRoom(1, { kind: "take-duty" })]);
    const file = { ...capped(), staff: [{ id: "lena", name: "Lena M." }] };
    const left = run([{ kind: "roster", at: at(2), roster: roster(file) }], duty);
    expect(left.state.room.duty).toEqual({ holder: null, offered: null });
    expect(run([inRoom(3, { kind: "take-duty" }, "Lena M.")], left).state.room.duty.holder).toBe("Lena M.");
  });
});

test("what is over and only waits to be seen stands after what somebody has to go to, and before what only informs", () => {
  const of = (id: string, changes: Partial<Occurrence>): Occurrence =>
    occurrence({ id: alarmId(id), ...changes });
  const sorted = [
    of("low", { condition: "battery", priority: "low" }),
    of("latched", { priority: "high", clearedAt: at(1) }),
    of("medium", { condition: "stop-advised", priority: "medium" }),
    of("high", { priority: "high" }),
  ].sort(byUrgency);
  expect(sorted.map((o) => o.id)).toEqual(["high", "medium", "latched", "low"]);
});
