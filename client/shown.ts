/** What the wall's parts are drawn from: the class as it is now, or as it was at a moment of a recording. */
import type { Occurrence } from "../shared/alarm/occurrence.ts";
import type { CuffId } from "../shared/ids.ts";
import type { Monotonic } from "../shared/units.ts";
import type { Tile } from "../shared/view/tile.ts";
import type { StationOnScreen } from "../shared/wire.ts";
import type { TraceRing } from "./ui/trace-ring.ts";

/** What one tile is made from. */
export type ShownStation = Readonly<{
  /** Tells tiles apart, also after a change of the class. */
  key: string;
  station: StationOnScreen;
  alarms: readonly Occurrence[];
}>;

export type Shown = Readonly<{
  /** Site time of what is shown, at the last tick. */
  now: Readonly<{ current: Monotonic }>;
  /** The same for what moves between two ticks. */
  time: () => number;
  /** Local time − site time: the phase in which alarms flash. */
  offset: number;
  tile: (shown: ShownStation) => Tile;
  /** The last minute of a cuff; painted, so not reactive. */
  trace: (cuff: CuffId) => TraceRing;
}>;

/** A class as a whole, for what stands around its tiles. */
export type ShownClass = Shown &
  Readonly<{
    stations: readonly StationOnScreen[];
    /** Every occurrence that is not closed. */
    alarms: readonly Occurrence[];
    /** The whole second of site time at which clocks outside the tiles are read. */
    second: Monotonic;
  }>;

/** What tells tiles apart; after a change of the class one station may stand there for two patients for a while. */
export const keyOf = ({ station, patient, cuffs }: StationOnScreen): string =>
  station === null ? `cuff:${cuffs[0]?.cuff ?? ""}` : `${station}:${patient}`;

/** Those of a tile's own cuffs. */
export const alarmsOf = (station: StationOnScreen, alarms: readonly Occurrence[]): readonly Occurrence[] =>
  alarms.filter((o) => station.cuffs.some((c) => c.cuff === o.cuff));
