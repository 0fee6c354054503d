/** From when to when a patient's part in a class lasted, and which cuff was on which limb meanwhile: read from the facts of the class. */
import type { ClassFact } from "../class/fact.ts";
import { applyToClass } from "../class/fold.ts";
import { type ClassState, noClass, type Seat, withFile, type Worn } from "../class/seat.ts";
import type { ClassId, CuffId, PatientId, SessionId, StationId } from "../ids.ts";
import type { Limb } from "../plan/prescription.ts";
import type { Fact } from "../session/fact.ts";
import { later, type Monotonic } from "../units.ts";
import type { Line } from "./line.ts";

/** A cuff on a limb; `to` is null while it is worn. */
export type WornFor = Readonly<{
  cuff: CuffId;
  limb: Limb;
  from: Monotonic;
  to: Monotonic | null;
  /** Since when it was on nobody before; the beginning of the session where it was on nobody for longer. */
  freeFrom: Monotonic;
}>;

/** One patient's part in a class; `to` is null while it is under way. */
export type Span = Readonly<{
  session: SessionId;
  /** Null for somebody who is not in the register. */
  patient: PatientId | null;
  class: ClassId | null;
  station: StationId;
  /** As the wall shows it. */
  name: string;
  from: Monotonic;
  to: Monotonic | null;
  worn: readonly WornFor[];
}>;

/** Whether a fact is about a class. */
export const isClassFact = (fact: Fact): fact is ClassFact =>
  !("cuff" in fact) && fact.kind !== "roster" && fact.kind !== "resumed";

/** Who has a place after a fact; what does not change that leaves the same value. */
export const seatsAfter = (state: ClassState, fact: Fact): ClassState => {
  if ("cuff" in fact) return state;
  if (isClassFact(fact)) return applyToClass(state, fact);
  if (fact.kind !== "roster" || fact.roster.stations === "keep") return state;
  return withFile(state, fact.roster.stations, fact.roster.room, fact.at);
};

/** Every part of a class that lies in some lines, in the order in which they began; `before` is the class as it was before them. */
export const spansOf = (lines: Iterable<Line>, before: ClassState = noClass): readonly Span[] => {
  const spans: Span[] = before.seats.map((seat) => begunWith(seat, before));
  const freeSince = new Map<CuffId, Monotonic>();
  let state = before;
  for (const { fact } of lines) {
    const next = seatsAfter(state, fact);
    if (next === state) continue;
    const { at } = fact;
    const seats = new Map(next.seats.map((seat) => [seat.visit.session, seat]));
    spans.forEach((span, i) => {
      if (span.to !== null) return;
      const after = withWorn(span, seats.get(span.session), at, freeSince);
      spans[i] = after;
      for (const { cuff, to } of after.worn) if (to === at) freeSince.set(cuff, at);
    });
    for (const seat of next.seats)
      if (!spans.some((s) => s.to === null && s.session === seat.visit.session))
        spans.push(begunWith(seat, next));
    state = next;
  }
  return spans;
};

const begunWith = ({ visit, station, name, worn }: Seat, { running }: ClassState): Span => {
  const { session, patient, seatedAt: from } = visit;
  const on = worn.map((w) => wornFrom(w, from, from));
  return { session, patient, class: running?.id ?? null, station, name, from, to: null, worn: on };
};

const wornFrom = ({ cuff, limb }: Worn, from: Monotonic, freeFrom: Monotonic): WornFor => ({
  ...{ cuff, limb, from, to: null },
  freeFrom,
});

/** A part under way once its seat is as given; over where there is none any more. */
const withWorn = (
  span: Span,
  seat: Seat | undefined,
  at: Monotonic,
  freeSince: ReadonlyMap<CuffId, Monotonic>,
): Span => {
  const on = seat?.worn ?? [];
  const stays = ({ cuff, to }: WornFor): boolean => to !== null || on.some((w) => w.cuff === cuff);
  const worn = span.worn.map((w) => (stays(w) ? w : { ...w, to: at }));
  const added = on
    .filter((w) => !worn.some((o) => o.to === null && o.cuff === w.cuff))
    .map((w) => wornFrom(w, at, later(span.from, freeSince.get(w.cuff) ?? span.from)));
  return { ...span, worn: [...worn, ...added], to: seat === undefined ? at : null };
};
