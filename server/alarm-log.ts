/**
 * The log of the alarms, read from the recorded facts. An occurrence belongs to a range of time if it was raised in it, or was open when
 * it began: then something was recorded of it from that moment on, or it is still open now. Everything is read in small pages, so that
 * neither the floor nor the recorder ever waits for long.
 */
import { type Counted, figuresOf, type Range } from "../shared/alarm/figures.ts";
import { floodWithin, inUseIn, type Turn } from "../shared/alarm/flood.ts";
import { historiesOf, type History, keyOf, type Moment, type ToldAlarm } from "../shared/alarm/history.ts";
import type { LogFigures, LogPage } from "../shared/alarm/log-wire.ts";
import type { Occurrence } from "../shared/alarm/occurrence.ts";
import { type ConditionId, conditions, type Priority } from "../shared/alarm/policy.ts";
import type { AlarmId } from "../shared/ids.ts";
import { isAboutAlarm } from "../shared/session/fact.ts";
import { between, type Millis, minutes, type WallTime, wallTime } from "../shared/units.ts";
import type { RareKind, Store, Stored, StoreError, StoreResult } from "./store/store.ts";

/** What is asked for; what is left out, or null, is not filtered by. */
export type LogFilter = Readonly<{
  range: Range;
  patient: string | null;
  cuff: string | null;
  condition: ConditionId | null;
  priority: Priority | null;
}>;

/** Where to read on: behind the occurrence with this key. */
export type Cursor = Readonly<{ wall: WallTime; id: number }>;

export type AlarmLog = Readonly<{
  /** At most `limit` occurrences, the newest first, older than the cursor. */
  page: (filter: LogFilter, limit: number, olderThan?: Cursor) => Promise<StoreResult<OfPage>>;
  figures: (filter: LogFilter) => Promise<StoreResult<OfFigures>>;
  /** All occurrences, the newest first, in groups of at most a few hundred. Throws `LogUnreadable`. */
  all: (filter: LogFilter, olderThan?: Cursor) => AsyncGenerator<readonly History[]>;
}>;
type OfPage = Pick<LogPage, "occurrences" | "next">;
type OfFigures = Pick<LogFigures, "figures" | "choices">;

export type AlarmLogParts = Readonly<{
  store: Pick<Store, "readKind" | "readAlarms" | "alarmsOpenAt">;
  now: () => Moment;
  /** What is open now, by the floor itself. */
  open: () => readonly Occurrence[];
}>;

/** The store could not be read in the middle of an answer. */
export class LogUnreadable extends Error {
  readonly reason: StoreError;
  constructor(reason: StoreError) {
    super(reason.detail);
    this.reason = reason;
  }
}

/** The longest range that may be asked for at once: a year and a day. */
export const longestRange: Millis = minutes(366 * 24 * 60);
/** How many occurrences are read at once. */
const atATime = 200;
/** An inflation that began this long before a range may reach into it. */
const longestInflation = minutes(120);

export const createAlarmLog = (parts: AlarmLogParts): AlarmLog => {
  const { store, now } = parts;

  const all: AlarmLog["all"] = async function* (filter, olderThan) {
    const { from, to } = filter.range;
    for await (const facts of ofKind("alarm-raised", filter.range, olderThan)) {
      const wanted = facts.filter(
        ({ fact }) => fact.kind === "alarm-raised" && matches(fact.occurrence, filter),
      );
      const keys = new Set(wanted.map(keyOf));
      const ids = wanted.flatMap(({ fact }) => (fact.kind === "alarm-raised" ? fact.occurrence.id : []));
      const found = (await historiesWith(ids)).filter(({ key }) => keys.has(key));
      yield newestFirst(found.filter((h) => matchesWhole(h, filter)));
    }
    const carried = (await openAt(from, to)).filter((h) => matches(h, filter) && matchesWhole(h, filter));
    const older = carried.filter((h) => olderThan === undefined || isOlder(cursorOf(h), olderThan));
    if (older.length > 0) yield newestFirst(older);
  };

  /** Facts of a kind in a range, the newest first, in pages. */
  const ofKind = async function* (
    kind: RareKind,
    { from, to }: Range,
    first?: Cursor,
  ): AsyncGenerator<readonly Stored[]> {
    for (let olderThan = first; ;) {
      const facts = valueOf(
        await store.readKind({
          kind,
          from,
          to,
          limit: atATime,
          ...(olderThan === undefined ? {} : { olderThan }),
        }),
      );
      if (facts.length > 0) yield facts;
      const last = facts.at(-1);
      if (last === undefined || facts.length < atATime) return;
      olderThan = { wall: last.wall, id: last.id };
    }
  };

  const historiesWith = async (ids: readonly AlarmId[]): Promise<readonly History[]> => {
    const told = valueOf(await store.readAlarms([...new Set(ids)]));
    return historiesOf(told.flatMap(asToldAlarm), now()).histories;
  };

  /** What was raised before a moment and was open then. */
  const openAt = async (from: WallTime, to: WallTime): Promise<readonly History[]> => {
    const openNow = to > from ? parts.open().map(({ id }) => id) : [];
    const ids = [...new Set([...valueOf(await store.alarmsOpenAt(from)), ...openNow])];
    const found: History[] = [];
    for (let n = 0; n < ids.length; n += atATime)
      found.push(...(await historiesWith(ids.slice(n, n + atATime))));
    return found.filter((h) => h.raised.wall < from && (h.state !== "closed" || lastWall(h) >= from));
  };

  /** For how long of a range a cuff was up. */
  const inUse = async (range: Range): Promise<ReturnType<typeof inUseIn>> => {
    const reach = {
      from: wallTime(range.from - longestInflation),
      to: wallTime(Math.min(range.to + longestInflation, now().wall)),
    };
    const turns: Turn[] = [];
    for (const kind of ["inflated", "deflated"] as const)
      for await (const facts of ofKind(kind, reach)) turns.push(...facts.flatMap(asTurn));
    return inUseIn(turns, range);
  };

  return {
    all,
    page: (filter, limit, olderThan) =>
      readable(async () => {
        const occurrences: History[] = [];
        for await (const some of all(filter, olderThan)) {
          occurrences.push(...some);
          if (occurrences.length > limit) break;
        }
        const shown = occurrences.slice(0, limit);
        return { occurrences: shown, next: occurrences.length > limit ? (shown.at(-1)?.key ?? null) : null };
      }),
    figures: (filter) =>
      readable(async () => {
        const { range } = filter;
        const reach = { ...filter, range: { ...range, from: wallTime(range.from - floodWithin) } };
        const everything = { ...reach, patient: null, cuff: null, condition: null, priority: null };
        const counted: Counted[] = [];
        for await (const some of all(everything)) counted.push(...some.map(withoutTransitions));
        const wanted = counted.filter((h) => matches(h, filter) && matchesWhole(h, filter));
        return {
          figures: figuresOf(wanted, range, await inUse(range)),
          choices: choicesIn(counted.filter((h) => touches(h, range))),
        };
      }),
  };
};

