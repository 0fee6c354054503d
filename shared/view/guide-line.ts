/** What is done now on a patient's card: the exercise, the set, its clock. */
import { type Guide, isUncounted, setsOf } from "../class/guide.ts";
import type { Visit, VisitExercise } from "../class/visit.ts";
import { between, millis, type Monotonic } from "../units.ts";
import type { CuffOnScreen } from "../wire.ts";
import { classWords as words } from "./class-words.ts";
import { brief, left, passed } from "./duration.ts";

/** "20 kg · 30 % 1RM · 60 % LOP". */
export const exerciseLine = ({ kind, loadKg, pctOneRm, pctLop }: VisitExercise): string =>
  [
    loadKg === null ? "" : words.load(loadKg),
    pctOneRm === null ? "" : words.oneRm(pctOneRm),
    pctLop === null ? "" : words.ofLop(pctLop),
    kind === "free" ? words.free : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");

/** What stands beside the tap that comes next: "Set 2 of 4 · 15 repetitions", and the clock that runs. */
export const guideLine = (
  at: Guide,
  now: Monotonic,
  exercise?: VisitExercise,
): Readonly<{ what: string; clock: string }> => {
  if (isUncounted(exercise) && (at.is === "set" || at.is === "between"))
    return { what: words.uncounted, clock: "" };
  switch (at.is) {
    case "unchecked":
    case "stopped":
      return { what: words.notChecked, clock: "" };
    case "set":
      return {
        what: at.left === null ? setLine(at.set) : words.set(at.set.number, at.set.of),
        clock: at.left === null ? brief(passed(between(at.since, now))) : countdown(at.left),
      };
    case "between":
      return {
        what: setLine(at.next),
        clock: at.rest === null ? "" : at.rest > 0 ? words.rest(brief(left(at.rest))) : words.restOver,
      };
    case "exercise-done":
      return { what: at.next === null ? words.allDone : words.exerciseDone, clock: "" };
  }
};

const setLine = ({
  number,
  of,
  planned,
}: Readonly<{ number: number; of: number; planned: number | null }>): string =>
  [words.set(number, of), ...(planned === null ? [] : [words.repetitions(planned)])].join(" · ");

const countdown = (time: number): string =>
  time >= 0 ? words.leftOf(brief(left(millis(time)))) : words.overBy(brief(passed(millis(-time))));

/** How many repetitions the set that is under way may have had: as the cuff counted them, else as planned. */
export const repetitionsToOffer = (
  visit: Visit,
  cuffs: readonly CuffOnScreen[],
): Readonly<{ repetitions: number; from: "cuff" | "plan" }> => {
  const counted = Math.max(0, ...cuffs.map((c) => c.rep ?? 0));
  if (visit.exercises[visit.exercise]?.kind === "restricted" && counted > 0)
    return { repetitions: counted, from: "cuff" };
  const planned =
    visit.set === null ? undefined : visit.exercises[visit.exercise]?.sets[visit.set.number - 1];
  return { repetitions: planned ?? 0, from: "plan" };
};

/** "2 of 4 sets done" for each exercise of a list. */
export const doneLine = (visit: Visit, index: number): string => {
  const done = visit.setsDone.filter((s) => s.exercise === index).length;
  if (isUncounted(visit.exercises[index])) return done > 0 ? words.done : "";
  return words.setsDone(done, setsOf(visit.exercises[index]));
};

/** A question of the check that stopped a session, in words; its name where this build does not know it. */
export const stoppedBy = (question: string, questions: Readonly<Record<string, string>>): string =>
  questions[question] ?? question;
