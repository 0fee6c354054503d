import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Arithmetic, arithmetic, restrictedInSession } from "../../../shared/plan/arithmetic.ts";
import { type Limb, type Plan, planSchema, prescribe } from "../../../shared/plan/prescription.ts";
import { exerciseSchema } from "../../../shared/plan/programme.ts";
import { minutes, mmhg, seconds } from "../../../shared/units.ts";

const thigh: Limb = { limb: "thigh", side: "left" };
const sets = [30, 15, 15, 15];
const plan = (parts: Record<string, unknown> = {}): Plan =>
  planSchema.parse({ id: "p", name: "Plan", targetPctLop: 60, ...parts });
const reckon = (parts: Record<string, unknown>, lop: number | null = 200, limb = thigh): Arithmetic => {
  const reckoned = arithmetic(plan(parts), limb, lop === null ? null : mmhg(lop));
  if (!reckoned.ok) throw new Error(reckoned.reason);
  return reckoned.value;
};

describe("the arithmetic of a plan", () => {
  test("60 % of 200 mmHg = 120 mmHg", () => {
    expect(reckon({ sets }).target).toEqual({ pctLop: 60, lop: 200, mmhg: 120 });
    expect(reckon({ sets }, null).target).toBeNull();
  });

  test("75 repetitions of 4 s and 3 rests of 30 s take 390 s; with 10 % more that is a limit of 429 s", () => {
    expect(reckon({ sets })).toMatchObject({
      dose: { kind: "sets", repetitions: 75, rep: 4000, rests: 3, rest: 30_000, total: 390_000 },
      limit: { from: "own-duration", is: 429_000, allowancePct: 10, capped: false, reasoned: false },
      together: 390_000,
    });
  });

  test("the rests do not count where the cuff goes down", () => {
    expect(reckon({ sets, betweenSets: "down" }).dose).toMatchObject({ rests: 0, total: 300_000 });
  });

  test("five times five minutes are 25 together", () => {
    expect(reckon({ durationS: 300, inflations: 5 })).toMatchObject({
      dose: { kind: "time", total: 300_000 },
      inflations: 5,
      together: minutes(25),
    });
  });

  test("a plan that does not say how long has the default limit, and a chosen one is said to be chosen", () => {
    expect(reckon({})).toMatchObject({
      dose: { kind: "open" },
      limit: { from: "default", is: minutes(8) },
      together: null,
    });
    expect(reckon({ sets, limitS: 420 }).limit).toMatchObject({
      from: "chosen",
      is: seconds(420),
      capped: false,
    });
  });

  test("a limit that 10 % would bring over the cap is the cap, and says so", () => {
    const arm: Limb = { limb: "arm", side: "left" };
    expect(reckon({ durationS: 870, source: "a paper" }, 150, arm).limit).toMatchObject({
      is: minutes(15),
      capped: true,
      reasoned: true,
    });
    expect(reckon({ limitS: 900, source: "a paper" }, 150, arm).limit.capped).toBe(false);
  });

  test("what cannot be prescribed says which field is wrong", () => {
    expect(arithmetic(plan({ sets, repS: 30 }), thigh, null)).toMatchObject({ ok: false, path: "sets" });
  });

  test("its parts always add up to what is prescribed", () => {
    const anyPlan = fc.record({
      targetPctLop: fc.integer({ min: 20, max: 90 }),
      sets: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
      repS: fc.integer({ min: 1, max: 6 }),
      restS: fc.integer({ min: 0, max: 90 }),
      betweenSets: fc.constantFrom("up", "down"),
      source: fc.constant("a paper"),
    });
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 40, max: 300 }), (parts, lop) => {
        const reckoned = arithmetic(plan(parts), thigh, mmhg(lop));
        const prescribed = prescribe(plan(parts), thigh, mmhg(lop));
        expect(reckoned.ok).toBe(prescribed.ok);
        if (!reckoned.ok || !prescribed.ok) return;
        const { dose, limit, target } = reckoned.value;
        if (dose.kind !== "sets") throw new Error("It has sets.");
        expect(dose.repetitions * dose.rep + dose.rests * dose.rest).toBe(dose.total);
        expect(limit.is).toBe(prescribed.prescription.limit);
        expect(limit.is).toBeGreaterThanOrEqual(dose.total);
        expect(target?.mmhg).toBe(prescribed.prescription.target);
      }),
    );
  });
});

test("a session adds up what every restricted exercise takes, and nothing that is free", () => {
  const exercises = [
    { kind: "restricted", name: "Leg press", plan: { targetPctLop: 60, sets } },
    { kind: "free", name: "Hip strength", sets: [10, 10, 10] },
    { kind: "restricted", name: "Cycles", plan: { targetPctLop: 60, durationS: 300, inflations: 2 } },
    { kind: "restricted", name: "To failure", plan: { targetPctLop: 60 } },
    { kind: "restricted", name: "To failure, shorter", plan: { targetPctLop: 60, limitS: 120 } },
  ].map((e) => exerciseSchema.parse(e));
  expect(restrictedInSession({ source: "", exercises })).toBe(seconds(390 + 600 + 480 + 120));
});
