/**
 * One site's floor: what every cuff does, and which alarms stand. Pure: `step` takes what arrived, with the time at which
 * it did, and answers with facts and the state folded from them; `nextDeadline` says when time alone will change
 * something. The same engine runs in the server, on a wall whose link is gone, in tests, in benches and in replay.
 */
import type { Occurrence } from "./alarm/occurrence.ts";
import type { DataMessage, EventMessage, MetaMessage, StatusMessage } from "./cuff/message.ts";
import type { CuffId, SiteId } from "./ids.ts";
import { emptyRoster, type Roster } from "./plan/roster.ts";
import { type CuffState, isStranger, newCuff } from "./session/cuff-state.ts";
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
import type { CuffFact, Fact, ResumedFact } from "./session/fact.ts";
import { applyToCuff, resumed } from "./session/fold.ts";
import { qualityOf, qualityOfEvent } from "./session/liveness.ts";
import { answer, down, type Order } from "./session/order.ts";
import { isInItsSeat, seated } from "./session/seating.ts";
import { deadlineOf, isForgotten, settle } from "./session/settle.ts";
import { later, type Millis, type Mmhg, type Monotonic, monotonic } from "./units.ts";
import type { Refusal } from "./wire.ts";

export type State = Readonly<{ site: SiteId; at: Monotonic; roster: Roster; cuffs: Cuffs }>;

/** A floor of which nothing is known yet. */
export const newState = (site: SiteId): State => ({
  site,
  at: monotonic(0),
  roster: emptyRoster,
  cuffs: noCuffs,
});

/** What can be heard from a cuff; `at` is when the server took it in. */
export type CuffInput = Readonly<{ at: Monotonic; cuff: CuffId }> &
  (
    | Readonly<{ kind: "data"; message: DataMessage }>
    | Readonly<{ kind: "basic"; pressure: Mmhg; freshFor: Millis }>
    | Readonly<{ kind: "status"; message: StatusMessage }>
    | Readonly<{ kind: "meta"; message: MetaMessage }>
    | Readonly<{ kind: "event"; message: EventMessage }>
  );

/** Everything that can happen to a floor. */
export type Input =
  | CuffInput
  | Readonly<{ kind: "order"; at: Monotonic; order: Order }>
  | Readonly<{ kind: "roster"; at: Monotonic; roster: Roster }>
  | Readonly<{ kind: "resume"; at: Monotonic } & Pick<ResumedFact, "gap" | "vouchedBy">>
  /** There is no room for another cuff: one that nobody would miss is forgotten. */
  | Readonly<{ kind: "make-room"; at: Monotonic }>
  | Readonly<{ kind: "tick"; at: Monotonic }>;

/** `refusal` is null unless an order could not be carried out. */
export type Step = Readonly<{ state: State; facts: readonly Fact[]; refusal: Refusal | null }>;

/** `state` with exactly these cuffs, their deadlines reckoned anew. */
export const rebuilt = (state: State, cuffs: readonly CuffState[]): State => ({
  ...state,
  cuffs: all(cuffs, state.at),
});

/** When the state changes by time alone; `never` if only news can change it. */
export const nextDeadline = (state: State): Monotonic => nextOf(state.cuffs);

/** The occurrences of a site that are present, acknowledged or latched. */
export const openAlarms = (state: State): readonly Occurrence[] =>
  allCuffs(state.cuffs).flatMap((c) => c.alarms);

