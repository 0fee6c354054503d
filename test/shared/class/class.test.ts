import { describe, expect, test } from "vitest";
import { apply, newState } from "../../../shared/engine.ts";
import { classId, cuffId, patientId, siteId, stationId } from "../../../shared/ids.ts";
import { emptyRoster } from "../../../shared/plan/roster.ts";
import { doseAt } from "../../../shared/session/occlusion.ts";
import { freeze, thaw } from "../../../shared/checkpoint.ts";
import { stationsOnScreen } from "../../../shared/view/on-screen.ts";
import {
  check,
  classOfOne,
  emptyFloor,
  finish,
  left,
  programme,
  right,
  run,
  seat,
  seatNow,
  session,
  start,
  tell,
  tellAll,
  type Wish,
  worn,
} from "../../support/class.ts";
import {
  alarmLog,
  at,
  classOf,
  cuffNow,
  floorOf,
  heard,
  meta,
  order,
  roster,
  type Run,
  tick,
} from "../../support/floor.ts";

const up = (from: number, to: number, more: object = {}) => heard({ from, to, p: 150, ...more });
const idle = (from: number, to: number, more: object = {}) =>
  heard({ from, to, p: 2, phase: "idle", tgt: 0, ...more });
const begin: Wish = { kind: "begin-set", session: session(1) };
const end = (repetitions: number | null): Wish => ({ kind: "end-set", session: session(1), repetitions });
const exercise = (n: number, ...seenOff: readonly string[]): Wish => ({
  ...{ kind: "begin-exercise", session: session(1), exercise: n },
  seenOff: seenOff.map(cuffId),
});
const swap = (from: string, to: string, ...seenOff: readonly string[]): Wish => ({
  ...{ kind: "swap-cuff", session: session(1), from: cuffId(from), to: cuffId(to) },
  seenOff: seenOff.map(cuffId),
});
const others = (r: Run): Run => tellAll(1, [seat(2), check(2)], r);

