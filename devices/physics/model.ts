/**
 * Kinds of cuffs and of limbs, as data. Another cuff is another entry here; nothing else in the physics knows a model by
 * name. Swings and offsets are in per cent of limb occlusion pressure, as they are published (Swain, McEwen, Lai and
 * Hughes 2025, Frontiers in Sports and Active Living, 1582387).
 */
import { type Random, seedOf } from "../random.ts";

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
  /** How far one repetition pushes the pressure up and lets it down, before any regulation. */
  swingPctLop: number;
  /** 1 is a sine; more squeezes the change into the turning points of the repetition. */
  swingSharpness: number;
  /** What such a cuff says of itself that it can do. */
  caps: readonly ("identify" | "release" | "backfill")[];
}>;

export const cuffModels = {
  /** Holds its pressure like a surgical tourniquet: back within 15 mmHg in a second, peaks 89 %, valleys 72 % at a target of 80 %. */
  regulated: {
    name: "Regulated R1",
    regulation: { tauMs: 400 },
    inflateMmhgPerS: 45,
    ventTauMs: 1700,
    offsetPctLop: [0.5],
    offsetTauMs: 8000,
    swingPctLop: 7,
    swingSharpness: 3,
    caps: ["identify", "release", "backfill"],
  },
  /** Pumped up once and left alone: nothing returns, and the level sinks by a tenth of the LOP, mostly in the first set. */
  "trapped-air": {
    name: "Trapped Air T1",
    regulation: null,
    inflateMmhgPerS: 40,
    ventTauMs: 2100,
    offsetPctLop: [-6.5, -7.5, -8, -8],
    offsetTauMs: 20_000,
    swingPctLop: 9.5,
    swingSharpness: 1.2,
    caps: ["identify", "backfill"],
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
  /** Their repetitions and their offset against the model's: 1 is like the published mean. */
  vigour: number;
  settling: number;
}>;

/** A limb of a made-up person, within the ranges that are published. */
export const limbFrom = (random: Random, lopMmhg: number): Limb => ({
  lopMmhg,
  seed: seedOf(random.whole(1, 2 ** 31), 1),
  pulseHz: random.between(1.1, 1.9),
  rippleMmhg: random.between(1, 3),
  relaxationMmhg: random.between(5, 10),
  relaxationMs: random.between(2000, 5000),
  vigour: random.between(0.85, 1.1),
  settling: random.between(0.85, 1.1),
});
