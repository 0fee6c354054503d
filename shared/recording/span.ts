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
  /** What the plan was called. */
  programme: string;
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
  const follow = followSpans(before);
  const ended: Span[] = [];
  for (const { fact } of lines) ended.push(...follow.take(fact));
  return [...ended, ...follow.open()].toSorted((a, b) => a.from - b.from);
};

/** The parts of a class as facts come in. */
export type SpansFollowed = Readonly<{
  /** Takes the next fact; the parts that are over with it. */
  take: (fact: Fact) => readonly Span[];
  /** Those that are under way. */
  open: () => readonly Span[];
  class: () => ClassState;
}>;

export const followSpans = (before: ClassState): SpansFollowed => {
  const freeSince = new Map<CuffId, Monotonic>();
  let state = before;
  let open: readonly Span[] = before.seats.map((seat) => begunWith(seat, before));
  return {
    take: (fact) => {
      const next = seatsAfter(state, fact);
      if (next === state) return [];
      state = next;
      const seats = new Map(next.seats.map((seat) => [seat.visit.session, seat]));
      const now = open.map((span) => withWorn(span, seats.get(span.session), fact.at, freeSince));
      for (const { worn } of now)
        for (const { cuff, to } of worn) if (to === fact.at) freeSince.set(cuff, fact.at);
      const began = next.seats.filter((s) => !open.some((span) => span.session === s.visit.session));
      open = [...now.filter(({ to }) => to === null), ...began.map((seat) => begunWith(seat, next))];
      return now.filter(({ to }) => to !== null);
    },
    open: () => open,
    class: () => state,
  };
};

/** The part of a class that begins with a seat. */
export const begunWith = (
  { visit, station, name, worn }: Seat,
  { running }: Pick<ClassState, "running">,
): Span => {
  const { session, patient, programme, seatedAt: from } = visit;
  const on = worn.map((w) => wornFrom(w, from, from));
  const who = { session, patient, class: running?.id ?? null, station, name, programme };
  return { ...who, from, to: null, worn: on };
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
