/** What happened to a class and to each patient's part in it, as it is recorded. None of it is about one cuff alone. */
import type { ClassId, CuffId, SessionId } from "../ids.ts";
import type { Limb } from "../plan/prescription.ts";
import type { Millis, Monotonic } from "../units.ts";
import type { Seat, Worn } from "./seat.ts";
import type { Check, Outcome, RunningClass } from "./visit.ts";

/** Every one tells who, and whether they had signed in. */
type ByPerson = Readonly<{ at: Monotonic; by: string; verified: boolean }>;
type OfVisit = ByPerson & Readonly<{ session: SessionId }>;

export type ClassFact =
  | (ByPerson & Readonly<{ kind: "class-started"; class: RunningClass }>)
  | (ByPerson & Readonly<{ kind: "class-ended"; class: ClassId }>)
  /** The whole of what is to be done, copied: no edit of a plan reaches a session that has begun. */
  | (ByPerson & Readonly<{ kind: "patient-seated"; seat: Seat }>)
  | (OfVisit & Readonly<{ kind: "checked"; check: Check }>)
  /** `worn` is what the cuffs are held to from now on. */
  | (OfVisit &
      Readonly<{
        kind: "exercise-begun";
        exercise: number;
        worn: readonly Worn[];
        seenOff: readonly CuffId[];
      }>)
  | (OfVisit & Readonly<{ kind: "set-begun"; set: number }>)
  | (OfVisit & Readonly<{ kind: "set-ended"; repetitions: number | null }>)
  /** `seenOff`: nobody could measure it down, a person has seen that it is off. */
  | (OfVisit & Readonly<{ kind: "cuff-swapped"; from: CuffId; to: CuffId; seenOff: boolean }>)
  | (OfVisit & Readonly<{ kind: "exertion-noted"; score: number }>)
  | (OfVisit & Readonly<{ kind: "remarked"; text: string }>)
  /** Tells all that a record of the session is made from, so that one can be made from it alone. */
  | (OfVisit &
      Readonly<{
        kind: "finished";
        outcome: Outcome;
        reason: string;
        seenOff: readonly CuffId[];
        /** As it was at the end. */
        seat: Seat;
        class: RunningClass | null;
        restricted: readonly Readonly<{ limb: Limb; total: Millis }>[];
      }>)
  /** Every cuff that can be vented from here was told to; those `byHand` cannot, or nobody can measure them. */
  | (ByPerson & Readonly<{ kind: "all-released"; cuffs: readonly CuffId[]; byHand: readonly CuffId[] }>);

export type FinishedFact = Extract<ClassFact, { kind: "finished" }>;
