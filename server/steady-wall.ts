/**
 * The wall clock as it is stored beside facts: as far from site time as when it was last found elsewhere. The two clocks of a machine go
 * alike, so what is read of them differs by what lies between two readings; stored, that would only be noise.
 */
import { type Monotonic, type WallTime, wallTime } from "../shared/units.ts";
import type { SiteClock } from "./clock.ts";

/** The wall time, in whole milliseconds, of a moment about now. */
export type WallBeside = (at: Monotonic) => WallTime;

/** What two readings of an untouched clock may differ by, in milliseconds: both are whole, and one is read after the other. */
const noise = 4;
/** Clocks that were read with more than this between them, in milliseconds, say nothing of each other. */
const oneReading = 1;
/** So often it is tried to read them together. */
const mostReadings = 5;

/**
 * Reads the clocks now. From one reading to the next the offset is the same unless the wall clock was set, or site time took in that the machine had slept.
 */
export const steadyWall = ({ now, wall }: Pick<SiteClock, "now" | "wall">): (() => WallBeside) => {
  let offset: number | null = null;
  const read = (): number => {
    let found = 0;
    for (let i = 0; i < mostReadings; i += 1) {
      const before = now();
      found = wall() - before;
      if (now() - before <= oneReading) break;
    }
    return Math.round(found);
  };
  return () => {
    const found = read();
    const kept = offset === null || Math.abs(found - offset) > noise ? found : offset;
    offset = kept;
    return (at) => wallTime(Math.round(at) + kept);
  };
};
