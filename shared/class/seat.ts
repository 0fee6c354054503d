/** Who sits where in a class: the patient's visit, and what each cuff gives which limb in each of its exercises. */
import type { ChosenLimits } from "../alarm/limits.ts";
import { type CuffId, classId, type ProgrammeId, sessionId, type StationId } from "../ids.ts";
import type { LopMethod } from "../plan/limb-occlusion.ts";
import type { Limb, Prescription } from "../plan/prescription.ts";
import type { Assignment, Roster, Station } from "../plan/roster.ts";
import type { Monotonic } from "../units.ts";
import type { Resting } from "./resting.ts";
import type { ReleasedAll, RunningClass, Visit, VisitExercise } from "./visit.ts";

/** What a cuff is held to during one exercise. */
export type Given = Readonly<{ prescription: Prescription; limits: ChosenLimits }>;

/** A cuff on a limb; `given` has one entry for each exercise of the visit. */
export type Worn = Readonly<{
  cuff: CuffId;
  limb: Limb;
  /** Which of the patient's limb occlusion pressures it goes by; null where it goes by none of the register. */
  lop: string | null;
  /** How that one was found, copied: its entry may be gone before the record of the session is made. */
  found?: Readonly<{ method: LopMethod; widthCm: number }> | null;
  given: readonly [Given, ...Given[]];
}>;

export type Seat = Readonly<{
  station: StationId;
  /** The patient's name as a wall shows it. */
  name: string;
  /** Null for a class file's station. */
  programme: ProgrammeId | null;
  visit: Visit;
  worn: readonly Worn[];
}>;

/** What is known of the class: whether one is under way, who has a place, and whose limbs rest from the session before. */
export type ClassState = Readonly<{
  running: RunningClass | null;
  seats: readonly Seat[];
  resting: readonly Resting[];
  /** The last time that somebody released all; null where nobody ever did. */
  releasedAll: ReleasedAll | null;
}>;
export const noClass: ClassState = { running: null, seats: [], resting: [], releasedAll: null };

/** The seats as the cuffs are held to them now, each to the exercise that is under way. */
export const stationsOf = ({ seats }: ClassState): readonly Station[] =>
  seats.map(({ station, name, visit, worn }) => ({
    station,
    patient: name,
    cuffs: worn.map((w): Assignment => ({ cuff: w.cuff, ...givenAt(w, visit.exercise) })),
  }));

const givenAt = ({ given }: Worn, exercise: number): Given => given[exercise] ?? given[0];

/**
 * The class once a class file was taken in. Its stations take the place of those of a file before; whoever was seated on a tablet stays
 * there, and a station of the file that would need the same place or cuff is left out. A visit of the same patient at the same
 * station goes on; a file's class counts as one that is under way.
 */
export const withFile = (
  was: ClassState,
  stations: Roster["stations"],
  room: string,
  at: Monotonic,
): ClassState => {
  const stay = was.seats.filter((s) => s.visit.patient !== null);
  const cuffs = new Set(stay.flatMap((s) => s.worn.map((w) => w.cuff)));
  const free = stations.filter(
    (s) => !stay.some((o) => o.station === s.station) && !s.cuffs.some((c) => cuffs.has(c.cuff)),
  );
  const seats = [...stay, ...free.map((s) => seatOfFile(s, was, at))];
  return { ...was, seats, running: runningWith(was.running, seats, room, at) };
};

/** A class of a file lasts for as long as the file has somebody in it; one that was started on a tablet is ended there. */
const runningWith = (
  running: RunningClass | null,
  seats: readonly Seat[],
  room: string,
  at: Monotonic,
): RunningClass | null => {
  if (running !== null) return seats.length > 0 || running.by !== "" ? running : null;
  if (seats.length === 0) return null;
  return { id: classId(`file-${at}`), room, by: "", startedAt: at, heard: false };
};

const seatOfFile = (s: Station, was: ClassState, at: Monotonic): Seat => {
  const before = was.seats.find(
    (o) => o.visit.patient === null && o.station === s.station && o.name === s.patient,
  );
  const exercise = s.exercise ?? exerciseOf(s);
  const visit: Visit =
    before === undefined
      ? newVisit(
          {
            session: sessionId(`file-${at}-${s.station}`),
            patient: null,
            programme: exercise.name,
            exercises: [exercise],
          },
          at,
        )
      : { ...before.visit, exercises: [exercise] };
  return {
    ...{ station: s.station, name: s.patient, programme: null, visit },
    worn: s.cuffs.map(({ cuff, prescription, limits }) => ({
      ...{ cuff, limb: prescription.limb, lop: null },
      given: [{ prescription, limits }],
    })),
  };
};

/** The exercise of a station that was recorded before stations had any: what its prescription tells of it. */
const exerciseOf = ({ cuffs: [first] }: Station): VisitExercise => ({
  kind: "restricted",
  name: first?.prescription.plan ?? "",
  instructions: "",
  sets: [...(first?.prescription.repsOfSets ?? [])],
  rounds: first?.prescription.repsOfSets.length || (first?.prescription.inflations ?? 1),
  ...{ repS: 4, restS: 30, durationS: null, loadKg: null, pctOneRm: null },
  pctLop: first?.prescription.pctLop ?? null,
});

/** A visit that begins at `at`. */
export const newVisit = (
  visit: Pick<Visit, "session" | "patient" | "programme" | "exercises">,
  at: Monotonic,
): Visit => ({
  ...visit,
  ...{ exercise: 0, seatedAt: at, check: null, set: null, setsDone: [], exertion: null, remarks: [] },
});
