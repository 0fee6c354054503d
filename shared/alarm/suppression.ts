/** What people did about the signals of an alarm: answers that silence one occurrence, pauses that silence a room. */
import { after, later, type Millis, type Monotonic, never } from "../units.ts";
import { lasts, type Limits } from "./limits.ts";
import type { Occurrence } from "./occurrence.ts";
import type { Priority } from "./policy.ts";

/** The sound of a room is paused for what was there before `at`. */
export type SoundPause = Readonly<{ by: string; at: Monotonic; until: Monotonic }>;

/** How long an answer silences an occurrence that goes on. */
export const silencedFor = (priority: Priority, limits: Limits): Millis =>
  lasts(limits, priority === "high" ? "silencesHighS" : "silencesS");

/** When an acknowledged occurrence that is still present is to be heard again; never for what nobody answered. */
export const soundsAgainAt = (o: Occurrence): Monotonic =>
  o.acknowledged === null || o.clearedAt !== null ? never : o.acknowledged.until;

/** Whether it calls for somebody: present, and nobody is going, or whoever went has not ended it in time. */
export const calls = (o: Occurrence, now: Monotonic): boolean =>
  o.clearedAt === null && o.supersededBy === null && (o.acknowledged === null || now >= soundsAgainAt(o));

/** Whether a pause covers it: only what was there, as urgent as it is, when the pause began. */
export const isPaused = (o: Occurrence, pause: SoundPause | null, now: Monotonic): boolean =>
  pause !== null && now < pause.until && o.roseAt < pause.at;

/** Whether it is to be heard now: it calls, is of a priority that sounds, and no pause covers it. */
export const sounds = (o: Occurrence, now: Monotonic, pause: SoundPause | null): boolean =>
  o.priority !== "low" && calls(o, now) && !isPaused(o, pause, now);

/** When the tablets are to be reminded that nobody is going; never for what somebody answered, what is over or low. */
export const remindAt = (o: Occurrence, limits: Limits): Monotonic =>
  o.priority === "low" || o.clearedAt !== null || o.waitingSince === null
    ? never
    : after(
        o.remindedAt === null ? o.waitingSince : later(o.waitingSince, o.remindedAt),
        lasts(limits, "remindAfterS"),
      );
