/** What a person orders about an alarm or a cuff, and what becomes of it. */
import type { Limits } from "../alarm/limits.ts";
import type { Occurrence } from "../alarm/occurrence.ts";
import { latches } from "../alarm/policy.ts";
import { silencedFor, soundsAgainAt } from "../alarm/suppression.ts";
import type { ClassOrder } from "../class/order.ts";
import type { AlarmId, CuffId } from "../ids.ts";
import { after, type Monotonic } from "../units.ts";
import type { Refusal } from "../wire.ts";
import { canRelease, type CuffState, isFresh } from "./cuff-state.ts";
import type { AlarmFact, CuffFact, Fact, OrderKind } from "./fact.ts";
import { applyToCuff } from "./fold.ts";
import type { Note } from "./note.ts";
import type { RoomOrder } from "./room-order.ts";
import { begun, ended } from "./settle.ts";

/** Who orders something, and whether they had signed in. */
export type Person = Readonly<{ by: string; verified: boolean }>;

export type CuffOrder = Person &
  (
    | Readonly<{ kind: "release" | "cuff-off"; cuff: CuffId }>
    | Readonly<{ kind: "note"; cuff: CuffId; note: Note }>
  );
export type Order =
  | (Person & Readonly<{ kind: "acknowledge" | "take-back"; alarm: AlarmId }>)
  | CuffOrder
  | RoomOrder
  | ClassOrder;

export type Decided<F extends Fact = Fact> = Readonly<{ ok: true; facts: readonly F[] }> | Refusal;

export const refuse = (kind: Refusal["kind"], reason: string): Refusal => ({ ok: false, kind, reason });

/** What follows from an answer to the occurrence `found`; undefined when it is no longer open. */
export const answer = (
  found: Occurrence | undefined,
  kind: "acknowledge" | "take-back",
  { by, verified }: Person,
  { limits, at }: Readonly<{ limits: Limits; at: Monotonic }>,
): Decided<AlarmFact> => {
  if (found === undefined) return refuse("no-such-alarm", "This alarm is over and was taken off the list.");
  const { id, cuff, acknowledged } = found;
  if (kind === "take-back") {
    if (acknowledged === null) return refuse("already", "Nobody is going to this one.");
    return { ok: true, facts: [{ kind: "alarm-taken-back", at, cuff, id, by, verified }] };
  }
  // Once it sounds again anybody may answer it anew.
  if (acknowledged !== null && at < soundsAgainAt(found))
    return refuse("already", `${acknowledged.by} is already going.`);
  return { ok: true, facts: [acknowledgement(found, cuff, { by, verified }, { limits, at })] };
};

const acknowledgement = <C extends CuffId | null>(
  { id, priority }: Occurrence,
  cuff: C,
  { by, verified }: Person,
  { limits, at }: Readonly<{ limits: Limits; at: Monotonic }>,
): AlarmFact<C> => ({
  kind: "alarm-acknowledged",
  at,
  cuff,
  id,
  acknowledged: { by, at, until: after(at, silencedFor(priority, limits)), verified },
});

/** Whoever lets a cuff down has answered what was said of it: nobody has to be asked to go there as well. */
const answeredBy = (c: CuffState, person: Person, at: Monotonic): readonly AlarmFact<CuffId>[] =>
  c.alarms
    .filter((o) => o.acknowledged === null && latches(o.condition))
    .map((o) => acknowledgement(o, c.cuff, person, { limits: c.limits, at }));

/** What follows from a note at a patient; undefined when no such cuff is known. Dizziness is of the whole patient, the rest of one limb. */
export const decideNote = (
  c: CuffState | undefined,
  { by, verified, note }: Extract<CuffOrder, { kind: "note" }>,
  { others, at }: Readonly<{ others: readonly CuffState[]; at: Monotonic }>,
): Decided<CuffFact> => {
  if (c === undefined) return refuse("no-such-cuff", "There is no cuff of that name here.");
  const { station, patient } = c;
  if (station === null) return refuse("no-patient", "This cuff is on no patient.");
  const ofPatient = note.kind === "symptom" && note.symptom === "dizziness";
  const cuffs = ofPatient ? others.filter((o) => o.station === station && o.patient === patient) : [c];
  return { ok: true, facts: cuffs.map(({ cuff }) => ({ kind: "noted", at, cuff, by, verified, note })) };
};

/** What follows from ordering a cuff down; undefined when no such cuff is known. */
export const decideDown = (
  c: CuffState | undefined,
  { kind: order, by, verified }: Extract<CuffOrder, { kind: OrderKind }>,
  at: Monotonic,
): Decided<CuffFact> => {
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
