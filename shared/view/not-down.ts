/** Every cuff of the floor that is not confirmed down: what is left to do after "release all". */
import { canBeSeenOff, type NotDown as Why } from "../class/confirmed-down.ts";
import type { ReleasedAll } from "../class/visit.ts";
import type { CuffId } from "../ids.ts";
import { after, between, minutes, type Monotonic, seconds } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { downOnScreen } from "./down.ts";
import { isFresh } from "./tile.ts";

/**
 * What has to be done about a cuff. `by-hand`: it cannot release itself; `look`: nobody can be sure of it from here; `up`: it was not told to let go;
 * `venting`: it was, and its pressure falls or should.
 */
export type How = "by-hand" | "look" | "up" | "venting";
const inOrder: readonly How[] = ["by-hand", "look", "up", "venting"];

export type NotDown = Readonly<{
  cuff: CuffOnScreen;
  station: string;
  patient: string;
  how: How;
  why: Why;
  /** In whole mmHg; null where it is old or was never read. */
  pressure: string | null;
}>;

/** Those that nobody here has seen to be off, or for which nobody's word counts. */
export const unseenOf = (cuffs: readonly NotDown[], seen: readonly CuffId[]): readonly NotDown[] =>
  cuffs.filter(({ cuff, why }) => !(canBeSeenOff(why) && seen.includes(cuff.cuff)));

/** Those that need a hand come first; within that, as they stand on the wall. */
export const notDown = (stations: readonly StationOnScreen[], now: Monotonic): readonly NotDown[] =>
  stations
    .flatMap(({ station, patient, cuffs }) =>
      cuffs
        .map((cuff) => ({ cuff, why: downOnScreen(cuff, now) }))
        .flatMap(({ cuff, why }): NotDown[] => {
          if (why === null) return [];
          const pressure =
            cuff.pressure === null || !isFresh(cuff, now) ? null : String(Math.round(cuff.pressure));
          return [{ cuff, station: station ?? "", patient, how: howOf(cuff, why, now), why, pressure }];
        }),
    )
    .toSorted((a, b) => inOrder.indexOf(a.how) - inOrder.indexOf(b.how));

/** A cuff that was only filling when all were released begins its inflation a little later. */
const alsoBegun = seconds(5);

/** For how long it is of interest who released all, and which cuffs without an inflation were open then. */
export const ofLate = minutes(10);

/** Those that were to come down when somebody released all, and have not yet; what was inflated since is another matter. */
export const notYetDown = (
  stations: readonly StationOnScreen[],
  released: ReleasedAll | null,
  now: Monotonic,
): readonly NotDown[] =>
  released === null
    ? []
    : notDown(stations, now).filter(({ cuff: { cuff, occlusion } }) =>
        occlusion === null
          ? released.cuffs.includes(cuff) && between(released.at, now) < ofLate
          : occlusion.since <= after(released.at, alsoBegun),
      );

const howOf = (cuff: CuffOnScreen, why: Why, now: Monotonic): How => {
  if (!cuff.canRelease) return "by-hand";
  if (canBeSeenOff(why) || !isFresh(cuff, now)) return "look";
  return cuff.occlusion?.ordered?.order === "release" || cuff.phase === "releasing" ? "venting" : "up";
};
