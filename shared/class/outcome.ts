/** How a session has ended, as far as its record tells. */
import { setsDoneOf, setsOf } from "./guide.ts";
import type { Outcome, Visit } from "./visit.ts";

/** Offered first: somebody may know better. */
export const usualOutcome = (visit: Visit): Outcome => {
  if (visit.setsDone.length === 0 && visit.set === null) return "not-started";
  const all = visit.exercises.every((exercise, i) => setsDoneOf(visit, i) >= setsOf(exercise));
  return all ? "completed" : "stopped-early";
};