/** The state after one recorded fact. Folding all facts of a floor gives the state that it had live. */
export const apply = (state: State, fact: Fact): State => {
  const at = later(state.at, fact.at);
  switch (fact.kind) {
    case "roster":
      return {
        ...state,
        at,
        roster: fact.roster,
        cuffs: all(seated(allCuffs(state.cuffs), fact.roster, at), at),
      };
    case "resumed":
      return {
        ...state,
        at,
        cuffs: all(
          allCuffs(state.cuffs).map((c) => resumed(c, fact)),
          at,
        ),
      };
    case "forgotten":
      return { ...state, at, cuffs: withoutCuff(state.cuffs, fact.cuff) };
    default:
      return put(state, applyToCuff(cuffOf(state, fact.cuff), fact), at);
  }
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
  switch (input.kind) {
    case "tick":
      return { state: { ...state, at }, facts, refusal: null };
    case "make-room": {
      const gone = leastMissed(allCuffs(state.cuffs));
      if (gone === null) return { state: { ...state, at }, facts, refusal: null };
      const fact: Fact = { kind: "forgotten", at, cuff: gone.cuff };
      return { state: apply(state, fact), facts: [...facts, fact], refusal: null };
    }
    case "roster":
      return {
        state: forAll(state, { kind: "roster", at, roster: input.roster }, facts),
        facts,
        refusal: null,
      };
    case "resume": {
      const fact: Fact = { kind: "resumed", at, gap: input.gap, vouchedBy: input.vouchedBy };
      return { state: forAll(state, fact, facts), facts, refusal: null };
    }
    case "order": {
      const decided = decideOrder(state, input.order, at);
      if (!decided.ok) return { state: { ...state, at }, facts, refusal: decided };
      return { state: forCuff(state, decided.facts, at, facts), facts, refusal: null };
    }
    default:
      return { state: forCuff(state, heardFrom(state, input, at), at, facts), facts, refusal: null };
  }
};

/** The stranger that has been quiet for longest, or null where every cuff matters. */
const leastMissed = (cuffs: readonly CuffState[]): CuffState | null =>
  cuffs
    .filter(isStranger)
    .reduce<CuffState | null>((a, b) => (a === null || (b.heardAt ?? 0) < (a.heardAt ?? 0) ? b : a), null);

const cuffOf = (state: State, cuff: CuffId): CuffState => cuffIn(state.cuffs, cuff) ?? newCuff(cuff);

const put = (state: State, c: CuffState, at: Monotonic): State => ({
  ...state,
  at,
  cuffs: withCuff(state.cuffs, c, deadlineOf(c, at)),
});

const all = (cuffs: readonly CuffState[], at: Monotonic): Cuffs =>
  cuffs.reduce((some, c) => withCuff(some, c, deadlineOf(c, at)), noCuffs);

/** The state once every deadline up to `at` has been met, each at its own time. */
const untilDue = (before: State, at: Monotonic, facts: Fact[]): State => {
  let state = before;
  for (let due = nextDeadline(state); due <= at; due = nextDeadline(state)) {
    const then = later(due, state.at);
    for (const cuff of dueAt(state.cuffs, due)) state = settled(state, cuffOf(state, cuff), then, facts);
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
  const next = put(state, c, at);
  // What the class file had in store for a cuff that was up when it was taken in happens once it is down.
  return before.occlusion !== null && c.occlusion === null && !isInItsSeat(c, state.roster)
    ? forAll(next, { kind: "roster", at, roster: state.roster }, facts)
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

/** The state after a fact about the whole site and everything that follows from it for each cuff. */
const forAll = (before: State, fact: Fact, facts: Fact[]): State => {
  facts.push(fact);
  const state = apply(before, fact);
  return allCuffs(state.cuffs).reduce((s, c) => settled(s, c, state.at, facts), state);
};

/** What was heard, as a fact; none for a repetition of what was heard before. */
const heardFrom = (state: State, input: CuffInput, at: Monotonic): readonly CuffFact[] => {
  const { cuff } = input;
  switch (input.kind) {
    case "data": {
      const quality = qualityOf(cuffOf(state, cuff).boots, input.message, at);
      return quality === null ? [] : [{ kind: "samples", at, cuff, quality, message: input.message }];
    }
    case "basic":
      return [{ kind: "basic-sample", at, cuff, pressure: input.pressure, freshFor: input.freshFor }];
    case "status":
      return [{ kind: "status", at, cuff, message: input.message }];
    case "meta":
      return [{ kind: "meta", at, cuff, message: input.message }];
    case "event": {
      const quality = qualityOfEvent(cuffOf(state, cuff).boots, input.message, at);
      return quality === null ? [] : [{ kind: "event", at, cuff, quality, message: input.message }];
    }
  }
};

const decideOrder = (state: State, order: Order, at: Monotonic): ReturnType<typeof answer> => {
  switch (order.kind) {
    case "acknowledge":
    case "take-back":
      return answer(
        openAlarms(state).find((o) => o.id === order.alarm),
        order.kind,
        order,
        at,
      );
    case "release":
    case "cuff-off":
      return down(cuffIn(state.cuffs, order.cuff), order.kind, order, at);
  }
};

export type { Order };