describe("what cannot be is refused with a sentence", () => {
  const one = classOfOne();
  const upNow = run(up(2, 20), one);
  const stranger = run(up(2, 20, { cuff: "spare" }), one);
  test.each<readonly [string, Run, number, Wish, string]>([
    ["a second class", one, 2, start, "class-runs"],
    ["a seat where no class is under way", emptyFloor(), 2, seat(1), "no-class"],
    ["the end of a class that is none", emptyFloor(), 2, { kind: "end-class" }, "no-class"],
    ["the end of a class in which somebody sits", one, 2, { kind: "end-class" }, "seated"],
    ["a station that is taken", one, 2, { ...seat(2), station: stationId("1") }, "taken"],
    ["a patient who is there already", one, 2, { ...seat(2), patient: patientId("patient-1") }, "seated"],
    ["a cuff of another patient", one, 2, seat(2, [worn("cuff-1")]), "taken"],
    ["the same cuff twice", one, 2, seat(2, [worn("x"), worn("x", right)]), "taken"],
    ["two cuffs on one limb", one, 2, seat(2, [worn("x"), worn("y")]), "taken"],
    ["a session that nobody has begun", one, 2, check(7), "no-visit"],
    ["a set before the check", tellAll(1, [start, seat(1)], emptyFloor()), 2, begin, "not-checked"],
    [
      "a check that leaves a question open",
      one,
      2,
      { kind: "check", session: session(1), answers: { unwell: "no" }, override: null },
      "not-checked",
    ],
    [
      "a set while a red answer stands",
      tellAll(2, [check(1, { unwell: "yes" })], one),
      3,
      begin,
      "not-checked",
    ],
    ["a set in a set", tellAll(2, [begin], one), 3, begin, "not-ready"],
    ["the end of no set", one, 2, end(1), "not-ready"],
    ["one set more than planned", tellAll(2, [begin, end(30), begin, end(15)], one), 3, begin, "not-ready"],
    ["another exercise in a set", tellAll(2, [begin], run(idle(1, 10), one)), 10, exercise(1), "not-ready"],
    ["the exercise that is under way", run(idle(1, 10), one), 10, exercise(0), "already"],
    ["an exercise that the plan does not have", run(idle(1, 10), one), 10, exercise(3), "not-ready"],
    ["another exercise while the cuff is up", upNow, 20, exercise(1, "cuff-1"), "not-down"],
    ["the end while the cuff is up", upNow, 20, finish(1, "cuff-1"), "not-down"],
    ["the end while nobody has heard the cuff", one, 20, finish(1), "not-down"],
    [
      "the end of what was not completed, without a reason",
      run(idle(1, 20), one),
      20,
      { ...finish(1), outcome: "stopped-early" } as Wish,
      "no-reason",
    ],
    ["a swap of a cuff that is up", upNow, 20, swap("cuff-1", "spare", "cuff-1"), "not-down"],
    [
      "a swap for another patient's cuff",
      others(run(idle(1, 20), one)),
      20,
      swap("cuff-1", "cuff-2"),
      "taken",
    ],
    ["a swap of a cuff that is not there", one, 20, swap("spare", "other"), "no-such-cuff"],
    ["a swap for itself", run(idle(1, 20), one), 20, swap("cuff-1", "cuff-1"), "already"],
    [
      "release all where nothing is up",
      run(idle(1, 20), one),
      20,
      { kind: "release-all", canSend: true },
      "not-inflated",
    ],
  ])("%s", (_, before, second, wish, kind) => {
    const told = tell(second, wish, before);
    expect(told.refusal).toMatchObject({ ok: false, kind });
    expect(told.refusal?.reason).toMatch(/^[A-Z].*\.$/);
    expect(told.facts).toEqual(run([tick(second)], before).facts);
  });
  test("a cuff that is up on nobody may be given to somebody: its clock was the limb's", () => {
    const r = tellAll(20, [seat(2, [worn("spare")])], stranger);
    expect(doseAt(cuffNow(r, "spare"), at(20))).toBe(18_000);
    expect(cuffNow(r, "spare")).toMatchObject({ station: "2", patient: "Patient 2" });
  });
  test("a check without a red answer after one that stopped, until somebody says why it is no longer so", () => {
    const red = tellAll(2, [check(1, { unwell: "yes" })], one);
    expect(tell(3, check(1), red).refusal).toMatchObject({ kind: "no-reason" });
    const again = tellAll(3, [check(1, {}, "had misheard")], red);
    expect(seatNow(again).visit.check).toMatchObject({ red: [], override: { reason: "had misheard" } });
    expect(tell(4, begin, again).refusal).toBeNull();
    expect(tell(4, check(1), again).refusal).toBeNull();
  });
  test("every cuff that stands in the way is named", () => {
    const both = tellAll(1, [start, seat(1, [worn("a"), worn("b", right)])], emptyFloor());
    expect(tell(20, finish(1), run(up(2, 20, { cuff: "a" }), both)).refusal?.reason).toContain(
      "a is inflated",
    );
    expect(tell(20, finish(1), both).refusal?.reason).toMatch(/a was never heard, b was never heard/);
  });
  test("simulated and real cuffs never share a class", () => {
    const said = { v: 1 as const, boot: "b0", model: "Test", caps: [], regulated: true };
    const real = {
      kind: "meta",
      at: at(2),
      cuff: cuffId("cuff-2"),
      message: { ...said, simulated: false },
    } as const;
    const r = run([meta(2, true), real], classOfOne());
    expect(tell(3, seat(2), r).refusal).toMatchObject({ kind: "blocked" });
    expect(tell(3, swap("cuff-1", "cuff-2", "cuff-1"), r).refusal).toBeNull();
  });
});

