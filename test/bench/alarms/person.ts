/** The made-up people of the alarm bench: who wears which cuff, on which plan, and how they move. */
import type { Course } from "../../../devices/course.ts";
import type { CuffSpec } from "../../../devices/cuff.ts";
import { cuffModels, type CuffModelName, limbFrom } from "../../../devices/physics/model.ts";
import { randomFrom, seedOf } from "../../../devices/random.ts";
import { cuffId } from "../../../shared/ids.ts";
import type { ClassFile } from "../../../shared/plan/roster.ts";

export const modelNames = Object.keys(cuffModels) as CuffModelName[];
export const isRegulated = (model: CuffModelName): boolean => cuffModels[model].regulation !== null;

export type Person = Readonly<{
  model: CuffModelName;
  seed: number;
  spec: CuffSpec;
  plan: ClassFile["plans"][number];
}>;

/** Nobody wears two of the models: what one cannot tell about a person is not counted as often as there are models. */
export const seedOfPerson = (seed: number, model: CuffModelName, n: number): number =>
  seedOf(seedOf(seed, 1000 + modelNames.indexOf(model)), n) % 1_000_000_000;

const sets = [30, 15, 15, 15];
const restMs = 30_000;
const inflations = 2;

/** One in eight keeps still for five minutes at a time; the others press their leg, at 60, 70 or 80 % LOP. */
export const personOf = (model: CuffModelName, seed: number): Person => {
  const random = randomFrom(seedOf(seed, 77));
  const lopMmhg = random.whole(150, 220);
  const keepsStill = random.whole(1, 8) === 1;
  const percent = keepsStill ? 70 : 60 + 10 * random.whole(0, 2);
  // 0.2 to 0.33 Hz.
  const repS = random.whole(30, 50) / 10;
  const course: Course = {
    targetMmhg: Math.round((lopMmhg * percent) / 100),
    sets: keepsStill ? [] : sets,
    durationMs: keepsStill ? 300_000 : 0,
    repMs: keepsStill ? 0 : 1000 * repS,
    restMs,
    betweenSets: "up",
    inflations,
    reperfusionMs: random.whole(70_000, 100_000),
    pauseMs: 600_000,
    stayMs: [random.whole(1000, 4000), random.whole(1000, 4000)],
  };
  const plan = {
    id: `plan-${seed}`,
    name: "Bench",
    targetPctLop: percent,
    inflations,
    reperfusionS: 60,
    ...(keepsStill ? { durationS: 300 } : { sets: [...sets], repS, restS: restMs / 1000 }),
  };
  const spec: CuffSpec = {
    cuff: cuffId(`${model}-${seed}`),
    seed,
    model: cuffModels[model],
    limb: limbFrom(random, lopMmhg),
    course,
    faults: [],
    readyMs: 1000,
    hz: 5,
    samples: 2,
  };
  return { model, seed, spec, plan };
};

/** The class file that seats these people, one a station. */
export const classOf = (people: readonly Person[]): ClassFile => ({
  version: 1,
  room: "Bench",
  staff: [{ id: "bench", name: "Bench" }],
  plans: people.map(({ plan }) => plan),
  stations: people.map(({ plan, spec }, n) => ({
    station: String(n + 1),
    patient: `Patient ${n + 1}`,
    plan: plan.id,
    cuffs: [{ cuff: spec.cuff, limb: "thigh", side: "left", lopMmhg: spec.limb.lopMmhg } as const],
  })),
});
