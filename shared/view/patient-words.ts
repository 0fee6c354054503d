/** What stands on the pages of the patients. */
import { followUpQuestions } from "../clinic/follow-up.ts";
import type { Obstacle } from "../clinic/readiness.ts";
import { screeningQuestions } from "../plan/screening.ts";
import { followUpWords } from "./follow-up-words.ts";
import { count } from "./words.ts";

/** What stands in the way of the next session, as a sentence. */
export const obstacleWords = (obstacle: Obstacle): string => {
  switch (obstacle.kind) {
    case "screening-open":
      return obstacle.open.length === Object.keys(screeningQuestions).length
        ? "Not screened yet."
        : `Screening: ${count(obstacle.open.length, "question is", "questions are")} open.`;
    case "screening-red":
      return `Screening: ${obstacle.red.map((q) => screeningQuestions[q]).join("; ")}.`;
    case "not-explained":
      return "The explanation was not given yet.";
    case "follow-up-red":
      return `Follow-up (${followUpWords.kinds[obstacle.asked].toLowerCase()}): ${obstacle.red.map((q) => followUpQuestions[q].text).join("; ")}.`;
    case "follow-up-missing":
      return `Follow-up (${followUpWords.kinds[obstacle.asked].toLowerCase()}) is not answered.`;
  }
};
