/** From a programme to what each cuff is held to in each of its exercises: one arithmetic, for the class and for the page of a plan. */
import type { ChosenLimits } from "../alarm/limits.ts";
import { absoluteCap } from "../alarm/policy.ts";
import {
  defaultLimit,
  defaultReperfusion,
  hardCap,
  type Limb,
  type Plan,
  prescribe,
  type Prescription,
} from "../plan/prescription.ts";
import { type Exercise, planOf, type Programme } from "../plan/programme.ts";
import type { Mmhg } from "../units.ts";
import type { Given, Worn } from "./seat.ts";
import type { VisitExercise } from "./visit.ts";

/** What is wrong with a programme for a limb, as a sentence; or what the limb is given in each exercise. */
export type GivenOf =
  | Readonly<{ ok: true; given: Worn["given"] }>
  /** `exercise` counts from 0. */
  | Readonly<{ ok: false; exercise: number; reason: string }>;

/**
 * What a limb is given in each exercise. Work without a cuff has no target, and yet a cuff that goes up in it is held to the limits of the
 * restricted exercise before it, or of the next where it comes first.
 */
export const givenOf = (
  programme: Pick<Programme, "source" | "exercises">,
  limb: Limb,
  { lop, limits }: Readonly<{ lop: Mmhg | null; limits: ChosenLimits }>,
): GivenOf => {
  const cap = limits.absoluteCapMmhg ?? absoluteCap;
  const restricted: (Given | null)[] = [];
  for (const [index, exercise] of programme.exercises.entries()) {
    if (exercise.kind === "free") {
      restricted.push(null);
      continue;
    }
    const plan = planOf(programme, exercise);
    const result = prescribe(plan, limb, lop);
    if (!result.ok) return { ok: false, exercise: index, reason: result.reason };
    const { target } = result.prescription;
    if (target !== null && target >= cap)
      return {
        ...{ ok: false, exercise: index },
        reason: `the target of ${target} mmHg is not under the clinic's own cap of ${cap} mmHg`,
      };
    restricted.push({ prescription: result.prescription, limits: plan.limits });
  }
  const next = restricted.find((one) => one !== null) ?? { prescription: withoutCuff(limb), limits: {} };
  let last = next;
  const given = programme.exercises.map((exercise, index): Given => {
    const own = restricted[index] ?? null;
    if (own === null) return unaimed(last, exercise);
    last = own;
    return own;
  });
  return { ok: true, given: [given[0] ?? next, ...given.slice(1)] };
};

/** The same limits without anything to aim at. */
const unaimed = ({ prescription, limits }: Given, { name }: Exercise): Given => ({
  limits,
  prescription: {
    ...prescription,
    ...{ plan: name, target: null, pctLop: null, repsOfSets: [], inflations: 1, cuffDownBetweenSets: false },
  },
});

/** What holds where no exercise of a programme is under a cuff. */
const withoutCuff = (limb: Limb): Prescription => ({
  ...{ plan: "", limb, lop: null, target: null, pctLop: null },
  ...{ limit: defaultLimit, cap: hardCap[limb.limb], reperfusion: defaultReperfusion },
  ...{ repsOfSets: [], inflations: 1, cuffDownBetweenSets: false },
});

/** The part of a visit's exercise that a plan for a cuff tells. */
export const restrictedExercise = (
  plan: Omit<Plan, "id" | "name" | "source">,
): Omit<VisitExercise, "name" | "instructions" | "loadKg" | "pctOneRm"> => ({
  kind: "restricted",
  sets: [...(plan.sets ?? [])],
  rounds: plan.sets?.length ?? plan.inflations,
  repS: plan.repS,
  // Between inflations that go by time the limb reperfuses: no shorter pause is guided than the one that is supervised.
  restS: plan.sets === undefined ? plan.reperfusionS : plan.restS,
  durationS: plan.durationS ?? null,
  pctLop: plan.targetPctLop,
});

/** An exercise as it stands in a visit: a copy, which no later edit of the plan reaches. */
export const visitExercise = (exercise: Exercise): VisitExercise => {
  const { name, instructions, loadKg, pctOneRm } = exercise;
  const what = { name, instructions, loadKg, pctOneRm };
  if (exercise.kind === "restricted") return { ...restrictedExercise(exercise.plan), ...what };
  const { sets, repS, restS, durationS } = exercise;
  return {
    ...{ ...what, kind: "free", sets: [...(sets ?? [])], rounds: sets?.length ?? 1 },
    ...{ repS, restS, durationS: durationS ?? null, pctLop: null },
  };
};
