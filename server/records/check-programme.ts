/** What is wrong with a programme beyond its shape: each cuff's arithmetic has to come out, with and without the patient's pressures. */
import { absoluteCap } from "../../shared/alarm/policy.ts";
import type { ClinicSettings } from "../../shared/clinic/settings.ts";
import { fitting, type LopRecord } from "../../shared/plan/limb-occlusion.ts";
import { type Limb, type Plan, prescribe } from "../../shared/plan/prescription.ts";
import { planOf, type Programme } from "../../shared/plan/programme.ts";
import { type Mmhg, mmhg } from "../../shared/units.ts";
import { recordWords as words } from "../../shared/view/record-words.ts";
import type { FieldProblem } from "../http/route.ts";

export type Against = Readonly<{
  /** The patient's limb occlusion pressures; none for the clinic's own programmes. */
  pressures: readonly LopRecord[];
  settings: ClinicSettings;
  /** Wall clock, ms. */
  now: number;
}>;

/** Every field that is wrong, each once. */
export const wrongInProgramme = (programme: Programme, against: Against): readonly FieldProblem[] => {
  const wrong: FieldProblem[] = programme.cuffs.flatMap(({ limb, side }, i) =>
    programme.cuffs.findIndex((other) => other.limb === limb && other.side === side) < i
      ? [{ field: `cuffs.${i}`, detail: words.twice(`the ${side} ${limb}`) }]
      : [],
  );
  for (const [i, exercise] of programme.exercises.entries()) {
    if (exercise.kind !== "restricted") continue;
    const plan = planOf(programme, exercise);
    for (const limb of programme.cuffs)
      for (const lop of [null, newest(programme, limb, against)]) {
        const one = wrongInPlan(plan, limb, lop, against.settings);
        if (one !== null) wrong.push({ field: `exercises.${i}.plan.${one.field}`, detail: one.detail });
      }
  }
  return wrong.filter(({ field }, i) => wrong.findIndex((other) => other.field === field) === i);
};

/** The pressure that counts for a limb of the patient, null where there is none. */
const newest = (
  { cuffWidthCm, posture }: Programme,
  limb: Limb,
  { pressures, settings, now }: Against,
): Mmhg | null => {
  const { entry } = fitting(pressures, { ...limb, cuffWidthCm, posture }, now, settings.reviewLopAfterDays);
  return entry === null ? null : mmhg(entry.body.mmhg);
};

const wrongInPlan = (
  plan: Plan,
  limb: Limb,
  lop: Mmhg | null,
  { limits }: ClinicSettings,
): FieldProblem | null => {
  const result = prescribe(plan, limb, lop);
  if (!result.ok) return { field: result.path, detail: result.reason };
  const cap = limits.absoluteCapMmhg ?? absoluteCap;
  const { target } = result.prescription;
  return target !== null && target >= cap
    ? { field: "targetPctLop", detail: words.targetOverCap(target, cap) }
    : null;
};
