/** A patient's record in its form: everything as text, until it is read. */
import type { FieldProblem } from "../../shared/clinic/api.ts";
import { type Patient, patientSchema } from "../../shared/clinic/patient.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import { fieldWords } from "../../shared/view/field-words.ts";
import { limbName } from "../../shared/view/limb-words.ts";
import { patientWords as words } from "../../shared/view/patient-words.ts";

export type RecordDraft = {
  givenName: string;
  familyName: string;
  number: string;
  born: string;
  sex: "female" | "male" | "";
  condition: string;
  limbs: Limb[];
  notes: string;
  stationOnly: boolean;
};

/** What is written of a record; screening and explanation have ways of their own. */
const writtenSchema = patientSchema.omit({ screening: true, explanation: true, hold: true });

export const newRecord = (): RecordDraft => ({
  ...{ givenName: "", familyName: "", number: "", born: "", sex: "" },
  ...{ condition: "", limbs: [], notes: "", stationOnly: false },
});

export const draftOf = (patient: Patient): RecordDraft => ({
  ...{ givenName: patient.givenName, familyName: patient.familyName, number: patient.number },
  ...{ born: patient.born ?? "", sex: patient.sex ?? "", condition: patient.condition },
  limbs: patient.limbs.map((limb) => ({ ...limb })),
  ...{ notes: patient.notes, stationOnly: patient.stationOnly },
});

export type RecordRead =
  Readonly<{ ok: true; body: unknown }> | Readonly<{ ok: false; errors: readonly FieldProblem[] }>;

/** The record that was typed, or every field that is wrong. */
export const readRecord = (draft: RecordDraft): RecordRead => {
  const parsed = writtenSchema.safeParse(
    { ...draft, born: draft.born === "" ? null : draft.born, sex: draft.sex === "" ? null : draft.sex },
    { error: fieldWords },
  );
  return parsed.success
    ? { ok: true, body: parsed.data }
    : {
        ok: false,
        errors: parsed.error.issues.map(({ path, message }) => ({
          field: path.map(String).join("."),
          detail: message,
        })),
      };
};

/** The limbs with one more, or one less. */
export const toggled = (limbs: readonly Limb[], limb: Limb): Limb[] =>
  has(limbs, limb) ? limbs.filter((one) => !is(one, limb)) : [...limbs, limb];
export const has = (limbs: readonly Limb[], limb: Limb): boolean => limbs.some((one) => is(one, limb));
const is = (a: Limb, b: Limb): boolean => a.limb === b.limb && a.side === b.side;

const isField = (field: string): field is keyof RecordDraft => field in words.fields;

/** What a field of the record is called. */
export const recordLabel = (field: string): string => (isField(field) ? words.fields[field] : field);

/** A value of the record as a conflict shows it. */
export const recordShown = (_field: string, value: unknown): string => {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return Array.isArray(value) ? value.filter(isLimb).map(limbName).join(", ") : "";
};

const isLimb = (value: unknown): value is Limb =>
  typeof value === "object" && value !== null && "limb" in value && "side" in value;
