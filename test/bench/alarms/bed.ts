/** One simulated cuff and the engine that judges it, on virtual time. A value: a fault is tried on a copy of it. */
import { type Cuff, metaOf, newCuff, type Said, step as stepCuff } from "../../../devices/cuff.ts";
import { seedOf } from "../../../devices/random.ts";
import type { Occurrence } from "../../../shared/alarm/occurrence.ts";
import type { Priority } from "../../../shared/alarm/policy.ts";
import { type CuffInput, newState, openAlarms, type State, step } from "../../../shared/engine.ts";
import { type CuffId, siteId } from "../../../shared/ids.ts";
import { parseRoster } from "../../../shared/plan/roster.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import { type Monotonic, monotonic } from "../../../shared/units.ts";
import { quietRule, ruled, type TourniquetRule } from "./tourniquet.ts";
import { classOf, type Person } from "./person.ts";

/** An alarm as the engine raised it; `atMs` in the cuff's time, `condition` whatever conditions the engine has. */
export type Raised = Readonly<{
  cuff: CuffId;
  condition: string;
  priority: Priority;
  atMs: number;
  /** What was measured, and what it was held against. */
  value: number;
  limit: number;
  /** It stood, and is said anew: what may have been the motion is the level. */
  again: boolean;
}>;

export type Bed = Readonly<{ cuff: Cuff; state: State; rule: TourniquetRule }>;

/** Site time at which the cuffs' time begins. */
const beginsMs = 1000;
/** From a cuff to the server: 10 to 40 ms. */
const delayOf = (cuff: Cuff): number => 10 + (seedOf(cuff.spec.seed, cuff.seq) % 31);

/** A floor on which these people sit, their cuffs announced. */
export const floorOf = (people: readonly Person[]): State => {
  const parsed = parseRoster(classOf(people));
  if (!parsed.ok) throw new Error(`The bench's own class is wrong: ${JSON.stringify(parsed.issues)}`);
  const at = monotonic(beginsMs);
  let state = step(newState(siteId("bench")), { kind: "roster", at, roster: parsed.roster }).state;
  for (const { spec } of people)
    state = step(state, { kind: "meta", at, cuff: spec.cuff, message: metaOf(newCuff(spec)) }).state;
  return state;
};

export const newBed = (person: Person): Bed => ({
  cuff: newCuff(person.spec),
  state: floorOf([person]),
  rule: quietRule,
});

/** The alarms that facts have raised, and those that stood and have become surer or more urgent; `after` is the state after them. */
export const raisedIn = (facts: readonly Fact[], after: State): Raised[] =>
  facts.flatMap((fact): Raised[] => {
    if (fact.kind === "alarm-raised") return raisedBy(fact.occurrence, fact.at, false);
    if (fact.kind !== "alarm-changed") return [];
    const now = openAlarms(after).find((o) => o.id === fact.id);
    return now === undefined ? [] : raisedBy(now, fact.at, true);
  });

const raisedBy = (o: Occurrence, at: Monotonic, again: boolean): Raised[] => {
  const { condition, priority, value, limit, cause } = o;
  if (o.cuff === null || (again && priority === "low" && cause !== "level")) return [];
  return [{ cuff: o.cuff, condition, priority, atMs: at - beginsMs, value, limit, again }];
};

/** What a cuff said, as it reaches the engine. */
export const inputOf = (cuff: Cuff, said: Said): CuffInput => {
  const at = monotonic(beginsMs + cuff.atMs + delayOf(cuff));
  return said.channel === "data"
    ? { kind: "data", at, cuff: cuff.spec.cuff, message: said.message }
    : { kind: "event", at, cuff: cuff.spec.cuff, message: said.message };
};

/** The moment `atMs` of the cuffs' time, for an engine that hears nothing. */
export const tickAt = (atMs: number) => ({ kind: "tick", at: monotonic(beginsMs + atMs) }) as const;

const none: readonly Raised[] = [];
export type Moved = Readonly<{ bed: Bed; raised: readonly Raised[]; tourniquet: boolean }>;

/** The bed one sample later, what was raised on the way, and whether the surgical rule began to alarm. `heard` is whether the link carries. */
export const next = ({ cuff, state, rule }: Bed, heard = true): Moved => {
  const stepped = stepCuff(cuff, cuff.nextSampleMs);
  const after = stepped.cuff;
  let now = state;
  let raised = none;
  const inputs = heard ? stepped.said.map((said) => inputOf(after, said)) : [tickAt(after.atMs)];
  for (const input of inputs) {
    const judged = step(now, input);
    now = judged.state;
    const found = raisedIn(judged.facts, now);
    if (found.length > 0) raised = [...raised, ...found];
  }
  const ruledNow = ruled(rule, after);
  return {
    bed: { cuff: after, state: now, rule: ruledNow },
    raised,
    tourniquet: ruledNow.alarming && !rule.alarming,
  };
};
