/** Who has to be released next, and which releases fall together: one person can do one patient at a time. */
import { releasesApart } from "../alarm/policy.ts";
import { doseReaches, limitOf, reperfusedAt } from "../session/occlusion.ts";
import { between, type Millis, millis, type Monotonic, never } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { brief, left } from "./duration.ts";
import { cuffPhase } from "./tile.ts";
import { words } from "./words.ts";

export type Release = Readonly<{
  station: string;
  patient: string;
  /** Negative once it is overdue. */ in: Millis;
}>;
/** A patient whose set had better begin later, since its release would fall on another's. */
export type LaterStart = Readonly<{
  station: string;
  patient: string;
  /** Counted from now; from the other's start where that patient has not begun either. */
  in: Millis;
  /** On whose release it would fall. */
  with: Readonly<{ station: string; patient: string }>;
  /** Whether the wait runs down by itself. */
  runs: boolean;
}>;
export type ReleaseQueue = Readonly<{
  /** Everybody who is restricted, the next first. */
  next: readonly Release[];
  /** The two releases that lie closest together, if one person cannot do both. */
  collision: Readonly<{ first: Release; second: Release; apart: Millis }> | null;
  /** Everybody who can begin and had better do so later, in the order of the stations. */
  later: readonly LaterStart[];
  /** The first of them who would fall on somebody who is under pressure now. */
  start: LaterStart | null;
}>;

/** The release queue of a class at `now`. A patient with two cuffs stands in `next` once, with the earlier release. */
export const releaseQueue = (stations: readonly StationOnScreen[], now: Monotonic): ReleaseQueue => {
  const all = stations
    .flatMap((s) => s.cuffs.map((c) => ({ ...whoOf(s), at: doseReaches(c, limitOf(c)) })))
    .filter((r) => r.at !== never)
    .sort((a, b) => a.at - b.at)
    .map(({ station, patient, at }): Release => ({ station, patient, in: between(now, at) }));
  const next = all.filter((r, i) => all.findIndex((other) => isSame(r, other)) === i);
  const later = laterStarts(stations, all, now);
  return { next, collision: closest(all), later, start: later.find((start) => start.runs) ?? null };
};

type Who = Readonly<{ station: string; patient: string }>;

const whoOf = (s: StationOnScreen): Who =>
  s.station === null
    ? { station: "", patient: s.cuffs[0]?.cuff ?? "" }
    : { station: s.station, patient: s.patient };
const isSame = (a: Who, b: Who): boolean => a.station === b.station && a.patient === b.patient;

/** Of all releases, of every limb: the two of different patients that lie closest; who is overdue has to be released now. */
const closest = (all: readonly Release[]): ReleaseQueue["collision"] => {
  let found: ReleaseQueue["collision"] = null;
  for (const [i, first] of all.entries()) {
    const second = all[i + 1];
    if (second === undefined || second.in <= 0 || isSame(first, second)) continue;
    const apart = millis(second.in - Math.max(0, first.in));
    if (apart < releasesApart && (found === null || apart < found.apart)) found = { first, second, apart };
  }
  return found;
};

/** A release that comes, or that would come if whoever is ready began as early as is well. */
type Coming = Release &
  Readonly<{ /** In how long that begins; null where it has begun. */ startsIn: Millis | null }>;

/** Everybody who is ready takes a place among the releases to come, so that no two of them take the same. */
const laterStarts = (
  stations: readonly StationOnScreen[],
  all: readonly Release[],
  now: Monotonic,
): readonly LaterStart[] => {
  const coming: Coming[] = all.filter((r) => r.in > 0).map((r) => ({ ...r, startsIn: null }));
  const later: LaterStart[] = [];
  for (const s of stations) {
    const earliest = s.station === null ? null : mayBeginIn(s.cuffs, now);
    if (earliest === null) continue;
    const limits = s.cuffs.map((c) => limitOf(c));
    const { wait, pushedBy } = placeAmong(coming, limits, earliest);
    if (pushedBy !== null) later.push({ ...whoOf(s), ...offset(wait, pushedBy) });
    // Who still has to wait for the blood to flow may begin at any time after that.
    if (earliest === 0)
      coming.push(...limits.map((limit) => ({ ...whoOf(s), in: millis(wait + limit), startsIn: wait })));
  }
  return later;
};

/** A wait as it is said: until when, where something runs down; else how long after the other, who has not begun either. */
const offset = (wait: Millis, by: Coming): Pick<LaterStart, "in" | "with" | "runs"> => {
  const other = { station: by.station, patient: by.patient };
  const after = millis(wait - (by.startsIn ?? 0));
  return by.startsIn === null || after <= 0
    ? { in: wait, with: other, runs: true }
    : { in: after, with: other, runs: false };
};

/** In how long a patient may begin: now when ready, after the pause while reperfusing; null where nothing is to begin. */
const mayBeginIn = (cuffs: readonly CuffOnScreen[], now: Monotonic): Millis | null => {
  const waits = cuffs.map((c): number | null => {
    const phase = cuffPhase(c, now);
    if (phase === "ready") return 0;
    const again = c.prescription !== null && c.inflationsDone < c.prescription.inflations;
    const at = phase === "reperfusing" && again ? reperfusedAt(c, now) : null;
    return at === null ? null : between(now, at);
  });
  const known = waits.filter((wait) => wait !== null);
  return known.length === 0 || known.length < waits.length ? null : millis(Math.max(...known));
};

/** The earliest start at which no release of these limits falls on one that comes, and on whose the first start would have fallen. */
const placeAmong = (
  coming: readonly Coming[],
  limits: readonly Millis[],
  earliest: Millis,
): Readonly<{ wait: Millis; pushedBy: Coming | null }> => {
  let wait: Millis = earliest;
  let pushedBy: Coming | null = null;
  for (;;) {
    const hit = coming
      .flatMap((r) => limits.map((limit) => ({ r, limit })))
      .find(({ r, limit }) => Math.abs(wait + limit - r.in) < releasesApart);
    if (hit === undefined) return { wait, pushedBy };
    // Each release can push each limb once, so this comes to an end.
    wait = millis(hit.r.in + releasesApart - hit.limit);
    // What runs already is the better reason: it is there to be seen.
    if (pushedBy === null || (pushedBy.startsIn !== null && hit.r.startsIn === null)) pushedBy = hit.r;
  }
};

/** How a later start reads beside the patient: "start in 0:40: would end with station 2". */
export const laterStartText = ({ in: wait, with: other, runs }: LaterStart): string => {
  const place = other.station === "" ? other.patient : words.station(other.station);
  const time = brief(left(wait));
  return runs ? `${words.startIn(time)}: ${words.wouldEndWith(place)}` : words.startAfter(time, place);
};
