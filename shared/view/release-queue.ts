/** Who has to be released next, and which releases fall together: one person can do one at a time. */
import { releasesApart } from "../alarm/policy.ts";
import { doseReaches, limitOf } from "../session/occlusion.ts";
import { between, type Millis, type Monotonic, never } from "../units.ts";
import type { StationOnScreen } from "../wire.ts";

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
}>;

/** The release queue of a class at `now`. A patient with two cuffs stands there once, with the earlier release. */
export const releaseQueue = (stations: readonly StationOnScreen[], now: Monotonic): ReleaseQueue => {
  const next = stations
    .map((s): Release & { at: Monotonic } => {
      const at = s.cuffs.map((c) => doseReaches(c, limitOf(c))).reduce((a, b) => (a < b ? a : b), never);
      const unassigned = s.station === null;
      return {
        station: s.station ?? "",
        patient: unassigned ? (s.cuffs[0]?.cuff ?? "") : s.patient,
        in: between(now, at),
        at,
      };
    })
    .filter((r) => r.at !== never)
    .sort((a, b) => a.at - b.at)
    .map(({ station, patient, in: left }): Release => ({ station, patient, in: left }));
  const coming = next.filter((r) => r.in > 0);
  const i = coming.findIndex((r, k) => {
    const following = coming[k + 1];
    return following !== undefined && following.in - r.in < releasesApart;
  });
  const [first, second] = [coming[i], coming[i + 1]];
  const collision =
    i < 0 || first === undefined || second === undefined
      ? null
      : { first, second, apart: (second.in - first.in) as Millis };
  return { next, collision };
};