describe("a session", () => {
  test("is what was done, set by set", () => {
    const a = tellAll(10, [begin], classOfOne());
    const b = tellAll(130, [end(28)], a);
    const r = tellAll(165, [begin], b);
    expect(seatNow(r).visit).toMatchObject({
      set: { number: 2, beganAt: at(165) },
      setsDone: [{ exercise: 0, set: 1, repetitions: 28, beganAt: at(10), endedAt: at(130) }],
    });
  });
  test("goes on to the next exercise with its target, and without one keeps the limits", () => {
    const r = run(idle(1, 20), classOfOne());
    expect(cuffNow(r).prescription).toMatchObject({ target: 150, limit: 300_000 });
    const free = tellAll(20, [exercise(1)], r);
    expect(cuffNow(free).prescription).toMatchObject({ plan: "Hip abduction", target: null, limit: 300_000 });
    const next = tellAll(20, [exercise(2)], free);
    expect(cuffNow(next).prescription).toMatchObject({ target: 100, limit: 480_000 });
  });
  test("with the cuff up, goes on from work without one to restricted work alone: a target, and no laxer limit", () => {
    const free = tellAll(20, [exercise(1)], run(idle(1, 20), classOfOne()));
    const upAtFree = run(up(22, 60), free);
    expect(cuffNow(upAtFree).prescription).toMatchObject({ target: null, limit: 300_000 });
    const next = tellAll(60, [exercise(2)], upAtFree);
    expect(cuffNow(next).prescription).toMatchObject({ target: 100, limit: 300_000 });
    expect(doseAt(cuffNow(next), at(60))).toBe(38_000);
    expect(cuffNow(next).occlusion?.since).toBe(at(22));
    expect(next.facts.findLast((f) => f.kind === "exercise-begun")).toMatchObject({ seenOff: [] });
    expect(tell(61, exercise(1, "cuff-1"), next).refusal).toMatchObject({ kind: "not-down" });
    expect(tell(61, exercise(0, "cuff-1"), next).refusal).toMatchObject({ kind: "not-down" });
    const over = run(up(60, 330), next);
    expect(alarmLog(over.facts, "overrun")).toEqual(["322.0 overrun raised medium"]);
  });
  test("work without sets or time is done with one word, once", () => {
    const plan = programme({ exercises: [{ kind: "free", name: "Balance" }] });
    const r = tellAll(1, [start, seat(1, [worn("cuff-1", left, plan)], plan)], emptyFloor());
    expect(tell(2, end(null), r).refusal).toMatchObject({ kind: "not-checked" });
    const done = tellAll(3, [check(1), end(null)], r);
    expect(seatNow(done).visit).toMatchObject({
      set: null,
      setsDone: [{ exercise: 0, set: 1, repetitions: null, beganAt: at(3), endedAt: at(3) }],
    });
    expect(tell(4, end(null), done).refusal).toMatchObject({ kind: "not-ready" });
  });
  test("with one cuff up, the other still has to be down or seen off", () => {
    const both = tellAll(1, [start, seat(1, [worn("a"), worn("b", right)]), check(1)], emptyFloor());
    const free = tellAll(1, [exercise(1, "a", "b")], both);
    const one = run(up(2, 20, { cuff: "a" }), free);
    expect(tell(20, exercise(2), one).refusal?.reason).toMatch(/b was never heard/);
    expect(tell(20, exercise(2, "b"), one).refusal).toBeNull();
  });
  test("a second exercise begins its own count of inflations and goes on with the dose", () => {
    const first = run([...up(2, 200), ...idle(200, 210)], classOfOne());
    expect(cuffNow(first)).toMatchObject({ inflationsDone: 1 });
    const second = tellAll(210, [exercise(2)], first);
    expect(cuffNow(second)).toMatchObject({ inflationsDone: 0, restricted: 198_000 });
    const soon = run(up(230, 240, { ep: 2 }), second);
    expect(alarmLog(soon.facts, "reperfusion-short")).toEqual(["232.0 reperfusion-short raised medium"]);
    expect(doseAt(cuffNow(soon), at(240))).toBe(208_000);
    const late = run([...idle(230, 262), ...up(262, 270, { ep: 2 })], second);
    expect(alarmLog(late.facts, "reperfusion-short")).toEqual([]);
    expect(doseAt(cuffNow(late), at(270))).toBe(8000);
  });
  test("a limit that was passed asks for its three minutes also under an exercise with a longer limit", () => {
    const over = run([...up(2, 320), ...idle(320, 330)], classOfOne());
    const next = run([...idle(330, 420), ...up(420, 430, { ep: 2 })], tellAll(330, [exercise(2)], over));
    expect(alarmLog(next.facts, "reperfusion-short")).toEqual(["422.0 reperfusion-short raised medium"]);
  });
  test("a red answer stops it until somebody sets it aside by name and reason; both are kept", () => {
    const red = tellAll(2, [check(1, { unwell: "yes" })], classOfOne());
    expect(seatNow(red).visit.check).toMatchObject({ red: ["unwell"], override: null });
    const set = tellAll(3, [check(1, { unwell: "yes" }, "slept badly"), begin], red);
    expect(seatNow(set).visit.check?.override).toEqual({ by: "Aidan R.", reason: "slept badly" });
    expect(set.facts.filter((f) => f.kind === "checked")).toHaveLength(3);
  });
  test("inflating without a check is supervised all the same", () => {
    const r = run([...up(2, 400)], tellAll(1, [start, seat(1)], emptyFloor()));
    expect(alarmLog(r.facts, "overrun")).toEqual(
      ["302.0 overrun raised medium"].concat(["362.0 overrun is high"]),
    );
  });
  test("keeps the last exertion and every remark", () => {
    const note = (score: number): Wish => ({ kind: "exertion", session: session(1), score });
    const say = (text: string): Wish => ({ kind: "remark", session: session(1), text });
    const r = tellAll(5, [note(3), note(7), say("left knee clicks"), say("👍")], classOfOne());
    expect(seatNow(r).visit).toMatchObject({
      exertion: { score: 7 },
      remarks: [{ text: "left knee clicks", by: "Aidan R." }, { text: "👍" }],
    });
  });
});

