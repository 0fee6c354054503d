/** Commands to a cuff (devices/contract.md, "Commands"): each quotes what the cuff itself has said last. */
import { isReachable } from "../shared/class/release-all.ts";
import type { CommandMessage } from "../shared/cuff/message.ts";
import type { CuffState } from "../shared/session/cuff-state.ts";
import type { Monotonic } from "../shared/units.ts";
import { commandWords as words } from "../shared/view/command-words.ts";

/** How long after the cuff last spoke it still takes a command, by its own clock. */
const ttlMs = 5000;

/** The command as the cuff will take it; null for a cuff that has not been heard since it was switched on. */
export const commandTo = (
  c: CuffState | undefined,
  kind: "release" | "identify",
  now: Monotonic,
): CommandMessage | null => {
  const boot = c?.boots[0];
  if (c === undefined || boot === undefined || c.said === null) return null;
  return {
    ...{ v: 1, kind, ttlMs },
    id: `${c.cuff}-${kind === "release" ? "" : `${kind}-`}${c.occlusions}-${now}`,
    boot: boot.boot,
    ep: c.said.ep,
    m: boot.m0,
  };
};

/** Why a cuff cannot show which one it is; null where it can. */
export const whyNotIdentified = (c: CuffState | undefined): string | null => {
  if (c === undefined) return words.noSuchCuff;
  if (c.meta?.caps.includes("identify") !== true) return words.cannotIdentify;
  return isReachable(c) ? null : words.unheard;
};
