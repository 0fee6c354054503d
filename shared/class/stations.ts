/** Which stations of a class are free. */
import { type StationId, stationId } from "../ids.ts";

const most = 99;

/** The lowest `n` numbers that no patient sits at, in order. */
export const freeStations = (taken: readonly (StationId | null)[], n: number): readonly StationId[] =>
  Array.from({ length: most }, (_, i) => stationId(String(i + 1)))
    .filter((number) => !taken.includes(number))
    .slice(0, n);