describe("a swap", () => {
  test("the dose goes with the limb to the new cuff, and the old one is free", () => {
    const r = run([...up(2, 100), ...idle(100, 110)], classOfOne());
    const swapped = tellAll(110, [swap("cuff-1", "spare")], r);
    expect(cuffNow(swapped, "spare")).toMatchObject({
      station: "1",
      restricted: 98_000,
      patient: "Patient 1",
    });
    expect(cuffNow(swapped)).toMatchObject({ station: null, restricted: 0 });
    const again = run(up(120, 125, { cuff: "spare" }), swapped);
    expect(doseAt(cuffNow(again, "spare"), at(125))).toBe(103_000);
    expect(alarmLog(again.facts, "reperfusion-short")).toEqual(["122.0 reperfusion-short raised medium"]);
  });
  test("of a silent cuff takes the word of whoever saw it off, and says so", () => {
    const r = run([...up(2, 100), tick(130), order(130, "cuff-off")], classOfOne());
    expect(tell(131, swap("cuff-1", "spare"), r).refusal).toMatchObject({ kind: "not-down" });
    const swapped = tellAll(131, [swap("cuff-1", "spare", "cuff-1")], r);
    expect(swapped.facts.findLast((f) => f.kind === "cuff-swapped")).toMatchObject({ seenOff: true });
    expect(cuffNow(swapped, "spare").restricted).toBe(128_000);
  });
});

