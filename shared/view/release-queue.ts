/** Who has to be released next, and which releases fall together: one person can do one at a time. */
import { releasesApart } from "../alarm/policy.ts";
import { doseReaches, limitOf } from "../session/occlusion.ts";
import { between, type Millis, millis, type Monotonic, never } from "../units.ts";
import type { StationOnScreen } from "../wire.ts";
import { cuffPhase } from "./tile.ts";

export type Release = Readonly<{
  station: string;
  patient: string;
  /** Negative once it is overdue. */ in: Millis;
}>;
export type ReleaseQueue = Readonly<{
  /** Everybody who is restricted, the next first. */
  next: readonly Release[];
  /** The first two releases that are still to come and lie within 30 s of each other. */
  collision: Readonly<{ first: Release; second: Release; apart: Millis }> | null;
  /** The first patient who is ready and whose release would fall on another's if the cuff went up now; better started later. */
  start: Readonly<{ station: string; patient: string; in: Millis }> | null;
}>;

/** The release queue of a class at `now`. A patient with two cuffs stands there once, with the earlier release. */
export const releaseQueue = (stations: readonly StationOnScreen[], now: Monotonic): ReleaseQueue => {
  const next = stations
    .map((s) => ({ ...whoOf(s), at: releaseOf(s) }))
    .filter((r) => r.at !== never)
    .sort((a, b) => a.at - b.at)
    .map(({ station, patient, at }): Release => ({ station, patient, in: between(now, at) }));
  const coming = next.filter((r) => r.in > 0);
  return { next, collision: closest(next), start: laterStart(stations, coming, now) };
};

const whoOf = (s: StationOnScreen): Readonly<{ station: string; patient: string }> =>
  s.station === null
    ? { station: "", patient: s.cuffs[0]?.cuff ?? "" }
    : { station: s.station, patient: s.patient };

const releaseOf = (s: StationOnScreen): Monotonic =>
  s.cuffs.map((c) => doseReaches(c, limitOf(c))).reduce((a, b) => (a < b ? a : b), never);

/** The two releases that lie closest together, if one person cannot do both; who is overdue has to be released now. */
const closest = (next: readonly Release[]): ReleaseQueue["collision"] => {
  let found: ReleaseQueue["collision"] = null;
  for (const [i, first] of next.entries()) {
    const second = next[i + 1];
    if (second === undefined || second.in <= 0) continue;
    const apart = millis(second.in - Math.max(0, first.in));
    if (apart < releasesApart && (found === null || apart < found.apart)) found = { first, second, apart };
  }
  return found;
};

const laterStart = (
  stations: readonly StationOnScreen[],
  coming: readonly Release[],
  now: Monotonic,
): ReleaseQueue["start"] => {
  for (const s of stations) {
    const ready =
      s.station !== null && s.cuffs.length > 0 && s.cuffs.every((c) => cuffPhase(c, now) === "ready");
    if (!ready) continue;
    const limit = Math.min(...s.cuffs.map((c) => limitOf(c)));
    // Every release that a start after this wait would fall on pushes it further, the nearest first.
    const wait = coming.reduce(
      (waited, r) =>
        Math.abs(waited + limit - r.in) < releasesApart ? r.in + releasesApart - limit : waited,
      0,
    );
    if (wait > 0) return { ...whoOf(s), in: millis(wait) };
  }
  return null;
};
