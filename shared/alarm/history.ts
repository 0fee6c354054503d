/** From the recorded facts about an occurrence to its whole history, as the log shows it. */
import type { AlarmId, CuffId, StationId } from "../ids.ts";
import type { AlarmFact } from "../session/fact.ts";
import {
  after,
  between,
  longer,
  type Millis,
  millis,
  type Monotonic,
  type WallTime,
  wallTime,
} from "../units.ts";
import {
  afterFact,
  isMoreUrgent,
  type Occurrence,
  type OccurrenceState,
  occurrenceState,
} from "./occurrence.ts";
import type { ConditionId, Priority } from "./policy.ts";

/** One moment on both clocks: durations are taken from `at`, and `wall`, when it was recorded, is what is shown. */
export type Moment = Readonly<{ at: Monotonic; wall: WallTime }>;

/** A fact about an occurrence as it was stored, with its number in the store. */
export type ToldAlarm = Readonly<{ id: number; wall: WallTime; fact: AlarmFact }>;

type Reading = Readonly<{
  priority: Priority;
  value: number;
  limit: number;
  unconfirmed: boolean;
  cause: string | null;
}>;

/** One thing that became of an occurrence. */
export type Transition = Moment &
  (
    | (Reading & Readonly<{ kind: "raised" | "changed" }>)
    | Readonly<{ kind: "acknowledged" | "taken-back"; by: string; verified: boolean }>
    /** No fact of its own: the answer had silenced it for its time, and it was still there. */
    | Readonly<{ kind: "sounded-again" }>
    | Readonly<{ kind: "reminded" | "cleared" }>
    | Readonly<{ kind: "superseded"; by: AlarmId }>
  );

/** A stretch of time in which the condition was there and nobody was going. */
export type Unattended = Readonly<{ from: Moment; lasted: Millis }>;

export type History = Readonly<{
  /**
   * Where it stands in the log: wall time and number of the fact that raised it. The id of an occurrence may be used again, by a cuff
   * that was forgotten in between; this never is.
   */
  key: string;
  id: AlarmId;
  condition: ConditionId;
  cuff: CuffId | null;
  station: StationId | null;
  patient: string;
  /** The highest that it ever had. */
  priority: Priority;
  state: OccurrenceState;
  raised: Moment;
  /** How long the condition was there, or has been until now. */
  present: Millis;
  /** From raised to the first answer; null while nobody has answered. */
  response: Millis | null;
  unattended: readonly Unattended[];
  transitions: readonly Transition[];
}>;

export type Histories = Readonly<{
  /** In the order in which they were raised. */
  histories: readonly History[];
  /** Occurrences that are left out: what raised them is not among the facts, and what they were is not made up. */
  withoutBeginning: readonly AlarmId[];
}>;

/** The key of what a stored fact raised. */
export const keyOf = (told: Readonly<{ id: number; wall: WallTime }>): string => `${told.wall}.${told.id}`;

/** The histories in some facts, which come in the order in which they were stored. What is still open lasts until `now`. */
export const historiesOf = (told: readonly ToldAlarm[], now: Moment): Histories => {
  const open = new Map<AlarmId, Life>();
  const lives: Life[] = [];
  const withoutBeginning = new Set<AlarmId>();
  for (const { id, wall, fact } of told) {
    if (fact.kind === "alarm-raised") {
      const life = begun(fact.occurrence, { at: fact.at, wall }, keyOf({ id, wall }));
      open.set(fact.occurrence.id, life);
      lives.push(life);
      continue;
    }
    const life = open.get(fact.id);
    if (life === undefined) withoutBeginning.add(fact.id);
    else goOn(life, fact, wall);
  }
  return { histories: lives.map((life) => endedAt(life, now)), withoutBeginning: [...withoutBeginning] };
};

