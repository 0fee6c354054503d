/** What became of a command, in a sentence for the person who gave it. */
import { floorWords } from "../../shared/view/words.ts";
import type { Outcome } from "../link.ts";

/** `known` is no failure: somebody else was first, or it is over. */
export type Said = Readonly<{ tone: "done" | "known" | "refused"; text: string }>;

/** What to tell the person who gave a command. */
export const outcomeText = (outcome: Outcome): Said => {
  if (outcome.ok) return { tone: "done", text: outcome.recorded ? floorWords.done : floorWords.unrecorded };
  switch (outcome.kind) {
    case "no-link":
      return { tone: "refused", text: floorWords.noLink };
    case "stood-still":
      return { tone: "refused", text: floorWords.stoodStill };
    case "no-answer":
      return { tone: "refused", text: floorWords.noAnswer };
    case "not-understood":
      return { tone: "refused", text: floorWords.notUnderstood };
    case "no-such-alarm":
    case "already":
      return { tone: "known", text: outcome.reason };
    default:
      return { tone: "refused", text: outcome.reason };
  }
};
