/** What is true of a room. */
import type { Room } from "../../session/room.ts";
import { after, between, never } from "../../units.ts";
import { lasts, type Limits } from "../limits.ts";
import type { RoomCondition } from "../policy.ts";
import { firstAfter, no, type Rule, yes } from "../verdict.ts";

/** A room, and what it is held to. */
export type JudgedRoom = Readonly<{ room: Room; limits: Limits }>;

const notRecording: Rule<JudgedRoom> = {
  judge: ({ room }) => (room.recording ? no : yes("medium", 0, 0)),
};

const nobodyListening: Rule<JudgedRoom> = {
  judge: ({ room: { unheardSince, inflated }, limits }, now) =>
    unheardSince !== null && between(unheardSince, now) >= lasts(limits, "unheardForS")
      ? yes("medium", inflated, 0)
      : no,
  next: ({ room: { unheardSince }, limits }, now) =>
    unheardSince === null ? never : firstAfter(now, after(unheardSince, lasts(limits, "unheardForS"))),
};

export const roomRules: Readonly<Record<RoomCondition, Rule<JudgedRoom>>> = {
  "not-recording": notRecording,
  "nobody-listening": nobodyListening,
};
