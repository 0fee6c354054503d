/** What a person orders about an alarm or a cuff, and what becomes of it. */
import { type Occurrence, soundsAgainAt } from "../alarm/occurrence.ts";
import { latches } from "../alarm/policy.ts";
import type { AlarmId, CuffId } from "../ids.ts";
import type { Monotonic } from "../units.ts";
import type { Refusal } from "../wire.ts";
import { canRelease, type CuffState, isFresh } from "./cuff-state.ts";
import type { CuffFact, OrderKind } from "./fact.ts";
import { applyToCuff } from "./fold.ts";
import { begun, ended } from "./settle.ts";

type Person = Readonly<{ by: string; verified: boolean }>;

export type Order = Person &
  (
    | Readonly<{ kind: "acknowledge" | "take-back"; alarm: AlarmId }>
    | Readonly<{ kind: "release" | "cuff-off"; cuff: CuffId }>
  );

export type Decided = Readonly<{ ok: true; facts: readonly CuffFact[] }> | Refusal;

const refuse = (kind: Refusal["kind"], reason: string): Refusal => ({ ok: false, kind, reason });

/** What follows from an answer to the occurrence `found`; undefined when it is no longer open. */
export const answer = (
  found: Occurrence | undefined,
  kind: "acknowledge" | "take-back",
  { by, verified }: Person,
  at: Monotonic,
): Decided => {
  if (found === undefined) return refuse("no-such-alarm", "This alarm is over and was taken off the list.");
  const { id, cuff, acknowledged } = found;
  if (kind === "take-back") {
    if (acknowledged === null) return refuse("already", "Nobody is going to this one.");
    return { ok: true, facts: [{ kind: "alarm-taken-back", at, cuff, id, by }] };
  }
  // Once it sounds again anybody may answer it anew.
  if (acknowledged !== null && at < soundsAgainAt(found))
    return refuse("already", `${acknowledged.by} is already going.`);
  return {
    ok: true,
    facts: [{ kind: "alarm-acknowledged", at, cuff, id, acknowledged: { by, at, verified } }],
  };
};

/** Whoever lets a cuff down has answered what was said of it: nobody has to be asked to go there as well. */
const answeredBy = (c: CuffState, { by, verified }: Person, at: Monotonic): readonly CuffFact[] =>
  c.alarms
    .filter((o) => o.acknowledged === null && latches(o.condition))
    .map(({ id }) => ({
      kind: "alarm-acknowledged",
      at,
      cuff: c.cuff,
      id,
      acknowledged: { by, at, verified },
    }));

/** What follows from ordering a cuff down; undefined when no such cuff is known. */
export const down = (
  c: CuffState | undefined,
  order: OrderKind,
  { by, verified }: Person,
  at: Monotonic,
): Decided => {
  if (c === undefined) return refuse("no-such-cuff", "There is no cuff of that name here.");
  if (order === "release" && !canRelease(c))
    return refuse(
      "cannot-release",
      "This cuff cannot be released from here. Loosen it by hand, then say that it is off.",
    );
  // Whoever orders a cuff down that is going up has seen it go up: its inflation has begun.
  const began = begun(c, at);
  if (c.occlusion === null && began === null) return refuse("not-inflated", "This cuff is down already.");
  const up = began === null ? c : applyToCuff(c, began);
  const ordered: CuffFact = {
    kind: "ordered-down",
    at,
    cuff: c.cuff,
    order,
    by,
    verified,
    occlusion: up.occlusions,
  };
  // A cuff that nobody can measure is off when a person says so; one that is heard has to show it.
  const unheard = order === "cuff-off" && !isFresh(c, at);
  return {
    ok: true,
    facts: [
      ...(began === null ? [] : [began]),
      ordered,
      ...answeredBy(up, { by, verified }, at),
      ...(unheard ? [ended(up, at, { end: at, reason: "cuff-off", confirmed: false })] : []),
    ],
  };
};