/** An occurrence on its way through its facts. */
type Life = {
  readonly key: string;
  readonly raised: Moment;
  readonly transitions: Transition[];
  readonly unattended: Unattended[];
  o: Occurrence;
  priority: Priority;
  response: Millis | null;
  /** Since when it has been there with nobody going. */
  waiting: Moment | null;
  /** When the answer that it has ends. */
  silencedUntil: Moment | null;
};

const begun = (o: Occurrence, raised: Moment, key: string): Life => ({
  key,
  raised,
  transitions: [{ ...raised, kind: "raised", ...readingIn(o) }],
  unattended: [],
  o,
  priority: o.priority,
  response: null,
  waiting: raised,
  silencedUntil: null,
});

const readingIn = ({ priority, value, limit, unconfirmed, cause }: Reading): Reading => ({
  priority,
  value,
  limit,
  unconfirmed,
  cause,
});

const goOn = (life: Life, fact: Exclude<AlarmFact, { kind: "alarm-raised" }>, wall: WallTime): void => {
  const moment = { at: fact.at, wall };
  soundAgainBefore(life, fact.at);
  life.o = afterFact(life.o, fact);
  life.transitions.push(transitionOf(fact, moment));
  if (isMoreUrgent(life.o.priority, life.priority)) life.priority = life.o.priority;
  if (fact.kind === "alarm-acknowledged") {
    life.response ??= between(life.raised.at, fact.at);
    life.silencedUntil = momentAt(moment, fact.acknowledged.until);
  }
  const present = life.o.clearedAt === null;
  if (!present || life.o.acknowledged === null) life.silencedUntil = null;
  const waits = present && life.o.acknowledged === null;
  if (waits) life.waiting ??= moment;
  else stopWaiting(life, fact.at);
};

const transitionOf = (fact: Exclude<AlarmFact, { kind: "alarm-raised" }>, moment: Moment): Transition => {
  switch (fact.kind) {
    case "alarm-changed":
      return { ...moment, kind: "changed", ...readingIn(fact) };
    case "alarm-acknowledged": {
      const { by, verified } = fact.acknowledged;
      return { ...moment, kind: "acknowledged", by, verified };
    }
    case "alarm-taken-back":
      return { ...moment, kind: "taken-back", by: fact.by, verified: fact.verified };
    case "alarm-reminded":
      return { ...moment, kind: "reminded" };
    case "alarm-cleared":
      return { ...moment, kind: "cleared" };
    case "alarm-superseded":
      return { ...moment, kind: "superseded", by: fact.by };
  }
};

/** The wall time of a moment that is known on site time only, as far from `known` on both clocks. */
const momentAt = (known: Moment, at: Monotonic): Moment => ({
  at,
  wall: wallTime(known.wall + between(known.at, at)),
});

/** It was heard again if its answer had ended before `at` while the condition was still there; low ones have no sound to come back. */
const soundAgainBefore = (life: Life, at: Monotonic): void => {
  const until = life.silencedUntil;
  if (until === null || until.at >= at) return;
  life.silencedUntil = null;
  if (life.o.priority !== "low") life.transitions.push({ ...until, kind: "sounded-again" });
};

const stopWaiting = (life: Life, at: Monotonic): void => {
  if (life.waiting === null) return;
  const lasted = longer(millis(0), between(life.waiting.at, at));
  if (lasted > 0) life.unattended.push({ from: life.waiting, lasted });
  life.waiting = null;
};

const endedAt = (life: Life, now: Moment): History => {
  const { o } = life;
  soundAgainBefore(life, after(now.at, millis(1)));
  stopWaiting(life, now.at);
  return {
    key: life.key,
    id: o.id,
    condition: o.condition,
    cuff: o.cuff,
    station: o.station,
    patient: o.patient,
    priority: life.priority,
    state: occurrenceState(o),
    raised: life.raised,
    present: longer(millis(0), between(life.raised.at, o.clearedAt ?? now.at)),
    response: life.response,
    unattended: life.unattended,
    transitions: life.transitions,
  };
};
