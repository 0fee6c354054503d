/** What a patient is to do next: from the visit alone, so that every tablet and the wall say the same. */
import { after, between, type Millis, millis, type Monotonic, seconds } from "../units.ts";
import type { Check, Visit, VisitExercise } from "./visit.ts";

export type Guide =
  /** The short check before the session was not made yet. */
  | Readonly<{ is: "unchecked" }>
  /** It has a red answer that nobody has set aside. */
  | Readonly<{ is: "stopped"; red: readonly string[] }>
  /** A set is under way; `left` of an exercise that goes by time, null where repetitions are counted. */
  | Readonly<{ is: "set"; set: SetOf; since: Monotonic; left: Millis | null }>
  /** The next set may begin; `rest` is how much of the planned rest is left (under 0 once it is over), null before the first. */
  | Readonly<{ is: "between"; next: SetOf; rest: Millis | null }>
  /** Every set of the exercise is done; `next` is the one after it, null after the last. */
  | Readonly<{ is: "exercise-done"; next: Readonly<{ index: number; exercise: VisitExercise }> | null }>;

export type SetOf = Readonly<{
  number: number;
  of: number;
  /** As many repetitions as the plan asks for; null where it goes by time or says nothing. */
  planned: number | null;
}>;

/** Whether the check before the session lets it begin. */
export const isPassed = (check: Check | null): boolean =>
  check !== null && (check.red.length === 0 || check.override !== null);

/** Whether an exercise goes by neither sets nor time: all there is to say of it is that it was done. */
export const isUncounted = (exercise: VisitExercise | undefined): boolean =>
  exercise?.kind === "free" && exercise.sets.length === 0 && exercise.durationS === null;

/** How many sets an exercise has. */
export const setsOf = (exercise: VisitExercise | undefined): number => exercise?.rounds ?? 0;

/** How many sets of an exercise are done. */
export const setsDoneOf = (visit: Visit, exercise: number): number =>
  visit.setsDone.filter((done) => done.exercise === exercise).length;

export const guide = (visit: Visit, now: Monotonic): Guide => {
  const { check, set } = visit;
  const exercise = visit.exercises[visit.exercise];
  if (set !== null) {
    const duration = exercise?.durationS ?? null;
    return {
      is: "set",
      set: setOf(exercise, set.number),
      since: set.beganAt,
      left: duration === null ? null : between(now, after(set.beganAt, seconds(duration))),
    };
  }
  // A class file's station names nobody of the register: there is nobody to ask.
  if (visit.patient !== null && !isPassed(check))
    return check === null ? { is: "unchecked" } : { is: "stopped", red: check.red };
  const done = setsDoneOf(visit, visit.exercise);
  if (done >= setsOf(exercise)) return { is: "exercise-done", next: nextExercise(visit) };
  const last = visit.setsDone.findLast((s) => s.exercise === visit.exercise);
  return {
    is: "between",
    next: setOf(exercise, done + 1),
    rest:
      last === undefined ? null : millis(between(now, after(last.endedAt, seconds(exercise?.restS ?? 0)))),
  };
};

const setOf = (exercise: VisitExercise | undefined, number: number): SetOf => ({
  number,
  of: setsOf(exercise),
  planned: exercise?.sets[number - 1] ?? null,
});

/** The first exercise after the present one that has sets left, then the first before it. */
const nextExercise = (visit: Visit): Readonly<{ index: number; exercise: VisitExercise }> | null => {
  const open = visit.exercises
    .map((exercise, index) => ({ index, exercise }))
    .filter(({ index, exercise }) => index !== visit.exercise && setsDoneOf(visit, index) < setsOf(exercise));
  return open.find(({ index }) => index > visit.exercise) ?? open[0] ?? null;
};
