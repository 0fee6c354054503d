/** How a cuff is told to show itself, or why it cannot be. */
import type { CommandMessage } from "../../shared/cuff/message.ts";
import type { CuffState } from "../../shared/session/cuff-state.ts";
import { between, type Monotonic, seconds } from "../../shared/units.ts";

export type Identify =
  Readonly<{ ok: true; message: CommandMessage }> | Readonly<{ ok: false; reason: string }>;

/** How long after the cuff last spoke it still takes this, by its own clock. */
const ttlMs = 5000;
/** Longer than this without a word, and the cuff is not there to blink. */
const heardWithin = seconds(10);

/** `c` is undefined where the cuff was never heard. */
export const identifyOf = (c: CuffState | undefined, now: Monotonic): Identify => {
  const [boot] = c?.boots ?? [];
  if (c?.basic === true)
    return refuse("This is a basic cuff: it says its pressure and cannot be told anything.");
  if (c === undefined || boot === undefined || c.said === null || c.heardAt === null)
    return refuse("This cuff has not been heard since it was switched on. Switch it on, and try again.");
  if (c.meta?.caps.includes("identify") !== true)
    return refuse("This cuff does not say that it can identify itself. Read the name on its label.");
  if (between(c.heardAt, now) > heardWithin)
    return refuse(
      `This cuff was last heard ${Math.round(between(c.heardAt, now) / 1000)} s ago. Switch it on, and try again.`,
    );
  return {
    ok: true,
    message: {
      v: 1,
      id: `identify-${c.cuff}-${now}`,
      kind: "identify",
      ...{ boot: boot.boot, ep: c.said.ep, m: boot.m0, ttlMs },
    },
  };
};

const refuse = (reason: string): Identify => ({ ok: false, reason });
