/** What can be heard from a cuff, and which fact it is. */
import type { DataMessage, EventMessage, MetaMessage, StatusMessage } from "../cuff/message.ts";
import type { CuffId } from "../ids.ts";
import type { Millis, Mmhg, Monotonic } from "../units.ts";
import type { CuffFact } from "./fact.ts";
import { type Boot, qualityOf, qualityOfEvent } from "./liveness.ts";

/** What can be heard from a cuff; `at` is when the server took it in. */
export type CuffInput = Readonly<{ at: Monotonic; cuff: CuffId }> &
  (
    | Readonly<{ kind: "data"; message: DataMessage }>
    | Readonly<{ kind: "basic"; pressure: Mmhg; freshFor: Millis }>
    | Readonly<{ kind: "status"; message: StatusMessage }>
    | Readonly<{ kind: "meta"; message: MetaMessage }>
    | Readonly<{ kind: "event"; message: EventMessage }>
  );

/** What was heard at `at` from a cuff of these power-ups, as a fact; none for a repetition of what was heard before. */
export const heardFrom = (boots: readonly Boot[], input: CuffInput, at: Monotonic): readonly CuffFact[] => {
  const { cuff } = input;
  switch (input.kind) {
    case "data": {
      const quality = qualityOf(boots, input.message, at);
      return quality === null ? [] : [{ kind: "samples", at, cuff, quality, message: input.message }];
    }
    case "basic":
      return [{ kind: "basic-sample", at, cuff, pressure: input.pressure, freshFor: input.freshFor }];
    case "status":
      return [{ kind: "status", at, cuff, message: input.message }];
    case "meta":
      return [{ kind: "meta", at, cuff, message: input.message }];
    case "event": {
      const quality = qualityOfEvent(boots, input.message, at);
      return quality === null ? [] : [{ kind: "event", at, cuff, quality, message: input.message }];
    }
  }
};
