/** One patient's part in a class as it is lived: check, exercises with and without the cuff, what is said and noted, and what goes wrong. */
import { notDown } from "../../shared/class/confirmed-down.ts";
import { isUncounted } from "../../shared/class/guide.ts";
import { visitExercise } from "../../shared/class/given.ts";
import type { VisitExercise } from "../../shared/class/visit.ts";
import type { CuffId } from "../../shared/ids.ts";
import { reperfusedAt } from "../../shared/session/occlusion.ts";
import { type CheckQuestion, checkQuestions } from "../../shared/plan/screening.ts";
import type { Person } from "../../shared/session/order.ts";
import type { Course } from "../course.ts";
import { begun, type Cuff, type CuffSpec } from "../cuff.ts";
import { type Random, randomFrom, seedOf } from "../random.ts";
import type { Rates } from "../scenarios.ts";
import type { Script, VirtualFloor } from "./floor.ts";
import type { SessionPlan, Trouble, WornCuff } from "./plan.ts";
import { weeksWords as words } from "./words.ts";

const s = 1000;
/** As many samples as a live cuff gives, in half as many messages: eight weeks of them are judged within seconds. */
const rates: Rates = { hz: 2.5, samples: 4 };

/** What every step of a visit needs. */
type Visit = Readonly<{
  floor: VirtualFloor;
  plan: SessionPlan;
  /** Whoever stands beside the patient. */
  person: Person;
  random: Random;
  /** What is worn now: another cuff may take a place. */
  worn: CuffId[];
}>;

/** How a visit goes on after an exercise. */
type Went = "well" | "stopped";

export function* visit(floor: VirtualFloor, plan: SessionPlan, by: string): Script {
  const random = randomFrom(seedOf(plan.seed, 1));
  const worn = plan.cuffs.map((c) => c.worn.cuff);
  const v: Visit = { floor, plan, person: { by, verified: true }, random, worn };
  const { session, body } = plan;
  yield plan.arrivesMs;
  for (const one of plan.cuffs) floor.bring(specOf(plan, one));
  yield random.between(15 * s, 40 * s);
  const exercises = body.exercises.map(visitExercise);
  floor.order({
    ...{ ...v.person, kind: "seat", session, station: plan.station, patient: plan.patient },
    ...{ name: plan.name, programme: plan.programme, exercises, worn: plan.cuffs.map((c) => c.worn) },
  });
  yield* check(v);
  let went: Went = "well";
  for (const [index, exercise] of exercises.entries()) {
    if (index > 0) {
      yield* swapBefore(v, index);
      yield* untilDown(v);
      yield random.between(10 * s, 30 * s);
      floor.order({ ...v.person, kind: "begin-exercise", session, exercise: index, seenOff: [] });
    }
    yield random.between(8 * s, 25 * s);
    went = exercise.kind === "free" ? yield* free(v, exercise) : yield* restricted(v, index, exercise);
    if (went === "stopped") break;
  }
  yield* farewell(v, went);
}

/** A cuff of its own seed, since no two days are alike; waiting, deflated. */
const specOf = ({ seed }: SessionPlan, { model, limb, worn, seed: own }: WornCuff): CuffSpec => ({
  ...{ cuff: worn.cuff, seed: own, model, course: nothing, faults: [], readyMs: Infinity, ...rates },
  limb: { ...limb, seed: seedOf(seed, 2) },
});

/** Nothing to do yet. */
const nothing: Course = {
  ...{ targetMmhg: 0, sets: [], durationMs: 0, repMs: 0, restMs: 0, betweenSets: "up" },
  ...{ inflations: 1, reperfusionMs: 0, pauseMs: Infinity, stayMs: [0] },
};

function* check({ floor, plan, person, random }: Visit): Script {
  const { session } = plan;
  const { red, override } = plan.check;
  const answers = Object.fromEntries(
    (Object.keys(checkQuestions) as CheckQuestion[]).map((q) => [q, red.includes(q) ? "yes" : "no"] as const),
  );
  yield random.between(25 * s, 60 * s);
  floor.order({ ...person, kind: "check", session, answers, override: null });
  if (red.length === 0) return;
  // It stops the session, until a physiotherapist has asked further.
  yield random.between(90 * s, 150 * s);
  floor.order({ ...person, kind: "check", session, answers, override });
}

