import { expect, test } from "vitest";
import { guide, isPassed } from "../../../shared/class/guide.ts";
import { possibleOutcomes, usualOutcome, wasRestricted } from "../../../shared/class/outcome.ts";
import { freeStations } from "../../../shared/class/stations.ts";
import { stationId } from "../../../shared/ids.ts";
import { millis, seconds } from "../../../shared/units.ts";
import { now, secondsAgo } from "../../support/on-screen.ts";
import { done, exercise, passedCheck, visit } from "../../support/visit.ts";

const free = exercise({ kind: "free", name: "Bridge", sets: [12], rounds: 1, pctLop: null });

test("nothing is guided before the check was made", () => {
  expect(guide(visit({ check: null }), now)).toEqual({ is: "unchecked" });
});

test("a red answer stops, until somebody sets it aside", () => {
  const red = { ...passedCheck, red: ["calf-pain"] };
  expect(guide(visit({ check: red }), now)).toEqual({ is: "stopped", red: ["calf-pain"] });
  const aside = { ...red, override: { by: "Aidan R.", reason: "an old bruise" } };
  expect(guide(visit({ check: aside }), now)).toMatchObject({ is: "between" });
  expect(isPassed(red)).toBe(false);
  expect(isPassed(aside)).toBe(true);
});

test("a class file's station names nobody who could be asked, so its sets can begin", () => {
  expect(guide(visit({ patient: null, check: null }), now)).toMatchObject({ is: "between" });
});

test("the first set waits for nothing; the others count their rest down, and on when it is over", () => {
  expect(guide(visit(), now)).toEqual({ is: "between", next: { number: 1, of: 4, planned: 30 }, rest: null });
  expect(guide(visit({ setsDone: done(1, 12) }), now)).toEqual({
    is: "between",
    next: { number: 2, of: 4, planned: 15 },
    rest: 18_000,
  });
  expect(guide(visit({ setsDone: done(2, 41) }), now)).toMatchObject({ rest: -11_000 });
});

test("a set that is under way says which it is and since when; one that goes by time counts down", () => {
  const set = { number: 2, beganAt: secondsAgo(20) };
  expect(guide(visit({ set, setsDone: done(1, 60) }), now)).toEqual({
    is: "set",
    set: { number: 2, of: 4, planned: 15 },
    since: secondsAgo(20),
    left: null,
  });
  const timed = exercise({ sets: [], rounds: 5, durationS: 300 });
  expect(
    guide(visit({ exercises: [timed], set: { number: 1, beganAt: secondsAgo(100) } }), now),
  ).toMatchObject({ set: { number: 1, of: 5, planned: null }, left: 200_000 });
});

test("after the last set comes the next exercise that has sets left, then one that was passed over, then none", () => {
  const exercises = [exercise(), free, exercise({ name: "Leg extension" })];
  const after = (at: number, setsDone: ReturnType<typeof done>): unknown =>
    guide(visit({ exercises, exercise: at, setsDone }), now);
  expect(after(0, done(4, 5))).toMatchObject({ is: "exercise-done", next: { index: 1 } });
  expect(after(2, [...done(4, 500), ...done(4, 5, 2)])).toMatchObject({ next: { index: 1 } });
  expect(after(2, [...done(4, 500), ...done(1, 300, 1), ...done(4, 5, 2)])).toMatchObject({ next: null });
});

test("how a session ended is offered as its sets tell", () => {
  const exercises = [exercise(), free];
  expect(usualOutcome(visit({ exercises }), [])).toBe("not-started");
  expect(usualOutcome(visit({ exercises }), [millis(0), seconds(20)])).toBe("stopped-early");
  expect(usualOutcome(visit({ exercises, set: { number: 1, beganAt: now } }), [])).toBe("stopped-early");
  expect(usualOutcome(visit({ exercises, setsDone: done(4, 5) }), [])).toBe("stopped-early");
  expect(usualOutcome(visit({ exercises, setsDone: [...done(4, 90), ...done(1, 5, 1)] }), [])).toBe(
    "completed",
  );
});

test("what was begun cannot be said to be not started; follow-ups are asked where a limb was restricted", () => {
  const exercises = [exercise(), free];
  const nothing = visit({ exercises });
  expect(possibleOutcomes(nothing, [millis(0)])).toContain("not-started");
  expect(possibleOutcomes(nothing, [seconds(1)])).toEqual(["completed", "stopped-early"]);
  const freeOnly = visit({ exercises, setsDone: done(1, 5, 1) });
  expect(possibleOutcomes(freeOnly, [])).toEqual(["completed", "stopped-early"]);
  expect(wasRestricted(freeOnly, [millis(0)])).toBe(false);
  expect(wasRestricted(nothing, [seconds(1)])).toBe(true);
  // Nobody could measure that cuff, and yet the set under it was done.
  expect(wasRestricted(visit({ exercises, setsDone: done(1, 5) }), [millis(0)])).toBe(true);
});

test("free stations are the lowest numbers that nobody sits at", () => {
  expect(freeStations([stationId("1"), null, stationId("3")], 4)).toEqual(["2", "4", "5", "6"]);
  expect(freeStations([], 200)).toHaveLength(99);
});
