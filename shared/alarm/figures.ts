/**
 * The figures that tell a noisy system, over a range of time and over some occurrences of it. Each is defined where it is made.
 * Durations are of site time; where a stretch lies in the range is told by the wall clock at which it began.
 */
import type { CuffId, StationId } from "../ids.ts";
import { between, type Millis, millis, minutes, seconds, type WallTime, wallTime } from "../units.ts";
import { floodIn, type FloodStretch } from "./flood.ts";
import type { History } from "./history.ts";
import { type ConditionId, countsAsAlarm, type Priority } from "./policy.ts";

/** From `from`, included, to `to`, not included, on the wall clock. */
export type Range = Readonly<{ from: WallTime; to: WallTime }>;

/** What a figure counts needs no transitions. */
export type Counted = Omit<History, "transitions">;

/** `besidesCountdowns` leaves out `release-soon`, which is no alarm of anything that went wrong. */
export type Count = Readonly<{ all: number; besidesCountdowns: number }>;

/** One condition of one cuff, and whom it was on. */
export type Source = Readonly<{
  condition: ConditionId;
  cuff: CuffId | null;
  station: StationId | null;
  patient: string;
}>;

export type Response = Readonly<{
  answered: number;
  unanswered: number;
  /** Null where nobody answered any. */
  median: Millis | null;
  p90: Millis | null;
}>;

export type Slot = Readonly<{ from: WallTime } & Record<Priority, number>>;

export type Figures = Readonly<{
  raised: Count;
  /** How long the range is, and for how long of it a cuff was up. */
  lasts: Millis;
  inUse: Millis;
  /** Raised in the range, for every 10 minutes of it. */
  per10Min: Count;
  /** Raised in the range, for every 10 minutes of it in which a cuff was up; null where none was. */
  per10MinInUse: Count | null;
  perPatient: readonly (Readonly<{ patient: string }> & Count)[];
  chattering: readonly (Source & Readonly<{ from: WallTime; lasted: Millis; raised: number }>)[];
  longestUnattended:
    (Source & Readonly<{ key: string; from: WallTime; lasted: Millis; open: boolean }>) | null;
  mostFrequent: readonly (Source & Readonly<{ raised: number }>)[];
  /** `share` is of the time in which a cuff was up; of the range where none was. */
  flood: Readonly<{ lasted: Millis; share: number; stretches: readonly FloodStretch[] }>;
  response: Readonly<Record<Priority, Response>>;
  slots: Readonly<{ size: Millis; all: readonly Slot[] }>;
}>;

/** How many sources are named as the most frequent. */
const mostSources = 10;
/** Chattering: this often … */
const chatterTimes = 3;
/** … within this long. */
const chatterWithin = seconds(60);

/**
 * Every figure of a range. `histories` are those raised in it, those raised in the 10 minutes before it (a flood may have begun there),
 * and those that were open when it began; `inUse` is how long a cuff was up in it.
 */
export const figuresOf = (histories: readonly Counted[], range: Range, inUse: Millis): Figures => {
  const inRange = histories
    .filter(({ raised }) => raised.wall >= range.from && raised.wall < range.to)
    .sort((a, b) => a.raised.at - b.raised.at);
  const raised = countOf(inRange);
  const lasts = millis(range.to - range.from);
  const flood = floodIn(
    histories.map((h) => h.raised),
    range,
  );
  const flooded = millis(flood.reduce((total, { lasted }) => total + lasted, 0));
  return {
    raised,
    lasts,
    inUse,
    per10Min: rate(raised, lasts),
    per10MinInUse: inUse > 0 ? rate(raised, inUse) : null,
    perPatient: perPatient(inRange),
    chattering: chattering(inRange),
    longestUnattended: longestUnattended(histories, range),
    mostFrequent: mostFrequent(inRange),
    flood: { lasted: flooded, share: shareOf(flooded, inUse, lasts), stretches: flood },
    response: {
      high: responseOf(inRange, "high"),
      medium: responseOf(inRange, "medium"),
      low: responseOf(inRange, "low"),
    },
    slots: slotsOf(inRange, range),
  };
};

/** Of the time in which a cuff was up, as the rate is; of the range where none was. A flood outlasts its cuffs: never over the whole. */
const shareOf = (flooded: Millis, inUse: Millis, lasts: Millis): number => {
  const over = inUse > 0 ? inUse : lasts;
  return over > 0 ? Math.min(1, flooded / over) : 0;
};

const countOf = (some: readonly Counted[]): Count => ({
  all: some.length,
  besidesCountdowns: some.filter((h) => countsAsAlarm(h.condition)).length,
});

const rate = ({ all, besidesCountdowns }: Count, over: Millis): Count => {
  const tens = over / minutes(10);
  return tens > 0
    ? { all: all / tens, besidesCountdowns: besidesCountdowns / tens }
    : { all: 0, besidesCountdowns: 0 };
};

