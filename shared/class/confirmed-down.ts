/**
 * Whether a cuff is confirmed down: nothing ends, no cuff is swapped and no next exercise begins before. Confirmed is what is measured now,
 * by a cuff that does not say otherwise; everything else needs the word of a person who has seen that the cuff is off.
 */
import { type CuffState, isDown, isFresh, upSince } from "../session/cuff-state.ts";
import type { Monotonic } from "../units.ts";

/** Why a cuff is not confirmed down. */
export type NotDown =
  /** Its inflation has not ended: it was measured up, and nothing has explained that it is not. */
  | "inflated"
  /** Its pressure is up, for less long than makes an inflation. */
  | "up"
  /** Its pressure is not up, and not yet down for long enough. */
  | "falling"
  /** It measures no pressure and says that it is up: its sensor may stand still. */
  | "says-up"
  /** Its last reading is too old to be the present pressure. */
  | "silent"
  | "never-heard";

/** Null where it is confirmed down. */
export const notDown = (c: CuffState | undefined, at: Monotonic): NotDown | null => {
  if (c === undefined) return "never-heard";
  if (c.occlusion !== null) return "inflated";
  // A last reading that was up stays up until a lower one is heard, however old it is.
  if (upSince(c) !== null) return "up";
  if (c.pressure.lastAt === null) return "never-heard";
  if (!isFresh(c, at)) return "silent";
  if (!isDown(c)) return "falling";
  return saysUp(c) ? "says-up" : null;
};

/** A cuff that looks for the LOP is on its way up. */
const saysUp = ({ said }: CuffState): boolean =>
  said?.phase === "occluded" || said?.phase === "inflating" || said?.phase === "measuring";

/** Whether a person who has seen the cuff off settles it: against a pressure that is measured up nobody's word counts. */
export const canBeSeenOff = (why: NotDown): boolean => why !== "inflated" && why !== "up";
