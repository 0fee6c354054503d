/** What a cuff was held to, from when to when: the band behind its trace. */
import type { CuffId } from "../../shared/ids.ts";
import type { State } from "../../shared/engine.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { Monotonic } from "../../shared/units.ts";
import { cuffOnScreen } from "../../shared/view/on-screen.ts";

/** Pressures in mmHg; `exercise` and `rest` say how far the pressure may be off while the patient moves, and holds still. */
export type Target = Readonly<{
  cuff: CuffId;
  from: Monotonic;
  to: Monotonic;
  mmHg: number;
  exercise: number;
  rest: number;
}>;

/** `changes` are the moments after which a target may be another, in order; `to` is where the last one ends. */
export const targetsOf = (
  cuffs: readonly CuffId[],
  changes: readonly Monotonic[],
  { to, stateAt }: Readonly<{ to: Monotonic; stateAt: (moment: Monotonic) => State }>,
): readonly Target[] => {
  const all: Target[] = [];
  for (const [i, from] of changes.entries()) {
    const end = changes[i + 1] ?? to;
    const state = stateAt(from);
    for (const cuff of cuffs) {
      const c = cuffIn(state.cuffs, cuff);
      if (c === undefined || c.station === null) continue;
      const { prescription, tolerance } = cuffOnScreen(c);
      const mmHg = prescription?.target ?? null;
      if (mmHg === null || tolerance === null) continue;
      const target = { cuff, from, to: end, mmHg, exercise: tolerance.exercise, rest: tolerance.rest };
      const last = all.findLastIndex((t) => t.cuff === cuff);
      const before = all[last];
      if (before !== undefined && before.to === from && isSame(before, target))
        all[last] = { ...before, to: end };
      else all.push(target);
    }
  }
  return all;
};

const isSame = (a: Target, b: Target): boolean =>
  a.mmHg === b.mmHg && a.exercise === b.exercise && a.rest === b.rest;
