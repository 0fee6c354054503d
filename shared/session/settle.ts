/** What is certain of one cuff at a moment: whether it is inflated, which conditions hold, when to look again. */
import { rules } from "../alarm/condition.ts";
import { follow, idOf, nextReminder, reminders } from "../alarm/judgement.ts";
import { type JudgedRoom, roomRules } from "../alarm/conditions/room.ts";
import { crossing, cuffConditions, roomConditions, strangersKeptFor } from "../alarm/policy.ts";
import { firstAfter } from "../alarm/verdict.ts";
import type { AlarmId, SiteId } from "../ids.ts";
import { after, earlier, later, type Monotonic, monotonic, never } from "../units.ts";
import {
  type CuffState,
  downSince,
  isDown,
  isExplained,
  isFresh,
  isStranger,
  nextOrdinal,
  upSince,
} from "./cuff-state.ts";
import type { AlarmFact, CuffFact, EndReason, Fact } from "./fact.ts";
import { applyToCuff } from "./fold.ts";

/** In the order of the table, as lists: every message of every cuff goes through them. */
const judged = cuffConditions.map((condition) => ({ condition, judge: rules[condition].judge }));
const nexts = cuffConditions.flatMap((condition) => rules[condition].next ?? []);

/** The cuff after everything that follows from its state at `at`; each fact of it is appended to `facts`. */
export const settle = (before: CuffState, site: SiteId, at: Monotonic, facts: Fact[]): CuffState => {
  let c = before;
  const emit = (fact: CuffFact): void => {
    facts.push(fact);
    c = applyToCuff(c, fact);
  };
  const turn = turned(c, at);
  if (turn !== null) emit(turn);
  for (const { condition, judge } of judged) {
    const verdict = judge(c, at);
    if (verdict.is === "false" && c.alarms.length === 0) continue;
    const id = (): AlarmId => idOf(site, c.cuff, condition, c.occlusions, nextOrdinal(c, condition));
    follow(c, condition, { verdict, id, at }).forEach(emit);
  }
  if (c.alarms.length > 0) reminders(c, c.limits, at).forEach(emit);
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
  if (c.station === null) look(forgottenAt(c));
  if (c.alarms.length > 0) look(nextReminder(c.alarms, c.limits));
  for (const next of nexts) look(next(c, now));
  return first;
};

/** When a cuff that nobody would miss is no longer kept in mind; never for any other. */
const forgottenAt = (c: CuffState): Monotonic =>
  // One that was up or had an alarm is kept with its counts: the ids of its alarms must not come twice.
  isStranger(c) && c.heardAt !== null && c.occlusions === 0 && Object.keys(c.raised).length === 0
    ? after(c.heardAt, strangersKeptFor)
    : never;

/** Whether it is time to forget a cuff: its name was a mistake, or it went home. */
export const isForgotten = (c: CuffState, at: Monotonic): boolean =>
  c.station === null && at >= forgottenAt(c);

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
  // What was last read long ago, before the readings stopped, is not measured down.
  if (fell === null || !isDown(c) || !isFresh(c, at) || !isExplained(c, fell)) return null;
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

/** What follows from the state of a room at `at`. */
export const settleRoom = (judged: JudgedRoom, site: SiteId, at: Monotonic): readonly AlarmFact<null>[] => {
  const { room, limits } = judged;
  const subject = { cuff: null, station: null, patient: "", alarms: room.alarms };
  return [
    ...roomConditions.flatMap((condition) => {
      const verdict = roomRules[condition].judge(judged, at);
      const id = (): AlarmId => idOf(site, "site", condition, 0, (room.raised[condition] ?? 0) + 1);
      return follow(subject, condition, { verdict, id, at });
    }),
    ...reminders(subject, limits, at),
  ];
};

/** When a room has to be looked at again though nothing is heard; later than `now`. */
export const roomDeadline = (judged: JudgedRoom, now: Monotonic): Monotonic =>
  roomConditions.reduce(
    (first, condition) => earlier(first, roomRules[condition].next?.(judged, now) ?? never),
    firstAfter(now, nextReminder(judged.room.alarms, judged.limits)),
  );
