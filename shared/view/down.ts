/** Whether a cuff is known to be down, which is what lets a session end. */
import { isFresh } from "./tile.ts";
import type { CuffId } from "../ids.ts";
import type { Monotonic } from "../units.ts";
import type { CuffOnScreen } from "../wire.ts";

/** `unmeasured`: nobody can tell from here, and somebody has to look. */
export type Down = "down" | "up" | "unmeasured";

/** Whether one of these cuffs keeps a session from going on: up, or neither measured nor seen to be off by somebody. */
export const stillOn = (cuffs: readonly CuffOnScreen[], seen: readonly CuffId[], now: Monotonic): boolean =>
  cuffs.some((c) => {
    const is = isDown(c, now);
    return is === "up" || (is === "unmeasured" && !seen.includes(c.cuff));
  });

export const isDown = (c: CuffOnScreen, now: Monotonic): Down => {
  if (!isFresh(c, now)) return "unmeasured";
  return c.occlusion === null ? "down" : "up";
};
