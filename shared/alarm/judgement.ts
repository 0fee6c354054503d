/** From what is true to what becomes of it: the facts that a verdict brings about for one condition, and for what stands. */
import { alarmId, type AlarmId, type CuffId, type StationId } from "../ids.ts";
import type { AlarmFact } from "../session/fact.ts";
import { type Monotonic, never } from "../units.ts";
import type { Limits } from "./limits.ts";
import { afterFact, type Occurrence, occurrenceState } from "./occurrence.ts";
import type { ConditionId } from "./policy.ts";
import { remindAt } from "./suppression.ts";
import type { Verdict } from "./verdict.ts";

/** What an occurrence is about. */
export type Subject<C extends CuffId | null> = Readonly<{
  cuff: C;
  station: StationId | null;
  patient: string;
  alarms: readonly Occurrence[];
}>;

/** The id of the next occurrence: derived, so that judging the same facts twice gives the same. */
export const idOf = (...parts: readonly [string, string, ConditionId, number, number]): AlarmId =>
  alarmId(parts.join("/"));

const isOfOneInflation = (a: AlarmId, b: AlarmId): boolean =>
  a.slice(0, a.lastIndexOf("/")) === b.slice(0, b.lastIndexOf("/"));

/** What follows from a verdict about `condition`; `id` is that of the next occurrence. */
export const follow = <C extends CuffId | null>(
  subject: Subject<C>,
  condition: ConditionId,
  { verdict, id, at }: Readonly<{ verdict: Verdict; id: () => AlarmId; at: Monotonic }>,
): readonly AlarmFact<C>[] => {
  const { cuff, alarms } = subject;
  const stands = alarms.find((o) => o.condition === condition && o.clearedAt === null);
  switch (verdict.is) {
    case "unclear":
      return [];
    case "false":
      return stands === undefined ? [] : [{ kind: "alarm-cleared", at, cuff, id: stands.id }];
    case "true": {
      const { priority, value, limit, unconfirmed, cause } = verdict;
      if (stands !== undefined && !isOf(stands, subject)) {
        const occurrence = newOccurrence(subject, condition, { verdict, id: id(), at });
        // What has stood for nobody and stands on is the same alarm, now of whoever was found to wear the cuff.
        if (stands.station === null) return takenOver(cuff, stands, occurrence);
        // What is true of this patient is not the alarm of the one before.
        return [
          { kind: "alarm-cleared", at, cuff, id: stands.id },
          { kind: "alarm-raised", at, cuff, occurrence },
        ];
      }
      if (stands === undefined) {
        const occurrence = newOccurrence(subject, condition, { verdict, id: id(), at });
        return [
          // In one inflation it is one alarm that is there again, instead of a pile of those that are over.
          ...alarms
            .filter((o) => occurrenceState(o) === "latched" && isOfOneInflation(o.id, occurrence.id))
            .map((o) => ({ kind: "alarm-superseded", at, cuff, id: o.id, by: occurrence.id }) as const),
          { kind: "alarm-raised", at, cuff, occurrence },
        ];
      }
      if (stands.priority === priority && stands.unconfirmed === unconfirmed && stands.cause === cause)
        return [];
      return [{ kind: "alarm-changed", at, cuff, id: stands.id, priority, value, limit, unconfirmed, cause }];
    }
  }
};

const isOf = (o: Occurrence, { station, patient }: Subject<CuffId | null>): boolean =>
  o.station === station && o.patient === patient;

const newOccurrence = (
  { cuff, station, patient }: Subject<CuffId | null>,
  condition: ConditionId,
  { verdict, id, at }: Readonly<{ verdict: Extract<Verdict, { is: "true" }>; id: AlarmId; at: Monotonic }>,
): Occurrence => ({
  id,
  condition,
  cuff,
  station,
  patient,
  priority: verdict.priority,
  raisedAt: at,
  roseAt: at,
  value: verdict.value,
  limit: verdict.limit,
  cause: verdict.cause,
  unconfirmed: verdict.unconfirmed,
  acknowledged: null,
  waitingSince: at,
  remindedAt: null,
  clearedAt: null,
  supersededBy: null,
});

/** The newer occurrence in the place of one that still stands, with what was done about that one, unless it is more urgent. */
const takenOver = <C extends CuffId | null>(
  cuff: C,
  stands: Occurrence,
  occurrence: Occurrence,
): readonly AlarmFact<C>[] => {
  const { priority, value, limit, unconfirmed, cause, raisedAt: at } = occurrence;
  const { id } = stands;
  const as = { priority, value, limit, unconfirmed, cause };
  const { roseAt, waitingSince, remindedAt, acknowledged } = afterFact(stands, {
    ...{ kind: "alarm-changed", at, cuff, id },
    ...as,
  });
  const taken = { ...occurrence, roseAt, waitingSince: waitingSince ?? at, remindedAt };
  return [
    { kind: "alarm-superseded", at, cuff, id, by: occurrence.id },
    { kind: "alarm-raised", at, cuff, occurrence: taken },
    ...(acknowledged === null
      ? []
      : [{ kind: "alarm-acknowledged", at, cuff, id: occurrence.id, acknowledged } as const]),
  ];
};

/** The reminders that are due. */
export const reminders = <C extends CuffId | null>(
  { cuff, alarms }: Pick<Subject<C>, "cuff" | "alarms">,
  limits: Limits,
  at: Monotonic,
): readonly AlarmFact<C>[] =>
  alarms.filter((o) => remindAt(o, limits) <= at).map(({ id }) => ({ kind: "alarm-reminded", at, cuff, id }));

/** When the next reminder is due. */
export const nextReminder = (alarms: readonly Occurrence[], limits: Limits): Monotonic =>
  alarms.reduce<Monotonic>((first, o) => {
    const at = remindAt(o, limits);
    return at < first ? at : first;
  }, never);
