/**
 * Kinds of cuffs and of limbs, as data. Another cuff is another entry here; nothing else in the physics knows a model by
 * name. Swings and offsets are in per cent of limb occlusion pressure, as they are published (Swain, McEwen, Lai and
 * Hughes 2025, Frontiers in Sports and Active Living, 1582387).
 */
import { type Random, seedOf } from "../random.ts";

/** What differs from person to person: its mean over people, and its standard deviation. */
export type Spread = Readonly<{ mean: number; spread: number }>;

export type CuffModel = Readonly<{
  name: string;
  /** How fast it returns to its set pressure by itself; null when the air is simply trapped. */
  regulation: Readonly<{ tauMs: number }> | null;
  inflateMmhgPerS: number;
  /** Venting is exponential; 45 to under 5 mmHg takes 2.2 times this. */
  ventTauMs: number;
  /** Where the level ends up, off its target, in each set; the last entry holds for all later sets. */
  offsetPctLop: readonly number[];
  /** How quickly a set's offset comes about while the muscle works. */
  offsetTauMs: number;
  /** How far the push of a repetition takes the pressure off its resting level, and its slack end, before any regulation. */
  peakPctLop: Spread;
  valleyPctLop: Spread;
  /** Above 1 the pressure lingers in the valley and peaks briefly. */
  lingering: number;
  /** 1 is a sine; more squeezes the change into the turning points of the repetition. */
  sharpness: number;
  /** What such a cuff says of itself that it can do. */
  caps: readonly ("identify" | "release" | "backfill")[];
}>;

const trappedAir = {
  regulation: null,
  inflateMmhgPerS: 40,
  ventTauMs: 2100,
  offsetTauMs: 15_000,
  sharpness: 1,
  caps: ["identify", "backfill"],
} as const;

/**
 * The four published models, held to their table by test/devices/published.test.ts. What is not published of them (speed, valve,
 * capabilities) is made up.
 */
export const cuffModels = {
  /** Holds its pressure like a surgical tourniquet: back within 15 mmHg in a second. */
  delfi: {
    name: "Delfi, simulated",
    regulation: { tauMs: 400 },
    inflateMmhgPerS: 45,
    ventTauMs: 1700,
    offsetPctLop: [0.5],
    offsetTauMs: 8000,
    peakPctLop: { mean: 7.6, spread: 2.8 },
    valleyPctLop: { mean: -7.6, spread: 2.8 },
    lingering: 1,
    sharpness: 5,
    caps: ["identify", "release", "backfill"],
  },
  /** The other three are pumped up once and left alone: nothing returns, and the level sinks, mostly in the first set. */
  saga: {
    ...trappedAir,
    name: "Saga, simulated",
    offsetPctLop: [-6.3, -7.2, -7.6, -7.6],
    peakPctLop: { mean: 9.8, spread: 9.7 },
    valleyPctLop: { mean: -10.8, spread: 6.6 },
    lingering: 1.85,
  },
  smartcuffs: {
    ...trappedAir,
    name: "SmartCuffs, simulated",
    offsetPctLop: [-6, -6.7, -7, -7],
    peakPctLop: { mean: 8.8, spread: 9.9 },
    valleyPctLop: { mean: -8.3, spread: 6.6 },
    lingering: 2.1,
  },
  suji: {
    ...trappedAir,
    name: "Suji, simulated",
    offsetPctLop: [-6, -6.5, -6.8, -6.8],
    peakPctLop: { mean: 19, spread: 17.5 },
    valleyPctLop: { mean: -4.3, spread: 7.8 },
    lingering: 2.6,
  },
} as const satisfies Record<string, CuffModel>;

export type CuffModelName = keyof typeof cuffModels;

/** What the person brings: the limb under the cuff. */
export type Limb = Readonly<{
  lopMmhg: number;
  /** Seed of everything that wobbles: noise, strength of each repetition. */
  seed: number;
  pulseHz: number;
  /** Peak to peak. */
  rippleMmhg: number;
  /** The tissue gives way after inflation: by so much, over so long. */
  relaxationMmhg: number;
  relaxationMs: number;
  /** How hard they work, and how far the level sinks under them, against what the model has: 1 is like the mean. */
  vigour: number;
  settling: number;
  /** Where their peaks and valleys stand among people, in standard deviations of the model. */
  peakScore: number;
  valleyScore: number;
}>;

/** A limb of a made-up person, within the ranges that are published. */
export const limbFrom = (random: Random, lopMmhg: number): Limb => {
  const body = {
    lopMmhg,
    seed: seedOf(random.whole(1, 2 ** 31), 1),
    pulseHz: random.between(1.1, 1.9),
    rippleMmhg: random.between(1, 3),
    relaxationMmhg: random.between(5, 10),
    relaxationMs: random.between(2000, 5000),
    vigour: random.between(0.9, 1.1),
    settling: random.between(0.85, 1.15),
  };
  // Who pushes hard also lets go far.
  const effort = 0.6 * score(random);
  return {
    ...body,
    peakScore: Math.min(2.2, effort + 0.8 * score(random)),
    valleyScore: -effort - 0.8 * score(random),
  };
};

/** A number of mean 0 and standard deviation 1: most people are alike, and a few far above the others. */
const score = (random: Random): number => (2 / 3 - Math.sqrt(random.between(0, 1))) * Math.sqrt(18);
