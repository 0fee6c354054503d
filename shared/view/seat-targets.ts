/** The arithmetic of a plan's targets for one limb, as it is shown before a cuff goes on. */
import type { Exercise } from "../plan/programme.ts";
import { classWords as words } from "./class-words.ts";

/** "60 % of 200 mmHg = 120 mmHg", once for each share that the plan has. */
export const seatTargets = (exercises: readonly Exercise[], lop: number | null): readonly string[] => {
  const shares = exercises.flatMap((e) => (e.kind === "restricted" ? [e.plan.targetPctLop] : []));
  return [...new Set(shares)].map((pct) =>
    lop === null ? words.noTarget(pct) : words.arithmetic(pct, lop, Math.round((lop * pct) / 100)),
  );
};
