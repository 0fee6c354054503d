/**
 * One site's floor: what every cuff does, and which alarms stand. Pure: `step` takes what arrived, with the time at which
 * it did, and answers with facts and the state folded from them; `nextDeadline` says when time alone will change
 * something. The same engine runs in the server, on a wall whose link is gone, in tests, in benches and in replay.
 */
import { type Limits, limitsOf, usualLimits } from "./alarm/limits.ts";
import type { Occurrence } from "./alarm/occurrence.ts";
import type { ClassFact } from "./class/fact.ts";
import { applyToClass, changesSeats } from "./class/fold.ts";
import { restingAfter, withRest } from "./class/resting.ts";
import { type ClassState, noClass, stationsOf, withFile } from "./class/seat.ts";
import type { CuffId, SiteId } from "./ids.ts";
import type { Input } from "./input.ts";
import { decide } from "./decide.ts";
import { emptyRoster, type Roster } from "./plan/roster.ts";
import { type CuffState, leastMissed, newCuff } from "./session/cuff-state.ts";
import {
  allCuffs,
  cuffIn,
  type Cuffs,
  dueAt,
  nextOf,
  noCuffs,
  withCuff,
  withoutCuff,
} from "./session/cuffs.ts";
import { type CuffInput, heardFrom } from "./session/cuff-input.ts";
import { type CuffFact, type Fact, isAboutCuff, type RosterFact } from "./session/fact.ts";
import { applyToCuff, resumed } from "./session/fold.ts";
import type { Order } from "./session/order.ts";
import { applyToRoom, emptyRoom, resumedRoom, type Room, staffed, withInflated } from "./session/room.ts";
import { isInItsSeat, seated } from "./session/seating.ts";
import { deadlineOf, isForgotten, roomDeadline, settle, settleRoom } from "./session/settle.ts";
import { earlier, later, type Monotonic, monotonic, never } from "./units.ts";
import type { Refusal } from "./wire.ts";

export type State = Readonly<{
  site: SiteId;
  at: Monotonic;
  /** Its stations are those of the class. */
  roster: Roster;
  class: ClassState;
  /** What follows from the clinic's choice in the roster. */
  limits: Limits;
  room: Room;
  /** When the room has to be looked at again though nothing is heard. */
  roomDue: Monotonic;
  cuffs: Cuffs;
}>;

/** A floor of which nothing is known yet. */
export const newState = (site: SiteId): State => ({
  site,
  at: monotonic(0),
  roster: emptyRoster,
  class: noClass,
  limits: usualLimits,
  room: emptyRoom,
  roomDue: never,
  cuffs: noCuffs,
});

/** `refusal` is null unless an order could not be carried out. */
export type Step = Readonly<{ state: State; facts: readonly Fact[]; refusal: Refusal | null }>;

/** `state` with exactly these cuffs, their deadlines reckoned anew. */
export const rebuilt = (state: State, cuffs: readonly CuffState[]): State => ({
  ...withRoom(state, withInflated(state.room, cuffs.filter((c) => c.occlusion !== null).length, state.at)),
  cuffs: all(cuffs, state.at),
});

/** When the state changes by time alone; `never` if only news can change it. */
export const nextDeadline = (state: State): Monotonic => earlier(nextOf(state.cuffs), state.roomDue);

/** The occurrences of a site that are present, acknowledged or latched. */
export const openAlarms = (state: State): readonly Occurrence[] => [
  ...allCuffs(state.cuffs).flatMap((c) => c.alarms),
  ...state.room.alarms,
];

/** The state after one recorded fact. Folding all facts of a floor gives the state that it had live. */
export const apply = (state: State, fact: Fact): State => {
  const at = later(state.at, fact.at);
  switch (fact.kind) {
    case "roster":
      return withRoster(state, fact, at);
    case "resumed":
      return {
        ...withRoom({ ...state, at }, resumedRoom(state.room, fact)),
        cuffs: all(
          allCuffs(state.cuffs).map((c) => resumed(c, fact)),
          at,
        ),
      };
    case "forgotten":
      return { ...state, at, cuffs: withoutCuff(state.cuffs, fact.cuff) };
    default: {
      if (!("cuff" in fact)) return withClass({ ...state, at }, fact);
      if (fact.cuff === null) return withRoom({ ...state, at }, applyToRoom(state.room, fact));
      const was = cuffOf(state, fact.cuff);
      return put(state, was, applyToCuff(was, fact), at);
    }
  }
};

