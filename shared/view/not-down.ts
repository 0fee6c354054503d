/** Every cuff of the floor that is not known to be down: what is left to do after "release all". */
import type { ReleasedAll } from "../class/visit.ts";
import { after, type Monotonic, seconds } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { isFresh } from "./tile.ts";

/**
 * What has to be done about a cuff. `by-hand`: it cannot release itself; `look`: nobody can measure it; `up`: it was not told to let go;
 * `venting`: it was, and its pressure falls or should.
 */
export type How = "by-hand" | "look" | "up" | "venting";
const inOrder: readonly How[] = ["by-hand", "look", "up", "venting"];

export type NotDown = Readonly<{
  cuff: CuffOnScreen;
  station: string;
  patient: string;
  how: How;
  /** In whole mmHg; null where it is old or was never read. */
  pressure: string | null;
}>;

/** Those that need a hand come first; within that, as they stand on the wall. */
export const notDown = (stations: readonly StationOnScreen[], now: Monotonic): readonly NotDown[] =>
  stations
    .flatMap(({ station, patient, cuffs }) =>
      cuffs
        .filter((cuff) => cuff.occlusion !== null)
        .map((cuff) => ({
          cuff,
          station: station ?? "",
          patient,
          how: howOf(cuff, now),
          pressure: cuff.pressure === null || !isFresh(cuff, now) ? null : String(Math.round(cuff.pressure)),
        })),
    )
    .toSorted((a, b) => inOrder.indexOf(a.how) - inOrder.indexOf(b.how));

/** A cuff that was only filling when all were released begins its inflation a little later. */
const alsoBegun = seconds(5);

/** Those that were to come down when somebody released all, and have not yet; what was inflated since is another matter. */
export const notYetDown = (
  stations: readonly StationOnScreen[],
  released: ReleasedAll | null,
  now: Monotonic,
): readonly NotDown[] =>
  released === null
    ? []
    : notDown(stations, now).filter(
        ({ cuff }) => cuff.occlusion !== null && cuff.occlusion.since <= after(released.at, alsoBegun),
      );

const howOf = (cuff: CuffOnScreen, now: Monotonic): How => {
  if (!cuff.canRelease) return "by-hand";
  if (!isFresh(cuff, now)) return "look";
  return cuff.occlusion?.ordered?.order === "release" || cuff.phase === "releasing" ? "venting" : "up";
};
