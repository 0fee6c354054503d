/** A visit of a patient, checked and not yet begun unless a test says otherwise. */
import type { Check, Visit, VisitExercise } from "../../shared/class/visit.ts";
import { patientId, sessionId } from "../../shared/ids.ts";
import { secondsAgo } from "./on-screen.ts";

/** Leg press, 30-15-15-15 with 30 s of rest. */
export const exercise = (changes: Partial<VisitExercise> = {}): VisitExercise => ({
  kind: "restricted",
  name: "Leg press",
  instructions: "",
  sets: [30, 15, 15, 15],
  rounds: 4,
  repS: 4,
  restS: 30,
  durationS: null,
  loadKg: 20,
  pctOneRm: 30,
  pctLop: 60,
  ...changes,
});

export const passedCheck: Check = {
  answers: {},
  red: [],
  override: null,
  by: "Aidan R.",
  at: secondsAgo(500),
};

export const visit = (changes: Partial<Visit> = {}): Visit => ({
  session: sessionId("session-1"),
  patient: patientId("patient-1"),
  programme: "Giles 2017",
  exercises: [exercise()],
  exercise: 0,
  seatedAt: secondsAgo(600),
  check: passedCheck,
  set: null,
  setsDone: [],
  exertion: null,
  remarks: [],
  ...changes,
});

/** So many sets of an exercise are done, the last of them so many seconds ago. */
export const done = (sets: number, agoS: number, of = 0): Visit["setsDone"] =>
  Array.from({ length: sets }, (_, i) => ({
    exercise: of,
    set: i + 1,
    repetitions: 15,
    beganAt: secondsAgo(agoS + 60 + (sets - 1 - i) * 90),
    endedAt: secondsAgo(agoS + (sets - 1 - i) * 90),
  }));
