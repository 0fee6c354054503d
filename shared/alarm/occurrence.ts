/** One episode of a condition: when it was raised, how urgent it is, who is going, when it cleared. */
import type { AlarmId, CuffId, StationId } from "../ids.ts";
import type { AlarmFact } from "../session/fact.ts";
import type { Monotonic } from "../units.ts";
import { type ConditionId, latches, type Priority } from "./policy.ts";

export type Acknowledgement = Readonly<{
  /** The name of the person, as shown. */
  by: string;
  at: Monotonic;
  /** Until when it silences the occurrence, if that is still present. */
  until: Monotonic;
  /** Whether the person had signed in; a tap on a name is taken all the same (screens: nothing stands before a cuff). */
  verified: boolean;
}>;

export type Occurrence = Readonly<{
  id: AlarmId;
  condition: ConditionId;
  /** Null for what concerns the room. */
  cuff: CuffId | null;
  /** Where the cuff was when it was raised, and whom it was on; null and "" where it was on no patient. */
  station: StationId | null;
  patient: string;
  priority: Priority;
  raisedAt: Monotonic;
  /** When it was raised or its priority last rose: a pause of sound from before does not cover it. */
  roseAt: Monotonic;
  /** What was measured and what it was held against, in the condition's own unit (policy.ts). */
  value: number;
  limit: number;
  /** Why, in a word, where a condition has several causes: a fault's code, a symptom. */
  cause: string | null;
  /** Nobody can measure whether it is so: the cuff is silent or its pressure is not to be believed. */
  unconfirmed: boolean;
  acknowledged: Acknowledgement | null;
  /** Since when nobody has been going; null while somebody is. */
  waitingSince: Monotonic | null;
  /** When the tablets were last reminded that nobody is going. */
  remindedAt: Monotonic | null;
  clearedAt: Monotonic | null;
  /** The newer occurrence of the same condition that took its place: while it was only latched, or stood for nobody. */
  supersededBy: AlarmId | null;
}>;

export type OccurrenceState = "present" | "acknowledged" | "latched" | "closed";

/** Present, answered, over but unanswered, or over. The same word stands in the page as `data-state`. */
export const occurrenceState = (o: Occurrence): OccurrenceState => {
  if (o.supersededBy !== null) return "closed";
  if (o.clearedAt === null) return o.acknowledged === null ? "present" : "acknowledged";
  return latches(o.condition) && o.acknowledged === null ? "latched" : "closed";
};

const rank: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2 };
export const isMoreUrgent = (a: Priority, b: Priority): boolean => rank[a] < rank[b];

/** Whether a cause names what another did not: one more symptom, another fault. */
const namesMore = (cause: string | null, than: string | null): boolean => {
  const known = than?.split(" ") ?? [];
  return cause !== null && cause.split(" ").some((name) => !known.includes(name));
};

/** An occurrence after a fact about it. */
export const afterFact = (o: Occurrence, fact: Exclude<AlarmFact, { kind: "alarm-raised" }>): Occurrence => {
  switch (fact.kind) {
    case "alarm-changed": {
      const { priority, value, limit, unconfirmed, cause, at } = fact;
      const next = { ...o, priority, value, limit, unconfirmed, cause };
      if (!isMoreUrgent(priority, o.priority) && !namesMore(cause, o.cause)) return next;
      // What somebody answered was less urgent than what it has become, or had one reason less.
      return { ...next, roseAt: at, acknowledged: null, waitingSince: o.waitingSince ?? at };
    }
    case "alarm-cleared":
      return { ...o, clearedAt: fact.at };
    case "alarm-acknowledged":
      return { ...o, acknowledged: fact.acknowledged, waitingSince: null };
    case "alarm-taken-back":
      return { ...o, acknowledged: null, waitingSince: fact.at };
    case "alarm-reminded":
      return { ...o, remindedAt: fact.at };
    case "alarm-superseded":
      // One that still stood ends with it, as an alarm of its own.
      return { ...o, clearedAt: o.clearedAt ?? fact.at, supersededBy: fact.by };
  }
};

/** The occurrences that are open after a fact about one of them. */
export const withFact = (alarms: readonly Occurrence[], fact: AlarmFact): readonly Occurrence[] =>
  fact.kind === "alarm-raised"
    ? [...alarms, fact.occurrence]
    : alarms
        .map((o) => (o.id === fact.id ? afterFact(o, fact) : o))
        .filter((o) => occurrenceState(o) !== "closed");

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
  "drift",
  "target-differs",
]);
const levelRank = (o: Occurrence): number => (aboutLevel.has(o.condition) ? 1 : 0);

/** What is over and only waits to be seen comes after what somebody has to go to, and before what only informs. */
const goTo = (o: Occurrence): number => (occurrenceState(o) === "latched" ? 1 : o.priority === "low" ? 2 : 0);

/**
 * Which alarm is first, everywhere: what is still so before what is over, then by priority, then what nobody has answered, then
 * what is not only about the level of a pressure, then the oldest.
 */
export const byUrgency = (a: Occurrence, b: Occurrence): number =>
  goTo(a) - goTo(b) ||
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
