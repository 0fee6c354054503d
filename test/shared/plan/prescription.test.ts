import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hardCap,
  type Limb,
  longestWithoutReason,
  type Plan,
  planDuration,
  planSchema,
  type Prescribed,
  prescribe,
  type Prescription,
  reperfusionAfterOverrun,
  withoutPlan,
} from "../../../shared/plan/prescription.ts";
import { minutes, mmhg, seconds } from "../../../shared/units.ts";

const thigh: Limb = { limb: "thigh", side: "left" };
const arm: Limb = { limb: "arm", side: "right" };

const plan = (parts: Record<string, unknown> = {}): Plan =>
  planSchema.parse({ id: "p", name: "Plan", targetPctLop: 60, ...parts });

const prescriptionOf = (result: Prescribed): Prescription => {
  if (!result.ok) throw new Error(`${result.path}: ${result.reason}`);
  return result.prescription;
};

const sets = [30, 15, 15, 15];

describe("how long a plan keeps a limb under pressure", () => {
  test.each<[string, Record<string, unknown>, number | null]>([
    // Patterson et al. 2019: 30-15-15-15 at 2 s up, 2 s down with 30 s rests takes 75 × 4 + 90 s.
    ["30-15-15-15, cuff up in the rests", { sets }, 390],
    ["the same with the cuff down in the rests", { sets, betweenSets: "down" }, 300],
    ["slower repetitions", { sets, repS: 6 }, 540],
    ["longer rests", { sets, restS: 60 }, 480],
    ["one set has no rest", { sets: [30], restS: 60 }, 120],
    ["five minutes passively", { durationS: 300 }, 300],
    ["a duration goes before sets", { durationS: 100, sets }, 100],
    ["a plan that does not say", {}, null],
  ])("%s", (_, parts, expected) => {
    expect(planDuration(plan(parts))).toBe(expected === null ? null : seconds(expected));
  });
});

describe("the pressure is the plan's share of the limb occlusion pressure, in whole mmHg", () => {
  test.each([
    [60, 200, 120],
    [80, 187, 150],
    [70, 181, 127],
    [90, 242, 218],
    [40, 120, 48],
  ])("%i %% of %i is %i", (targetPctLop, lop, target) => {
    const prescription = prescriptionOf(prescribe(plan({ targetPctLop, sets }), thigh, mmhg(lop)));
    expect(prescription).toMatchObject({ target, lop, pctLop: targetPctLop });
  });

  test("and no pressure that no cuff may reach", () => {
    const refused = prescribe(plan({ targetPctLop: 80, sets }), thigh, mmhg(400));
    expect(refused).toMatchObject({ ok: false, path: "targetPctLop" });
    expect(refused.ok ? "" : refused.reason).toContain("is 320 mmHg");
    expect(() => plan({ targetPctLop: 95 })).toThrow("90 %");
  });

  test("and nothing where it was never measured", () => {
    expect(prescriptionOf(prescribe(plan({ sets }), thigh, null))).toMatchObject({
      target: null,
      lop: null,
      pctLop: null,
      limit: seconds(429),
    });
  });
});

