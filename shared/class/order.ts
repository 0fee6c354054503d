/** What a person orders about a class. Ids and records are resolved before: the engine knows no register. */
import type { CuffId, PatientId, ProgrammeId, SessionId, StationId, ClassId } from "../ids.ts";
import type { CheckAnswers } from "../plan/screening.ts";
import type { Person } from "../session/order.ts";
import type { Worn } from "./seat.ts";
import type { Outcome, VisitExercise } from "./visit.ts";

type OfVisit = Readonly<{ session: SessionId }>;
type SeenOff = Readonly<{ seenOff: readonly CuffId[] }>;

export type ClassOrder = Person &
  (
    | Readonly<{ kind: "start-class"; class: ClassId; room: string; heard: boolean }>
    | Readonly<{ kind: "end-class" }>
    /** Where nothing can be sent every cuff is to be loosened by hand. */
    | Readonly<{ kind: "release-all"; canSend: boolean }>
    | (OfVisit &
        Readonly<{
          kind: "seat";
          station: StationId;
          patient: PatientId;
          /** As a wall shows it. */
          name: string;
          programme: Readonly<{ id: ProgrammeId; name: string }>;
          exercises: readonly VisitExercise[];
          worn: readonly Worn[];
        }>)
    | (OfVisit & Readonly<{ kind: "check"; answers: CheckAnswers; override: string | null }>)
    | (OfVisit & SeenOff & Readonly<{ kind: "begin-exercise"; exercise: number }>)
    | (OfVisit & Readonly<{ kind: "begin-set" }>)
    | (OfVisit & Readonly<{ kind: "end-set"; repetitions: number | null }>)
    | (OfVisit & SeenOff & Readonly<{ kind: "swap-cuff"; from: CuffId; to: CuffId }>)
    | (OfVisit & Readonly<{ kind: "exertion"; score: number }>)
    | (OfVisit & Readonly<{ kind: "remark"; text: string }>)
    | (OfVisit & SeenOff & Readonly<{ kind: "finish"; outcome: Outcome; reason: string }>)
  );
