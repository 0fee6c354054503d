/** Who comes to the classes of the eight weeks: the people of a simulated class, with what is wrong with them and what is planned. */
import type { CuffId, PatientId, ProgrammeId, StationId } from "../../shared/ids.ts";
import { cuffId, programmeId, stationId } from "../../shared/ids.ts";
import type { LimbName, Side } from "../../shared/plan/prescription.ts";
import { type Preset, presets } from "../../shared/plan/presets.ts";
import { type Programme, programmeSchema } from "../../shared/plan/programme.ts";
import { cuffModels, type CuffModel, type CuffModelName, type Limb, limbFrom } from "../physics/model.ts";
import { type Random, randomFrom, seedOf } from "../random.ts";
import { type PlanName, plans } from "../scenarios/cast.ts";
import type { SimulatedClass } from "../scenarios.ts";
import { weeksWords as words } from "./words.ts";

/** A limb and what it wears, with the limb occlusion pressure that it has today. */
export type Worn = Readonly<{
  cuff: CuffId;
  seed: number;
  model: CuffModel;
  limb: LimbName;
  side: Side;
  lopMmhg: number;
  body: Limb;
}>;

/** What somebody does from a week on, counted from 0. */
export type Phase = Readonly<{ fromWeek: number; id: ProgrammeId; programme: Programme }>;

export type Person = Readonly<{
  station: StationId;
  name: string;
  patient: PatientId;
  seed: number;
  plan: PlanName;
  born: string;
  /** In the first of their weeks. */
  pain: number;
  worn: readonly Worn[];
  phases: readonly [Phase, ...Phase[]];
}>;

/** A patient of the register, by the station that they have in the class of today. */
export type Known = Readonly<{ station: string; patient: PatientId }>;

/** So many at most have a history. */
export const mostPeople = 12;
/** When the first, the second … with a plan began, counted in weeks of eight. */
const began: Readonly<Record<PlanName, readonly number[]>> = {
  legPress: [0, 0, 2, 3, 5],
  legExtension: [4, 5],
  afterAcl: [0, 2],
  armCurl: [0, 2, 4],
  walk: [2, 3],
  passive: [5],
};
const usualWeeks = 8;

/** Cuffs that are pumped up by hand and left alone; the class of today has one of them at the most. */
const byHand: readonly Readonly<{ cuff: CuffId; model: CuffModelName; maker: string }>[] = [
  { cuff: cuffId("saga-1"), model: "saga", maker: "Saga" },
  { cuff: cuffId("suji-1"), model: "suji", maker: "Suji" },
];
export const spareCuff = { cuff: cuffId("spare-1"), model: cuffModels.delfi, seed: 4711 } as const;

/** Cuffs that the clinic has beside those of today's class, with their names. */
export const otherCuffs = [
  ...byHand.map(({ cuff, maker }) => ({ cuff, name: words.handPumped(maker) })),
  { cuff: spareCuff.cuff, name: words.spare },
];

/** The people of `simulated` whom the register knows; `weeks` of them are told. */
export const peopleOf = (
  { classFile, devices }: SimulatedClass,
  known: readonly Known[],
  { weeks, seed }: Readonly<{ weeks: number; seed: number }>,
): readonly Person[] => {
  const ofPlan = new Map<PlanName, number>();
  const hands = [...byHand];
  return classFile.stations.slice(0, mostPeople).flatMap((station, place): Person[] => {
    const patient = known.find((one) => one.station === station.station)?.patient;
    const plan = (Object.keys(plans) as PlanName[]).find((name) => plans[name].id === station.plan);
    if (patient === undefined || plan === undefined) return [];
    const nth = ofPlan.get(plan) ?? 0;
    ofPlan.set(plan, nth + 1);
    const random = randomFrom(seedOf(seed, 5000 + place));
    const worn = station.cuffs.map(({ cuff, limb, side, lopMmhg = 180 }): Worn => {
      const device = devices.find((one) => one.cuff.spec.cuff === cuff)?.cuff.spec;
      const regulated = device?.model.regulation !== null;
      const other = plan === "legPress" && nth >= 1 && nth % 2 === 1 && regulated ? hands.shift() : undefined;
      return {
        cuff: other?.cuff ?? cuffId(cuff),
        seed: seedOf(device?.seed ?? seed, other === undefined ? 0 : 6),
        model: other === undefined ? (device?.model ?? cuffModels.delfi) : cuffModels[other.model],
        ...{ limb, side, lopMmhg, body: likeMost(limbFrom(random, lopMmhg)) },
      };
    });
    const starts = began[plan];
    const fromWeek = Math.max(0, (starts[nth % starts.length] ?? 0) - (usualWeeks - weeks));
    return [
      {
        ...{ station: stationId(station.station), name: station.patient, patient, plan, worn },
        seed: seedOf(seed, 6000 + place),
        born: `${random.whole(1958, 2003)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`,
        pain: painAtFirst[plan] + random.whole(0, 1),
        phases: phasesOf(plan, { patient, fromWeek, worn, random }),
      },
    ];
  });
};

