import { describe, expect, test } from "vitest";
import {
  clinicLimits,
  exerciseTolerance,
  lasts,
  type Limit,
  limitNames,
  limitsOf,
  limitTable,
  planLimits,
  settingTolerance,
  usualLimits,
} from "../../../shared/alarm/limits.ts";
import { parseRoster } from "../../../shared/plan/roster.ts";
import { mmhg } from "../../../shared/units.ts";
import { alarmLog, classOf, floorOf, heard, run } from "../../support/floor.ts";

describe("each limit", () => {
  test.each(limitNames)("%s is usual within its own bounds, and has words and a source", (name) => {
    const { usual, least, most, what, source }: Limit = limitTable[name];
    expect(usual).toBeGreaterThanOrEqual(least);
    expect(usual).toBeLessThanOrEqual(most);
    expect(what.length * source.length).toBeGreaterThan(0);
  });
  test.each(limitNames)("%s is taken at its bounds and refused beyond them, in words", (name) => {
    const { least, most, unit }: Limit = limitTable[name];
    const beside =
      name === "batteryEmptyPct"
        ? { batteryLowPct: 50 }
        : name === "batteryLowPct"
          ? { batteryEmptyPct: 5 }
          : {};
    for (const value of [least, most])
      expect(clinicLimits.safeParse({ ...beside, [name]: value }).data).toEqual({ ...beside, [name]: value });
    for (const value of [least - 0.5, most + 0.5, NaN, Infinity, "3", null]) {
      const issue = clinicLimits.safeParse({ ...beside, [name]: value }).error?.issues[0];
      expect(issue?.path).toEqual([name]);
      expect(issue?.message).toContain(`must be ${least} to ${most} ${unit}`);
    }
  });
  test("that no plan may choose is refused in a plan", () => {
    expect(planLimits.safeParse({ exercisePct: 15 }).success).toBe(true);
    expect(planLimits.safeParse({ silencesHighS: 60 }).success).toBe(false);
  });
});

test("one that does not exist is refused", () => {
  expect(clinicLimits.safeParse({ silentAfter: 3 }).success).toBe(false);
});

test("a nearly empty battery is below a low one", () => {
  expect(clinicLimits.safeParse({ batteryLowPct: 12, batteryEmptyPct: 12 }).success).toBe(false);
});

test("the plan's own stand before the clinic's, and both before the usual", () => {
  const l = limitsOf({ painOver: 6, exercisePct: 12 }, { exercisePct: 20 });
  expect([l.painOver, l.exercisePct, l.restPct]).toEqual([6, 20, usualLimits.restPct]);
});

test("a tolerance is the greater of its share and its mmHg", () => {
  expect(exerciseTolerance(mmhg(200), usualLimits)).toBe(20);
  expect(exerciseTolerance(mmhg(100), usualLimits)).toBe(15);
  expect(settingTolerance(mmhg(60), usualLimits)).toBe(5);
});

test("a time is in the unit of its name", () => {
  expect(lasts(usualLimits, "sessionLimitMin")).toBe(1_800_000);
  expect(lasts(usualLimits, "releaseSoonS")).toBe(60_000);
});

test("in a class file each wrong one is named with its place, and nothing of the file is taken in", () => {
  const result = parseRoster({
    ...classOf({ limits: { painOver: 12 } }),
    limits: { silentAfterS: 60, nonsense: 1 },
  });
  expect(result).toMatchObject({ ok: false });
  expect(result.ok ? [] : result.issues.map((i) => i.path)).toEqual(
    expect.arrayContaining(["plans.0.limits.painOver", "limits.silentAfterS", "limits"]),
  );
});

describe("what is chosen is what is judged", () => {
  test("by the clinic", () => {
    const floor = floorOf({
      ...classOf({ limitS: 60 }),
      limits: { releaseSoonS: 20, overrunHighAfterS: 10 },
    });
    expect(alarmLog(run(heard({ from: 0, to: 75, p: 150 }), floor).facts)).toEqual([
      "40.0 release-soon raised low",
      "60.0 overrun raised medium",
      "60.0 release-soon cleared",
      "70.0 overrun is high",
    ]);
  });
  test("by the plan", () => {
    const floor = floorOf(classOf({ limitS: 60, limits: { releaseSoonS: 30 } }));
    expect(alarmLog(run(heard({ from: 0, to: 50, p: 150 }), floor).facts)).toEqual([
      "30.0 release-soon raised low",
    ]);
  });
});
