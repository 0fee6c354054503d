/**
 * While the link is gone the screen raises overruns itself, with the engine's own rule, from the clocks and limits that it
 * holds: an overrun needs no data. What it has found stands until the server tells of it, so that nothing looks cleared between.
 */
import { isMoreUrgent, type Occurrence } from "../shared/alarm/occurrence.ts";
import { idOf } from "../shared/alarm/judgement.ts";
import { type Overrun, overrunAt, overrunChangesAt, overrunLimits } from "../shared/alarm/overrun.ts";
import { after, earlier, millis, type Monotonic, never, seconds } from "../shared/units.ts";
import type { CuffOnScreen, SiteOnScreen, StationOnScreen } from "../shared/wire.ts";

/** What a screen was told last. */
export type Told = Readonly<{
  site: SiteOnScreen["site"];
  stations: readonly StationOnScreen[];
  alarms: readonly Occurrence[];
}>;

/** By how much a server may be later than this screen was: its clock and its word both take a moment. Then its word counts. */
export const serverWithin = seconds(2);

/** Every overrun of a lost link at `now`, told or not; `before` itself where nothing has changed since. */
export const ownOverruns = (
  before: readonly Occurrence[],
  told: Told,
  now: Monotonic,
): readonly Occurrence[] => {
  const own = told.stations.flatMap((s) => s.cuffs.flatMap((c) => overrunOf(c, s, told, now) ?? []));
  const same = own.length === before.length && own.every((o, i) => isSame(o, before[i]));
  return same ? before : own;
};

const isSame = (a: Occurrence, b: Occurrence | undefined): boolean =>
  a.id === b?.id && a.priority === b.priority && a.acknowledged?.at === b.acknowledged?.at;

/** When the screen has to look again for an overrun; later than `now`. */
export const ownOverrunsChangeAt = ({ stations }: Told, now: Monotonic): Monotonic =>
  stations
    .flatMap((s) => s.cuffs)
    .reduce((at, c) => earlier(at, overrunChangesAt(c, overrunLimits(c, c.overrunHighAfter), now)), never);

/** Which of `own`, found while the link was gone, still stand now that it is back: those that the server is about to tell of. */
export const notYetTold = (own: readonly Occurrence[], told: Told, now: Monotonic): readonly Occurrence[] => {
  const due = own.filter((o) => {
    const c = told.stations.flatMap((s) => s.cuffs).find((cuff) => cuff.cuff === o.cuff);
    const coming = c === undefined ? null : found(c, after(now, serverWithin));
    if (c === undefined || coming === null) return false;
    const stands = standing(c, told);
    if (stands === undefined) return ownId(c, told.site) === o.id;
    return stands.id === o.id && isMoreUrgent(o.priority, stands.priority) && coming.priority === o.priority;
  });
  return due.length === own.length ? own : due;
};

/** The alarms to be shown: those that were told, and the screen's own in place of what they have overtaken. */
export const withOwn = (told: readonly Occurrence[], own: readonly Occurrence[]): readonly Occurrence[] =>
  own.length === 0 ? told : [...told.filter((t) => !own.some((o) => overtakes(o, t))), ...own];

const overtakes = (own: Occurrence, told: Occurrence): boolean =>
  own.id === told.id || (told.condition === "release-soon" && told.cuff === own.cuff);

/** The server's own overrun of the inflation that is under way. */
const standing = (c: CuffOnScreen, { alarms }: Told): Occurrence | undefined =>
  alarms.find((o) => o.condition === "overrun" && o.cuff === c.cuff && o.clearedAt === null);

const ownId = (c: CuffOnScreen, site: string): Occurrence["id"] =>
  idOf(site, c.cuff, "overrun", c.occlusion?.number ?? 0, 1);

const found = (c: CuffOnScreen, now: Monotonic): Overrun | null =>
  overrunAt(c, overrunLimits(c, c.overrunHighAfter), now);

const overrunOf = (
  c: CuffOnScreen,
  station: StationOnScreen,
  told: Told,
  now: Monotonic,
): Occurrence | null => {
  const overrun = found(c, now);
  if (overrun === null) return null;
  const { priority, dose, limit } = overrun;
  const stands = standing(c, told);
  if (stands !== undefined) {
    const rose = stands.priority !== priority && priority === "high";
    return rose
      ? {
          ...stands,
          priority,
          roseAt: now,
          acknowledged: null,
          waitingSince: stands.waitingSince ?? now,
          unconfirmed: true,
        }
      : { ...stands, unconfirmed: true };
  }
  const raisedAt = after(now, millis(limit - dose));
  return {
    id: ownId(c, told.site),
    condition: "overrun",
    cuff: c.cuff,
    station: station.station,
    patient: station.patient,
    priority,
    raisedAt,
    roseAt: priority === "high" ? now : raisedAt,
    value: limit,
    limit,
    cause: null,
    unconfirmed: true,
    acknowledged: null,
    waitingSince: raisedAt,
    remindedAt: null,
    clearedAt: null,
    supersededBy: null,
  };
};
