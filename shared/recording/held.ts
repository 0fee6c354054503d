/** How long a pressure lay within its tolerance, exercising and resting apart: by time, and only while the engine holds it against a target. */
import { exerciseTolerance, restTolerance } from "../alarm/limits.ts";
import type { Figures } from "../clinic/recording-record.ts";
import { type CuffState, isLetDown } from "../session/cuff-state.ts";
import type { CuffFact } from "../session/fact.ts";
import { siteTime } from "../session/liveness.ts";
import { yardstick } from "../session/yardstick.ts";
import type { Monotonic } from "../units.ts";

type Reading = Extract<CuffFact, { kind: "samples" | "basic-sample" }>;

export type Held = Readonly<{
  /** Takes in what a cuff said; `c` is the cuff after it. */
  heard: (c: CuffState, fact: Reading) => void;
  done: () => Pick<Figures["limbs"][number], "exercising" | "resting" | "meanMmhg" | "peakMmhg">;
}>;

export const createHeld = (): Held => {
  const exercising = { inMs: 0, ofMs: 0 };
  const resting = { inMs: 0, ofMs: 0 };
  let [sum, lasted, peak] = [0, 0, -Infinity];
  const lastAt = new Map<CuffState["cuff"], number>();

  /** A reading of `mmHg` that holds since the one before it. */
  const take = (c: CuffState, mmHg: number, at: Monotonic): void => {
    const since = lastAt.get(c.cuff) ?? -Infinity;
    lastAt.set(c.cuff, Math.max(since, at));
    const by = yardstick(c, at);
    // While it is let down its pressure says nothing of how it was held.
    if (!by.inflated || by.judgedFrom === null || isLetDown(c) || c.occlusion?.saysDownSince !== null) return;
    peak = Math.max(peak, mmHg);
    const ms = at - since;
    // Nobody knows what was in a gap.
    if (ms <= 0 || ms >= c.freshFor) return;
    sum += mmHg * ms;
    lasted += ms;
    if (by.target === null || at < by.judgedFrom) return;
    const isResting = c.pressure.resting;
    const tolerance = (isResting ? restTolerance : exerciseTolerance)(by.target, c.limits);
    const band = isResting ? resting : exercising;
    band.ofMs += ms;
    if (Math.abs(mmHg - by.target) <= tolerance) band.inMs += ms;
  };

  return {
    heard: (c, fact) => {
      if (fact.kind === "basic-sample") {
        take(c, fact.pressure, fact.at);
        return;
      }
      const boot = c.boots[0];
      if (fact.quality !== "live" || boot === undefined) return;
      const { message, at } = fact;
      for (const [i, tenths] of message.p.entries()) {
        const m = message.m0 + i * message.dt;
        if (tenths !== null) take(c, tenths / 10, siteTime(boot, m, at));
      }
    },
    done: () => ({
      ...{ exercising, resting },
      meanMmhg: lasted === 0 ? null : Math.round((10 * sum) / lasted) / 10,
      peakMmhg: peak === -Infinity ? null : peak,
    }),
  };
};
