/** Questions of the rules as a page lists them, and answering many with one tap. */
import { followUpQuestions, type FollowUpQuestion } from "../../shared/clinic/follow-up.ts";
import { type ScreeningQuestion, screeningQuestions } from "../../shared/plan/screening.ts";

export type Question<Q extends string> = Readonly<{ id: Q; text: string }>;
export type Given<Q extends string> = Partial<Record<Q, "yes" | "no">>;

export const screeningList = Object.entries(screeningQuestions).map(([id, text]) => ({
  id: id as ScreeningQuestion,
  text,
})) satisfies readonly Question<ScreeningQuestion>[];

export const followUpList = Object.entries(followUpQuestions).map(([id, { text }]) => ({
  id: id as FollowUpQuestion,
  text,
})) satisfies readonly Question<FollowUpQuestion>[];

/** No to everything that is open; what was answered stays. */
export const noToTheRest = <Q extends string>(
  questions: readonly Question<Q>[],
  answers: Readonly<Given<Q>>,
): Given<Q> => {
  const given: Given<Q> = { ...answers };
  for (const { id } of questions) given[id] ??= "no";
  return given;
};

/** Whether nothing is open any more. */
export const allAnswered = <Q extends string>(
  questions: readonly Question<Q>[],
  answers: Readonly<Given<Q>>,
): boolean => questions.every(({ id }) => answers[id] !== undefined);
