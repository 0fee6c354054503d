/** The course of a recording on one time axis: when cuffs were up, sets, each alarm as it went, and a line for everything that happened. */
import { afterFact, type Occurrence, type OccurrenceState, occurrenceState } from "../alarm/occurrence.ts";
import type { Priority } from "../alarm/policy.ts";
import type { ClassState } from "../class/seat.ts";
import { openAlarms } from "../engine.ts";
import type { AlarmId, CuffId, SessionId } from "../ids.ts";
import { type InflationMark, marksOf, type RepetitionMark } from "../recording/marks.ts";
import { eachBesides, type Recorded } from "../recording/recorded.ts";
import { seatsAfter } from "../recording/span.ts";
import { type AlarmFact, isAboutAlarm } from "../session/fact.ts";
import type { Monotonic } from "../units.ts";
import { type Mark, markOf } from "./mark-line.ts";

/** One set, as somebody guided it or, where nobody did, as the cuff counted it. */
export type SetShown = Readonly<{
  of: SessionId | CuffId;
  number: number;
  from: Monotonic;
  to: Monotonic | null;
  repetitions: number | null;
}>;

/** How an alarm stood from one moment to the next; `to` is null where it still does. */
export type AlarmStretch = Readonly<{
  from: Monotonic;
  to: Monotonic | null;
  state: Exclude<OccurrenceState, "closed">;
  priority: Priority;
}>;
/** `occurrence` is as it was at last. */
export type AlarmCourse = Readonly<{ occurrence: Occurrence; stretches: readonly AlarmStretch[] }>;

export type Course = Readonly<{
  inflations: readonly InflationMark[];
  sets: readonly SetShown[];
  alarms: readonly AlarmCourse[];
  marks: readonly Mark[];
  /** When an alarm of any kind changed its state, in order, each moment once. */
  alarmMoments: readonly Monotonic[];
  /** When what cuffs are held to may have changed, in order. */
  targetMoments: readonly Monotonic[];
}>;

export const courseOf = (recorded: Recorded): Course => {
  const { start } = recorded;
  const alarms = new Map<AlarmId, AlarmCourse>(
    openAlarms(start).map((o) => [o.id, beganWith(o, o.raisedAt)]),
  );
  const ended: AlarmCourse[] = [];
  const marks: Mark[] = [];
  const alarmMoments: Monotonic[] = [];
  const targetMoments: Monotonic[] = [];
  const { inflations, sets } = marksOf(recorded);
  let seats: ClassState = start.class;

  const before = {
    get class() {
      return seats;
    },
    alarm: (id: AlarmId) => alarms.get(id)?.occurrence,
    upSince: (cuff: CuffId, number: number) =>
      inflations.find((i) => i.cuff === cuff && i.number === number)?.from,
  };
  const takeAlarm = (fact: AlarmFact): void => {
    if (alarmMoments.at(-1) !== fact.at) alarmMoments.push(fact.at);
    if (fact.kind === "alarm-raised") {
      // A cuff that was forgotten in between uses the same id again.
      const was = alarms.get(fact.occurrence.id);
      if (was !== undefined) ended.push(was);
      alarms.set(fact.occurrence.id, beganWith(fact.occurrence, fact.at));
      return;
    }
    const was = alarms.get(fact.id);
    if (was !== undefined) alarms.set(fact.id, wentOn(was, afterFact(was.occurrence, fact), fact.at));
  };

  for (const { id, fact } of eachBesides(recorded.lines)) {
    const mark = markOf(fact, before);
    if (mark !== null) marks.push({ at: fact.at, id, ...mark });
    if (isAboutAlarm(fact)) takeAlarm(fact);
    const next = seatsAfter(seats, fact);
    if (next !== seats || fact.kind === "roster") targetMoments.push(fact.at);
    seats = next;
  }
  return {
    inflations,
    sets: sets.map(({ session, set, from, to, repetitions }) => ({
      ...{ of: session, number: set, from },
      ...{ to, repetitions },
    })),
    alarms: [...ended, ...alarms.values()],
    ...{ marks, alarmMoments, targetMoments },
  };
};

/** The sets as a cuff counted them: from the first repetition of each to the last. */
export const setsCounted = (repetitions: readonly RepetitionMark[]): readonly SetShown[] => {
  const sets: SetShown[] = [];
  for (const { cuff, set, rep, at } of repetitions) {
    const last = sets.findLastIndex((s) => s.of === cuff);
    const was = sets[last];
    if (was?.number === (set ?? 1) && rep > (was.repetitions ?? 0))
      sets[last] = { ...was, to: at, repetitions: rep };
    else sets.push({ of: cuff, number: set ?? 1, from: at, to: at, repetitions: rep });
  }
  return sets;
};

const beganWith = (o: Occurrence, from: Monotonic): AlarmCourse => ({
  occurrence: o,
  stretches: stretchOf(o, from),
});

const stretchOf = (o: Occurrence, from: Monotonic): readonly AlarmStretch[] => {
  const state = occurrenceState(o);
  return state === "closed" ? [] : [{ from, to: null, state, priority: o.priority }];
};

const wentOn = ({ stretches }: AlarmCourse, o: Occurrence, at: Monotonic): AlarmCourse => {
  const last = stretches.at(-1);
  const state = occurrenceState(o);
  if (last === undefined || (last.state === state && last.priority === o.priority))
    return { occurrence: o, stretches };
  return { occurrence: o, stretches: [...stretches.slice(0, -1), { ...last, to: at }, ...stretchOf(o, at)] };
};