function* free({ floor, plan, person, random }: Visit, exercise: VisitExercise): Generator<number, Went> {
  const { session } = plan;
  if (isUncounted(exercise)) {
    yield random.between(60 * s, 120 * s);
    floor.order({ ...person, kind: "end-set", session, repetitions: null });
    return "well";
  }
  const sets = exercise.sets.length > 0 ? exercise.sets : [null];
  for (const [index, repetitions] of sets.entries()) {
    if (index > 0) yield exercise.restS * s + random.between(-5 * s, 10 * s);
    floor.order({ ...person, kind: "begin-set", session });
    const worksS = repetitions === null ? (exercise.durationS ?? 60) : repetitions * exercise.repS;
    yield worksS * s * random.between(0.95, 1.1);
    floor.order({ ...person, kind: "end-set", session, repetitions });
  }
  return "well";
}

/** An exercise under the cuff: the cuff runs the sets, and whoever stands beside it taps along. */
function* restricted(
  v: Visit,
  index: number,
  exercise: VisitExercise,
): Generator<number | (() => boolean), Went> {
  const { floor, plan, person, random } = v;
  const trouble = plan.trouble?.kind !== "swap" && plan.trouble?.exercise === index ? plan.trouble : null;
  if (index === firstRestricted(plan)) note(v, plan.pain.before);
  const bySets = exercise.sets.length > 0;
  // What goes by time goes up anew for each round; sets are done in one inflation.
  const inflations = bySets ? 1 : exercise.rounds;
  for (let round = 1; round <= inflations; round++) {
    yield* untilReperfused(v);
    yield random.between(5 * s, 20 * s);
    for (const cuff of v.worn) floor.set(cuff, (c) => begun(withCourse(c, v, index, exercise, trouble)));
    const [first] = v.worn;
    if (first === undefined) return "well";
    const stage = (): Cuff["stage"] => floor.cuff(first).stage;
    const sets = bySets ? exercise.sets : [null];
    for (const [at, planned] of sets.entries()) {
      const set = at + 1;
      const works = (): boolean => stage().kind === "working" && setOf(stage()) === set;
      yield () => works() || isLetDown(stage());
      if (isLetDown(stage())) break;
      yield random.between(0, 1500);
      floor.order({ ...person, kind: "begin-set", session: plan.session });
      if (trouble !== null && set === Math.min(2, sets.length)) befall(v, trouble);
      if (trouble?.kind === "dizzy" && set === 2) {
        yield* dizzy(v);
        return "stopped";
      }
      yield () => !works();
      yield random.between(300, 2000);
      const left = index === firstRestricted(plan) && set === sets.length ? plan.short : 0;
      const repetitions = planned === null ? null : planned - left;
      floor.order({ ...person, kind: "end-set", session: plan.session, repetitions });
      yield* askedBetween(v, { set, of: sets.length, round });
    }
    yield* untilDown(v);
  }
  floor.order({ ...person, kind: "exertion", session: plan.session, score: plan.exertion });
  return "well";
}

/** Somebody has let it down before its sets were over. */
const isLetDown = ({ kind }: Cuff["stage"]): boolean => kind === "releasing" || kind === "reperfusing";

const setOf = (stage: Cuff["stage"]): number | null => ("set" in stage ? stage.set : null);

const firstRestricted = ({ body }: SessionPlan): number =>
  body.exercises.findIndex(({ kind }) => kind === "restricted");

/** The cuff told what this exercise asks of it. */
const withCourse = (
  cuff: Cuff,
  { plan, random, worn }: Visit,
  index: number,
  exercise: VisitExercise,
  trouble: Trouble | null,
): Cuff => {
  const own = plan.cuffs[worn.indexOf(cuff.spec.cuff)] ?? plan.cuffs[0];
  const target = own?.worn.given[index]?.prescription.target ?? 0;
  // Whoever walks takes about a stride a second; whoever rests does not move the limb.
  const timedRepMs = plan.body.posture === "supine" ? 0 : 1000;
  const stays = trouble?.kind === "stays-up" ? trouble.stayMs : random.between(1 * s, 5 * s);
  const course: Course = {
    ...nothing,
    targetMmhg: target,
    sets: [...exercise.sets],
    durationMs: (exercise.durationS ?? 0) * s,
    repMs: exercise.sets.length > 0 ? exercise.repS * s : timedRepMs,
    restMs: exercise.restS * s,
    stayMs: [stays],
  };
  return { ...cuff, spec: { ...cuff.spec, course }, stage: { kind: "ready", untilMs: Infinity } };
};

