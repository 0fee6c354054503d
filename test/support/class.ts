/** A class that is run from tablets, for tests of the engine: each order is told at a second, and answered. */
import { givenOf, visitExercise } from "../../shared/class/given.ts";
import type { ClassOrder } from "../../shared/class/order.ts";
import type { Seat, Worn } from "../../shared/class/seat.ts";
import { newState, type State, step } from "../../shared/engine.ts";
import { classId, cuffId, patientId, programmeId, sessionId, siteId, stationId } from "../../shared/ids.ts";
import { type Limb } from "../../shared/plan/prescription.ts";
import { type Programme, programmeSchema } from "../../shared/plan/programme.ts";
import { emptyRoster } from "../../shared/plan/roster.ts";
import { mmhg } from "../../shared/units.ts";
import type { Refusal } from "../../shared/wire.ts";
import { at, type Run, run } from "./floor.ts";

type Asked<O> = O extends unknown ? Omit<O, "by" | "verified"> : never;
export type Wish = Asked<ClassOrder>;

/** Leg press and leg extension under the cuff, with hip work beside them: 60 % of LOP, 30-15 and 15. */
export const programme = (changes: object = {}): Programme =>
  programmeSchema.parse({
    name: "Knee",
    cuffs: [{ limb: "thigh", side: "left" }],
    exercises: [
      { kind: "restricted", name: "Leg press", plan: { targetPctLop: 60, sets: [30, 15], limitS: 300 } },
      { kind: "free", name: "Hip abduction", sets: [12] },
      { kind: "restricted", name: "Leg extension", plan: { targetPctLop: 40, sets: [15], limitS: 480 } },
    ],
    ...changes,
  });

export const left: Limb = { limb: "thigh", side: "left" };
export const right: Limb = { limb: "thigh", side: "right" };

export const worn = (name: string, limb: Limb = left, plan = programme()): Worn => {
  const result = givenOf(plan, limb, { lop: mmhg(250), limits: {} });
  if (!result.ok) throw new Error(result.reason);
  return { cuff: cuffId(name), limb, lop: "lop-1", given: result.given };
};

/** Patient `n` at station `n`, by default with the cuff `cuff-n`. */
export const seat = (
  n: number,
  cuffs: readonly Worn[] = [worn(`cuff-${n}`)],
  plan = programme(),
): Extract<Wish, { kind: "seat" }> => ({
  kind: "seat",
  session: session(n),
  station: stationId(String(n)),
  patient: patientId(`patient-${n}`),
  name: `Patient ${n}`,
  programme: { id: programmeId("programme-1"), name: plan.name },
  exercises: plan.exercises.map(visitExercise),
  worn: cuffs,
});

export const session = (n: number): ReturnType<typeof sessionId> => sessionId(`session-${n}`);
export const start: Wish = { kind: "start-class", class: classId("class-1"), room: "Gym", heard: true };

const clear = {
  changed: "no",
  "calf-pain": "no",
  "chest-pain": "no",
  "dark-urine": "no",
  unwell: "no",
  "blood-pressure": "no",
} as const;
export const check = (
  n: number,
  red: Readonly<Record<string, "yes">> = {},
  override: string | null = null,
): Wish => ({ kind: "check", session: session(n), answers: { ...clear, ...red }, override });
export const finish = (n: number, ...seenOff: readonly string[]): Wish => ({
  ...{ kind: "finish", session: session(n), outcome: "completed", reason: "" },
  seenOff: seenOff.map(cuffId),
});

/** A floor on which nobody sits. */
export const emptyFloor = (): Run => ({
  facts: [],
  state: step(newState(siteId("main")), { kind: "roster", at: at(0), roster: emptyRoster }).state,
});

export type Told = Run & Readonly<{ refusal: Refusal | null }>;

/** The floor after one order. */
export const tell = (second: number, order: Wish, before: Run): Told => {
  const by = { by: "Aidan R.", verified: true };
  const next = step(before.state, { kind: "order", at: at(second), order: { ...order, ...by } });
  return {
    state: next.state,
    facts: [...before.facts, ...next.facts],
    refusal: next.refusal,
  };
};

/** The floor after orders that all have to be carried out. */
export const tellAll = (second: number, orders: readonly Wish[], before: Run): Run =>
  orders.reduce((r, order) => {
    const told = tell(second, order, r);
    if (told.refusal !== null) throw new Error(`${order.kind}: ${told.refusal.reason}`);
    return told;
  }, before);

/** A class of one: patient 1 with `cuff-1`, checked, at second 1. */
export const classOfOne = (): Run => tellAll(1, [start, seat(1), check(1)], emptyFloor());

export const seatNow = (r: Readonly<{ state: State }>, n = 1): Seat => {
  const found = r.state.class.seats.find((s) => s.visit.session === session(n));
  if (found === undefined) throw new Error(`Nobody sits at ${n}.`);
  return found;
};
export { run };
