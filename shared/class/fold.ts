/** The class after one fact about it: the only place where it changes, live, after a crash and in replay. */
import type { SessionId } from "../ids.ts";
import type { ClassFact } from "./fact.ts";
import type { ClassState, Seat } from "./seat.ts";
import type { Visit } from "./visit.ts";

export const applyToClass = (state: ClassState, fact: ClassFact): ClassState => {
  switch (fact.kind) {
    case "class-started":
      return { ...state, running: fact.class };
    case "class-ended":
      return { ...state, running: null };
    case "patient-seated":
      return { ...state, seats: [...state.seats, fact.seat] };
    case "checked":
      return visited(state, fact.session, (visit) => ({ ...visit, check: fact.check }));
    case "exercise-begun":
      return onSeat(state, fact.session, (seat) => ({
        ...seat,
        worn: fact.worn,
        visit: { ...seat.visit, exercise: fact.exercise },
      }));
    case "set-begun":
      return visited(state, fact.session, (visit) => ({
        ...visit,
        set: { number: fact.set, beganAt: fact.at },
      }));
    case "set-ended":
      return visited(state, fact.session, (visit) => setEnded(visit, fact));
    case "cuff-swapped":
      return onSeat(state, fact.session, (seat) => ({
        ...seat,
        worn: seat.worn.map((w) => (w.cuff === fact.from ? { ...w, cuff: fact.to } : w)),
      }));
    case "exertion-noted":
      return visited(state, fact.session, (visit) => ({
        ...visit,
        exertion: { score: fact.score, at: fact.at },
      }));
    case "remarked": {
      const { text, by, at } = fact;
      return visited(state, fact.session, (visit) => ({
        ...visit,
        remarks: [...visit.remarks, { text, by, at }],
      }));
    }
    case "finished":
      return { ...state, seats: state.seats.filter((s) => s.visit.session !== fact.session) };
    case "all-released":
      return { ...state, releasedAll: { by: fact.by, at: fact.at, cuffs: [...fact.cuffs, ...fact.byHand] } };
  }
};

/** Whether a fact changes which cuff is held to what. */
export const changesSeats = ({ kind }: ClassFact): boolean =>
  kind === "patient-seated" || kind === "exercise-begun" || kind === "cuff-swapped" || kind === "finished";

/** A visit whose set is over. */
export const setEnded = (
  visit: Visit,
  { at, repetitions }: Readonly<Pick<Extract<ClassFact, { kind: "set-ended" }>, "at" | "repetitions">>,
): Visit => {
  if (visit.set === null) return visit;
  const { number: set, beganAt } = visit.set;
  const done = { exercise: visit.exercise, set, repetitions, beganAt, endedAt: at };
  return { ...visit, set: null, setsDone: [...visit.setsDone, done] };
};

const onSeat = (state: ClassState, session: SessionId, change: (seat: Seat) => Seat): ClassState => ({
  ...state,
  seats: state.seats.map((s) => (s.visit.session === session ? change(s) : s)),
});
const visited = (state: ClassState, session: SessionId, change: (visit: Visit) => Visit): ClassState =>
  onSeat(state, session, (seat) => ({ ...seat, visit: change(seat.visit) }));
