/** What the readings of a cuff are held against: of the limb, of the plan, and of the cuff itself. */
import { explainsFor } from "../alarm/policy.ts";
import { between, type Monotonic } from "../units.ts";
import type { CuffState } from "./cuff-state.ts";
import type { Yardstick } from "./pressure.ts";

type Judged = Pick<CuffState, "meta" | "prescription" | "limits" | "freshFor" | "said" | "occlusion">;

/** For readings that come in at `at`; nothing is judged while it is being measured or let down. */
export const yardstick = (c: Judged, at: Monotonic): Yardstick => {
  const measuring = c.said?.phase === "measuring";
  const ordered = c.occlusion?.ordered ?? null;
  const letDown =
    c.said?.phase === "releasing" || (ordered !== null && between(ordered.at, at) < explainsFor);
  return {
    inflated: c.occlusion !== null && !measuring,
    measuring,
    limits: c.limits,
    lop: c.prescription?.lop ?? null,
    target: c.prescription?.target ?? null,
    judgedFrom: measuring || letDown ? null : (c.occlusion?.judgedFrom ?? null),
    rests: restsByCount(c),
    own: {
      regulated: c.meta?.regulated ?? false,
      count: countOf(c),
      pump: c.said?.pump ?? null,
    },
    freshMs: c.freshFor,
  };
};

/** The cuff's own count, and the repetitions that the plan has for the set; null where the cuff counts none. */
const countOf = ({ said, prescription }: Judged): Yardstick["own"]["count"] =>
  said?.set === undefined || said.rep === undefined
    ? null
    : { set: said.set, rep: said.rep, of: prescription?.repsOfSets[said.set - 1] ?? null };

/** A set whose repetitions are all done is in its rest (contract); null where cuff or plan counts none. */
const restsByCount = (c: Judged): boolean | null => {
  const count = countOf(c);
  return count === null || count.of === null ? null : count.rep >= count.of;
};
