/** The server's site time on this screen: between two messages it runs on the screen's own steady clock. */
import { type Monotonic, monotonic } from "../shared/units.ts";

/** How fast an estimate that lies ahead may be taken back: far more than two clocks drift apart. */
const slewPerMs = 0.005;

export type ServerTime = Readonly<{
  /** Takes in that the server's clock showed `now` no later than `local`, on the screen's clock. */
  heard: (now: Monotonic, local: number) => void;
  /** Begins afresh: another process of the server, perhaps with another clock. */
  reset: () => void;
  /** So much more has passed than the screen's clock has counted. */
  skip: (ms: number) => void;
  /** The server's time at `local`. Never goes back, but for a reset. */
  at: (local: number) => Monotonic;
  /** The local moment at which the server's clock will show `time`. */
  localOf: (time: Monotonic) => number;
}>;

/**
 * A message can only be late, so the greatest difference ever heard is nearest the truth. It sinks slowly towards what was
 * heard since, so that a clock that runs slower than this one is followed; readings never step back.
 */
export const createServerTime = (): ServerTime => {
  let offset: number | null = null;
  let adjustedAt = 0;
  let highest = -Infinity;
  return {
    heard: (now, local) => {
      const heard = now - local;
      if (offset === null || heard >= offset) offset = heard;
      else offset = Math.max(heard, offset - (local - adjustedAt) * slewPerMs);
      adjustedAt = local;
    },
    reset: () => {
      offset = null;
      highest = -Infinity;
    },
    skip: (ms) => {
      if (offset !== null) offset += ms;
    },
    at: (local) => {
      highest = Math.max(highest, local + (offset ?? 0));
      return monotonic(highest);
    },
    localOf: (time) => time - (offset ?? 0),
  };
};
