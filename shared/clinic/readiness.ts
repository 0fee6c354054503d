/** What stands between a patient and the next session, from the record and its follow-ups (docs/clinical.md). The short check is not part of it. */
import { z } from "zod";
import { type ScreeningQuestion, screeningQuestions } from "../plan/screening.ts";
import { type FollowUp, followUpKinds, type FollowUpQuestion, followUpQuestions } from "./follow-up.ts";
import { blocks, followUpState, redAnswers } from "./follow-up-rules.ts";
import type { Patient } from "./patient.ts";

const screeningQuestion = z.enum(
  Object.keys(screeningQuestions) as [ScreeningQuestion, ...ScreeningQuestion[]],
);
const followUpQuestion = z.enum(Object.keys(followUpQuestions) as [FollowUpQuestion, ...FollowUpQuestion[]]);
const ofFollowUp = { followUp: z.string(), asked: z.enum(followUpKinds), dueAt: z.number() };

export const obstacleSchema = z.discriminatedUnion("kind", [
  /** Questions that nobody has answered yet; all of them where nobody has asked. */
  z.strictObject({ kind: z.literal("screening-open"), open: z.array(screeningQuestion) }),
  /** Answered with yes, and not set aside by a physiotherapist. */
  z.strictObject({ kind: z.literal("screening-red"), red: z.array(screeningQuestion) }),
  z.strictObject({ kind: z.literal("not-explained") }),
  z.strictObject({ kind: z.literal("follow-up-red"), ...ofFollowUp, red: z.array(followUpQuestion) }),
  /** Due, and neither answered nor cleared. */
  z.strictObject({ kind: z.literal("follow-up-missing"), ...ofFollowUp }),
]);
export type Obstacle = Readonly<z.output<typeof obstacleSchema>>;

export type Known = Readonly<{
  patient: Pick<Patient, "screening" | "explanation">;
  /** The patient's own, as the register has them. */
  followUps: readonly Readonly<{ id: string; body: FollowUp }>[];
  /** Wall clock, ms. */
  now: number;
}>;

/** Everything that stands in the way, the most serious first; empty where the patient may begin. */
export const obstacles = ({ patient, followUps, now }: Known): readonly Obstacle[] => [
  ...followUps.flatMap((one) => ofOne(one, now)).toSorted((a, b) => rank(a) - rank(b)),
  ...ofScreening(patient.screening),
  ...(patient.explanation.given === null ? [{ kind: "not-explained" } as const] : []),
];

/** An override sets red answers aside; a question that was not asked stays open all the same. */
const ofScreening = (screening: Patient["screening"]): readonly Obstacle[] => {
  const answers = screening?.answers ?? {};
  const answered = (how: "yes" | undefined): ScreeningQuestion[] =>
    screeningQuestion.options.filter((q) => answers[q] === how);
  const red = answered("yes");
  const open = answered(undefined);
  return [
    ...(red.length > 0 && (screening?.override ?? null) === null
      ? [{ kind: "screening-red", red } as const]
      : []),
    ...(open.length > 0 ? [{ kind: "screening-open", open } as const] : []),
  ];
};

const ofOne = ({ id, body }: Known["followUps"][number], now: number): readonly Obstacle[] => {
  const state = followUpState(body, now);
  if (!blocks(state)) return [];
  const about = { followUp: id, asked: body.kind, dueAt: body.dueAt };
  return state === "red"
    ? [{ kind: "follow-up-red", ...about, red: [...redAnswers(body.answered?.answers ?? {})] }]
    : [{ kind: "follow-up-missing", ...about }];
};

const rank = ({ kind }: Obstacle): number => (kind === "follow-up-red" ? 0 : 1);