/** How often was raised for each patient, the most first; what was on no patient is not among them. */
const perPatient = (inRange: readonly Counted[]): Figures["perPatient"] =>
  [...grouped(inRange, (h) => h.patient)]
    .filter(([patient]) => patient !== "")
    .map(([patient, some]) => ({ patient, ...countOf(some) }))
    .sort((a, b) => b.all - a.all);

/** One condition of one cuff that was raised 3 times or more within a minute; as long as it goes on so it is one stretch. */
const chattering = (inRange: readonly Counted[]): Figures["chattering"] =>
  [...grouped(inRange, (h) => `${h.condition} ${h.cuff ?? ""}`).values()]
    .flatMap(stretchesOf)
    .sort((a, b) => b.raised - a.raised || a.from - b.from);

const stretchesOf = (some: readonly Counted[]): Figures["chattering"] => {
  const stretches: { first: number; last: number }[] = [];
  for (let last = chatterTimes - 1; last < some.length; last += 1) {
    const first = last - chatterTimes + 1;
    const [begin, end] = [some[first], some[last]];
    if (begin === undefined || end === undefined) continue;
    if (between(begin.raised.at, end.raised.at) > chatterWithin) continue;
    const before = stretches.at(-1);
    if (before !== undefined && first <= before.last) before.last = last;
    else stretches.push({ first, last });
  }
  return stretches.flatMap(({ first, last }) => {
    const [begin, end] = [some[first], some[last]];
    return begin === undefined || end === undefined
      ? []
      : [
          {
            ...sourceOf(begin),
            from: begin.raised.wall,
            lasted: between(begin.raised.at, end.raised.at),
            raised: last - first + 1,
          },
        ];
  });
};

/**
 * The longest stretch of one medium or high occurrence, with a part of it in the range, in which it was there and nobody was going;
 * counted whole. A low one calls nobody.
 */
const longestUnattended = (histories: readonly Counted[], range: Range): Figures["longestUnattended"] => {
  let longest: Figures["longestUnattended"] = null;
  for (const h of histories.filter(({ priority }) => priority !== "low"))
    for (const { from, lasted } of h.unattended) {
      if (from.wall >= range.to || from.wall + lasted <= range.from) continue;
      if (longest !== null && longest.lasted >= lasted) continue;
      const goesOn = h.state === "present" && h.unattended.at(-1)?.from === from;
      longest = { ...sourceOf(h), key: h.key, from: from.wall, lasted, open: goesOn };
    }
  return longest;
};

/** The ten conditions of a cuff that were raised most often. */
const mostFrequent = (inRange: readonly Counted[]): Figures["mostFrequent"] =>
  [...grouped(inRange, (h) => `${h.condition} ${h.cuff ?? ""} ${h.station ?? ""} ${h.patient}`).values()]
    .flatMap((some) => (some[0] === undefined ? [] : [{ ...sourceOf(some[0]), raised: some.length }]))
    .sort((a, b) => b.raised - a.raised)
    .slice(0, mostSources);

/** From raised to the first answer, of those that were raised in the range with this as their highest priority. */
const responseOf = (inRange: readonly Counted[], priority: Priority): Response => {
  const some = inRange.filter((h) => h.priority === priority);
  const times = some.flatMap((h) => (h.response === null ? [] : [h.response])).sort((a, b) => a - b);
  return {
    answered: times.length,
    unanswered: some.length - times.length,
    median: percentile(times, 0.5),
    p90: percentile(times, 0.9),
  };
};

/** By nearest rank: the smallest that at least this share is no greater than. Null of nothing. */
export const percentile = (ascending: readonly Millis[], share: number): Millis | null =>
  ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? null;

/** Slots of 10 minutes up to a day and a half, of an hour up to two weeks, else of a day. */
const slotSize = (lasts: number): Millis =>
  lasts <= minutes(36 * 60) ? minutes(10) : lasts <= minutes(14 * 24 * 60) ? minutes(60) : minutes(24 * 60);

/** How many were raised in each slot, by their highest priority. Ten minutes begin on the ten minutes, longer slots at `from`. */
const slotsOf = (inRange: readonly Counted[], { from, to }: Range): Figures["slots"] => {
  const size = slotSize(to - from);
  const first = size === minutes(10) ? Math.floor(from / size) * size : from;
  const all = Array.from({ length: Math.ceil((to - first) / size) }, (_, i) => ({
    from: wallTime(first + i * size),
    ...{ high: 0, medium: 0, low: 0 },
  }));
  for (const { raised, priority } of inRange) {
    const slot = all[Math.floor((raised.wall - first) / size)];
    if (slot !== undefined) slot[priority] += 1;
  }
  return { size, all };
};

const sourceOf = ({ condition, cuff, station, patient }: Source): Source => ({
  condition,
  cuff,
  station,
  patient,
});

const grouped = <T>(some: readonly T[], by: (one: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of some) {
    const name = by(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
};
