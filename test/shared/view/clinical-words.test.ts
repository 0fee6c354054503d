import { describe, expect, test } from "vitest";
import { arithmetic } from "../../../shared/plan/arithmetic.ts";
import { fitWarning, limbName, limbText, lopShown, lopText } from "../../../shared/view/limb-words.ts";
import { obstacleWords, patientWords } from "../../../shared/view/patient-words.ts";
import {
  doseLine,
  limitLine,
  limbsShown,
  suggestionWords,
  targetLine,
} from "../../../shared/view/plan-words.ts";
import { type Plan, planSchema } from "../../../shared/plan/prescription.ts";
import { mmhg } from "../../../shared/units.ts";

const plan = (parts: Record<string, unknown>): Plan =>
  planSchema.parse({ id: "p", name: "Plan", source: "a paper", targetPctLop: 60, ...parts });
const lines = (parts: Record<string, unknown>, limb: "thigh" | "arm" = "thigh"): readonly string[] => {
  const reckoned = arithmetic(plan(parts), { limb, side: "left" }, mmhg(200));
  if (!reckoned.ok) throw new Error(reckoned.reason);
  return [targetLine(reckoned.value, 60), doseLine(reckoned.value), limitLine(reckoned.value)];
};
const sets = [30, 15, 15, 15];

describe("the arithmetic in words", () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      "sets",
      { sets },
      ["75 repetitions × 4 s + 3 rests × 30 s = 6 min 30 s", "Limit: 6 min 30 s + 10 % = 7 min 9 s"],
    ],
    [
      "sets with the cuff down between them",
      { sets, betweenSets: "down" },
      ["75 repetitions × 4 s = 5 min", "Limit: 5 min + 10 % = 5 min 30 s"],
    ],
    [
      "cycles",
      { durationS: 300, inflations: 5 },
      ["5 min under pressure; 5 times = 25 min under pressure", "Limit: 5 min + 10 % = 5 min 30 s"],
    ],
    [
      "nothing said",
      {},
      ["The plan does not say how long it takes", "Limit, where a plan does not say how long: 8 min"],
    ],
    [
      "a chosen limit",
      { sets, limitS: 420 },
      ["75 repetitions × 4 s + 3 rests × 30 s = 6 min 30 s", "Limit, as chosen: 7 min"],
    ],
  ])("%s", (_, parts, expected) => {
    expect(lines(parts)).toEqual(["60 % of 200 mmHg = 120 mmHg", ...expected]);
  });

  test("a limit that the cap cuts short says so", () => {
    expect(lines({ durationS: 870 }, "arm")[2]).toBe(
      "Limit: 14 min 30 s + 10 %, but never more than 15 min: 15 min",
    );
  });

  test("a limb without a pressure has no target", () => {
    expect(targetLine({ target: null }, 60)).toBe("60 % of the limb occlusion pressure, which is not known");
  });
});

test("limbs and pressures read as words", () => {
  const cuffs = (["left", "right"] as const).map((side) => ({ limb: "thigh" as const, side }));
  expect(limbsShown({ cuffs })).toBe("Left thigh, right thigh");
  expect(limbName({ limb: "arm", side: "right" })).toBe("Right arm");
  expect(lopShown({ mmhg: 174, method: "estimated", seeMmhg: 15.3 })).toBe("174 ± 15.3 mmHg, an estimate");
  expect(lopShown({ mmhg: 200, method: "doppler", seeMmhg: 15.3 })).toBe("200 mmHg");
  expect(fitWarning({ kind: "other-posture", measured: "supine", wanted: "seated" })).toBe(
    "It was found lying; the plan is done seated. Measure again.",
  );
  const found = {
    limb: "thigh",
    side: "left",
    mmhg: 174,
    cuffWidthCm: 18,
    posture: "seated",
    from: null,
  } as const;
  const at = { at: 1_772_539_200_000, note: "" };
  expect(lopText({ ...found, ...at, method: "estimated" }, "UTC")).toBe(
    "LOP 174 ± 15.3 mmHg, an estimate, seated, 3 Mar 2026",
  );
  expect(lopText({ ...found, ...at, method: "oximeter" }, "UTC")).toBe(
    "LOP 174 mmHg, pulse oximeter, seated, 3 Mar 2026",
  );
  expect(fitWarning({ kind: "estimated", seeMmhg: 15.3 })).toContain("± 15.3 mmHg");
  expect(limbText({ limb: "arm", side: "right" })).toBe("right arm");
  expect(fitWarning({ kind: "too-old", days: 40, afterDays: 28 })).toContain("40 days old");
});

test("what stands in the way reads as a sentence", () => {
  expect(obstacleWords({ kind: "screening-open", open: ["pregnancy"] })).toBe(
    "Screening: 1 question is open.",
  );
  expect(obstacleWords({ kind: "screening-red", red: ["pregnancy", "aneurysm"] })).toBe(
    "Screening: Is pregnant, or may be; An aneurysm.",
  );
  const about = { followUp: "f", asked: "72-hours", dueAt: 0 } as const;
  expect(obstacleWords({ kind: "follow-up-missing", ...about })).toBe(
    "Follow-up (72 hours) is not answered.",
  );
  expect(obstacleWords({ kind: "follow-up-red", ...about, red: ["dark-urine"] })).toBe(
    "Follow-up (72 hours): Dark urine.",
  );
});

test("a suggestion says what to do and why", () => {
  expect(suggestionWords({ kind: "raise", pct: 5, fromKg: 20, toKg: 21, sessions: 2 })).toBe(
    "The last 2 sessions went well: raise the load by 5 %, from 20 to 21 kg.",
  );
  expect(suggestionWords({ kind: "look", pain: 6, atMost: 3 })).toContain("Pain was 6 of 10");
  expect(suggestionWords({ kind: "stay", why: "too-few", went: 1, needed: 2 })).toBe(
    "Keep the load: 1 of 2 good sessions at it so far.",
  );
});

test("a name that ends in a full stop ends its sentence", () => {
  expect(patientWords.givenAt("today", "Aidan R.")).toBe("Given today by Aidan R.");
  expect(patientWords.screenedAt("today", "Aidan")).toBe("Asked today by Aidan.");
});
