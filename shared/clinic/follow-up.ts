/**
 * What is asked the day after and 72 hours after a session (docs/clinical.md): rhabdomyolysis shows at 48 to 72 h, a clot as swelling,
 * warmth or redness. A red or unanswered follow-up blocks the next session until a physiotherapist clears it.
 */
import { z } from "zod";
import { moment, recordId, text } from "./fields.ts";

export const followUpKinds = ["next-day", "72-hours"] as const;
export type FollowUpKind = (typeof followUpKinds)[number];

/** `red`: seek care the same day. */
export const followUpQuestions = {
  pain: { text: "Muscle pain out of proportion to the work", red: true },
  weakness: { text: "Unusual weakness of the limb", red: true },
  "dark-urine": { text: "Dark urine", red: true },
  swelling: { text: "Swelling of the limb", red: true },
  warmth: { text: "Warmth or redness of the limb", red: true },
  bruising: { text: "Bruising under the cuff", red: false },
  numbness: { text: "Numbness or tingling that has stayed", red: false },
} as const satisfies Readonly<Record<string, Readonly<{ text: string; red: boolean }>>>;
export type FollowUpQuestion = keyof typeof followUpQuestions;

export const followUpAnswers = z.record(
  z.enum(Object.keys(followUpQuestions) as [FollowUpQuestion, ...FollowUpQuestion[]]),
  z.enum(["yes", "no"], 'must be "yes" or "no"'),
);

export const followUpSchema = z.strictObject({
  patient: recordId,
  session: recordId,
  kind: z.enum(followUpKinds),
  dueAt: moment,
  answered: z
    .strictObject({
      answers: followUpAnswers,
      remark: z.string().max(2000).default(""),
      at: moment,
      by: z.string(),
    })
    .nullable(),
  /** A physiotherapist has looked into a red or missing answer. */
  cleared: z.strictObject({ by: z.string(), at: moment, reason: text(2000, "the reason") }).nullable(),
});
export type FollowUp = Readonly<z.output<typeof followUpSchema>>;

/** Something that went wrong and was, or may have been, the treatment's doing. */
export const adverseEventSchema = z.strictObject({
  patient: recordId,
  session: recordId.nullable().default(null),
  at: moment,
  what: text(2000, "what happened"),
  severity: z.enum(["mild", "moderate", "serious"]),
  done: z.string().trim().max(2000).default("").describe("What was done about it"),
  by: z.string(),
});
export type AdverseEvent = Readonly<z.output<typeof adverseEventSchema>>;