describe("the end", () => {
  test("tells all that a record is made from, and frees station and cuff", () => {
    const r = tellAll(5, [begin], run([...up(2, 100), ...idle(100, 110)], classOfOne()));
    const done = tellAll(110, [finish(1)], r);
    expect(done.facts.findLast((f) => f.kind === "finished")).toMatchObject({
      ...{ by: "Aidan R.", verified: true, session: "session-1", outcome: "completed", seenOff: [] },
      class: { id: "class-1", room: "Gym" },
      seat: {
        station: "1",
        visit: { patient: "patient-1", set: null, setsDone: [{ set: 1, repetitions: null }] },
      },
      restricted: [{ limb: left, total: 98_000 }],
    });
    expect(stationsOnScreen(done.state)).toEqual([]);
    expect(cuffNow(done)).toMatchObject({ station: null, prescription: null });
    const next = tellAll(
      120,
      [
        { ...seat(2, [worn("cuff-1")]), station: stationId("1") },
        { kind: "remark", session: session(2), text: "hi" },
      ],
      done,
    );
    expect(doseAt(cuffNow(next), at(120))).toBe(0);
  });
  test("gives nobody a new dose who is seated again at once, and nobody else the dose of another", () => {
    const trained = run([...up(2, 100), ...idle(100, 110)], classOfOne());
    const again = { ...seat(1, [worn("cuff-7")]), session: session(9), station: stationId("5") };
    const back = run(up(115, 120, { cuff: "cuff-7" }), tellAll(110, [finish(1), again], trained));
    expect(doseAt(cuffNow(back, "cuff-7"), at(120))).toBe(103_000);
    expect(alarmLog(back.facts, "reperfusion-short")).toEqual(["117.0 reperfusion-short raised medium"]);
    const other = run(up(115, 120), tellAll(110, [finish(1), seat(2, [worn("cuff-1")])], trained));
    expect(doseAt(cuffNow(other), at(120))).toBe(5000);
    const rested = run(up(175, 180, { cuff: "cuff-7" }), tellAll(110, [finish(1), again], trained));
    expect(doseAt(cuffNow(rested, "cuff-7"), at(180))).toBe(5000);
    expect(alarmLog(rested.facts, "reperfusion-short")).toEqual([]);
  });
  test("goes by a person's word where nobody can measure the cuff, and records whose cuffs those were", () => {
    const done = tellAll(20, [finish(1, "cuff-1", "other")], classOfOne());
    expect(done.facts.findLast((f) => f.kind === "finished")).toMatchObject({ seenOff: ["cuff-1"] });
  });
  test("of a class comes when everybody has finished", () => {
    const r = tellAll(20, [finish(1, "cuff-1"), { kind: "end-class" }], classOfOne());
    expect(r.state.class).toEqual({ running: null, seats: [], resting: [], releasedAll: null });
    expect(tellAll(21, [{ ...start, class: classId("class-2") } as Wish], r).state.class.running?.id).toBe(
      "class-2",
    );
  });
});

describe("release all", () => {
  const said = { v: 1, boot: "b0", model: "Test", regulated: true, simulated: true } as const;
  const caps = (name: string, ...list: ("release" | "identify")[]) =>
    ({ kind: "meta", at: at(2), cuff: cuffId(name), message: { ...said, caps: list } }) as const;
  test("orders every cuff down that can be, on a patient or not, and names the others", () => {
    const two = tellAll(1, [seat(2)], classOfOne());
    const r = run(
      [
        ...[caps("cuff-1", "release"), caps("cuff-2"), caps("lone", "release"), caps("filling", "release")],
        ...[...up(2, 20), ...up(2, 20, { cuff: "cuff-2" }), ...up(2, 20, { cuff: "lone" })],
        ...heard({ from: 2, to: 20, p: 10, phase: "inflating", cuff: "filling" }),
        ...idle(2, 20, { cuff: "down" }),
      ].sort((a, b) => a.at - b.at),
      two,
    );
    const released = tellAll(20, [{ kind: "release-all", canSend: true }], r);
    expect(released.facts.findLast((f) => f.kind === "all-released")).toMatchObject({
      cuffs: ["cuff-1", "filling", "lone"],
      byHand: ["cuff-2"],
    });
    for (const name of ["cuff-1", "lone"])
      expect(cuffNow(released, name).occlusion?.ordered).toMatchObject({ order: "release", by: "Aidan R." });
    expect(cuffNow(released, "cuff-2").occlusion?.ordered).toBeNull();
  });
  test("names every cuff where nothing can be sent, and orders none", () => {
    const r = run([caps("cuff-1", "release"), ...up(2, 20)], classOfOne());
    const released = tellAll(20, [{ kind: "release-all", canSend: false }], r);
    expect(released.facts.at(-1)).toMatchObject({ kind: "all-released", cuffs: [], byHand: ["cuff-1"] });
    expect(cuffNow(released, "cuff-1").occlusion?.ordered).toBeNull();
    expect(released.state.class.releasedAll).toMatchObject({ by: "Aidan R.", cuffs: ["cuff-1"] });
  });
  test("names a worn cuff that has gone silent while it was down: nobody would see it obey", () => {
    const r = run([caps("cuff-1", "release"), ...idle(2, 10), tick(30)], classOfOne());
    const released = tellAll(30, [{ kind: "release-all", canSend: true }], r);
    expect(released.facts.at(-1)).toMatchObject({ kind: "all-released", cuffs: [], byHand: ["cuff-1"] });
  });
});

