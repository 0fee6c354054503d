/** A patient's record: who it is, what is treated, what was explained and what was asked. None of it ever goes over MQTT. */
import { z } from "zod";
import { limbs, sides } from "../plan/prescription.ts";
import { override, screeningAnswers } from "../plan/screening.ts";
import { day, maybeName, maybeText, moment, nameText, text } from "./fields.ts";

export const limbSchema = z.strictObject({ limb: z.enum(limbs), side: z.enum(sides) });

/** The individual explanation that the method needs, and that it was given. */
const explanation = z.strictObject({
  text: maybeText(10_000, "the explanation"),
  given: z.strictObject({ at: moment, by: z.string() }).nullable().default(null),
});

const screening = z.strictObject({
  answers: screeningAnswers,
  at: moment,
  by: z.string(),
  override: override.nullable().default(null),
});

/** Nothing that was recorded of a patient may be removed while somebody may have to answer for it: who said so, and why. */
export const holdSchema = z.strictObject({ reason: text(2000, "the reason"), by: z.string(), at: moment });

export const patientSchema = z.strictObject({
  givenName: nameText(500, "the first name"),
  familyName: maybeName(500, "the family name"),
  /** The clinic's own number for this patient; no two have the same. */
  number: maybeText(64, "the record number"),
  born: day.nullable().default(null),
  /** For the estimate of the limb occlusion pressure, which was made from these two (docs/clinical.md). */
  sex: z.enum(["female", "male"]).nullable().default(null),
  condition: maybeText(2000, "the condition"),
  /** The limbs that are treated. */
  limbs: z.array(limbSchema).max(4).default([]),
  explanation: explanation.default({ text: "", given: null }),
  screening: screening.nullable().default(null),
  notes: maybeText(20_000, "the notes"),
  /** Nothing of the name on a wall, the station's number only. */
  stationOnly: z.boolean().default(false),
  hold: holdSchema.nullable().default(null),
});
export type Patient = Readonly<z.output<typeof patientSchema>>;

/** The name as the record has it. */
export const fullName = ({ givenName, familyName }: Pick<Patient, "givenName" | "familyName">): string =>
  [givenName, familyName].filter((part) => part !== "").join(" ");

/** The name as a wall shows it: first name and initial, in any script; "" where the station's number stands alone. */
export const shownName = ({
  givenName,
  familyName,
  stationOnly,
}: Pick<Patient, "givenName" | "familyName" | "stationOnly">): string => {
  if (stationOnly) return "";
  // "und": the same on every machine, whatever language it speaks.
  const initial = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(familyName)][0]?.segment;
  return initial === undefined ? givenName : `${givenName} ${initial}.`;
};
