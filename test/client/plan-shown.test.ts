import { expect, test } from "vitest";
import { draftOf, emptyProgramme } from "../../client/plans/draft.ts";
import { planLabel, planShown } from "../../client/plans/plan.ts";
import { presets } from "../../shared/plan/presets.ts";

const [giles] = presets;
if (giles === undefined) throw new Error("There is no preset.");
const draft = draftOf(giles.programme);

test("the values of a plan read as text where two people changed them", () => {
  expect(planLabel("cuffWidthCm")).toBe("Cuff width");
  expect(planShown("name", draft.name)).toBe("Patellofemoral pain (Giles 2017)");
  expect(planShown("cuffs", draft.cuffs)).toBe("Left thigh");
  const [first = "", second = ""] = planShown("exercises", draft.exercises).split("\n");
  expect(first).toMatch(/^1\. Taping of the kneecap · without a cuff · neither/);
  expect(second).toMatch(/^2\. Leg press · 60 % LOP · 30-15-15-15 · 30 % 1RM · Through the range/);
  expect(planShown("progression", draft.progression)).toContain("Pain at most, of 10: 3");
});

test("a plan from nothing can be stored as it stands", () => {
  expect(emptyProgramme().exercises).toHaveLength(1);
});