/** A year of histories is kept in memory at once for its figures: without what they do not need. */
const withoutTransitions = (h: History): Counted => {
  const { key, id, condition, cuff, station, patient, priority, state, raised, present, response } = h;
  return {
    ...{ key, id, condition, cuff, station, patient, priority, state, raised, present, response },
    unattended: h.unattended,
  };
};

const matches = (
  o: Pick<Occurrence, "patient" | "cuff" | "condition">,
  { patient, cuff, condition }: LogFilter,
): boolean =>
  (patient === null || o.patient === patient) &&
  (cuff === null || o.cuff === cuff) &&
  (condition === null || o.condition === condition);

/** By its highest priority, which only its whole history tells. */
const matchesWhole = (h: Counted, { priority }: LogFilter): boolean =>
  priority === null || h.priority === priority;

/** Raised in a range, or raised before it and there in it. */
const touches = (h: Counted, { from, to }: Range): boolean =>
  h.raised.wall < to && (h.raised.wall >= from || h.state !== "closed" || h.raised.wall + h.present > from);

const choicesIn = (some: readonly Counted[]): LogFigures["choices"] => {
  const present = new Set(some.map((h) => h.condition));
  return {
    patients: sorted(some.map((h) => h.patient)),
    cuffs: sorted(some.map((h) => h.cuff ?? "")),
    conditions: conditions.filter((condition) => present.has(condition)),
  };
};

const sorted = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => name !== "").sort((a, b) => a.localeCompare(b));

const cursorOf = (h: History): Cursor => parseKey(h.key) ?? { wall: h.raised.wall, id: 0 };

/** The place that a key stands for; null where it is none. */
export const parseKey = (key: string): Cursor | null => {
  const found = /^(\d{1,16}(?:\.\d{1,6})?)\.(\d{1,15})$/.exec(key);
  return found === null ? null : { wall: wallTime(Number(found[1])), id: Number(found[2]) };
};

const isOlder = (a: Cursor, b: Cursor): boolean => a.wall < b.wall || (a.wall === b.wall && a.id < b.id);
const newestFirst = (some: readonly History[]): readonly History[] =>
  some.toSorted((a, b) => (isOlder(cursorOf(a), cursorOf(b)) ? 1 : -1));

const lastWall = (h: History): number => Math.max(...h.transitions.map(({ wall }) => wall));

const asToldAlarm = ({ id, wall, fact }: Stored): readonly ToldAlarm[] =>
  isAboutAlarm(fact) ? [{ id, wall, fact }] : [];

/** The wall clock at a turn, which may have been found out a while after it. */
const asTurn = ({ wall, at, fact }: Stored): readonly Turn[] => {
  if (fact.kind !== "inflated" && fact.kind !== "deflated") return [];
  const { cuff, occlusion, kind } = fact;
  const turned = kind === "inflated" ? fact.since : fact.end;
  return [
    { cuff, occlusion, up: kind === "inflated", wall: wallTime(wall - Math.max(0, between(turned, at))) },
  ];
};

const valueOf = <T>(result: StoreResult<T>): T => {
  if (!result.ok) throw new LogUnreadable(result.error);
  return result.value;
};

const readable = async <T>(read: () => Promise<T>): Promise<StoreResult<T>> => {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (error instanceof LogUnreadable) return { ok: false, error: error.reason };
    throw error;
  }
};
