/** What follows from an order about one patient's part in a class. Nothing of it ends while a cuff is not confirmed down. */
import type { CuffId } from "../ids.ts";
import { type Prescription, reperfusionAfterOverrun } from "../plan/prescription.ts";
import { checkQuestions, screened } from "../plan/screening.ts";
import type { CuffState } from "../session/cuff-state.ts";
import { limitOf, reperfusedAt, restrictedAt } from "../session/occlusion.ts";
import { type Decided, type Person, refuse } from "../session/order.ts";
import { longer, millis, type Monotonic } from "../units.ts";
import type { Refusal } from "../wire.ts";
import { canBeSeenOff, notDown } from "./confirmed-down.ts";
import type { ClassView } from "./decide.ts";
import { unfree, unlike } from "./decide-seat.ts";
import type { ClassFact } from "./fact.ts";
import { setEnded } from "./fold.ts";
import { isPassed, setsDoneOf, setsOf } from "./guide.ts";
import type { ClassOrder } from "./order.ts";
import { possibleOutcomes } from "./outcome.ts";
import { refusalWords as words, type StillOn } from "../view/class-refusal-words.ts";
import { isUncounted } from "./guide.ts";
import type { Given, Seat, Worn } from "./seat.ts";
import { gainsTarget, heldStricter } from "./under-pressure.ts";
import type { Check, Visit } from "./visit.ts";

type VisitOrder = Extract<
  ClassOrder,
  {
    kind:
      "check" | "begin-exercise" | "begin-set" | "end-set" | "swap-cuff" | "exertion" | "remark" | "finish";
  }
>;

export const decideVisit = (view: ClassView, seat: Seat, order: VisitOrder): Decided => {
  const { at } = view;
  const { visit } = seat;
  const { by, verified, session } = order;
  const from = { at, by, verified, session };
  const fact = (one: ClassFact): Decided => ({ ok: true, facts: [one] });
  switch (order.kind) {
    case "check":
      return decideCheck(visit.check, order, { by, verified }, at);
    case "begin-set": {
      const refusal = unready(view, visit);
      return refusal ?? fact({ ...from, kind: "set-begun", set: setsDoneOf(visit, visit.exercise) + 1 });
    }
    case "end-set":
      if (visit.set === null) {
        if (!isUncounted(visit.exercises[visit.exercise])) return refuse("not-ready", words.noSet);
        // What has neither sets nor time is only ever said to be done.
        const set = setsDoneOf(visit, visit.exercise) + 1;
        return (
          unready(view, visit) ?? {
            ok: true,
            facts: [
              { ...from, kind: "set-begun", set },
              { ...from, kind: "set-ended", repetitions: null },
            ],
          }
        );
      }
      return fact({ ...from, kind: "set-ended", repetitions: order.repetitions });
    case "begin-exercise": {
      const { exercise } = order;
      if (visit.exercises[exercise] === undefined) return refuse("not-ready", words.noExercise);
      if (exercise === visit.exercise) return refuse("already", words.exerciseRuns);
      if (visit.set !== null) return refuse("not-ready", words.setRuns(visit.set.number));
      // Whoever goes on under pressure to what the pressure is for has ended nothing.
      const up = gainsTarget(visit.exercises[visit.exercise], visit.exercises[exercise])
        ? seat.worn.filter((w) => isUp(view, w))
        : [];
      const ended = endedOn(view, { worn: seat.worn.filter((w) => !up.includes(w)) }, order.seenOff);
      if (!ended.ok) return ended;
      const worn = seat.worn.map((w) =>
        up.includes(w)
          ? heldStricter(w, exercise, view.cuff(w.cuff))
          : stillReperfusing(w, exercise, view.cuff(w.cuff), at),
      );
      return fact({ ...from, kind: "exercise-begun", exercise, worn, seenOff: ended.seenOff });
    }
    case "swap-cuff": {
      const { from: old, to } = order;
      const worn = seat.worn.filter((w) => w.cuff === old);
      if (worn.length === 0) return refuse("no-such-cuff", words.noSuchWorn(old));
      if (old === to) return refuse("already", words.sameCuff);
      const others = view.class.seats.flatMap((s) => s.worn.map((w) => w.cuff)).filter((c) => c !== old);
      const refusal = unfree(view, to) ?? unlike(view, to, others);
      if (refusal !== null) return refusal;
      const ended = endedOn(view, { worn }, order.seenOff);
      if (!ended.ok) return ended;
      return fact({ ...from, kind: "cuff-swapped", from: old, to, seenOff: ended.seenOff.length > 0 });
    }
    case "exertion":
      return fact({ ...from, kind: "exertion-noted", score: order.score });
    case "remark":
      return fact({ ...from, kind: "remarked", text: order.text });
    case "finish": {
      const { outcome } = order;
      const reason = outcome === "completed" ? "" : order.reason;
      if (outcome !== "completed" && reason === "") return refuse("no-reason", words.noReason);
      const ended = endedOn(view, seat, order.seenOff);
      if (!ended.ok) return ended;
      // Whoever finishes while a set runs has ended it; how many repetitions it had, nobody said.
      const last = { ...seat, visit: setEnded(visit, { at, repetitions: null }) };
      const restricted = seat.worn.map(({ cuff, limb }) => {
        const c = view.cuff(cuff);
        return { limb, total: c === undefined ? millis(0) : restrictedAt(c, at) };
      });
      const totals = restricted.map(({ total }) => total);
      if (!possibleOutcomes(last.visit, totals).includes(outcome))
        return refuse("not-ready", words.wasStarted);
      const { running } = view.class;
      const { seenOff } = ended;
      return fact({
        ...from,
        kind: "finished",
        outcome,
        reason,
        seenOff,
        seat: last,
        class: running,
        restricted,
      });
    }
  }
};