/** The state under what the clinic says of itself, and, where a class file came with it, of who sits where. */
const withRoster = (state: State, { roster }: RosterFact, at: Monotonic): State => {
  const { stations } = roster;
  const was = state.class;
  const is = stations === "keep" ? was : withFile(was, stations, roster.room, at);
  const next = { ...state, at, limits: limitsOf(roster.limits), class: is };
  return inSeats({ ...withRoom(next, staffed(state.room, roster)), roster: { ...roster, stations: [] } });
};

const withClass = (state: State, fact: ClassFact): State => {
  const is = applyToClass(state.class, fact);
  if (!changesSeats(fact)) return { ...state, class: is };
  const cuff = (id: CuffId): CuffState | undefined => cuffIn(state.cuffs, id);
  const resting = fact.kind === "finished" ? restingAfter(is.resting, fact, cuff) : is.resting;
  const next = { ...state, class: { ...is, resting } };
  switch (fact.kind) {
    case "patient-seated":
      return inSeats(next, (c) => withRest(c, resting, fact.seat));
    case "exercise-begun": {
      // No inflation of the next exercise is done yet.
      const worn = fact.worn.map((w) => w.cuff);
      return inSeats(next, (c) => (worn.includes(c.cuff) ? { ...c, inflationsDone: 0 } : c));
    }
    default:
      return inSeats(next);
  }
};

/** The state with every cuff where the class has it, and as `then` leaves it. */
const inSeats = (state: State, then: (c: CuffState) => CuffState = (c) => c): State => {
  const roster = { ...state.roster, stations: stationsOf(state.class) };
  return {
    ...state,
    roster,
    cuffs: all(seated(allCuffs(state.cuffs), roster, state.at).map(then), state.at),
  };
};

/**
 * What follows from one input. Deadlines that lie before it are met first, each at its own time, so that it makes no
 * difference how often or how late the floor is ticked. Time that runs backwards counts as standing still.
 */
export const step = (before: State, input: Input): Step => {
  const at = later(before.at, input.at);
  const facts: Fact[] = [];
  // After an interruption the deadlines of the gap are judged as of now: nobody was there to hear a silence.
  const state = input.kind === "resume" ? before : untilDue(before, at, facts);
  const { after, refusal } = taken(state, input, at, facts);
  return { state: settledRoom(state, { ...after, at }, facts), facts, refusal };
};

/** The state after an input at `at`, but for what follows for the room. */
const taken = (
  state: State,
  input: Input,
  at: Monotonic,
  facts: Fact[],
): Readonly<{ after: State; refusal: Refusal | null }> => {
  const done = (after: State): ReturnType<typeof taken> => ({ after, refusal: null });
  const record = (fact: Fact): ReturnType<typeof taken> => {
    facts.push(fact);
    return done(apply(state, fact));
  };
  switch (input.kind) {
    case "tick":
      return done(state);
    case "make-room": {
      const gone = leastMissed(allCuffs(state.cuffs));
      return gone === null ? done(state) : record({ kind: "forgotten", at, cuff: gone.cuff });
    }
    case "recording":
      return input.ok === state.room.recording
        ? done(state)
        : record({ kind: "recording", at, cuff: null, ok: input.ok });
    case "listening":
      return input.screens === state.room.listening
        ? done(state)
        : record({ kind: "listening", at, cuff: null, screens: input.screens });
    case "roster":
      return done(forAll(state, { kind: "roster", at, roster: input.roster }, facts));
    case "resume":
      return done(forAll(state, { kind: "resumed", at, gap: input.gap, vouchedBy: input.vouchedBy }, facts));
    case "order": {
      const decided = decide({ ...state, alarms: openAlarms(state) }, input.order, at);
      return decided.ok
        ? done(forOrder(state, decided.facts, at, facts))
        : { after: state, refusal: decided };
    }
    case "decided":
      return input.fact.kind === "forgotten"
        ? record(input.fact)
        : done(forOrder(state, [input.fact], at, facts));
    default:
      return done(forCuff(state, heardFrom(cuffOf(state, input.cuff).boots, input, at), at, facts));
  }
};

