/**
 * A cuff that goes up while its patient stands at work without one has no target. Going on from there to restricted work ends nothing: the
 * supervision only gets its target. So it is the one step that may be taken while a cuff is up, and it never makes a running
 * inflation's limits laxer.
 */
import type { CuffState } from "../session/cuff-state.ts";
import { longer, millis } from "../units.ts";
import type { Given, Worn } from "./seat.ts";
import type { Visit, VisitExercise } from "./visit.ts";

/** Whether a cuff that is up only gains a target by the step from one exercise to another. */
export const gainsTarget = (from: VisitExercise | undefined, to: VisitExercise | undefined): boolean =>
  from?.kind === "free" && to?.kind === "restricted";

/** The restricted exercise to go on to with a cuff that is up: the next one, else the last before; null where there is none. */
export const exerciseUnderPressure = (
  visit: Visit,
): Readonly<{ index: number; exercise: VisitExercise }> | null => {
  const restricted = visit.exercises
    .map((exercise, index) => ({ index, exercise }))
    .filter(({ exercise }) => gainsTarget(visit.exercises[visit.exercise], exercise));
  return restricted.find(({ index }) => index > visit.exercise) ?? restricted.at(-1) ?? null;
};

/** What a cuff that is up is given in the exercise that it goes on to: that exercise's target, and of all limits the stricter. */
export const heldStricter = (worn: Worn, exercise: number, c: CuffState | undefined): Worn => {
  const [first, ...rest] = worn.given.map((g, i): Given => (i === exercise ? stricter(c, g) : g));
  return first === undefined ? worn : { ...worn, given: [first, ...rest] };
};

const stricter = (c: CuffState | undefined, next: Given): Given => {
  const held = c?.prescription ?? null;
  if (c === undefined || held === null) return next;
  const { prescription: p, limits } = next;
  return {
    limits: {
      ...limits,
      releaseSoonS: Math.max(c.limits.releaseSoonS, limits.releaseSoonS ?? 0),
      painOver: Math.min(c.limits.painOver, limits.painOver ?? c.limits.painOver),
    },
    prescription: {
      ...p,
      limit: millis(Math.min(held.limit, p.limit)),
      cap: millis(Math.min(held.cap, p.cap)),
      reperfusion: longer(held.reperfusion, p.reperfusion),
    },
  };
};