/** Why no set can begin now. Inflating without any of this is supervised all the same: only the guidance waits. */
const unready = ({ class: { running } }: ClassView, visit: Visit): Refusal | null => {
  if (running === null) return refuse("no-class", words.noClass);
  // A class file names nobody of the register, so there is nobody to be asked.
  if (visit.patient !== null && !isPassed(visit.check))
    return refuse("not-checked", visit.check === null ? words.notChecked : words.checkRed);
  if (visit.set !== null) return refuse("not-ready", words.setRuns(visit.set.number));
  return setsDoneOf(visit, visit.exercise) < setsOf(visit.exercises[visit.exercise])
    ? null
    : refuse("not-ready", words.setsDone);
};

/** A red answer is recorded though it stops the session: that it was given must not be lost. */
const decideCheck = (
  standing: Check | null,
  { session, answers, override: reason }: Extract<VisitOrder, { kind: "check" }>,
  { by, verified }: Person,
  at: Monotonic,
): Decided => {
  const found = screened(checkQuestions, answers);
  if (found.is === "incomplete") return refuse("not-checked", words.checkOpen);
  const red = found.is === "red" ? [...found.red] : [];
  const stopped = standing !== null && !isPassed(standing);
  // Answering anew must not be a way around a red answer: what changed is said, by name.
  if (stopped && red.length === 0 && reason === null) return refuse("no-reason", words.wasRed);
  const override = (stopped || red.length > 0) && reason !== null ? { by, reason } : null;
  const check: Check = { answers, red, override, by, at };
  return { ok: true, facts: [{ kind: "checked", at, by, verified, session, check }] };
};

/** Whether a cuff is measured up, against which nobody's word counts. */
const isUp = ({ cuff: cuffOf, at }: ClassView, { cuff }: Worn): boolean => {
  const why = notDown(cuffOf(cuff), at);
  return why !== null && !canBeSeenOff(why);
};

/** That all these cuffs are down, and which of them only by the word of a person; or the refusal that names those that are not. */
const endedOn = (
  { cuff: cuffOf, at }: ClassView,
  { worn }: Pick<Seat, "worn">,
  seenOff: readonly CuffId[],
): Readonly<{ ok: true; seenOff: readonly CuffId[] }> | Refusal => {
  const open = worn.flatMap(({ cuff }): StillOn[] => {
    const why = notDown(cuffOf(cuff), at);
    return why === null ? [] : [{ cuff, why }];
  });
  const must = open.filter(({ why }) => !canBeSeenOff(why));
  if (must.length > 0) return refuse("not-down", words.notDown(must, false));
  const unseen = open.filter(({ cuff }) => !seenOff.includes(cuff));
  if (unseen.length > 0) return refuse("not-down", words.notDown(unseen, true));
  return { ok: true, seenOff: open.map(({ cuff }) => cuff) };
};

/** A limit that was passed asks for its long pause also where the next exercise has a longer limit. */
const stillReperfusing = (worn: Worn, exercise: number, c: CuffState | undefined, at: Monotonic): Worn => {
  if (c === undefined || c.dose.closed < limitOf(c) || reperfusedAt(c, at) === null) return worn;
  const [first, ...rest] = worn.given.map((g, i): Given => (i === exercise ? paused(g) : g));
  return first === undefined ? worn : { ...worn, given: [first, ...rest] };
};

const paused = (given: Given): Given => {
  const { reperfusion } = given.prescription;
  const prescription: Prescription = {
    ...given.prescription,
    reperfusion: longer(reperfusion, reperfusionAfterOverrun),
  };
  return { ...given, prescription };
};
