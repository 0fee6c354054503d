/** What concerns the room and not one cuff of it: whether it is recorded and listened to, who is on duty, whether its sound is paused. */
import type { SoundPause } from "../alarm/suppression.ts";
import { type Occurrence, withFact } from "../alarm/occurrence.ts";
import type { RoomCondition } from "../alarm/policy.ts";
import type { Roster } from "../plan/roster.ts";
import type { Monotonic } from "../units.ts";
import { type AlarmFact, isAboutAlarm, type ResumedFact, type RoomFact } from "./fact.ts";

/** Who answers for the class, and to whom it was offered; it passes by acceptance only. */
export type Duty = Readonly<{
  holder: string | null;
  offered: Readonly<{ to: string; by: string; at: Monotonic }> | null;
}>;

export type Room = Readonly<{
  /** Facts are being stored. */
  recording: boolean;
  /** How many connected screens have their sound armed. */
  listening: number;
  /** How many cuffs are up. */
  inflated: number;
  /** Since when a cuff has been up and nobody has listened. */
  unheardSince: Monotonic | null;
  pause: SoundPause | null;
  duty: Duty;
  /** Occurrences about the room that are present or acknowledged. */
  alarms: readonly Occurrence[];
  /** How often each was raised. */
  raised: Readonly<Partial<Record<RoomCondition, number>>>;
}>;

export const emptyRoom: Room = {
  recording: true,
  listening: 0,
  inflated: 0,
  unheardSince: null,
  pause: null,
  duty: { holder: null, offered: null },
  alarms: [],
  raised: {},
};

/** The room after a fact about it. */
export const applyToRoom = (room: Room, fact: RoomFact | AlarmFact<null>): Room => {
  if (isAboutAlarm(fact)) {
    const alarms = withFact(room.alarms, fact);
    if (fact.kind !== "alarm-raised") return { ...room, alarms };
    const condition = fact.occurrence.condition as RoomCondition;
    return { ...room, alarms, raised: { ...room.raised, [condition]: (room.raised[condition] ?? 0) + 1 } };
  }
  const { at } = fact;
  switch (fact.kind) {
    case "recording":
      return { ...room, recording: fact.ok };
    case "listening":
      return watched({ ...room, listening: fact.screens }, at);
    case "sound-paused":
      return { ...room, pause: { by: fact.by, at, until: fact.until } };
    case "sound-resumed":
      return { ...room, pause: null };
    case "duty-offered":
      return { ...room, duty: { ...room.duty, offered: { to: fact.to, by: fact.by, at } } };
    case "duty-taken":
      return { ...room, duty: { holder: fact.by, offered: null } };
    case "duty-declined":
      return { ...room, duty: { ...room.duty, offered: null } };
  }
};

/** The room under a new roster: who is no longer on its staff cannot be on duty, nor be offered it. */
export const staffed = (room: Room, { staff }: Pick<Roster, "staff">): Room => {
  const isStaff = (name: string): boolean => staff.some((s) => s.name === name);
  const { holder, offered } = room.duty;
  if ((holder === null || isStaff(holder)) && (offered === null || isStaff(offered.to))) return room;
  const stays = holder !== null && isStaff(holder);
  return { ...room, duty: { holder: stays ? holder : null, offered: null } };
};

/** The room with this many cuffs up. */
export const withInflated = (room: Room, inflated: number, at: Monotonic): Room =>
  inflated === room.inflated ? room : watched({ ...room, inflated }, at);

/** The room after an interruption: no screen is connected, and nobody was there to be missed meanwhile. */
export const resumedRoom = (room: Room, { at }: ResumedFact): Room =>
  watched({ ...room, listening: 0, unheardSince: null }, at);

const watched = (room: Room, at: Monotonic): Room => ({
  ...room,
  unheardSince: room.inflated > 0 && room.listening === 0 ? (room.unheardSince ?? at) : null,
});
