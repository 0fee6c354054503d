/** How a session has ended, as far as its record tells. */
import type { Millis } from "../units.ts";
import { setsDoneOf, setsOf } from "./guide.ts";
import { type Outcome, outcomes, type Visit } from "./visit.ts";

/** Offered first: somebody may know better. `restricted` is how long each limb was restricted in the session. */
export const usualOutcome = (visit: Visit, restricted: readonly Millis[]): Outcome => {
  if (!wasBegun(visit, restricted)) return "not-started";
  const all = visit.exercises.every((exercise, i) => setsDoneOf(visit, i) >= setsOf(exercise));
  return all ? "completed" : "stopped-early";
};

/** Whether anything was done: a session of which that is so was not left out. */
export const wasBegun = (visit: Visit, restricted: readonly Millis[]): boolean =>
  visit.set !== null || visit.setsDone.length > 0 || restricted.some((total) => total > 0);

/** How a session may be said to have ended. */
export const possibleOutcomes = (visit: Visit, restricted: readonly Millis[]): readonly Outcome[] =>
  outcomes.filter((outcome) => outcome !== "not-started" || !wasBegun(visit, restricted));

/** Whether a limb was restricted, as measured or, where the cuff could not be measured, by the sets under it: then follow-ups are asked. */
export const wasRestricted = (visit: Visit, restricted: readonly Millis[]): boolean =>
  restricted.some((total) => total > 0) ||
  [visit.set === null ? [] : [visit.exercise], visit.setsDone.map((s) => s.exercise)]
    .flat()
    .some((exercise) => visit.exercises[exercise]?.kind === "restricted");
