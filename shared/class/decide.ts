/** What follows from an order about a class: facts, or why it cannot be, as a sentence. */
import type { CuffId } from "../ids.ts";
import type { CuffState } from "../session/cuff-state.ts";
import { type Decided, refuse } from "../session/order.ts";
import type { Monotonic } from "../units.ts";
import { decideSeat } from "./decide-seat.ts";
import { decideVisit } from "./decide-visit.ts";
import type { ClassFact } from "./fact.ts";
import type { ClassOrder } from "./order.ts";
import { refusalWords as words } from "../view/class-refusal-words.ts";
import { releaseAll } from "./release-all.ts";
import type { ClassState, Seat } from "./seat.ts";

/** What a decision is made from. */
export type ClassView = Readonly<{
  class: ClassState;
  cuff: (cuff: CuffId) => CuffState | undefined;
  /** Every cuff that is known. */
  cuffs: readonly CuffState[];
  at: Monotonic;
}>;

/** What follows from `order`. */
export const decideClass = (view: ClassView, order: ClassOrder): Decided => {
  const { at } = view;
  const { running, seats } = view.class;
  const { by, verified } = order;
  const fact = (one: ClassFact): Decided => ({ ok: true, facts: [one] });
  switch (order.kind) {
    case "start-class": {
      if (running !== null) return refuse("class-runs", words.classRuns);
      const { class: id, room, heard } = order;
      return fact({
        ...{ kind: "class-started", at, by, verified },
        class: { id, room, by, startedAt: at, heard },
      });
    }
    case "end-class":
      if (running === null) return refuse("no-class", words.noClass);
      if (seats.length > 0) return refuse("seated", words.stillSeated(seats.map(placeOf)));
      return fact({ kind: "class-ended", at, by, verified, class: running.id });
    case "release-all":
      return releaseAll(view.cuffs, order, at);
    case "seat":
      return decideSeat(view, order);
    case "check":
    case "begin-exercise":
    case "begin-set":
    case "end-set":
    case "swap-cuff":
    case "exertion":
    case "remark":
    case "finish": {
      const seat = seats.find((s) => s.visit.session === order.session);
      return seat === undefined ? refuse("no-visit", words.noVisit) : decideVisit(view, seat, order);
    }
  }
};

const placeOf = ({ station, name }: Seat): string => words.place(station, name);
