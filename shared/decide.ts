/** What follows from an order of a person, whatever it is about. */
import type { Limits } from "./alarm/limits.ts";
import type { Occurrence } from "./alarm/occurrence.ts";
import { decideClass } from "./class/decide.ts";
import type { ClassState } from "./class/seat.ts";
import type { CuffId } from "./ids.ts";
import type { CuffState } from "./session/cuff-state.ts";
import { allCuffs, cuffIn, type Cuffs } from "./session/cuffs.ts";
import { answer, type Decided, decideDown, decideNote, type Order } from "./session/order.ts";
import type { Room } from "./session/room.ts";
import { decideRoom } from "./session/room-order.ts";
import type { Monotonic } from "./units.ts";

/** The floor as it is when the order comes. */
type Present = Readonly<{
  limits: Limits;
  room: Room;
  class: ClassState;
  cuffs: Cuffs;
  /** Every occurrence that is open. */
  alarms: readonly Occurrence[];
}>;

export const decide = (state: Present, order: Order, at: Monotonic): Decided => {
  const { limits } = state;
  switch (order.kind) {
    case "acknowledge":
    case "take-back": {
      const found = state.alarms.find((o) => o.id === order.alarm);
      return answer(found, order.kind, order, { limits, at });
    }
    case "release":
    case "cuff-off":
      return decideDown(cuffIn(state.cuffs, order.cuff), order, at);
    case "note":
      return decideNote(cuffIn(state.cuffs, order.cuff), order, { others: allCuffs(state.cuffs), at });
    case "pause-sound":
    case "resume-sound":
    case "take-duty":
    case "offer-duty":
    case "decline-duty":
      return decideRoom(state.room, order, { limits, at });
    default: {
      const cuff = (id: CuffId): CuffState | undefined => cuffIn(state.cuffs, id);
      return decideClass({ class: state.class, cuff, cuffs: allCuffs(state.cuffs), at }, order);
    }
  }
};
