/** Whether a patient can be given a place: one place each, one patient a place, one cuff a limb and one patient a cuff. */
import type { CuffId } from "../ids.ts";
import { type Decided, refuse } from "../session/order.ts";
import type { Refusal } from "../wire.ts";
import type { ClassView } from "./decide.ts";
import type { ClassOrder } from "./order.ts";
import { refusalWords as words } from "../view/class-refusal-words.ts";
import { newVisit } from "./seat.ts";

/** As many as a wall shows. */
export const mostSeats = 32;

export const decideSeat = (view: ClassView, order: Extract<ClassOrder, { kind: "seat" }>): Decided => {
  const { running, seats } = view.class;
  if (running === null) return refuse("no-class", words.noClass);
  const { station, patient, worn, at, by, verified } = { ...order, at: view.at };
  const there = seats.find((s) => s.station === station);
  if (there !== undefined) return refuse("taken", words.stationTaken(station, there.name));
  const left = view.cuffs.find((c) => c.station === station);
  // A cuff of whoever sat there before is still up.
  if (left !== undefined) return refuse("taken", words.stationTaken(station, left.patient));
  if (seats.length >= mostSeats) return refuse("taken", words.full(mostSeats));
  const elsewhere = seats.find((s) => s.visit.patient === patient);
  if (elsewhere !== undefined) return refuse("seated", words.patientSeated(elsewhere.station));
  for (const [i, { cuff, limb }] of worn.entries()) {
    const before = worn.slice(0, i);
    if (before.some((w) => w.cuff === cuff)) return refuse("taken", words.cuffTwice(cuff));
    if (before.some((w) => w.limb.limb === limb.limb && w.limb.side === limb.side))
      return refuse("taken", words.limbTwice);
    const refusal =
      unfree(view, cuff) ??
      unlike(view, cuff, [...before.map((w) => w.cuff), ...seats.flatMap((s) => s.worn.map((w) => w.cuff))]);
    if (refusal !== null) return refusal;
  }
  const { session, name, programme, exercises } = order;
  const visit = newVisit({ session, patient, programme: programme.name, exercises: [...exercises] }, at);
  return {
    ok: true,
    facts: [
      {
        ...{ kind: "patient-seated", at, by, verified },
        seat: { station, name, programme: programme.id, visit, worn },
      },
    ],
  };
};

/** Why a cuff cannot be given to a patient: it is on another. */
export const unfree = ({ class: { seats }, cuff: cuffOf }: ClassView, cuff: CuffId): Refusal | null => {
  const seat = seats.find((s) => s.worn.some((w) => w.cuff === cuff));
  // A cuff that is up stays on its patient, whatever became of the place.
  const station = seat?.station ?? cuffOf(cuff)?.station ?? null;
  return station === null ? null : refuse("taken", words.cuffTaken(cuff, station));
};

/** Why a cuff cannot be in one class with others: some are simulated and it is not, or the other way round. */
export const unlike = (
  { cuff: cuffOf }: ClassView,
  cuff: CuffId,
  others: readonly CuffId[],
): Refusal | null => {
  const simulated = (id: CuffId): boolean | undefined => {
    const c = cuffOf(id);
    // A basic cuff says nothing of itself, and is none of ours.
    return c?.basic === true ? false : c?.meta?.simulated;
  };
  const own = simulated(cuff);
  const differs = others.some((other) => {
    const is = simulated(other);
    return is !== undefined && own !== undefined && is !== own;
  });
  return differs ? refuse("blocked", words.simulatedAmongReal(cuff)) : null;
};
