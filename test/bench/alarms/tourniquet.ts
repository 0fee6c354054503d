/** The rule of surgical tourniquets, run beside the engine: more than 15 mmHg off the set pressure for 1.5 s (Zimmer ATS 3000). */
import type { Cuff } from "../../../devices/cuff.ts";

export type TourniquetRule = Readonly<{ offSinceMs: number | null; alarming: boolean }>;

export const quietRule: TourniquetRule = { offSinceMs: null, alarming: false };

const offMmhg = 15;
const forMs = 1500;

/** The rule after the cuff's latest reading; it judges whenever the cuff holds a pressure. */
export const ruled = (rule: TourniquetRule, { stage, spec, bladder, atMs }: Cuff): TourniquetRule => {
  const holds =
    stage.kind === "settling" ||
    stage.kind === "working" ||
    stage.kind === "resting" ||
    stage.kind === "staying";
  const off =
    holds && bladder.readMmhg !== null && Math.abs(bladder.readMmhg - spec.course.targetMmhg) > offMmhg;
  if (!off) return rule.offSinceMs === null ? rule : quietRule;
  const offSinceMs = rule.offSinceMs ?? atMs;
  const alarming = atMs - offSinceMs >= forMs;
  return rule.offSinceMs !== null && alarming === rule.alarming ? rule : { offSinceMs, alarming };
};
