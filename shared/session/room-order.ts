/** What a person orders about the room: its sound, and who is on duty. */
import { lasts, type Limits } from "../alarm/limits.ts";
import { after, between, type Monotonic } from "../units.ts";
import type { Refusal } from "../wire.ts";
import type { RoomFact } from "./fact.ts";
import { type Decided, type Person, refuse } from "./order.ts";
import type { Room } from "./room.ts";

export type RoomOrder = Person &
  (
    | Readonly<{ kind: "pause-sound" | "resume-sound" }>
    /** `take-duty` accepts an offer, or takes over what nobody has. */
    | Readonly<{ kind: "take-duty" | "decline-duty" }>
    | Readonly<{ kind: "offer-duty"; to: string }>
  );

/** What follows from an order about the room. `limits` are the clinic's. */
export const decideRoom = (
  room: Room,
  order: RoomOrder,
  { limits, at }: Readonly<{ limits: Limits; at: Monotonic }>,
): Decided => {
  const { by, verified } = order;
  const fact = (one: Omitted): Decided => ({ ok: true, facts: [{ ...one, at, cuff: null, by, verified }] });
  switch (order.kind) {
    case "pause-sound": {
      const covered = room.pause !== null && at < room.pause.until;
      // A second press must not make a pause without end; what broke through it can be paused anew.
      if (covered && between(room.pause.at, at) < askedTwiceWithin)
        return refuse("already", `${room.pause.by} has just paused the sound.`);
      return fact({ kind: "sound-paused", until: after(at, lasts(limits, "pauseForS")) });
    }
    case "resume-sound":
      return room.pause === null || at >= room.pause.until
        ? refuse("already", "The sound is not paused.")
        : fact({ kind: "sound-resumed" });
    case "take-duty":
      return takeDuty(room, by) ?? fact({ kind: "duty-taken", from: room.duty.holder });
    case "offer-duty":
      return offerDuty(room, by, order.to) ?? fact({ kind: "duty-offered", to: order.to });
    case "decline-duty":
      return room.duty.offered === null || ![room.duty.offered.to, room.duty.offered.by].includes(by)
        ? refuse("not-yours", "No offer of the duty waits for you.")
        : fact({ kind: "duty-declined" });
  }
};

type Omitted = RoomFact extends infer F
  ? F extends RoomFact & { by: string }
    ? Omit<F, "at" | "cuff" | "by" | "verified">
    : never
  : never;

/** Two people who press at once mean one pause. */
const askedTwiceWithin = 2000;

const takeDuty = ({ duty }: Room, by: string): Refusal | null => {
  if (duty.holder === by) return refuse("already", "You are on duty.");
  if (duty.holder === null || duty.offered?.to === by) return null;
  return refuse("not-yours", `${duty.holder} is on duty and has to offer it to you first.`);
};

const offerDuty = ({ duty }: Room, by: string, to: string): Refusal | null => {
  if (duty.holder !== by)
    return refuse("not-yours", `Only who is on duty can offer it; ${duty.holder ?? "nobody"} is.`);
  return to === by ? refuse("already", "You are on duty.") : null;
};
