/**
 * Where the samples of one cuff lie in site time. Live ones are dated as the engine dates them, when they arrive; old ones that a cuff sends
 * again lie where its own clock says, by the difference that the same power-up showed when it was heard live.
 */
import { type Boot, type Dated, datedBy, lastSampleAt, siteTime } from "../session/liveness.ts";
import type { CuffFact, Quality, ResumedFact } from "../session/fact.ts";
import type { Monotonic } from "../units.ts";

export type SamplesFact = Extract<CuffFact, { kind: "samples" }>;

/** A message as far as it tells when its samples were taken: `m` is the cuff's own clock at the last of them. */
export type Stamp = Readonly<{ boot: string; quality: Quality; at: Monotonic; m: number }>;

/** Site time of a moment of the cuff's own clock, in ms since it was switched on. */
export type Placed = (m: number) => Monotonic;

export type Placing = Readonly<{
  /** How the samples of the next message lie; null where nothing tells, since that power-up was never heard in time. */
  place: (stamp: Stamp) => Placed | null;
  /** The server came back. */
  resumed: (fact: Pick<ResumedFact, "vouchedBy">) => void;
}>;

export const stampOf = ({ message, quality, at }: SamplesFact): Stamp => ({
  ...{ boot: message.boot, quality, at },
  m: lastSampleAt(message),
});

/** For a cuff whose power-ups were these before. */
export const createPlacing = (before: readonly Boot[] = []): Placing => {
  /** The present differences; after an interruption only old samples still go by the ones before it. */
  const present = new Map<string, Dated>(before.map((b) => [b.boot, b]));
  const earlier = new Map<string, Dated>();
  return {
    place: ({ boot, quality, at, m }) => {
      const known = present.get(boot);
      if (quality === "historic") {
        const offset = known?.offset ?? earlier.get(boot)?.offset ?? null;
        return offset === null ? null : (own) => siteTime({ offset }, own, at);
      }
      const dated = datedBy(known, m, at);
      present.set(boot, dated);
      return (own) => siteTime(dated, own, at);
    },
    resumed: ({ vouchedBy }) => {
      if (vouchedBy === "own-clock") return;
      for (const [boot, dated] of present) {
        if (dated.offset !== null) earlier.set(boot, dated);
        present.set(boot, { ...dated, offset: null });
      }
    },
  };
};
