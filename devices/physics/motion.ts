/** What a living limb adds to the pressure of a cuff: its repetitions and its pulse. Functions of time alone. */
import { noiseAt, seedOf } from "../random.ts";
import type { CuffModel, Limb } from "./model.ts";

/** A set under way: repetitions of `repMs` (half of it up, half of it down) since `sinceMs`. `set` counts from 1. */
export type Effort = Readonly<{ set: number; sinceMs: number; repMs: number }>;

/** How far one repetition differs from the next, as a share of the swing. */
const unevenness = 0.06;

/** The least that a repetition moves the pressure, in per cent of LOP: nobody keeps still while they work. */
const leastSwing = 3;

/** What the working muscle adds to the pressure in mmHg, before any regulation. A repetition begins and ends in its valley. */
export const swingMmhg = (model: CuffModel, limb: Limb, effort: Effort, atMs: number): number => {
  const repetitions = (atMs - effort.sinceMs) / effort.repMs;
  const pushed = (1 - Math.cos(2 * Math.PI * repetitions)) / 2;
  const share = Math.max(0, Math.min(1, 0.5 + (pushed - 0.5) * model.sharpness)) ** model.lingering;
  const valley = model.valleyPctLop.mean + model.valleyPctLop.spread * limb.valleyScore;
  const peak = Math.max(
    model.peakPctLop.mean + model.peakPctLop.spread * limb.peakScore,
    valley + leastSwing,
  );
  const ownStrength = 1 + unevenness * noiseAt(seedOf(limb.seed, effort.set), Math.floor(repetitions) + 1);
  const percent = valley + (peak - valley) * share;
  return ((limb.lopMmhg * percent) / 100) * limb.vigour * ownStrength;
};

/** The pulse as the cuff feels it, in mmHg: strongest once the cuff sits firmly, gone when it hangs loose. */
export const rippleMmhg = (limb: Limb, pressureMmhg: number, atMs: number): number => {
  const beat = (2 * Math.PI * limb.pulseHz * atMs) / 1000;
  const firmness = Math.max(0, Math.min(1, (pressureMmhg - 20) / 40));
  // A steep rise and a slow fall; the sum spans 1.76 from peak to peak.
  return (limb.rippleMmhg / 1.76) * firmness * (0.8 * Math.sin(beat) + 0.2 * Math.sin(2 * beat));
};
