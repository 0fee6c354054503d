/** One episode of a condition: when it was raised, how urgent it is, who is going, when it cleared. */
import type { AlarmId, CuffId, StationId } from "../ids.ts";
import { after, type Millis, type Monotonic, never, seconds } from "../units.ts";
import { type ConditionId, latches, type Priority } from "./policy.ts";

export type Acknowledgement = Readonly<{
  /** The name of the person, as shown. */
  by: string;
  at: Monotonic;
  /** Whether the person had signed in; a tap on a name is taken all the same (screens: nothing stands before a cuff). */
  verified: boolean;
}>;

export type Occurrence = Readonly<{
  id: AlarmId;
  condition: ConditionId;
  cuff: CuffId;
  /** Where the cuff was when it was raised; null where it was on no patient. */
  station: StationId | null;
  priority: Priority;
  raisedAt: Monotonic;
  /** What was measured and what it was held against, in the condition's own unit (policy.ts). */
  value: number;
  limit: number;
  /** Nobody can measure whether it is so: the cuff is silent or its pressure is not to be believed. */
  unconfirmed: boolean;
  acknowledged: Acknowledgement | null;
  clearedAt: Monotonic | null;
}>;

/** How long an acknowledgement silences an occurrence that goes on (Zimmer ATS 3000: 30 s, then it sounds again). */
export const silence: Readonly<Record<Priority, Millis>> = {
  high: seconds(30),
  medium: seconds(120),
  low: seconds(120),
};

export type OccurrenceState = "present" | "acknowledged" | "latched" | "closed";

/** Present, answered, over but unanswered, or over. The same word stands in the page as `data-state`. */
export const occurrenceState = (o: Occurrence): OccurrenceState => {
  if (o.clearedAt === null) return o.acknowledged === null ? "present" : "acknowledged";
  return latches(o.condition) && o.acknowledged === null ? "latched" : "closed";
};

/** When an acknowledged occurrence that is still present is to be heard again; never for what nobody answered. */
export const soundsAgainAt = (o: Occurrence): Monotonic =>
  o.acknowledged === null || o.clearedAt !== null ? never : after(o.acknowledged.at, silence[o.priority]);

/** Whether it is to be heard now: present, of a priority that sounds, and not silenced by somebody who is going. */
export const sounds = (o: Occurrence, now: Monotonic): boolean =>
  o.clearedAt === null && o.priority !== "low" && (o.acknowledged === null || now >= soundsAgainAt(o));

const rank: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2 };
export const isMoreUrgent = (a: Priority, b: Priority): boolean => rank[a] < rank[b];

const stateRank: Readonly<Record<OccurrenceState, number>> = {
  present: 0,
  acknowledged: 1,
  latched: 2,
  closed: 3,
};

/** Conditions about how high a pressure is. What says that there is no pressure to speak of comes before them. */
const aboutLevel: ReadonlySet<ConditionId> = new Set<ConditionId>([
  "pressure-high",
  "pressure-low",
  "target-differs",
]);
const levelRank = (o: Occurrence): number => (aboutLevel.has(o.condition) ? 1 : 0);

/**
 * Which alarm is first, everywhere: by priority, then what nobody has answered, then what is not only about the level of
 * a pressure, then the oldest.
 */
export const byUrgency = (a: Occurrence, b: Occurrence): number =>
  rank[a.priority] - rank[b.priority] ||
  stateRank[occurrenceState(a)] - stateRank[occurrenceState(b)] ||
  levelRank(a) - levelRank(b) ||
  a.raisedAt - b.raisedAt ||
  (a.id < b.id ? -1 : 1);

/** The worst of some occurrences that are present or latched. */
export const worst = (occurrences: readonly Occurrence[]): Priority | "none" => {
  let found: Priority | "none" = "none";
  for (const o of occurrences)
    if (occurrenceState(o) !== "closed" && (found === "none" || rank[o.priority] < rank[found]))
      found = o.priority;
  return found;
};
