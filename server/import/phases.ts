/** What a cuff that told nothing but its pressure was doing: read from the whole course, which nobody knew while it went on. */
import { crossing, downBelow, inflatedAt } from "../../shared/alarm/policy.ts";
import type { CuffPhase } from "../../shared/cuff/message.ts";
import { seconds } from "../../shared/units.ts";

export type Course = Readonly<{ ms: readonly number[]; mmhg: readonly (number | null)[] }>;
export type Told = Readonly<{
  phase: CuffPhase;
  /** Since when it had been up, in ms of the course; null while it was down. */
  upSince: number | null;
  /** Which inflation, from 1; 0 before the first. */
  episode: number;
}>;

/** Venting takes 3 to 6 s (docs/clinical.md): what was lower before that was not let go but leaked. */
const ventsWithin = seconds(10);
/** From under this share of where it was held a pressure is on its way down. */
const heldAbove = 0.85;

/**
 * The phase at each sample. `falls` says what it was when the pressure fell to nothing and stayed there: let go on purpose, from where it began to
 * fall; or lost, and then nobody had said that the cuff was down.
 */
export const phasesOf = ({ ms, mmhg }: Course, falls: "release" | "loss"): readonly Told[] => {
  const told: Told[] = [];
  let upSince: number | null = null;
  let episode = 0;
  for (const [i, p] of mmhg.entries()) {
    const at = ms[i] ?? 0;
    if (upSince === null && p !== null && p >= inflatedAt) {
      upSince = at;
      episode += 1;
    } else if (
      upSince !== null &&
      p !== null &&
      p < downBelow &&
      falls === "release" &&
      staysDown(ms, mmhg, i)
    ) {
      for (let k = beganToFall(ms, mmhg, i); k < i; k++) {
        const before = told[k];
        if (before !== undefined) told[k] = { ...before, phase: "releasing" };
      }
      upSince = null;
    }
    told.push({ phase: upSince === null ? "idle" : "occluded", upSince, episode });
  }
  return told;
};

/** Whether it is not up again within the time after which an inflation has ended. */
const staysDown = (ms: Course["ms"], mmhg: Course["mmhg"], i: number): boolean => {
  const until = (ms[i] ?? 0) + crossing;
  for (let k = i; k < ms.length && (ms[k] ?? 0) <= until; k++) if ((mmhg[k] ?? 0) >= inflatedAt) return false;
  return true;
};

/** The first sample of the fall that ends with `i`. */
const beganToFall = (ms: Course["ms"], mmhg: Course["mmhg"], i: number): number => {
  const from = (ms[i] ?? 0) - ventsWithin;
  let level = 0;
  for (let k = i; k >= 0 && (ms[k] ?? 0) >= from; k--) level = Math.max(level, mmhg[k] ?? 0);
  let began = i;
  while (began > 0 && (mmhg[began - 1] ?? 0) < heldAbove * level) began -= 1;
  return began;
};