/** What happens to the cuff by itself. */
const befall = ({ floor, worn: [first] }: Visit, trouble: Trouble): void => {
  if (first === undefined) return;
  switch (trouble.kind) {
    case "leak": {
      const { mmhgPerMin, lastsMs } = trouble;
      floor.set(first, (c) => {
        const leak = { kind: "slow-leak", mmhgPerMin, fromMs: c.atMs, untilMs: c.atMs + lastsMs } as const;
        return { ...c, spec: { ...c.spec, faults: [...c.spec.faults, leak] } };
      });
      return;
    }
    case "cut":
      floor.cut(first, trouble.lastsMs);
      return;
    case "dizzy":
    case "stays-up":
    case "swap":
      return;
  }
};

/** Asked in the rests, one thing at a time. */
function* askedBetween(
  { floor, plan, person, random, worn: [first] }: Visit,
  { set, of, round }: Readonly<{ set: number; of: number; round: number }>,
): Generator<number> {
  if (first === undefined || set === of) return;
  yield random.between(4 * s, 9 * s);
  if (set === 1 && round === 1)
    floor.order({
      ...{ ...person, kind: "note", cuff: first },
      note: { kind: "refill", seconds: plan.refillS },
    });
  if (set === 2)
    floor.order({ ...person, kind: "note", cuff: first, note: { kind: "pain", score: plan.pain.during } });
}

const note = ({ floor, person, worn: [first] }: Visit, score: number): void => {
  if (first !== undefined)
    floor.order({ ...person, kind: "note", cuff: first, note: { kind: "pain", score } });
};

/** In the middle of a set: said, and let down at once. */
function* dizzy(v: Visit): Generator<number | (() => boolean)> {
  const { floor, plan, person, random, worn } = v;
  const symptom = (present: boolean) => ({ kind: "symptom", symptom: "dizziness", present }) as const;
  yield random.between(15 * s, 25 * s);
  const [first] = worn;
  if (first !== undefined) floor.order({ ...person, kind: "note", cuff: first, note: symptom(true) });
  yield random.between(4 * s, 7 * s);
  for (const cuff of worn) {
    const takesIt = floor.cuff(cuff).spec.model.caps.includes("release");
    floor.order({ ...person, kind: takesIt ? "release" : "cuff-off", cuff });
    floor.letDown(cuff);
  }
  const repetitions = random.whole(5, 9);
  floor.order({ ...person, kind: "end-set", session: plan.session, repetitions });
  yield* untilDown(v);
  yield 5 * 60 * s;
  if (first !== undefined) floor.order({ ...person, kind: "note", cuff: first, note: symptom(false) });
}

function* swapBefore(v: Visit, index: number): Generator<number | (() => boolean)> {
  const { floor, plan, person, random, worn } = v;
  const { trouble } = plan;
  const [from] = worn;
  const [own] = plan.cuffs;
  if (trouble?.kind !== "swap" || trouble.exercise !== index || from === undefined || own === undefined)
    return;
  const { to, seed, model } = trouble;
  yield* untilDown(v);
  floor.bring(specOf(plan, { ...own, seed, model, worn: { ...own.worn, cuff: to } }));
  yield random.between(20 * s, 40 * s);
  floor.order({ ...person, kind: "swap-cuff", session: plan.session, from, to, seenOff: [] });
  worn[0] = to;
  yield 5 * s;
  floor.putAway(from);
}

function* untilDown({ floor, worn }: Visit): Generator<() => boolean> {
  yield () => worn.every((cuff) => notDown(floor.known(cuff), floor.state.at) === null);
}

/** A limb rests before its next dose. */
function* untilReperfused({ floor, worn }: Visit): Generator<() => boolean> {
  yield () =>
    worn.every((cuff) => {
      const known = floor.known(cuff);
      return known === undefined || reperfusedAt(known, floor.state.at) === null;
    });
}

function* farewell(v: Visit, went: Went): Script {
  const { floor, plan, person, random } = v;
  const { session } = plan;
  yield random.between(20 * s, 60 * s);
  note(v, plan.pain.after);
  const remark = went === "stopped" ? words.afterDizziness : plan.remark;
  if (remark !== null) floor.order({ ...person, kind: "remark", session, text: remark });
  yield* untilDown(v);
  yield random.between(5 * s, 20 * s);
  const ended =
    went === "stopped"
      ? ({ outcome: "stopped-early", reason: words.dizzy } as const)
      : ({ outcome: "completed", reason: "" } as const);
  floor.order({ ...person, kind: "finish", session, ...ended, seenOff: [] });
  yield 5 * s;
  for (const cuff of v.worn) floor.putAway(cuff);
}
