/** A role that a patient of a simulated class plays, and how a class is cast from roles: class file and cuffs together. */
import { type CuffId, cuffId } from "../../shared/ids.ts";
import { type Side, sides } from "../../shared/plan/prescription.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";
import type { Course } from "../course.ts";
import { type Cuff, joined, newCuff, occMs } from "../cuff.ts";
import type { Mishap } from "../mishap.ts";
import { type Fault, shifted } from "../physics/fault.ts";
import { cuffModels, type CuffModelName, type Limb, limbFrom } from "../physics/model.ts";
import type { Device } from "../publisher.ts";
import { type Random, randomFrom, seedOf } from "../random.ts";
import { people, type PlanFile, type PlanName, plans, staff } from "./cast.ts";

/** Where in its session a cuff is when the simulation begins. */
export type Start = Readonly<
  | { kind: "ready"; inMs: number }
  | { kind: "inflated"; occMs: number }
  | { kind: "reperfusing"; leftMs: number }
>;

/** Times of faults and mishaps count from the start of the simulation. */
export type Role = Readonly<{
  plan: PlanName;
  start: Start;
  model?: CuffModelName;
  /** What this limb has of its own. */
  limb?: Partial<Limb>;
  /** One cuff on each side. */
  bothSides?: boolean;
  /** How long after its last set the cuff stays up, an entry an inflation. */
  stayMs?: readonly number[];
  reperfusionMs?: number;
  faults?: readonly Fault[];
  mishaps?: readonly Mishap[];
  driftPpm?: number;
}>;

/** How often cuffs publish: messages a second, samples in each. */
export type Rates = Readonly<{ hz: number; samples: number }>;

export type SimulatedClass = Readonly<{ classFile: ClassFile; devices: readonly Device[] }>;

/** The limit that follows from a plan without one of its own: its duration and a tenth, in ms (docs/clinical.md). */
export const limitMs = (plan: PlanName): number => Math.round(durationMs(plans[plan]) * 1.1);

const durationMs = (plan: PlanFile): number => {
  if (plan.durationS !== undefined) return plan.durationS * 1000;
  const sets = plan.sets ?? [];
  const working = sets.reduce((total, repetitions) => total + repetitions * (plan.repS ?? 4), 0);
  return 1000 * (working + (sets.length - 1) * (plan.restS ?? 30));
};

/** A class of these roles, one a station, in this order. */
export const cast = (roles: readonly Role[], seed: number, rates: Rates): SimulatedClass => {
  const names = people(randomFrom(seedOf(seed, 1)));
  const wanted = new Set(roles.map((role) => role.plan));
  const devices: Device[] = [];
  let count = 0;
  const stations = roles.map((role, index) => {
    const random = randomFrom(seedOf(seed, 1000 + index));
    const limb = role.plan === "armCurl" ? "arm" : "thigh";
    const lopMmhg = limb === "arm" ? random.whole(110, 160) : random.whole(150, 240);
    const first: Side = random.whole(0, 1) === 0 ? "left" : "right";
    const worn: readonly Side[] = role.bothSides === true ? sides : [first];
    const cuffs = worn.map((side, second) => {
      const cuff = cuffId(`cuff-${String(++count).padStart(2, "0")}`);
      // No two limbs of one person occlude at quite the same pressure.
      const own = lopMmhg + 6 * second;
      devices.push(device(role, { cuff, seed: seedOf(seed, 2000 + count), lopMmhg: own, rates }, random));
      return { cuff, limb, side, lopMmhg: own } as const;
    });
    return {
      station: String(index + 1),
      patient: names[index] ?? `Guest ${index + 1}.`,
      plan: plans[role.plan].id,
      cuffs,
    };
  });
  const used = (Object.keys(plans) as PlanName[]).filter((name) => wanted.has(name));
  return {
    classFile: {
      version: 1,
      room: "Studio",
      staff,
      plans: used.map((name) => plans[name]),
      stations,
      basicCuffs: [],
    },
    devices,
  };
};

type Worn = Readonly<{ cuff: CuffId; seed: number; lopMmhg: number; rates: Rates }>;

const device = (role: Role, { cuff, seed, lopMmhg, rates }: Worn, random: Random): Device => {
  const fresh = newCuff({
    cuff,
    seed,
    model: cuffModels[role.model ?? "delfi"],
    limb: { ...limbFrom(random, lopMmhg), ...role.limb },
    course: courseOf(role, lopMmhg, random),
    faults: [],
    readyMs: role.start.kind === "ready" ? role.start.inMs : 0,
    ...rates,
  });
  const started = role.start.kind === "ready" ? fresh : joined(fresh, hasReached(role.start));
  const faults = shifted(role.faults ?? [], started.atMs);
  return {
    cuff: { ...started, spec: { ...started.spec, faults } },
    mishaps: role.mishaps ?? [],
    driftPpm: role.driftPpm ?? 0,
  };
};

const hasReached =
  (start: Exclude<Start, { kind: "ready" }>) =>
  (cuff: Cuff): boolean =>
    start.kind === "inflated"
      ? occMs(cuff) >= start.occMs
      : cuff.stage.kind === "reperfusing" && cuff.stage.untilMs - cuff.atMs <= start.leftMs;

const courseOf = (role: Role, lopMmhg: number, random: Random): Course => {
  const plan: PlanFile = plans[role.plan];
  const atLeastMs = (plan.reperfusionS ?? 60) * 1000;
  return {
    targetMmhg: Math.round((lopMmhg * plan.targetPctLop) / 100),
    sets: plan.sets ?? [],
    durationMs: (plan.durationS ?? 0) * 1000,
    // A walker's steps: about one stride a second.
    repMs: role.plan === "walk" ? 1000 : (plan.sets === undefined ? 0 : (plan.repS ?? 4)) * 1000,
    restMs: (plan.restS ?? 30) * 1000,
    betweenSets: plan.betweenSets ?? "up",
    inflations: plan.inflations ?? 1,
    reperfusionMs: role.reperfusionMs ?? atLeastMs + random.whole(8000, 40_000),
    pauseMs: atLeastMs + random.whole(120_000, 240_000),
    stayMs: role.stayMs ?? [random.whole(1000, 5000), random.whole(1000, 5000)],
  };
};
