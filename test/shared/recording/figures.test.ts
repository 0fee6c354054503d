/** What is counted of one session, and what stands on its time axis. */
import { describe, expect, test } from "vitest";
import { cuffId } from "../../../shared/ids.ts";
import { figuresOf } from "../../../shared/recording/figures.ts";
import { marksOf, repetitionsOf } from "../../../shared/recording/marks.ts";
import { eachBesides } from "../../../shared/recording/recorded.ts";
import { spansOf } from "../../../shared/recording/span.ts";
import { seconds } from "../../../shared/units.ts";
import { classOfOne, emptyFloor, finish, session, tellAll } from "../../support/class.ts";
import { acknowledge, alarmOf, at, cuff, heard, note, run, told } from "../../support/floor.ts";
import { recordedFrom } from "../../support/recorded-floor.ts";

/** A leg press of two sets at 150 mmHg: a minute of work with the pressure too high for a third of it, ten seconds of silence, a release. */
const lesson = () => {
  const seated = run(heard({ from: 0, to: 5, p: 0, phase: "idle", tgt: 0 }), classOfOne());
  const begun = tellAll(5, [{ kind: "begin-set", session: session(1) }], seated);
  const worked = run(
    [
      ...heard({ from: 5, to: 65, p: 150, set: 1, rep: (s) => Math.floor((s - 5) / 4) }),
      ...heard({ from: 65, to: 95, p: 200, occ: 60 }),
      note(95, { kind: "pain", score: 6 }),
    ],
    begun,
  );
  const answered = run([acknowledge(95, alarmOf(worked, "pressure-high"))], worked);
  const ended = tellAll(
    96,
    [
      { kind: "end-set", session: session(1), repetitions: 28 },
      { kind: "exertion", session: session(1), score: 7 },
    ],
    answered,
  );
  const down = run(
    [told(105, { kind: "release" }), ...heard({ from: 105, to: 115, p: 0, phase: "idle", tgt: 0 })],
    ended,
  );
  return tellAll(115, [finish(1)], down);
};
const whole = recordedFrom(lesson(), 120, emptyFloor());
const [span] = spansOf(eachBesides(whole.lines));
if (span === undefined) throw new Error("nobody was seated");
const figures = figuresOf(whole, span);
const marks = marksOf(whole);

describe("the figures of a session", () => {
  const [limb] = figures.limbs;

  test("count a limb's time under pressure, and how much of the session nobody knows", () => {
    expect(limb).toMatchObject({ limb: "thigh", side: "left", inflations: 1, restrictedMs: 100_000 });
    expect(limb?.missingMs).toBe(10_200);
    expect(limb?.backfilledMs).toBe(0);
    expect(limb?.samples).toBe(5 * 105);
  });

  test("judge the pressure by time, at rest and in exercise, from when it is judged", () => {
    const ofMs = (limb?.exercising.ofMs ?? 0) + (limb?.resting.ofMs ?? 0);
    const inMs = (limb?.exercising.inMs ?? 0) + (limb?.resting.inMs ?? 0);
    expect([Math.round(ofMs / 1000), Math.round(inMs / 1000)]).toEqual([60, 30]);
    expect([limb?.peakMmhg, Math.round(limb?.meanMmhg ?? 0)]).toEqual([200.1, 167]);
  });

  test("tell what was done of each exercise", () => {
    expect(
      figures.exercises.map((e) => [e.name, e.setsDone, e.setsPlanned, e.repetitions, e.repetitionsPlanned]),
    ).toEqual([
      ["Leg press", 1, 2, 28, 45],
      ["Hip abduction", 0, 1, null, 12],
      ["Leg extension", 0, 1, null, 15],
    ]);
    expect(figures.exercises.map((e) => e.restrictedMs)).toEqual([100_000, 0, 0]);
  });

  test("tell every alarm with how soon it was answered, and the worst that was noted", () => {
    const high = figures.alarms.find((a) => a.condition === "pressure-high");
    const { raised } = marks.alarms.find((a) => a.condition === "pressure-high") ?? {};
    expect(high?.answeredAfterMs).toBe(95_000 - (raised?.at ?? NaN));
    expect([figures.pain, figures.exertion]).toEqual([6, 7]);
  });
});

describe("what stands on the time axis", () => {
  test("inflations and sets have their beginning and their end", () => {
    expect(marks.inflations).toEqual([
      { cuff, number: 1, from: at(5), to: at(105), reason: "cuff-says", confirmed: true },
    ]);
    expect(marks.sets).toEqual([
      { session: session(1), exercise: 0, set: 1, from: at(5), to: at(96), repetitions: 28 },
    ]);
  });

  test("repetitions are as the cuff has counted them", () => {
    const counted = repetitionsOf(whole);
    expect(counted.map((r) => r.rep)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(counted[0]).toEqual({ at: at(9), cuff, set: 1, rep: 1 });
  });

  test("what people did is there in its order, and what a cuff told", () => {
    expect(marks.moments.map(({ fact }) => fact.kind)).toEqual([
      ...["class-started", "patient-seated", "checked", "set-begun", "noted", "set-ended"],
      ...["exertion-noted", "event", "finished"],
    ]);
  });

  test("an interruption of the server and a failure to record are stretches", () => {
    const run1 = run([
      { kind: "recording", at: at(10), ok: false },
      { kind: "recording", at: at(20), ok: true },
      { kind: "resume", at: at(40), gap: seconds(15), vouchedBy: "wall-clock" },
      { kind: "recording", at: at(50), ok: false },
    ]);
    expect(marksOf(recordedFrom(run1, 60)).troubles).toEqual([
      { is: "not-recording", from: at(10), to: at(20) },
      { is: "interrupted", from: at(25), to: at(40) },
      { is: "not-recording", from: at(50), to: null },
    ]);
  });
});

describe("a session with a swap", () => {
  test("counts each limb once, whatever cuff it wore, and only while it wore it", () => {
    const begun = run(heard({ from: 1, to: 5, p: 0, phase: "idle", tgt: 0 }), classOfOne());
    const up = run([...heard({ from: 5, to: 45, p: 150 }), told(45, { kind: "release" })], begun);
    const down = run(heard({ from: 45, to: 50, p: 0, phase: "idle", tgt: 0 }), up);
    const other = run(heard({ from: 50, to: 54, p: 0, phase: "idle", tgt: 0, cuff: "cuff-2" }), down);
    const swapped = tellAll(
      54,
      [{ kind: "swap-cuff", session: session(1), from: cuff, to: cuffId("cuff-2"), seenOff: [cuff] }],
      other,
    );
    const again = run(heard({ from: 54, to: 74, p: 150, cuff: "cuff-2" }), swapped);
    const recorded = recordedFrom(run([], again), 74, emptyFloor());
    const [one] = spansOf(eachBesides(recorded.lines));
    expect(one?.worn.map((w) => [w.cuff, w.from, w.to])).toEqual([
      ["cuff-1", at(1), at(54)],
      ["cuff-2", at(54), null],
    ]);
    const [limb, ...none] = one === undefined ? [] : figuresOf(recorded, one).limbs;
    expect([none.length, limb?.inflations, limb?.restrictedMs]).toEqual([0, 2, 60_000]);
  });
});
