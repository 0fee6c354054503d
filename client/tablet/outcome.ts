/** What became of a command, in a sentence for the person who gave it. */
import { floorWords } from "../../shared/view/words.ts";
import type { Outcome } from "../link.ts";

export type Said = Readonly<{ ok: boolean; text: string }>;

/** What to tell the person who gave a command. */
export const outcomeText = (outcome: Outcome): Said => {
  if (outcome.ok) return { ok: true, text: outcome.recorded ? floorWords.done : floorWords.unrecorded };
  switch (outcome.kind) {
    case "no-link":
      return { ok: false, text: floorWords.noLink };
    case "stood-still":
      return { ok: false, text: floorWords.stoodStill };
    case "no-answer":
      return { ok: false, text: floorWords.noAnswer };
    case "not-understood":
      return { ok: false, text: floorWords.notUnderstood };
    case "malformed":
    case "stale":
    case "no-such-alarm":
    case "already":
    case "no-such-cuff":
    case "no-patient":
    case "not-inflated":
    case "cannot-release":
    case "not-staff":
    case "not-yours":
    case "not-sent":
      return { ok: false, text: outcome.reason };
  }
};
