/**
 * What is asked before the first session and, shorter, before each one; and what the answers mean (docs/clinical.md, "Screening,
 * stopping, following up"). A red answer stops the session from starting; a physiotherapist may override it with a reason.
 */
import { z } from "zod";
import { moment, text } from "../clinic/fields.ts";

/** Contraindications (Nascimento 2022 for the cardiac ones). */
export const screeningQuestions = {
  thromboembolism: "A blood clot in a leg or lung, now or before, or a raised risk of clotting",
  anticoagulants: "Takes anticoagulants",
  pregnancy: "Is pregnant, or may be",
  "sickle-cell": "Sickle cell disease or trait",
  "dialysis-access": "A dialysis access in the limb",
  "wound-or-fracture": "An open wound or an unhealed fracture of the limb",
  "crush-injury": "A crush injury of the limb",
  infection: "An infection of the limb",
  malignancy: "A malignant tumour, now or before",
  revascularisation: "A vascular repair or graft in the limb",
  lymphoedema: "Lymphoedema, or lymph nodes removed from the limb",
  "intracranial-pressure": "Raised intracranial pressure",
  hypertension: "Blood pressure of 180/110 mmHg or more",
  angina: "Angina, or a recent infarction",
  "heart-failure": "Heart failure: ejection fraction under 30 %, or NYHA III or IV",
  aneurysm: "An aneurysm",
  "arterial-disease": "Peripheral arterial disease",
  arrhythmia: "An uncontrolled arrhythmia",
} as const;
export type ScreeningQuestion = keyof typeof screeningQuestions;

/** Before each session. */
export const checkQuestions = {
  changed: "A new illness, operation, injury or medicine since the last session",
  "calf-pain": "New swelling, warmth, redness or pain in the limb",
  "chest-pain": "Chest pain or short of breath",
  "dark-urine": "Dark urine, or muscle pain out of proportion, after the last session",
  unwell: "Feels unwell or feverish today",
  "blood-pressure": "Blood pressure of 180/110 mmHg or more today",
} as const;
export type CheckQuestion = keyof typeof checkQuestions;

const named = <K extends string>(questions: Readonly<Record<K, string>>) =>
  z.partialRecord(
    z.enum(Object.keys(questions) as [K, ...K[]]),
    z.enum(["yes", "no"], 'must be "yes" or "no"'),
  );
export const screeningAnswers = named<ScreeningQuestion>(screeningQuestions);
export const checkAnswers = named<CheckQuestion>(checkQuestions);
export type CheckAnswers = Readonly<z.output<typeof checkAnswers>>;

/** Who set a red answer aside, and why. */
export const override = z.strictObject({ by: z.string(), at: moment, reason: text(2000, "the reason") });

export type Screened<Q extends string = string> =
  | Readonly<{ is: "clear" }>
  | Readonly<{ is: "incomplete"; open: readonly Q[] }>
  | Readonly<{ is: "red"; red: readonly Q[] }>;

/** What answers to questions mean: one red answer is red, whatever else is still open. */
export const screened = <Q extends string>(
  questions: Readonly<Record<Q, string>>,
  answers: Readonly<Partial<Record<Q, "yes" | "no">>>,
): Screened<Q> => {
  const asked = Object.keys(questions) as Q[];
  const red = asked.filter((q) => answers[q] === "yes");
  if (red.length > 0) return { is: "red", red };
  const open = asked.filter((q) => answers[q] === undefined);
  return open.length > 0 ? { is: "incomplete", open } : { is: "clear" };
};
