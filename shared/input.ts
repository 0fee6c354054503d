/** Everything that can happen to a floor; each input carries the time at which the server took it in. */
import type { CuffInput } from "./session/cuff-input.ts";
import type { Fact, GivenRoster, ResumedFact } from "./session/fact.ts";
import type { Order } from "./session/order.ts";
import type { Monotonic } from "./units.ts";

export type Input =
  | CuffInput
  | Readonly<{ kind: "order"; at: Monotonic; order: Order }>
  | Readonly<{ kind: "roster"; at: Monotonic; roster: GivenRoster }>
  | Readonly<{ kind: "resume"; at: Monotonic } & Pick<ResumedFact, "gap" | "vouchedBy">>
  /** Whether facts are being stored, and how many connected screens have their sound armed. */
  | Readonly<{ kind: "recording"; at: Monotonic; ok: boolean }>
  | Readonly<{ kind: "listening"; at: Monotonic; screens: number }>
  /** There is no room for another cuff: one that nobody would miss is forgotten. */
  | Readonly<{ kind: "make-room"; at: Monotonic }>
  /** What was given from outside and decided once before, of a recording that is judged again. */
  | Readonly<{ kind: "decided"; at: Monotonic; fact: Fact }>
  | Readonly<{ kind: "tick"; at: Monotonic }>;
