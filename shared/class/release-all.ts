/** "Release all": every cuff that can be vented from here is told to, at once; those that cannot are named, to be loosened by hand. */
import { canRelease, type CuffState, saysUp, upSince } from "../session/cuff-state.ts";
import type { CuffFact } from "../session/fact.ts";
import { type Decided, decideDown, type Person, refuse } from "../session/order.ts";
import type { Monotonic } from "../units.ts";
import { refusalWords as words } from "../view/class-refusal-words.ts";

/** Whether a command can reach a cuff: it quotes what the cuff has said since it was switched on. */
export const isReachable = (c: CuffState): boolean => c.boots[0] !== undefined && c.said !== null;

/** Whether a cuff is up or on its way there: for a fire alarm a cuff that has only begun to fill is one to vent. */
const isUp = (c: CuffState): boolean =>
  c.occlusion !== null || upSince(c) !== null || saysUp(c) || c.said?.phase === "measuring";

/** What follows for all cuffs; the cuffs that are to be vented stand in the last fact. */
export const releaseAll = (cuffs: readonly CuffState[], { by, verified }: Person, at: Monotonic): Decided => {
  const up = cuffs.filter(isUp).sort((a, b) => (a.cuff < b.cuff ? -1 : 1));
  if (up.length === 0) return refuse("not-inflated", words.noneUp);
  const can = up.filter((c) => canRelease(c) && isReachable(c));
  const ordered = can.flatMap((c): readonly CuffFact[] => {
    const decided = decideDown(c, { kind: "release", cuff: c.cuff, by, verified }, at);
    // One that has not begun its inflation is told all the same; there is none yet that could be ordered to end.
    return decided.ok ? decided.facts : [];
  });
  const byHand = up.filter((c) => !can.includes(c)).map((c) => c.cuff);
  return {
    ok: true,
    facts: [...ordered, { kind: "all-released", at, by, verified, cuffs: can.map((c) => c.cuff), byHand }],
  };
};
