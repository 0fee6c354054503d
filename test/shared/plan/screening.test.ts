import { expect, test } from "vitest";
import { screened, screeningQuestions } from "../../../shared/plan/screening.ts";

test.each([
  ["angina", "Angina, or a recent infarction"],
  ["malignancy", "A malignant tumour, now or before"],
] as const)("of %s the more cautious question is asked", (question, words) => {
  expect(screeningQuestions[question]).toBe(words);
});

test("one red answer is red, whatever is still open", () => {
  expect(screened(screeningQuestions, { malignancy: "yes", angina: "no" })).toEqual({
    is: "red",
    red: ["malignancy"],
  });
});
