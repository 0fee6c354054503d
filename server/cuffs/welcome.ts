/** What whoever starts the server has to know of who may connect a cuff. */
import type { Strangers } from "./gate.ts";

/** Lines for the start's output; `paired` is how many cuffs have credentials. */
export const cuffWelcome = (strangers: Strangers, paired: number): readonly string[] => {
  switch (strangers) {
    case "always":
      return [];
    case "until-paired":
      return paired > 0
        ? []
        : [
            "Until the first cuff is paired (/cuffs), any program on this machine can connect as one; no other machine can.",
          ];
    case "never":
      return paired > 0
        ? []
        : [
            "Cuffs come in with credentials alone, and none has any yet: pair them at /cuffs. Whoever tries without is shown there.",
          ];
  }
};
