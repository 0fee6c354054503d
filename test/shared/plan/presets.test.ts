import { describe, expect, test } from "vitest";
import { usualLimits } from "../../../shared/alarm/limits.ts";
import { visitExercise } from "../../../shared/class/given.ts";
import { arithmetic, restrictedInSession } from "../../../shared/plan/arithmetic.ts";
import { forLimbs, type PresetId, presets, presetSchema } from "../../../shared/plan/presets.ts";
import { planDuration } from "../../../shared/plan/prescription.ts";
import { planOf, type Programme, type RestrictedExercise } from "../../../shared/plan/programme.ts";
import { minutes, mmhg, seconds } from "../../../shared/units.ts";

const programmeOf = (id: PresetId): Programme => {
  const preset = presets.find((p) => p.id === id);
  if (preset === undefined) throw new Error(`There is no preset ${id}.`);
  return preset.programme;
};
/** The rest that is guided between the sets of an exercise, in seconds. */
const guidedRest = (exercise: RestrictedExercise): number => visitExercise(exercise).restS;
const restricted = ({ exercises }: Programme): readonly RestrictedExercise[] =>
  exercises.filter((e) => e.kind === "restricted");

describe.each(presets)("the preset $id", ({ id, what, programme }) => {
  test("can be used on each of its limbs as it stands, and names its source", () => {
    for (const exercise of restricted(programme))
      for (const limb of programme.cuffs)
        expect(arithmetic(planOf(programme, exercise), limb, mmhg(200))).toMatchObject({ ok: true });
    expect(programme.source).not.toBe("");
  });

  test("keeps a limb restricted for less than the clinic's usual limit of a session", () => {
    expect(restrictedInSession(programme)).toBeLessThanOrEqual(minutes(usualLimits.sessionLimitMin));
  });

  test("explains both rare risks, what to report and that the cuff comes off on request", () => {
    expect(programme.explanation).toMatch(/blood clot/);
    expect(programme.explanation).toMatch(/rhabdomyolysis/);
    expect(programme.explanation).toMatch(/dark urine/);
    expect(programme.explanation).toMatch(/same day/);
    expect(programme.explanation).toMatch(/whenever you ask/);
  });

  test("reads back as what the API says", () => {
    expect(presetSchema.parse(JSON.parse(JSON.stringify({ id, what, programme })))).toEqual({
      id,
      what,
      programme,
    });
  });
});

test.each<[PresetId, number, number | null, number | null]>([
  ["giles-2017", 60, 3, 8],
  ["constantinou-2022", 70, 3, 4],
  ["hughes-2019", 80, 2, 8],
  ["passive", 70, 7, 3],
  ["acl-first-weeks", 70, 7, 3],
  ["aerobic", 50, 3, 6],
])("%s is at %i %% LOP, %s a week for %s weeks", (id, pctLop, perWeek, weeks) => {
  const programme = programmeOf(id);
  expect(programme).toMatchObject({ perWeek, weeks });
  expect(restricted(programme).map((e) => e.plan.targetPctLop)).toEqual(
    restricted(programme).map(() => pctLop),
  );
});

test.each<PresetId>(["giles-2017", "constantinou-2022", "hughes-2019"])(
  "%s is 30-15-15-15 at 30 %% 1RM with 30 s rests under pressure",
  (id) => {
    for (const { pctOneRm, plan } of restricted(programmeOf(id))) {
      expect(pctOneRm).toBe(30);
      expect(plan).toMatchObject({ sets: [30, 15, 15, 15], restS: 30, betweenSets: "up" });
    }
  },
);

describe("the seed cases are whole", () => {
  test("patellofemoral pain: leg press and extension, hip strength, landing drills and taping", () => {
    expect(programmeOf("giles-2017").exercises.map((e) => [e.kind, e.name])).toEqual([
      ["free", "Taping of the kneecap"],
      ["restricted", "Leg press"],
      ["restricted", "Leg extension"],
      ["free", "Hip strength"],
      ["free", "Jumping and landing drills"],
    ]);
  });

  test("a knee after ACL surgery: cycles without load first, then a light leg press, never a heavy load", () => {
    const first = programmeOf("acl-first-weeks");
    expect(restricted(first).map((e) => [e.plan.inflations, planDuration(planOf(first, e))])).toEqual([
      [5, seconds(300)],
    ]);
    expect(first.exercises.every((e) => e.loadKg === null && e.pctOneRm === null)).toBe(true);
    const later = programmeOf("hughes-2019");
    expect(later.explanation).toMatch(/may not carry a heavy load in the first six weeks/);
    expect(later.exercises.every((e) => (e.pctOneRm ?? 0) <= 30)).toBe(true);
    expect(later.exercises.some((e) => /jump/i.test(e.name))).toBe(false);
  });
});

test("passive cycles pause for 3 min, and a walk of 15 min has its source as the reason of its limit", () => {
  const [passive] = restricted(programmeOf("passive"));
  expect(passive?.plan.reperfusionS).toBe(180);
  expect(passive && guidedRest(passive)).toBe(180);
  const walk = programmeOf("aerobic");
  const [exercise] = restricted(walk);
  if (exercise === undefined) throw new Error("There is no walk.");
  const withSource = planOf(walk, exercise);
  const without = planOf({ source: "" }, exercise);
  const limb = { limb: "thigh", side: "left" } as const;
  expect(arithmetic(withSource, limb, null)).toMatchObject({
    ok: true,
    value: { limit: { reasoned: true } },
  });
  expect(arithmetic(without, limb, null)).toMatchObject({ ok: false, path: "limitReason" });
});

test("a preset takes the limbs of its patient, two at most, and keeps its own where none is known", () => {
  const programme = programmeOf("giles-2017");
  const right = { limb: "thigh", side: "right" } as const;
  const arm = { limb: "arm", side: "left" } as const;
  expect(forLimbs(programme, [right]).cuffs).toEqual([right]);
  expect(forLimbs(programme, [right, arm, arm]).cuffs).toEqual([right, arm]);
  expect(forLimbs(programme, []).cuffs).toEqual(programme.cuffs);
});