describe("the limit", () => {
  test.each<[string, Record<string, unknown>, Limb, number]>([
    ["is the plan's own duration and a tenth", { sets }, thigh, 429],
    ["of a passive plan too", { durationS: 300, inflations: 5, reperfusionS: 180 }, thigh, 330],
    ["is 8 min where the plan gives no duration", {}, thigh, 480],
    ["is what the plan says", { sets, limitS: 400 }, thigh, 400],
    ["may be 10 min without a reason", { limitS: 600 }, thigh, 600],
    ["is longer with a reason", { durationS: 720, limitReason: "Hughes 2019" }, thigh, 792],
    ["a preset's source is a reason", { durationS: 900, source: "Patterson 2019" }, thigh, 990],
    ["never exceeds the 20 min of a leg", { durationS: 1180, limitReason: "x" }, thigh, 1200],
    ["never exceeds the 15 min of an arm", { durationS: 900, limitReason: "x" }, arm, 900],
  ])("%s", (_, parts, limb, limit) => {
    expect(prescriptionOf(prescribe(plan(parts), limb, null)).limit).toBe(seconds(limit));
  });

  test.each<[string, Record<string, unknown>, Limb, string, string]>([
    ["over 10 min without a reason", { limitS: 601 }, thigh, "limitReason", "needs a reason"],
    ["reckoned to be over 10 min without a reason", { durationS: 600 }, thigh, "limitReason", "11 min"],
    ["over the cap of an arm", { limitS: 901, limitReason: "x" }, arm, "limitS", "15 min at most"],
    [
      "in a plan that is longer than the cap",
      { durationS: 1201, limitReason: "x" },
      thigh,
      "durationS",
      "20 min",
    ],
    [
      "in a plan whose sets are longer than the cap",
      { sets: [200, 100], limitReason: "x" },
      arm,
      "sets",
      "15 min",
    ],
    [
      "below the plan's cap while the plan is above it",
      { durationS: 1201, limitS: 300 },
      thigh,
      "durationS",
      "20 min",
    ],
  ])("is refused %s", (_, parts, limb, path, words) => {
    const result = prescribe(plan(parts), limb, null);
    expect(result).toMatchObject({ ok: false, path });
    expect(result.ok || result.reason).toContain(words);
  });

  test("never exceeds the cap and always has a reason above 10 min, whatever the plan", () => {
    const anyPlan = fc.record(
      {
        sets: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
        repS: fc.integer({ min: 1, max: 30 }),
        restS: fc.integer({ min: 0, max: 600 }),
        durationS: fc.integer({ min: 10, max: 3600 }),
        limitS: fc.integer({ min: 30, max: 1200 }),
        limitReason: fc.constant("because"),
        betweenSets: fc.constantFrom("up", "down"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyPlan, fc.constantFrom(thigh, arm), (parts, limb) => {
        const result = prescribe(plan(parts), limb, mmhg(180));
        if (!result.ok) return;
        const { limit, cap } = result.prescription;
        expect(cap).toBe(hardCap[limb.limb]);
        expect(limit).toBeGreaterThan(0);
        expect(limit).toBeLessThanOrEqual(cap);
        if (limit > longestWithoutReason) expect(parts.limitReason).toBeDefined();
      }),
    );
  });
});

test("reperfusion takes one minute, or what the plan says, and three after a limit was passed", () => {
  expect(prescriptionOf(prescribe(plan(), thigh, null)).reperfusion).toBe(minutes(1));
  expect(prescriptionOf(prescribe(plan({ reperfusionS: 180 }), thigh, null)).reperfusion).toBe(minutes(3));
  expect(reperfusionAfterOverrun).toBe(minutes(3));
});

test("a cuff on no patient has the more cautious of everything", () => {
  expect(withoutPlan).toEqual({ limit: minutes(8), cap: minutes(15), reperfusion: minutes(1) });
});

test("what the plan orders stands in the prescription", () => {
  const passive = plan({ durationS: 300, inflations: 5, betweenSets: "down" });
  expect(prescriptionOf(prescribe(passive, arm, null))).toMatchObject({
    plan: "Plan",
    limb: arm,
    repsOfSets: [],
    inflations: 5,
    cuffDownBetweenSets: true,
  });
});

describe("a plan is refused with", () => {
  test.each<[string, Record<string, unknown>]>([
    ["a pressure above 100 % LOP", { targetPctLop: 101 }],
    ["hardly any pressure", { targetPctLop: 19 }],
    ["a set of no repetitions", { sets: [30, 0] }],
    ["half a repetition", { sets: [7.5] }],
    ["no sets at all", { sets: [] }],
    ["a reperfusion of less than half a minute", { reperfusionS: 29 }],
    ["a key that nobody reads", { limit: 300 }],
    ["an id with a space", { id: "my plan" }],
    ["a limit of nothing", { limitS: 0 }],
  ])("%s", (_, parts) => {
    expect(planSchema.safeParse({ id: "p", name: "Plan", targetPctLop: 60, ...parts }).success).toBe(false);
  });
});
