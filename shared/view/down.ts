/** Whether a cuff on a screen is confirmed down, as the server judges it too. */
import { canBeSeenOff, type NotDown, withSilence } from "../class/confirmed-down.ts";
import { isFresh } from "./tile.ts";
import type { CuffId } from "../ids.ts";
import type { Monotonic } from "../units.ts";
import type { CuffOnScreen } from "../wire.ts";

/** Why it is not confirmed down at `now`; null where it is. */
export const downOnScreen = (c: CuffOnScreen, now: Monotonic): NotDown | null =>
  withSilence(c.heardDown, isFresh(c, now));

/** Whether one of these cuffs keeps a session from going on: neither confirmed down nor, where that settles it, seen to be off. */
export const stillOn = (cuffs: readonly CuffOnScreen[], seen: readonly CuffId[], now: Monotonic): boolean =>
  cuffs.some((c) => {
    const why = downOnScreen(c, now);
    return why !== null && !(canBeSeenOff(why) && seen.includes(c.cuff));
  });
