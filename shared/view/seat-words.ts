/** What stands between a patient and a seat, and what to do about it; what is known of the limb occlusion pressure. */
import type { Obstacle } from "../clinic/readiness.ts";
import type { FitWarning, LopEntry, LopMethod, Posture } from "../plan/limb-occlusion.ts";
import type { Limb } from "../plan/prescription.ts";

/** What is to be done about what is in the way, and where. */
export const obstacleTodo: Readonly<Record<Obstacle["kind"], string>> = {
  "screening-open": "Ask what is open, on the patient’s page.",
  "screening-red": "A physiotherapist decides, on the patient’s page.",
  "not-explained": "Give it, and say so on the patient’s page.",
  "follow-up-red": "A physiotherapist clears it, under Follow-up.",
  "follow-up-missing": "Ask now, under Follow-up.",
};

const posture: Readonly<Record<Posture, string>> = {
  supine: "lying",
  seated: "seated",
  standing: "standing",
};

/** What is to be known of a limb occlusion pressure. */
export const fitText = (w: FitWarning): string => {
  switch (w.kind) {
    case "missing":
      return "There is none for this limb.";
    case "other-width":
      return `It was measured with a cuff of ${w.measuredCm} cm; this one has ${w.wantedCm} cm.`;
    case "other-posture":
      return `It was measured ${posture[w.measured]}; the plan is done ${posture[w.wanted]}.`;
    case "too-old":
      return `It is ${w.days} days old; a new one is due after ${w.afterDays}.`;
    case "estimated":
      return `It is an estimate, ± ${w.seeMmhg} mmHg. Measure it when you can.`;
  }
};

const methodText: Readonly<Record<LopMethod, string>> = {
  cuff: "measured by the cuff",
  doppler: "Doppler",
  oximeter: "oximeter",
  typed: "typed",
  estimated: "an estimate",
};

/** "LOP 200 mmHg, measured by the cuff, seated, 3 Mar 2026", the day that it was in `timeZone`. */
export const lopText = ({ mmhg, method, posture: how, at }: LopEntry, timeZone: string): string => {
  const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone });
  return `LOP ${mmhg} mmHg, ${methodText[method]}, ${posture[how]}, ${date.format(at)}`;
};

/** "left thigh". */
export const limbText = ({ limb, side }: Limb): string => `${side} ${limb}`;
