/** Where a visit stands, in the few words that a tile has room for. */
import { guide, isPassed, isUncounted, setsDoneOf, setsOf } from "../class/guide.ts";
import type { Visit } from "../class/visit.ts";
import { millis, type Monotonic } from "../units.ts";
import { classWords } from "./class-words.ts";
import { brief, left, passed, wholeSecond } from "./duration.ts";
import { words } from "./words.ts";

/** "Leg press · set 2/4", "Leg press · rest 0:21"; "" where a visit has no exercises. */
export const visitLine = (visit: Visit, now: Monotonic): string => {
  const exercise = visit.exercises[visit.exercise];
  if (exercise === undefined) return "";
  const at = whereOf(visit, wholeSecond(now));
  return at === "" ? exercise.name : `${exercise.name} · ${at}`;
};

const whereOf = (visit: Visit, now: Monotonic): string => {
  const at = guide(visit, now);
  switch (at.is) {
    case "unchecked":
    case "stopped":
      return "";
    case "set":
      if (isUncounted(visit.exercises[visit.exercise])) return "";
      if (at.left !== null)
        return at.left >= 0
          ? classWords.leftOf(brief(left(at.left)))
          : classWords.overBy(brief(passed(millis(0 - at.left))));
      return words.set(at.set.number, at.set.of);
    case "between":
      if (at.rest === null) return "";
      return at.rest > 0
        ? classWords.rest(brief(left(at.rest)))
        : classWords.setsDoneShort(at.next.number - 1, at.next.of);
    case "exercise-done": {
      if (isUncounted(visit.exercises[visit.exercise])) return classWords.done;
      const of = setsOf(visit.exercises[visit.exercise]);
      return classWords.setsDoneShort(setsDoneOf(visit, visit.exercise), of);
    }
  }
};

/** Whether a patient sits there whose check was not passed; a class file names nobody who could be asked. */
export const isUnchecked = (visit: Visit | null): boolean =>
  visit !== null && visit.patient !== null && !isPassed(visit.check);