const cuffOf = (state: State, cuff: CuffId): CuffState =>
  cuffIn(state.cuffs, cuff) ?? newCuff(cuff, state.limits);

/** The state with the cuff that was `was` as it is now. */
const put = (state: State, was: CuffState, c: CuffState, at: Monotonic): State => {
  const next = { ...state, at, cuffs: withCuff(state.cuffs, c, deadlineOf(c, at)) };
  const turned = (c.occlusion === null ? 0 : 1) - (was.occlusion === null ? 0 : 1);
  return turned === 0 ? next : withRoom(next, withInflated(state.room, state.room.inflated + turned, at));
};

const withRoom = (state: State, room: Room): State => ({
  ...state,
  room,
  roomDue: roomDeadline({ room, limits: state.limits }, state.at),
});

/** The state once everything that follows for the room is certain, where it was `before`. */
const settledRoom = (before: State, state: State, facts: Fact[]): State => {
  const { at, site, room, limits, roomDue } = state;
  if (room === before.room && limits === before.limits && at < roomDue) return state;
  const news = settleRoom({ room, limits }, site, at);
  facts.push(...news);
  return news.reduce(apply, withRoom(state, room));
};

const all = (cuffs: readonly CuffState[], at: Monotonic): Cuffs =>
  cuffs.reduce((some, c) => withCuff(some, c, deadlineOf(c, at)), noCuffs);

/** The state once every deadline up to `at` has been met, each at its own time. */
const untilDue = (before: State, at: Monotonic, facts: Fact[]): State => {
  let state = before;
  for (let due = nextDeadline(state); due <= at; due = nextDeadline(state)) {
    const then = later(due, state.at);
    for (const cuff of dueAt(state.cuffs, due)) state = settled(state, cuffOf(state, cuff), then, facts);
    state = settledRoom(before, { ...state, at: then }, facts);
  }
  return state;
};

/** The state once everything that follows from `now`, a cuff that was `before`, is certain. */
const settled = (state: State, before: CuffState, at: Monotonic, facts: Fact[], now = before): State => {
  const c = settle(now, state.site, at, facts);
  if (isForgotten(c, at)) {
    facts.push({ kind: "forgotten", at, cuff: c.cuff });
    return { ...state, at, cuffs: withoutCuff(state.cuffs, c.cuff) };
  }
  const next = put(state, before, c, at);
  // What the class file had in store for a cuff that was up when it was taken in happens once it is down.
  return before.occlusion !== null && c.occlusion === null && !isInItsSeat(c, state.roster)
    ? forAll(next, { kind: "roster", at, roster: { ...state.roster, stations: "keep" } }, facts)
    : next;
};

/** The state after facts about one cuff and everything that follows from them. */
const forCuff = (state: State, news: readonly CuffFact[], at: Monotonic, facts: Fact[]): State => {
  const [first] = news;
  if (first === undefined) return { ...state, at };
  facts.push(...news);
  const before = cuffOf(state, first.cuff);
  return settled(state, before, at, facts, news.reduce(applyToCuff, before));
};

/** The state after what an order brought about: facts about cuffs, about the room, or about the class. */
const forOrder = (state: State, news: readonly Fact[], at: Monotonic, facts: Fact[]): State => {
  const ofRoom = news.filter((fact) => !isAboutCuff(fact) && "cuff" in fact);
  facts.push(...ofRoom);
  const ofCuffs = Map.groupBy(news.filter(isAboutCuff), (fact) => fact.cuff);
  const after = [...ofCuffs.values()].reduce(
    (s, own) => forCuff(s, own, at, facts),
    ofRoom.reduce(apply, state),
  );
  return news.filter((fact) => !("cuff" in fact)).reduce((s, fact) => forAll(s, fact, facts), after);
};

/** The state after a fact about the whole site and everything that follows from it for each cuff. */
const forAll = (before: State, fact: Fact, facts: Fact[]): State => {
  facts.push(fact);
  const state = apply(before, fact);
  return allCuffs(state.cuffs).reduce((s, c) => settled(s, c, state.at, facts), state);
};

export type { CuffInput, Input, Order };
