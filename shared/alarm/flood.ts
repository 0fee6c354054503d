/** When alarms came faster than anybody can take them in (EEMUA 191: over 10 in 10 minutes), and how long a room was in use. */
import type { CuffId } from "../ids.ts";
import {
  after,
  between,
  type Millis,
  millis,
  minutes,
  type Monotonic,
  type WallTime,
  wallTime,
} from "../units.ts";
import type { Moment } from "./history.ts";

export type FloodStretch = Readonly<{
  from: WallTime;
  lasted: Millis;
  /** How many were raised from the first that made it a flood to its end. */
  raised: number;
}>;

/** More than this many … */
const floodOver = 10;
/** … raised within this long. */
export const floodWithin = minutes(10);

/**
 * The stretches of the range in which, at every moment, over 10 had been raised in the 10 minutes before. One begins with the raising
 * that makes it eleven, and ends when the first of them is 10 minutes old and no other has taken its place.
 */
export const floodIn = (
  raised: readonly Moment[],
  range: Readonly<{ from: WallTime; to: WallTime }>,
): readonly FloodStretch[] => {
  const all = raised.toSorted((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  for (const [last, moment] of all.entries()) {
    const first = all[last - floodOver];
    if (first === undefined) continue;
    const until = after(first.at, floodWithin);
    if (moment.at >= until) continue;
    const before = stretches.at(-1);
    if (before !== undefined && moment.at <= before.until) {
      before.until = until;
      before.last = last;
    } else stretches.push({ begins: moment, until, first: last - floodOver, last });
  }
  return stretches.flatMap(({ begins, until, first, last }) => {
    const clipped = clip(begins.wall, between(begins.at, until), range);
    return clipped === null ? [] : [{ ...clipped, raised: last - first + 1 }];
  });
};

type Stretch = { readonly begins: Moment; until: Monotonic; readonly first: number; last: number };

/** The part of a stretch that lies in the range; null where none does. */
const clip = (
  from: WallTime,
  lasted: Millis,
  range: Readonly<{ from: WallTime; to: WallTime }>,
): Readonly<{ from: WallTime; lasted: Millis }> | null => {
  const begin = Math.max(from, range.from);
  const end = Math.min(from + lasted, range.to);
  return end > begin ? { from: wallTime(begin), lasted: millis(end - begin) } : null;
};

/** The beginning or the end of an inflation, with the wall time of that moment. */
export type Turn = Readonly<{ cuff: CuffId; occlusion: number; up: boolean; wall: WallTime }>;

/**
 * For how long of the range at least one cuff was up. An end without its beginning has been up since before the first turn that is
 * known, a beginning without its end until the range ends.
 */
export const inUseIn = (
  turns: readonly Turn[],
  range: Readonly<{ from: WallTime; to: WallTime }>,
): Millis => {
  const ups = new Map<string, { from: number; to: number }>();
  for (const { cuff, occlusion, up, wall } of turns) {
    const name = `${cuff}/${occlusion}`;
    const known = ups.get(name) ?? { from: range.from, to: range.to };
    ups.set(name, up ? { ...known, from: wall } : { ...known, to: wall });
  }
  let total = 0;
  let covered: number = range.from;
  for (const { from, to } of [...ups.values()].sort((a, b) => a.from - b.from)) {
    const end = Math.min(to, range.to);
    total += Math.max(0, end - Math.max(from, covered));
    covered = Math.max(covered, end);
  }
  return millis(total);
};
