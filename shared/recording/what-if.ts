/** A session judged again, beside what was raised: two lists of alarms and what differs. It is shown and forgotten; nothing stores it. */
import type { History } from "../alarm/history.ts";
import { type Difference, differences } from "./differences.ts";
import { judgeAgain, occurrencesIn } from "./judge-again.ts";
import type { OtherLimits } from "./other-limits.ts";
import { eachBesides, type Recorded } from "./recorded.ts";

export type Comparison = Readonly<{
  /** What was raised, and what would be; both without what concerns the room. */
  then: readonly History[];
  now: readonly History[];
  differences: readonly Difference[];
  /** How many alarms of the room were raised then: whether it would be so now, one session's lines cannot tell. */
  ofRoom: number;
}>;

export const compare = (recorded: Recorded, other: OtherLimits): Comparison => {
  const raised = occurrencesIn(eachBesides(recorded.lines), recorded.to);
  const then = raised.filter(isOfCuff);
  const now = judgeAgain(recorded, other).occurrences.filter(isOfCuff);
  return { then, now, differences: differences(then, now), ofRoom: raised.length - then.length };
};

const isOfCuff = ({ cuff }: History): boolean => cuff !== null;
