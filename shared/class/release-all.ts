/** "Release all": every cuff that can be vented from here is told to, at once; those that cannot are named, to be loosened by hand. */
import {
  canRelease,
  type CuffState,
  isFresh,
  isStranger,
  saysFilled,
  upSince,
} from "../session/cuff-state.ts";
import type { CuffFact } from "../session/fact.ts";
import { type Decided, decideDown, refuse } from "../session/order.ts";
import type { Monotonic } from "../units.ts";
import { refusalWords as words } from "../view/class-refusal-words.ts";
import { notDown } from "./confirmed-down.ts";
import type { ClassOrder } from "./order.ts";

/** Whether a command can reach a cuff: it quotes what the cuff has said since it was switched on. */
export const isReachable = (c: CuffState): boolean => c.boots[0] !== undefined && c.said !== null;

/** Whether a cuff is up or on its way there: for a fire alarm a cuff that has only begun to fill is one to vent. */
const isUp = (c: CuffState): boolean => c.occlusion !== null || upSince(c) !== null || saysFilled(c);

/** Whether somebody has to be sure of it: it is worn, or it is up on nobody. */
const matters = (c: CuffState): boolean => !isStranger(c) || isUp(c);

/** What follows for all cuffs; the cuffs that are to be vented stand in the last fact. */
export const releaseAll = (
  cuffs: readonly CuffState[],
  { by, verified, canSend }: Extract<ClassOrder, { kind: "release-all" }>,
  at: Monotonic,
): Decided => {
  const open = cuffs
    .filter((c) => matters(c) && notDown(c, at) !== null)
    .sort((a, b) => (a.cuff < b.cuff ? -1 : 1));
  if (open.length === 0) return refuse("not-inflated", words.noneUp);
  // Of one that went silent while it was down nobody would see whether it obeys: somebody has to look.
  const can = open.filter((c) => canSend && canRelease(c) && isReachable(c) && (isUp(c) || isFresh(c, at)));
  const ordered = can.flatMap((c): readonly CuffFact[] => {
    const decided = decideDown(c, { kind: "release", cuff: c.cuff, by, verified }, at);
    // One that has not begun its inflation is told all the same; there is none yet that could be ordered to end.
    return decided.ok ? decided.facts : [];
  });
  const byHand = open.filter((c) => !can.includes(c)).map((c) => c.cuff);
  return {
    ok: true,
    facts: [...ordered, { kind: "all-released", at, by, verified, cuffs: can.map((c) => c.cuff), byHand }],
  };
};
