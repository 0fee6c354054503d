/**
 * What a patient is to be given on one limb, and the limits that follow from it. Every number has a default from
 * docs/clinical.md; where sources disagree the default is the more cautious one.
 */
import { z } from "zod";
import { planLimits } from "../alarm/limits.ts";
import { isShowable, notShowable } from "../clinic/fields.ts";
import { absoluteCap } from "../alarm/policy.ts";
import { type Millis, millis, minutes, type Mmhg, mmhg, seconds } from "../units.ts";

export const limbs = ["thigh", "arm"] as const;
export const sides = ["left", "right"] as const;
export type LimbName = (typeof limbs)[number];
export type Side = (typeof sides)[number];
export type Limb = Readonly<{ limb: LimbName; side: Side }>;

/** Longest restriction of a limb, whatever the plan says (VALD: under 15 min arm, under 20 min leg). */
export const hardCap: Readonly<Record<LimbName, Millis>> = { arm: minutes(15), thigh: minutes(20) };
/** Limit where the plan gives no duration (Owens; clinics: 6 to 8 min an exercise). */
export const defaultLimit = minutes(8);
/** A limit above this needs a stated reason. */
export const longestWithoutReason = minutes(10);
/** Pause after which a new dose begins (Fit Cuffs: over 1 min between exercises). */
export const defaultReperfusion = minutes(1);
/** The same after a limit was passed (VALD: 3 min). */
export const reperfusionAfterOverrun = minutes(3);
/** How much longer than its own duration a plan may take before it has overrun. */
export const allowance = 1.1;

const name = z.string().trim().min(1).max(120).refine(isShowable, notShowable);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be 1 to 64 of a-z, 0-9 and -");

export const planSchema = z.strictObject({
  id,
  name,
  source: name.optional().describe("Where the plan comes from; stands as the reason of a long limit"),
  targetPctLop: z.number().min(20).max(90, "plans end at 90 % of the limb occlusion pressure"),
  sets: z.array(z.int().min(1).max(500)).min(1).max(20).optional().describe("Repetitions of each set"),
  repS: z.number().min(1).max(30).default(4).describe("Seconds a repetition takes (2 up, 2 down)"),
  restS: z.number().min(0).max(600).default(30).describe("Seconds of rest between sets"),
  durationS: z
    .number()
    .min(10)
    .max(3600)
    .optional()
    .describe("Seconds under pressure where there are no sets"),
  betweenSets: z
    .enum(["up", "down"])
    .default("up")
    .describe("Whether the cuff stays up while the patient rests"),
  inflations: z.int().min(1).max(20).default(1).describe("How often the cuff goes up in one session"),
  limitS: z.number().min(30).max(1200).optional(),
  limitReason: name.optional(),
  reperfusionS: z
    .number()
    .min(30)
    .max(1800)
    .default(defaultReperfusion / 1000),
  limits: planLimits.default({}).describe("What the plan has chosen of the alarms' limits"),
});
export type Plan = Readonly<z.output<typeof planSchema>>;

/** What one cuff is to do on one limb of one patient. */
export type Prescription = Readonly<{
  plan: string;
  limb: Limb;
  /** Limb occlusion pressure; null where it was never measured: then 100 % cannot be judged, the absolute cap still is. */
  lop: Mmhg | null;
  target: Mmhg | null;
  pctLop: number | null;
  limit: Millis;
  cap: Millis;
  reperfusion: Millis;
  repsOfSets: readonly number[];
  inflations: number;
  cuffDownBetweenSets: boolean;
}>;

/** What is wrong with a plan for a limb, as a sentence; or the prescription that follows from it. */
export type Prescribed =
  Readonly<{ ok: true; prescription: Prescription }> | Readonly<{ ok: false; path: string; reason: string }>;

/**
 * How long the plan keeps a limb under pressure in one dose, or null where it does not say. Sets add up to one dose
 * whether the cuff stays up between them or not; the rests between them count only while it does.
 */
export const planDuration = (plan: Plan): Millis | null => {
  if (plan.durationS !== undefined) return seconds(plan.durationS);
  if (plan.sets === undefined) return null;
  const working = plan.sets.reduce((total, reps) => total + reps * plan.repS, 0);
  const resting = plan.betweenSets === "up" ? (plan.sets.length - 1) * plan.restS : 0;
  return seconds(working + resting);
};

/** The plan's arithmetic for one limb: 60 % of 200 mmHg = 120 mmHg, its own duration + 10 % = its limit. */
export const prescribe = (plan: Plan, limb: Limb, lop: Mmhg | null): Prescribed => {
  const cap = hardCap[limb.limb];
  const duration = planDuration(plan);
  if (duration !== null && duration > cap)
    return wrong(
      plan.durationS === undefined ? "sets" : "durationS",
      `the plan takes ${inMinutes(duration)}, longer than the ${inMinutes(cap)} that a cuff may stay on a ${limb.limb}`,
    );
  const chosen = plan.limitS === undefined ? null : seconds(plan.limitS);
  if (chosen !== null && chosen > cap)
    return wrong(
      "limitS",
      `a cuff may stay on a ${limb.limb} for ${inMinutes(cap)} at most; ${inMinutes(chosen)} was given`,
    );
  const reckoned = duration === null ? defaultLimit : millis(Math.round(duration * allowance));
  const target = lop === null ? null : mmhg(Math.round((lop * plan.targetPctLop) / 100));
  if (target !== null && target >= absoluteCap)
    return wrong(
      "targetPctLop",
      `${plan.targetPctLop} % of ${String(lop)} mmHg is ${target} mmHg, and no cuff may reach ${absoluteCap} mmHg`,
    );
  const limit = millis(Math.min(chosen ?? reckoned, cap));
  if (limit > longestWithoutReason && plan.limitReason === undefined && plan.source === undefined)
    return wrong(
      "limitReason",
      `a limit of ${inMinutes(limit)} is over ${inMinutes(longestWithoutReason)} and needs a reason`,
    );
  return {
    ok: true,
    prescription: {
      plan: plan.name,
      limb,
      lop,
      target,
      pctLop: lop === null ? null : plan.targetPctLop,
      limit,
      cap,
      reperfusion: seconds(plan.reperfusionS),
      repsOfSets: plan.sets ?? [],
      inflations: plan.inflations,
      cuffDownBetweenSets: plan.betweenSets === "down",
    },
  };
};

/** What holds for a cuff that is on no patient: the default limit and the more cautious cap. */
export const withoutPlan = {
  limit: defaultLimit,
  cap: hardCap.arm,
  reperfusion: defaultReperfusion,
} as const;

const wrong = (path: string, reason: string): Prescribed => ({ ok: false, path, reason });
const inMinutes = (duration: Millis): string => `${String(Math.round(duration / 6000) / 10)} min`;
