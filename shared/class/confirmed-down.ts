/**
 * Whether a cuff is confirmed down: nothing ends, no cuff is swapped and no next exercise begins before. Confirmed is what is measured now,
 * by a cuff that does not say otherwise; everything else needs the word of a person who has seen that the cuff is off.
 */
import { type CuffState, isDown, isFresh, saysFilled, upSince } from "../session/cuff-state.ts";
import type { Monotonic } from "../units.ts";

/** What its last reading and its own words leave open, however old they are. */
export const heardNotDown = [
  /** Its inflation has not ended: it was measured up, and nothing has explained that it is not. */
  "inflated",
  /** Its pressure is up, for less long than makes an inflation. */
  "up",
  /** Its pressure is not up, and not yet down for long enough. */
  "falling",
  /** It measures no pressure and says that it is up: its sensor may stand still. */
  "says-up",
  "never-heard",
] as const;
export type HeardNotDown = (typeof heardNotDown)[number];

/** Why a cuff is not confirmed down; `silent`: its last reading is too old to be the present pressure. */
export type NotDown = HeardNotDown | "silent";

/** What was heard last: null where that was a cuff that is down. It becomes old by time alone, which only `withSilence` tells. */
export const heardDown = (c: CuffState | undefined): HeardNotDown | null => {
  if (c === undefined) return "never-heard";
  if (c.occlusion !== null) return "inflated";
  // A last reading that was up stays up until a lower one is heard, however old it is.
  if (upSince(c) !== null) return "up";
  if (c.pressure.lastAt === null) return "never-heard";
  if (!isDown(c)) return "falling";
  return saysFilled(c) ? "says-up" : null;
};

/** What was heard last, as it counts now: a reading that is not fresh tells only that the cuff was up. */
export const withSilence = (heard: HeardNotDown | null, fresh: boolean): NotDown | null => {
  switch (heard) {
    case "inflated":
    case "up":
    case "never-heard":
      return heard;
    case "falling":
    case "says-up":
    case null:
      return fresh ? heard : "silent";
  }
};

/** Null where it is confirmed down. */
export const notDown = (c: CuffState | undefined, at: Monotonic): NotDown | null =>
  withSilence(heardDown(c), c !== undefined && isFresh(c, at));

/** Whether a person who has seen the cuff off settles it: against a pressure that is measured up nobody's word counts. */
export const canBeSeenOff = (why: NotDown): boolean => why !== "inflated" && why !== "up";
