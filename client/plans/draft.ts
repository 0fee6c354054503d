/** A plan as it stands in the form: everything as text, until it is read. */
import { type LimitName, limitNames, limitTable } from "../../shared/alarm/limits.ts";
import type { FieldProblem } from "../../shared/clinic/api.ts";
import { arithmetic } from "../../shared/plan/arithmetic.ts";
import { type Posture } from "../../shared/plan/limb-occlusion.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import { type Exercise, planOf, type Programme, programmeSchema } from "../../shared/plan/programme.ts";
import { fieldWords } from "../../shared/view/field-words.ts";
import { planWords as words } from "../../shared/view/plan-words.ts";
import {
  numberIn,
  numberOrNull,
  numberShown,
  secondsIn,
  secondsShown,
  setsIn,
  setsShown,
} from "../desk/typed.ts";

/** The limits that a plan may choose. */
export const planLimitNames: readonly LimitName[] = limitNames.filter((name) => limitTable[name].plan);

export type GoesBy = "sets" | "time" | "open";

export type ExerciseDraft = {
  /** Names it on the screen while it moves. */
  key: number;
  kind: Exercise["kind"];
  name: string;
  instructions: string;
  loadKg: string;
  pctOneRm: string;
  goesBy: GoesBy;
  sets: string;
  repS: string;
  restS: string;
  duration: string;
  // The rest is for restricted ones, and kept while somebody looks at the other kind.
  pctLop: string;
  betweenSets: "up" | "down";
  inflations: string;
  reperfusion: string;
  limit: string;
  limitReason: string;
  limits: Partial<Record<LimitName, string>>;
};

/** The fields of an exercise that are typed. */
export type TextField = {
  [Name in keyof ExerciseDraft]: string extends ExerciseDraft[Name] ? Name : never;
}[keyof ExerciseDraft];

export type PlanDraft = {
  name: string;
  source: string;
  explanation: string;
  perWeek: string;
  weeks: string;
  cuffs: Limb[];
  cuffWidthCm: string;
  posture: Posture | "";
  exercises: ExerciseDraft[];
  progression: {
    on: boolean;
    sessions: string;
    allRepetitions: boolean;
    painAtMost: string;
    exertionAtMost: string;
    loadPct: string;
  };
};

const usualProgression = { sessions: 2, allRepetitions: true, painAtMost: 3, exertionAtMost: 7, loadPct: 5 };

/** What a new exercise begins with: 30-15-15-15 under the cuff, 3×10 without (docs/clinical.md). */
export const newExercise = (kind: Exercise["kind"], key: number): ExerciseDraft => ({
  ...{ key, kind, name: words.emptyExercise, instructions: "", loadKg: "" },
  ...{ pctOneRm: kind === "restricted" ? "30" : "", goesBy: "sets", duration: "" },
  ...{ sets: kind === "restricted" ? "30-15-15-15" : "10-10-10", repS: "4", restS: "30" },
  ...{ pctLop: "60", betweenSets: "up", inflations: "1", reperfusion: "1:00" },
  ...{ limit: "", limitReason: "", limits: {} },
});

/** A key that no exercise has. */
export const freshKey = (exercises: readonly ExerciseDraft[]): number =>
  Math.max(0, ...exercises.map(({ key }) => key)) + 1;

const exerciseDraft = (exercise: Exercise, key: number): ExerciseDraft => {
  const work = exercise.kind === "restricted" ? exercise.plan : exercise;
  const drawn: ExerciseDraft = {
    ...newExercise(exercise.kind, key),
    ...{ name: exercise.name, instructions: exercise.instructions },
    ...{ loadKg: numberShown(exercise.loadKg), pctOneRm: numberShown(exercise.pctOneRm) },
    goesBy: work.durationS !== undefined ? "time" : work.sets !== undefined ? "sets" : "open",
    ...{ sets: setsShown(work.sets), repS: numberShown(work.repS), restS: numberShown(work.restS) },
    duration: secondsShown(work.durationS),
  };
  if (exercise.kind === "free") return drawn;
  const { plan } = exercise;
  return {
    ...drawn,
    ...{ pctLop: numberShown(plan.targetPctLop), betweenSets: plan.betweenSets },
    ...{ inflations: numberShown(plan.inflations), reperfusion: secondsShown(plan.reperfusionS) },
    ...{ limit: secondsShown(plan.limitS), limitReason: plan.limitReason ?? "" },
    limits: Object.fromEntries(
      Object.entries(plan.limits).map(([name, value]) => [name, numberShown(value)]),
    ),
  };
};

export const draftOf = (programme: Programme): PlanDraft => ({
  ...{ name: programme.name, source: programme.source, explanation: programme.explanation },
  ...{ perWeek: numberShown(programme.perWeek), weeks: numberShown(programme.weeks) },
  cuffs: programme.cuffs.map((limb) => ({ ...limb })),
  ...{ cuffWidthCm: numberShown(programme.cuffWidthCm), posture: programme.posture ?? "" },
  exercises: programme.exercises.map((exercise, n) => exerciseDraft(exercise, n + 1)),
  progression: {
    on: programme.progression !== null,
    ...progressionDraft(programme.progression ?? usualProgression),
  },
});

