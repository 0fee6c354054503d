import { describe, expect, test } from "vitest";
import {
  draftOf,
  type ExerciseDraft,
  freshKey,
  moved,
  newExercise,
  type PlanDraft,
  readDraft,
} from "../../client/plans/draft.ts";
import { presets } from "../../shared/plan/presets.ts";
import { programmeSchema } from "../../shared/plan/programme.ts";

const giles = (): PlanDraft => {
  const preset = presets.find(({ id }) => id === "giles-2017");
  if (preset === undefined) throw new Error("There is no preset.");
  return draftOf(preset.programme);
};
/** The draft with its leg press changed. */
const withPress = (parts: Partial<ExerciseDraft>, draft = giles()): PlanDraft => ({
  ...draft,
  exercises: draft.exercises.map((e) => (e.name === "Leg press" ? { ...e, ...parts } : e)),
});
const problems = (draft: PlanDraft): Readonly<Record<string, string>> => {
  const read = readDraft(draft);
  return read.ok ? {} : Object.fromEntries(read.errors.map((e) => [e.field, e.detail]));
};

test.each(presets)("$id stands in the form and reads back as it was", ({ programme }) => {
  expect(readDraft(draftOf(programme))).toEqual({ ok: true, body: programme, programme });
});

test("limits that a plan chose, a chosen limit and its reason read back as well", () => {
  const programme = programmeSchema.parse({
    name: "Own",
    cuffs: [{ limb: "thigh", side: "left" }],
    exercises: [
      {
        ...{ kind: "restricted", name: "Walk", loadKg: 2.5 },
        plan: {
          ...{ targetPctLop: 50, durationS: 900, limitS: 930, limitReason: "as agreed", inflations: 2 },
          limits: { painOver: 5, exercisePct: 12.5 },
        },
      },
      { kind: "restricted", name: "To failure", plan: { targetPctLop: 60 } },
    ],
  });
  expect(readDraft(draftOf(programme))).toEqual({ ok: true, body: programme, programme });
});

describe("what is wrong is told of its field, in words", () => {
  test.each<[string, Partial<ExerciseDraft>, string, string]>([
    ["no number", { pctLop: "sixty" }, "exercises.1.plan.targetPctLop", "must be a number"],
    ["nothing", { pctLop: "" }, "exercises.1.plan.targetPctLop", "must be given"],
    [
      "too much",
      { pctLop: "95" },
      "exercises.1.plan.targetPctLop",
      "plans end at 90 % of the limb occlusion pressure",
    ],
    ["too little", { repS: "0" }, "exercises.1.plan.repS", "must be 1 at least"],
    ["a set that is none", { sets: "30-x" }, "exercises.1.plan.sets.1", "must be a number"],
    ["no sets", { sets: "" }, "exercises.1.plan.sets", "must not be empty"],
    ["no time", { goesBy: "time" }, "exercises.1.plan.durationS", "must be a number"],
    ["half an inflation", { inflations: "1.5" }, "exercises.1.plan.inflations", "must be a whole number"],
    ["no name", { name: " " }, "exercises.1.name", "the name of the exercise must not be empty"],
    [
      "a limit of the alarms that is none",
      { limits: { painOver: "11" } },
      "exercises.1.plan.limits.painOver",
      "the pain above which stopping is advised: must be 4 to 9 of 10",
    ],
  ])("%s", (_, parts, field, detail) => {
    expect(problems(withPress(parts))).toMatchObject({ [field]: detail });
  });

  test("also where only the arithmetic of a limb tells", () => {
    expect(problems(withPress({ sets: "30-30-30-30-30", repS: "10" }))).toEqual({
      "exercises.1.plan.sets":
        "the plan takes 27 min, longer than the 20 min that a cuff may stay on a thigh",
    });
    expect(problems(withPress({ limit: "12:00" }, { ...giles(), source: "" }))).toEqual({
      "exercises.1.plan.limitReason": "a limit of 12 min is over 10 min and needs a reason",
    });
  });

  test("no limb, or no exercise", () => {
    expect(problems({ ...giles(), cuffs: [], exercises: [] })).toEqual({
      cuffs: "choose at least one limb",
      exercises: "add at least one exercise",
    });
  });
});

test("new exercises are complete, and an empty optional field is no value", () => {
  const draft = giles();
  const key = freshKey(draft.exercises);
  expect(draft.exercises.map((e) => e.key)).not.toContain(key);
  const more = [newExercise("restricted", key), newExercise("free", key + 1)];
  const read = readDraft({ ...draft, perWeek: "", exercises: [...draft.exercises, ...more] });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  expect(read.programme.perWeek).toBeNull();
  expect(read.programme.exercises).toHaveLength(draft.exercises.length + 2);
});

test("an exercise moves by one place, and not past the ends", () => {
  const { exercises } = giles();
  const names = (list: readonly ExerciseDraft[]): readonly string[] => list.map((e) => e.name);
  expect(names(moved(exercises, 1, -1)).slice(0, 2)).toEqual(["Leg press", "Taping of the kneecap"]);
  expect(moved(exercises, 0, -1)).toBe(exercises);
  expect(moved(exercises, exercises.length - 1, 1)).toBe(exercises);
});
