/** What of a recorded floor came from outside: heard from cuffs, told by people, known of the clinic. Everything else the engine decided. */
import type { Input } from "../input.ts";
import { cuffIn } from "../session/cuffs.ts";
import type { State } from "../engine.ts";
import type { Fact } from "../session/fact.ts";
import type { Order } from "../session/order.ts";

/** What the engine is to be told at a recorded fact, where the floor, judged anew so far, is `state`; null for what it decides itself. */
export const inputOf = (fact: Fact, state: State): Input | null => {
  const { at } = fact;
  const decided = (): Input => ({ kind: "decided", at, fact });
  const order = (one: Order): Input => ({ kind: "order", at, order: one });
  switch (fact.kind) {
    case "inflated":
    case "deflated":
    case "alarm-raised":
    case "alarm-changed":
    case "alarm-cleared":
    case "alarm-reminded":
    case "alarm-superseded":
      return null;
    case "forgotten":
      // Time alone makes most of them; the others made room for another cuff.
      return cuffIn(state.cuffs, fact.cuff) === undefined ? null : decided();
    case "alarm-acknowledged": {
      const { by, verified, at: answeredAt } = fact.acknowledged;
      // An answer that went over to a newer occurrence was given before, and goes over again.
      return answeredAt === at ? order({ kind: "acknowledge", alarm: fact.id, by, verified }) : null;
    }
    case "alarm-taken-back":
      return order({ kind: "take-back", alarm: fact.id, by: fact.by, verified: fact.verified });
    case "ordered-down": {
      const { order: kind, cuff, by, verified } = fact;
      return order({ kind, cuff, by, verified });
    }
    case "sound-paused":
    case "sound-resumed":
    case "duty-taken":
    case "duty-declined": {
      const kinds = {
        "sound-paused": "pause-sound",
        "sound-resumed": "resume-sound",
        "duty-taken": "take-duty",
        "duty-declined": "decline-duty",
      } as const;
      return order({ kind: kinds[fact.kind], by: fact.by, verified: fact.verified });
    }
    case "duty-offered":
      return order({ kind: "offer-duty", to: fact.to, by: fact.by, verified: fact.verified });
    case "resumed":
      return { kind: "resume", at, gap: fact.gap, vouchedBy: fact.vouchedBy };
    case "roster":
      return { kind: "roster", at, roster: fact.roster };
    case "recording":
      return { kind: "recording", at, ok: fact.ok };
    case "listening":
      return { kind: "listening", at, screens: fact.screens };
    default:
      return decided();
  }
};
