import { expect, test } from "vitest";
import { classClock } from "../../../shared/view/class-clock.ts";
import { lopSchema } from "../../../shared/plan/limb-occlusion.ts";
import { downOnScreen, stillOn } from "../../../shared/view/down.ts";
import { followUpLine } from "../../../shared/view/follow-up-line.ts";
import { lopText } from "../../../shared/view/limb-words.ts";
import { doneLine, exerciseLine, guideLine, repetitionsToOffer } from "../../../shared/view/guide-line.ts";
import { notDown, notYetDown, unseenOf } from "../../../shared/view/not-down.ts";
import { seatTargets } from "../../../shared/view/seat-targets.ts";
import { tile } from "../../../shared/view/tile.ts";
import { visitLine } from "../../../shared/view/visit-line.ts";
import { exerciseUnderPressure } from "../../../shared/class/under-pressure.ts";
import { guide } from "../../../shared/class/guide.ts";
import { cuffId } from "../../../shared/ids.ts";
import { exerciseSchema } from "../../../shared/plan/programme.ts";
import { cuffDown, cuffUp, now, secondsAgo, station } from "../../support/on-screen.ts";
import { done, exercise, passedCheck, visit } from "../../support/visit.ts";

test("a tile says which exercise is done, its set and its rest, where the cuff tells no set", () => {
  const under = visit({ set: { number: 2, beganAt: secondsAgo(5) }, setsDone: done(1, 40) });
  expect(visitLine(under, now)).toBe("Leg press · set 2/4");
  expect(visitLine(visit({ setsDone: done(2, 9) }), now)).toBe("Leg press · rest 0:21");
  expect(visitLine(visit({ setsDone: done(2, 50) }), now)).toBe("Leg press · 2/4 sets done");
  expect(visitLine(visit({ setsDone: done(4, 5) }), now)).toBe("Leg press · 4/4 sets done");
  expect(visitLine(visit(), now)).toBe("Leg press");
  expect(visitLine(visit({ exercises: [] }), now)).toBe("");
  const silent = cuffUp(60, { set: null, rep: null });
  expect(tile({ ...station("1", silent), visit: under }, [], now).progress).toBe("Leg press · set 2/4");
  expect(tile({ ...station("1", cuffUp(60)), visit: under }, [], now).progress).toBe("set 2/4 · rep 7/15");
});

test("an exercise that goes by time counts down, and on past its end", () => {
  const timed = (agoS: number) =>
    visit({
      exercises: [exercise({ name: "Walk", sets: [], rounds: 1, durationS: 60 })],
      set: { number: 1, beganAt: secondsAgo(agoS) },
    });
  expect(visitLine(timed(20), now)).toBe("Walk · 0:40 left");
  expect(visitLine(timed(75), now)).toBe("Walk · 0:15 over");
  expect(guideLine(guide(timed(75), now), now).clock).toBe("0:15 over");
});

test("a tile knows who was not checked; a class file names nobody who could be", () => {
  const at = (changes: Parameters<typeof visit>[0]) =>
    tile({ ...station("1", cuffDown()), visit: visit(changes) }, [], now).unchecked;
  expect(at({ check: null })).toBe(true);
  expect(at({ check: { ...passedCheck, red: ["unwell"] } })).toBe(true);
  expect(at({})).toBe(false);
  expect(at({ patient: null, check: null })).toBe(false);
  expect(tile(station("1", cuffDown()), [], now).unchecked).toBe(false);
});

test("work without sets or time is done or not, and never 1 of 1", () => {
  const exercises = [exercise({ kind: "free", name: "Balance", sets: [], rounds: 1, durationS: null })];
  const [open, over] = [visit({ exercises }), visit({ exercises, setsDone: done(1, 5) })];
  expect(guideLine(guide(open, now), now, exercises[0]).what).toBe("Without sets or time");
  expect([visitLine(open, now), visitLine(over, now)]).toEqual(["Balance", "Balance · done"]);
  expect([doneLine(open, 0), doneLine(over, 0)]).toEqual(["", "done"]);
});

test("a tile knows of a cuff that is up at work without one", () => {
  const exercises = [exercise(), exercise({ kind: "free", name: "Bridge", pctLop: null })];
  const at = (n: number, cuff = cuffUp(60)) =>
    tile({ ...station("1", cuff), visit: visit({ exercises, exercise: n }) }, [], now).noTarget;
  expect(at(1)).toBe(true);
  expect(at(0)).toBe(false);
  expect(at(1, cuffDown())).toBe(false);
  expect(tile(station("1", cuffUp(60)), [], now).noTarget).toBe(false);
  expect(exerciseUnderPressure(visit({ exercises, exercise: 1 }))?.index).toBe(0);
  expect(exerciseUnderPressure(visit({ exercises, exercise: 0 }))).toBeNull();
});

test("repetitions are offered as the cuff counted them, else as planned, and of free work never the cuff's", () => {
  const under = visit({ set: { number: 2, beganAt: secondsAgo(5) } });
  expect(repetitionsToOffer(under, [cuffUp(60, { rep: 9 })])).toEqual({ repetitions: 9, from: "cuff" });
  expect(repetitionsToOffer(under, [cuffUp(60, { rep: null })])).toEqual({ repetitions: 15, from: "plan" });
  const free = visit({ ...under, exercises: [exercise({ kind: "free", sets: [12, 10], rounds: 2 })] });
  expect(repetitionsToOffer(free, [cuffDown({ rep: 9 })])).toEqual({ repetitions: 10, from: "plan" });
});