const two = (n: number): string => String(n).padStart(2, "0");

const painAtFirst: Readonly<Record<PlanName, number>> = {
  legPress: 4,
  legExtension: 4,
  afterAcl: 3,
  armCurl: 2,
  walk: 3,
  passive: 2,
};

/** Nobody in these weeks pushes as few people do: of a handful of patients each would stand for a tenth of mankind. */
const likeMost = (limb: Limb): Limb => ({
  ...limb,
  peakScore: limb.peakScore * 0.5,
  valleyScore: limb.valleyScore * 0.5,
});

/** Weeks of rest under the cuff after an operation on the knee, before it is loaded. */
const weeksBeforeLoad = 3;

const phasesOf = (
  plan: PlanName,
  of: Readonly<{ patient: PatientId; fromWeek: number; worn: readonly Worn[]; random: Random }>,
): Person["phases"] => {
  const { patient, fromWeek } = of;
  const phase = (written: Programme, name: string, week = fromWeek): Phase => ({
    fromWeek: week,
    id: programmeId(`${patient.slice(0, 40)}-${name}`),
    programme: forPerson(written, of),
  });
  switch (plan) {
    case "legPress":
      return [phase(presetOf("giles-2017"), "giles")];
    case "legExtension":
      return [phase(presetOf("constantinou-2022"), "constantinou")];
    case "afterAcl":
      return [
        // At home it is done daily; the clinic sees three of the week's sessions.
        phase({ ...presetOf("acl-first-weeks"), perWeek: 3 }, "acl-rest"),
        phase(presetOf("hughes-2019"), "acl-load", fromWeek + weeksBeforeLoad),
      ];
    case "armCurl":
      return [phase(armCurl, "arm-curl")];
    case "walk":
      return [phase(presetOf("aerobic"), "walk")];
    case "passive":
      return [phase({ ...presetOf("passive"), perWeek: 3 }, "passive")];
  }
};

const presetOf = (id: Preset["id"]): Programme => {
  const found = presets.find((preset) => preset.id === id);
  if (found === undefined) throw new Error(`There is no preset ${id}.`);
  return found.programme;
};

const armCurl: Programme = programmeSchema.parse({
  ...{ name: words.armCurl.name, source: plans.armCurl.source, perWeek: 2, weeks: 8, posture: "seated" },
  cuffs: [{ limb: "arm", side: "left" }],
  exercises: [
    {
      ...{ kind: "restricted", name: plans.armCurl.name, pctOneRm: 30 },
      plan: { targetPctLop: 50, sets: [30, 15, 15, 15], repS: 4, restS: 30, betweenSets: "up" },
    },
    { kind: "free", name: words.armCurl.grip, instructions: words.armCurl.gripHow, sets: [15, 15] },
  ],
  progression: {},
});

/** The one-repetition maximum with which somebody begins, in kg; 30 % of it is the load. */
const oneRepetitionKg = { press: [90, 170], extension: [35, 65], curl: [10, 20] } as const;

/** The plan with the person's own limbs and loads. */
const forPerson = (
  written: Programme,
  { worn, random }: Readonly<{ worn: readonly Worn[]; random: Random }>,
): Programme => ({
  ...written,
  cuffs: worn.map(({ limb, side }) => ({ limb, side })),
  exercises: written.exercises.map((exercise) => {
    if (exercise.kind === "free" || exercise.pctOneRm === null) return exercise;
    const name = exercise.name.toLowerCase();
    const which = name.includes("curl") ? "curl" : name.includes("extension") ? "extension" : "press";
    const [least, most] = oneRepetitionKg[which];
    return { ...exercise, loadKg: halfKilos((random.between(least, most) * exercise.pctOneRm) / 100) };
  }),
});

/** Weights come in halves of a kilogram. */
export const halfKilos = (kg: number): number => Math.round(2 * kg) / 2;