describe("a class file", () => {
  test("counts as a class that is under way, with a visit for each station and nobody to be checked", () => {
    const r = floorOf(classOf({ sets: [30, 15], repS: 3 }));
    const [seat1] = r.state.class.seats;
    expect(r.state.class.running).toMatchObject({ by: "", heard: false });
    expect(seat1?.visit).toMatchObject({
      ...{ patient: null, check: null, programme: "Plan" },
      exercises: [{ kind: "restricted", sets: [30, 15], rounds: 2, repS: 3, restS: 30, pctLop: 60 }],
    });
    const id = seat1?.visit.session ?? session(9);
    expect(tell(2, { kind: "begin-set", session: id }, r).refusal).toBeNull();
  });
  test("taken in again, it lets a visit go on; whoever was finished sits there again with a new one", () => {
    const r = floorOf(classOf({ sets: [30, 15] }));
    const id = r.state.class.seats[0]?.visit.session ?? session(9);
    const set = tellAll(2, [{ kind: "begin-set", session: id }], r);
    const again = { kind: "roster", at: at(3), roster: roster(classOf({ sets: [30, 15] })) } as const;
    expect(run([again], set).state.class.seats[0]?.visit).toMatchObject({ session: id, set: { number: 1 } });
    const done = tellAll(2, [{ ...finish(1, "cuff-1"), session: id } as Wish], set);
    expect(done.state.class.seats).toEqual([]);
    expect(run([again], done).state.class.seats[0]?.visit).toMatchObject({
      session: "file-3000-1",
      set: null,
    });
  });
  test("leaves whoever was seated on a tablet where they are, and takes no place or cuff from them", () => {
    const r = tellAll(2, [seat(2, [worn("cuff-9")])], classOfOne());
    const given = run([{ kind: "roster", at: at(3), roster: roster() }], r);
    expect(given.state.class.seats.map((s) => s.visit.session)).toEqual(["session-1", "session-2"]);
    expect(given.state.class.running?.id).toBe("class-1");
  });
  test("a change of the clinic's choices moves nobody", () => {
    const r = run(up(2, 10), classOfOne());
    const kept = run(
      [
        {
          kind: "roster",
          at: at(10),
          roster: { ...emptyRoster, stations: "keep", limits: { silentAfterS: 10 } },
        },
      ],
      r,
    );
    expect(kept.state.class).toEqual(r.state.class);
    expect(cuffNow(kept)).toMatchObject({ station: "1", limits: { silentAfterS: 10 } });
  });
});

test("a class outlives a restart, by its checkpoint and by its facts alone", () => {
  const r = tellAll(20, [begin, end(30)], run(up(2, 20), classOfOne()));
  expect(thaw(freeze(r.state), siteId("main"))?.class).toEqual(r.state.class);
  const folded = r.facts.reduce(apply, newState(siteId("main")));
  expect(folded.class).toEqual(r.state.class);
  expect(cuffNow({ ...r, state: folded })).toMatchObject({ station: "1", patient: "Patient 1" });
});

test("a plan without anything under a cuff still has limits for one", () => {
  const free = programme({ exercises: [{ kind: "free", name: "Bridges" }] });
  const r = run(up(2, 10), tellAll(1, [start, seat(1, [worn("cuff-1", left, free)], free)], emptyFloor()));
  expect(cuffNow(r).prescription).toMatchObject({ target: null, limit: 480_000, cap: 1_200_000 });
});
