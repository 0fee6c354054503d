/** A limb occlusion pressure in its form: typed, or estimated from what is known of the person. */
import type { FieldProblem } from "../../shared/clinic/api.ts";
import {
  type Estimate,
  estimateCuffCm,
  estimateLop,
  type LopEntry,
  type LopMethod,
  lopSchema,
  type Posture,
} from "../../shared/plan/limb-occlusion.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import { fieldWords } from "../../shared/view/field-words.ts";
import { recordWords } from "../../shared/view/record-words.ts";
import { numberIn, numberShown } from "../desk/typed.ts";
import { ageOn, fieldOf, momentIn } from "../desk/when.ts";

export type LopDraft = {
  method: LopMethod;
  /** Which of all limbs. */
  limb: Limb;
  mmhg: string;
  cuffWidthCm: string;
  posture: Posture;
  /** As a field of type datetime-local holds it. */
  at: string;
  note: string;
  thighCm: string;
  systolicMmhg: string;
};

/** Whom an estimate is for, from the record; null where it does not say. */
export type Person = Readonly<{ born: string | null; sex: "female" | "male" | null }>;

export type Beginning = Readonly<{
  limb: Limb;
  cuffWidthCm: number | null;
  posture: Posture | null;
  now: number;
}>;

/** What a new one begins with: from the patient, and from the plan where there is one. */
export const newLop = ({ limb, cuffWidthCm, posture, now }: Beginning): LopDraft => ({
  ...{ method: "doppler", limb: { ...limb }, mmhg: "", cuffWidthCm: numberShown(cuffWidthCm) },
  ...{ posture: posture ?? "seated", at: fieldOf(now), note: "" },
  ...{ thighCm: "", systolicMmhg: "" },
});

/** What the formula takes, as far as it was typed and the record has it. */
const typedFrom = (draft: LopDraft, { born, sex }: Person): Readonly<Record<string, unknown>> => ({
  ...{ thighCm: numberIn(draft.thighCm), systolicMmhg: numberIn(draft.systolicMmhg) },
  ageYears: born === null ? undefined : ageOn(born, momentIn(draft.at) ?? 0),
  sex: sex ?? undefined,
});

/** The estimate of what was typed so far; null while something is missing. */
export const estimateOf = (draft: LopDraft, person: Person): Estimate | null => {
  const cuffWidthCm = numberIn(draft.cuffWidthCm) ?? estimateCuffCm;
  const refused = estimateLop(
    { thighCm: 50, systolicMmhg: 120, ageYears: 40, sex: "male" },
    { limb: draft.limb.limb, cuffWidthCm },
  );
  // What has no estimate at all is said at once, and not only after four numbers.
  if (!refused.ok) return refused;
  const from = lopSchema.shape.from.safeParse(typedFrom(draft, person));
  return from.success && from.data !== null
    ? estimateLop(from.data, { limb: draft.limb.limb, cuffWidthCm })
    : null;
};

export type LopRead =
  Readonly<{ ok: true; body: LopEntry }> | Readonly<{ ok: false; errors: readonly FieldProblem[] }>;

/** The entry that was typed, or every field that is wrong. */
export const readLop = (draft: LopDraft, person: Person, now: number): LopRead => {
  const estimated = draft.method === "estimated";
  const estimate = estimated ? estimateOf(draft, person) : null;
  const parsed = lopSchema.safeParse(
    {
      ...draft.limb,
      method: draft.method,
      mmhg: estimated ? (estimate?.ok === true ? estimate.mmhg : undefined) : numberIn(draft.mmhg),
      cuffWidthCm: numberIn(draft.cuffWidthCm),
      posture: draft.posture,
      at: momentIn(draft.at) ?? undefined,
      from: estimated ? typedFrom(draft, person) : null,
      note: draft.note,
    },
    { error: fieldWords },
  );
  const errors = parsed.success ? [] : parsed.error.issues.map(problemOf);
  if (parsed.success && parsed.data.at > now + 60_000)
    return { ok: false, errors: [{ field: "at", detail: recordWords.future }] };
  return parsed.success ? { ok: true, body: parsed.data } : { ok: false, errors };
};

const problemOf = ({ path, message }: Readonly<{ path: PropertyKey[]; message: string }>): FieldProblem => ({
  field: path.map(String).join("."),
  detail: message,
});