test("an exercise is said with its load, its share of 1RM and of the limb occlusion pressure, as far as they are known", () => {
  expect(exerciseLine(exercise())).toBe("20 kg · 30 % 1RM · 60 % LOP");
  expect(exerciseLine(exercise({ kind: "free", loadKg: null, pctOneRm: null, pctLop: null }))).toBe(
    "without a cuff",
  );
});

test("a cuff that nobody can measure is not down until somebody has seen it; one that is up stays up whoever says otherwise", () => {
  const silent = cuffDown({ pressureAt: secondsAgo(20) });
  expect(downOnScreen(cuffDown(), now)).toBeNull();
  expect(downOnScreen(silent, now)).toBe("silent");
  expect(stillOn([cuffDown(), silent], [], now)).toBe(true);
  expect(stillOn([cuffDown(), silent], [silent.cuff], now)).toBe(false);
  expect(stillOn([cuffUp(60)], [cuffUp(60).cuff], now)).toBe(true);
});

test("after release all those that need a hand come first, and no old pressure stands beside them", () => {
  const named = (id: string, cuff: ReturnType<typeof cuffUp>) => ({ ...cuff, cuff: cuffId(id) });
  const ordered = { order: "release", by: "Aidan R.", at: now } as const;
  const up = cuffUp(60).occlusion;
  if (up === null) throw new Error("a cuff that is up has an inflation");
  const stations = [
    station("1", named("vents", cuffUp(60, { occlusion: { ...up, ordered } })), named("down", cuffDown())),
    station("2", named("silent", cuffUp(60, { pressureAt: secondsAgo(30) }))),
    station("3", named("hand", cuffUp(60, { canRelease: false }))),
    station(null, named("late", cuffUp(60))),
  ];
  expect(notDown(stations, now).map((c) => [c.cuff.cuff, c.how, c.pressure])).toEqual([
    ["hand", "by-hand", "148"],
    ["silent", "look", null],
    ["late", "up", "148"],
    ["vents", "venting", "148"],
  ]);
});

test("what was up when somebody released all stands on every tablet until it is down; what went up since does not", () => {
  const stations = [station("1", cuffUp(60)), station("2", { ...cuffUp(10), cuff: cuffId("later") })];
  const left = (agoS: number): readonly string[] =>
    notYetDown(stations, { by: "Aidan R.", at: secondsAgo(agoS), cuffs: [] }, now).map((c) => c.cuff.cuff);
  expect(left(30)).toEqual(["cuff-01"]);
  expect(left(1)).toEqual(["cuff-01", "later"]);
  expect(notYetDown(stations, null, now)).toEqual([]);
});

test("what was silent then stands there too, until somebody has seen it off or ten minutes have passed", () => {
  const silent = cuffDown({ pressureAt: secondsAgo(20) });
  const lately = cuffDown({ pressureAt: secondsAgo(20), cuff: cuffId("silent-since") });
  const left = (agoS: number) =>
    notYetDown([station("1", silent, lately)], { by: "A", at: secondsAgo(agoS), cuffs: [silent.cuff] }, now);
  expect(left(10).map((c) => [c.cuff.cuff, c.how, c.why])).toEqual([["cuff-01", "look", "silent"]]);
  expect(unseenOf(left(10), [silent.cuff])).toEqual([]);
  expect(left(601)).toEqual([]);
  const up = notDown([station("1", cuffUp(60))], now);
  expect(unseenOf(up, [silent.cuff])).toEqual(up);
});

test("the arithmetic of each target stands there once, with and without a limb occlusion pressure", () => {
  const plan = (targetPctLop: number) =>
    exerciseSchema.parse({ kind: "restricted", name: "Leg press", plan: { targetPctLop } });
  const free = exerciseSchema.parse({ kind: "free", name: "Bridge", sets: [12] });
  expect(seatTargets([plan(60), free, plan(60)], 200)).toEqual(["60 % of 200 mmHg = 120 mmHg"]);
  expect(seatTargets([plan(60)], null)).toEqual(["60 % LOP: no target without a limb occlusion pressure"]);
});

test("follow-ups fall on the next day and three days on; nobody is asked where no limb was restricted", () => {
  const monday = Date.UTC(2026, 10, 23, 10);
  expect(followUpLine(true, monday, "UTC")).toBe("Follow-up is asked on Tue 24 Nov and Thu 26 Nov.");
  expect(followUpLine(false, monday, "UTC")).toContain("No follow-up");
});

test("a day is that of the zone that is named, whatever zone the machine is in", () => {
  const lateOnMonday = Date.UTC(2026, 10, 23, 23);
  expect(followUpLine(true, lateOnMonday, "Asia/Tokyo")).toContain("Wed 25 Nov and Fri 27 Nov");
  const entry = lopSchema.parse({
    ...{ limb: "thigh", side: "left", mmhg: 200, cuffWidthCm: 18, posture: "seated", method: "cuff" },
    at: lateOnMonday,
  });
  expect(lopText(entry, "UTC")).toBe("LOP 200 mmHg, measured by the cuff, seated, 23 Nov 2026");
  expect(lopText(entry, "Asia/Tokyo")).toContain("24 Nov 2026");
});

test("a class is told in minutes, which nobody takes for the time of the day", () => {
  expect(classClock(secondsAgo(59), now)).toBe("just begun");
  expect(classClock(secondsAgo(61), now)).toBe("1 min");
  expect(classClock(secondsAgo(3900), now)).toBe("1 h 5 min");
});
