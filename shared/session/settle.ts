/** What is certain of one cuff at a moment: whether it is inflated, which conditions hold, when to look again. */
import type { Occurrence } from "../alarm/occurrence.ts";
import { rules, type Verdict } from "../alarm/condition.ts";
import { conditions, type ConditionId, crossing, strangersKeptFor } from "../alarm/policy.ts";
import { alarmId, type SiteId } from "../ids.ts";
import { after, earlier, later, type Monotonic, monotonic, never } from "../units.ts";
import {
  type CuffState,
  downSince,
  isDown,
  isExplained,
  isStranger,
  nextOrdinal,
  upSince,
} from "./cuff-state.ts";
import type { CuffFact, EndReason, Fact } from "./fact.ts";
import { applyToCuff } from "./fold.ts";

/** The cuff after everything that follows from its state at `at`; each fact of it is appended to `facts`. */
export const settle = (before: CuffState, site: SiteId, at: Monotonic, facts: Fact[]): CuffState => {
  let c = before;
  const emit = (fact: CuffFact | null): void => {
    if (fact === null) return;
    facts.push(fact);
    c = applyToCuff(c, fact);
  };
  emit(turned(c, at));
  for (const condition of conditions) emit(judged(c, site, condition, rules[condition].judge(c, at), at));
  return c;
};

/** When a cuff has to be looked at again though nothing is heard from it; later than `now`. */
export const deadlineOf = (c: CuffState, now: Monotonic): Monotonic => {
  let first = never;
  const look = (at: Monotonic): void => {
    if (at > now && at < first) first = at;
  };
  const up = c.occlusion === null ? upSince(c) : null;
  if (up !== null) look(after(up, crossing));
  look(forgottenAt(c));
  for (const condition of conditions) look(rules[condition].next?.(c, now) ?? never);
  return first;
};

/** When a cuff that nobody would miss is no longer kept in mind; never for any other. */
const forgottenAt = (c: CuffState): Monotonic =>
  isStranger(c) && c.heardAt !== null ? after(c.heardAt, strangersKeptFor) : never;

/** Whether it is time to forget a cuff: its name was a mistake, or it went home. */
export const isForgotten = (c: CuffState, at: Monotonic): boolean => at >= forgottenAt(c);

/** The end of a cuff's present inflation, as a fact. */
export const ended = (
  c: CuffState,
  at: Monotonic,
  { end, reason, confirmed }: Readonly<{ end: Monotonic; reason: EndReason; confirmed: boolean }>,
): CuffFact => {
  const since = c.occlusion?.since ?? end;
  return {
    kind: "deflated",
    at,
    cuff: c.cuff,
    occlusion: c.occlusions,
    end: later(end, since),
    reason,
    confirmed,
  };
};

/** The beginning of an inflation that is under way, as a fact; null while the cuff is not up. */
export const begun = (c: CuffState, at: Monotonic): CuffFact | null => {
  const up = upSince(c);
  if (up === null || c.occlusion !== null) return null;
  return { kind: "inflated", at, cuff: c.cuff, occlusion: c.occlusions + 1, since: earliestBeginning(c, up) };
};

/** The beginning or the end of an inflation, if it is certain by now. */
const turned = (c: CuffState, at: Monotonic): CuffFact | null => {
  if (c.occlusion === null) {
    const up = upSince(c);
    return up === null || at < after(up, crossing) ? null : begun(c, at);
  }
  const fell = downSince(c);
  if (fell === null || !isDown(c) || !isExplained(c, fell)) return null;
  // The pressure may have failed while the cuff went on counting: the later end is the one that a clock vouches for.
  return ended(c, at, {
    end: later(fell, c.occlusion.saidUp?.at ?? fell),
    reason: reasonOf(c),
    confirmed: true,
  });
};

const reasonOf = (c: CuffState): EndReason => {
  switch (c.occlusion?.ordered?.order) {
    case "release":
      return "released";
    case "cuff-off":
      return "cuff-off";
    case undefined:
      return "cuff-says";
  }
};

/** The crossing of 30 mmHg as measured here, or earlier where the cuff has counted for longer. */
const earliestBeginning = (c: CuffState, crossed: Monotonic): Monotonic =>
  c.said === null || c.said.phase === "idle" || c.pressure.lastAt === null
    ? crossed
    : earlier(crossed, monotonic(c.pressure.lastAt - c.said.occMs));

const judged = (
  c: CuffState,
  site: SiteId,
  condition: ConditionId,
  verdict: Verdict,
  at: Monotonic,
): CuffFact | null => {
  const stands = c.alarms.find((o) => o.condition === condition && o.clearedAt === null);
  switch (verdict.is) {
    case "unclear":
      return null;
    case "false":
      return stands === undefined ? null : { kind: "alarm-cleared", at, cuff: c.cuff, id: stands.id };
    case "true": {
      if (stands === undefined) return raised(c, site, condition, verdict, at);
      const { priority, value, limit, unconfirmed } = verdict;
      if (stands.priority === priority && stands.unconfirmed === unconfirmed) return null;
      return { kind: "alarm-changed", at, cuff: c.cuff, id: stands.id, priority, value, limit, unconfirmed };
    }
  }
};

const raised = (
  c: CuffState,
  site: SiteId,
  condition: ConditionId,
  { priority, value, limit, unconfirmed }: Extract<Verdict, { is: "true" }>,
  at: Monotonic,
): CuffFact => {
  const occurrence: Occurrence = {
    id: alarmId(`${site}/${c.cuff}/${condition}/${c.occlusions}/${nextOrdinal(c, condition)}`),
    condition,
    cuff: c.cuff,
    station: c.station,
    priority,
    raisedAt: at,
    value,
    limit,
    unconfirmed,
    acknowledged: null,
    clearedAt: null,
  };
  return { kind: "alarm-raised", at, cuff: c.cuff, occurrence };
};
