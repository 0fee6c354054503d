/** How limbs, postures and limb occlusion pressures read, with what is to be told of them. */
import {
  estimateSeeMmhg,
  type FitWarning,
  type LopEntry,
  type LopMethod,
  type Posture,
} from "../plan/limb-occlusion.ts";
import { type Limb, type LimbName, limbs, type Side, sides } from "../plan/prescription.ts";
import { count } from "./words.ts";

/** Every limb that can wear a cuff. */
export const allLimbs: readonly Limb[] = limbs.flatMap((limb) => sides.map((side) => ({ limb, side })));

const limbNames = { thigh: "thigh", arm: "arm" } as const satisfies Record<LimbName, string>;
const sideNames = { left: "Left", right: "Right" } as const satisfies Record<Side, string>;

/** "Left thigh". */
export const limbName = ({ limb, side }: Limb): string => `${sideNames[side]} ${limbNames[limb]}`;

/** "left thigh", within a sentence. */
export const limbText = (limb: Limb): string => limbName(limb).toLowerCase();

export const postureNames = {
  supine: "lying",
  seated: "seated",
  standing: "standing",
} as const satisfies Record<Posture, string>;

export const lopMethodNames = {
  cuff: "measured by the cuff",
  doppler: "Doppler",
  oximeter: "pulse oximeter",
  typed: "read off another device",
  estimated: "estimated",
} as const satisfies Record<LopMethod, string>;

/** "200 mmHg", and of an estimate how far it may be off. */
export const lopShown = ({
  mmhg,
  method,
  seeMmhg,
}: Readonly<{ mmhg: number; method: LopMethod; seeMmhg: number }>): string =>
  method === "estimated" ? `${mmhg} ± ${seeMmhg} mmHg, an estimate` : `${mmhg} mmHg`;

/** "LOP 200 mmHg, measured by the cuff, seated, 3 Mar 2026", the day that it was in `timeZone`. */
export const lopText = ({ mmhg, method, posture, at }: LopEntry, timeZone: string): string => {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone });
  const shown = lopShown({ mmhg, method, seeMmhg: estimateSeeMmhg });
  // An estimate says by itself how it was come by.
  const how = method === "estimated" ? [] : [lopMethodNames[method]];
  return [`LOP ${shown}`, ...how, postureNames[posture], day.format(at)].join(", ");
};

/** What is to be told of the pressure that would be used. */
export const fitWarning = (warning: FitWarning): string => {
  switch (warning.kind) {
    case "missing":
      return "No limb occlusion pressure is known for this limb: there is no target, and 100 % cannot be judged. Measure one.";
    case "other-width":
      return `It was found with a cuff of ${warning.measuredCm} cm; this is for ${warning.wantedCm} cm. Measure again.`;
    case "other-posture":
      return `It was found ${postureNames[warning.measured]}; the plan is done ${postureNames[warning.wanted]}. Measure again.`;
    case "too-old":
      return `It is ${count(warning.days, "day", "days")} old; the clinic measures again after ${warning.afterDays}.`;
    case "estimated":
      return `It is an estimate, ± ${warning.seeMmhg} mmHg (standard error). Measure where you can.`;
  }
};

/** Why there is no estimate. */
export const noEstimate = {
  arm: "There is no estimate for an arm: the formula was made on thighs. Measure it.",
  "narrow-cuff":
    "There is no estimate for a narrow cuff: published estimates are off by −134 to +148 mmHg (Spitz 2024). Measure it.",
  "other-width": "The formula was made with an 18 cm cuff and is used for no other. Measure it.",
} as const;