const progressionDraft = (rule: NonNullable<Programme["progression"]>) => ({
  ...{ sessions: numberShown(rule.sessions), allRepetitions: rule.allRepetitions },
  ...{ painAtMost: numberShown(rule.painAtMost), exertionAtMost: numberShown(rule.exertionAtMost) },
  loadPct: numberShown(rule.loadPct),
});

/** Leaves out what is not there, so that the schema's defaults stand. */
const present = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const exerciseWritten = (e: ExerciseDraft): unknown => {
  const work = present({
    // What goes by sets and has none is to be told so.
    sets: e.goesBy === "sets" ? (setsIn(e.sets) ?? []) : undefined,
    ...{ repS: numberIn(e.repS), restS: numberIn(e.restS) },
    durationS: e.goesBy === "time" ? (secondsIn(e.duration) ?? NaN) : undefined,
  });
  const what = {
    ...{ kind: e.kind, name: e.name, instructions: e.instructions },
    ...{ loadKg: numberOrNull(e.loadKg), pctOneRm: numberOrNull(e.pctOneRm) },
  };
  if (e.kind === "free") return { ...what, ...work };
  const plan = present({
    ...work,
    ...{ targetPctLop: numberIn(e.pctLop), betweenSets: e.betweenSets, inflations: numberIn(e.inflations) },
    ...{ reperfusionS: secondsIn(e.reperfusion), limitS: secondsIn(e.limit) },
    limitReason: e.limitReason.trim() === "" ? undefined : e.limitReason,
    limits: present(
      Object.fromEntries(Object.entries(e.limits).map(([name, typed]) => [name, numberIn(typed)])),
    ),
  });
  return { ...what, plan };
};

/** The form as the API takes it, wrong or not. */
const written = (draft: PlanDraft): unknown => ({
  ...{ name: draft.name, source: draft.source, explanation: draft.explanation },
  ...{ perWeek: numberOrNull(draft.perWeek), weeks: numberOrNull(draft.weeks), cuffs: draft.cuffs },
  ...{ cuffWidthCm: numberOrNull(draft.cuffWidthCm), posture: draft.posture === "" ? null : draft.posture },
  exercises: draft.exercises.map(exerciseWritten),
  progression: draft.progression.on
    ? present({
        ...{
          sessions: numberIn(draft.progression.sessions),
          allRepetitions: draft.progression.allRepetitions,
        },
        painAtMost: numberIn(draft.progression.painAtMost),
        exertionAtMost: numberIn(draft.progression.exertionAtMost),
        loadPct: numberIn(draft.progression.loadPct),
      })
    : null,
});

export type DraftRead =
  | Readonly<{ ok: true; body: Programme; programme: Programme }>
  | Readonly<{ ok: false; errors: readonly FieldProblem[] }>;

/** The plan that was typed, or every field that is wrong, also where the arithmetic of a limb does not come out. */
export const readDraft = (draft: PlanDraft): DraftRead => {
  const parsed = programmeSchema.safeParse(written(draft), { error: fieldWords });
  if (!parsed.success)
    return {
      ok: false,
      errors: parsed.error.issues.map((issue) => ({
        field: issue.path.map(String).join("."),
        detail: issue.message,
      })),
    };
  const errors = reckoningProblems(parsed.data);
  return errors.length === 0
    ? { ok: true, body: parsed.data, programme: parsed.data }
    : { ok: false, errors };
};

/** What the arithmetic says against a plan on its limbs, once for each field. */
const reckoningProblems = (programme: Programme): readonly FieldProblem[] => {
  const found = programme.exercises.flatMap((exercise, n) =>
    exercise.kind === "free"
      ? []
      : programme.cuffs.flatMap((limb): FieldProblem[] => {
          const reckoned = arithmetic(planOf(programme, exercise), limb, null);
          return reckoned.ok
            ? []
            : [{ field: `exercises.${n}.plan.${reckoned.path}`, detail: reckoned.reason }];
        }),
  );
  return found.filter((one, n) => found.findIndex((other) => other.field === one.field) === n);
};

/** One exercise moved by a place; the same list where it cannot go further. */
export const moved = (
  exercises: readonly ExerciseDraft[],
  at: number,
  by: -1 | 1,
): readonly ExerciseDraft[] => {
  const [here, there] = [exercises[at], exercises[at + by]];
  return here === undefined || there === undefined
    ? exercises
    : exercises.with(at, there).with(at + by, here);
};

/** A plan to begin with where none is taken. */
export const emptyProgramme = (): Programme =>
  programmeSchema.parse({
    name: words.emptyName,
    cuffs: [{ limb: "thigh", side: "left" }],
    exercises: [
      {
        ...{ kind: "restricted", name: words.emptyExercise, pctOneRm: 30 },
        plan: { targetPctLop: 60, sets: [30, 15, 15, 15] },
      },
    ],
  });
