/**
 * The arithmetic of a plan as a page prints it: 60 % of 200 mmHg = 120 mmHg; so much work and so much rest + 10 % = the limit. It only
 * takes apart what `prescribe` and `planDuration` have reckoned.
 */
import { type Millis, millis, type Mmhg, seconds } from "../units.ts";
import {
  allowance,
  defaultLimit,
  type Limb,
  longestWithoutReason,
  type Plan,
  planDuration,
  prescribe,
} from "./prescription.ts";
import { planOf, type Programme } from "./programme.ts";

/** How one dose comes to its length. */
export type Dose =
  | Readonly<{
      kind: "sets";
      repetitions: number;
      rep: Millis;
      /** Rests under pressure, and how long each is; none where the cuff goes down. */
      rests: number;
      rest: Millis;
      total: Millis;
    }>
  | Readonly<{ kind: "time"; total: Millis }>
  | Readonly<{ kind: "open" }>;

export type LimitFrom = "chosen" | "own-duration" | "default";

export type Arithmetic = Readonly<{
  /** Null where the limb occlusion pressure is not known. */
  target: Readonly<{ pctLop: number; lop: Mmhg; mmhg: Mmhg }> | null;
  dose: Dose;
  limit: Readonly<{
    from: LimitFrom;
    is: Millis;
    /** What is added to the plan's own duration, %. */
    allowancePct: number;
    /** It would have been longer but for the cap. */
    capped: boolean;
    /** It is so long that it needs a reason. */
    reasoned: boolean;
  }>;
  cap: Millis;
  reperfusion: Millis;
  inflations: number;
  /** Under pressure in all inflations together; null where the plan does not say. */
  together: Millis | null;
}>;

export type Reckoned =
  Readonly<{ ok: true; value: Arithmetic }> | Readonly<{ ok: false; path: string; reason: string }>;

/** The arithmetic of one plan on one limb, or the field that is wrong and why. */
export const arithmetic = (plan: Plan, limb: Limb, lop: Mmhg | null): Reckoned => {
  const prescribed = prescribe(plan, limb, lop);
  if (!prescribed.ok) return prescribed;
  const { target, limit, cap, reperfusion, inflations } = prescribed.prescription;
  const duration = planDuration(plan);
  const from = plan.limitS !== undefined ? "chosen" : duration !== null ? "own-duration" : "default";
  return {
    ok: true,
    value: {
      target: lop === null || target === null ? null : { pctLop: plan.targetPctLop, lop, mmhg: target },
      dose: doseOf(plan, duration),
      limit: {
        ...{ from, is: limit, allowancePct: Math.round((allowance - 1) * 100) },
        capped: limit === cap && (from === "own-duration" ? (duration ?? 0) : defaultLimit) * allowance > cap,
        reasoned: limit > longestWithoutReason,
      },
      ...{ cap, reperfusion, inflations },
      together: duration === null ? null : millis(duration * inflations),
    },
  };
};

const doseOf = (plan: Plan, total: Millis | null): Dose => {
  if (total === null) return { kind: "open" };
  if (plan.sets === undefined || plan.durationS !== undefined) return { kind: "time", total };
  return {
    kind: "sets",
    repetitions: plan.sets.reduce((all, reps) => all + reps, 0),
    rep: seconds(plan.repS),
    rests: plan.betweenSets === "up" ? plan.sets.length - 1 : 0,
    rest: seconds(plan.restS),
    total,
  };
};

/**
 * How long each limb is under pressure in one session of a programme, all its exercises together; an exercise that does not say counts
 * with the limit that it has.
 */
export const restrictedInSession = (programme: Pick<Programme, "source" | "exercises">): Millis =>
  millis(
    programme.exercises.reduce((all, exercise) => {
      if (exercise.kind === "free") return all;
      const { inflations, limitS, ...plan } = planOf(programme, exercise);
      const one =
        planDuration({ ...plan, inflations }) ?? (limitS === undefined ? defaultLimit : seconds(limitS));
      return all + one * inflations;
    }, 0),
  );
