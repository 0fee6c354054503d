/** Puts the container of a recording together: head, the state with which it begins, and its lines as columns. */
import { checkpointFormat, freeze } from "../../shared/checkpoint.ts";
import { apply, rebuilt, type State } from "../../shared/engine.ts";
import type { SiteId } from "../../shared/ids.ts";
import { encodeChunk } from "../../shared/recording/chunk.ts";
import { type Head, packRecording } from "../../shared/recording/container.ts";
import type { Hole, Line, Stretch } from "../../shared/recording/line.ts";
import { restrictedTo } from "../../shared/recording/restrict.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import type { Span } from "../../shared/recording/span.ts";
import { allCuffs } from "../../shared/session/cuffs.ts";
import { later, type Monotonic } from "../../shared/units.ts";
import { type Kysely, type Transaction } from "kysely";
import { linesBetween, opened, tellOfRow, type Told } from "./archive-lines.ts";
import { type Start, startOf } from "./archive-start.ts";
import { bytesOf, linesIn } from "./closed-chunk.ts";
import { type Damage, damageOf, holeOf } from "./damage.ts";
import { grouped, Grouping, groupOf } from "../../shared/recording/grouping.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { chunksIn, cuffsOf, holesIn, isMeant, lastOf, type Range, rowsIn } from "./stretch.ts";
import type { Tables } from "./tables.ts";

export type FactsAsked = Readonly<{
  stretch: Stretch;
  /** What the head says that it is of. */
  of: Head["of"];
  /** Whether more will come. */
  running: boolean;
  /** Whose part it is: then nothing of anybody else is in it. Left out: everything of the stretch. */
  span?: Span | undefined;
  /** Only lines after this one, to be put behind what was given before; there is no start then. */
  afterId?: number | undefined;
}>;

/** As running sessions were when they were last asked about, so that following one does not fold it anew each second. */
export type Followed = Map<string, readonly Start[]>;
/** How many sessions are kept in mind for that, and how many screens that follow the same one, each a little behind the other. */
const mostFollowed = 64;
const mostFollowing = 16;

export type FactsOptions = Readonly<{
  db: Kysely<Tables>;
  site: SiteId;
  followed: Followed;
  damaged: (damage: Damage) => void;
}>;

/** The container's bytes. */
export const factsOf = (
  { db, site, followed, damaged }: FactsOptions,
  asked: FactsAsked,
): Promise<Uint8Array> =>
  // One moment of the database for all that is read of it; nobody who writes is held up.
  db.transaction().execute(async (tx) => {
    const { of, running, span, afterId } = asked;
    const holes: Hole[] = [];
    const told: Told = {
      damaged: (damage, hole) => {
        damaged(damage);
        holes.push(hole);
      },
    };
    const last = await lastOf(tx, asked.stretch.log);
    const stretch = running ? upTo(asked.stretch, last.at) : asked.stretch;
    const { log, from, to } = stretch;
    const cuffs = cuffsOf(stretch);
    const lastId = last.id;
    const start =
      afterId === undefined
        ? await startOf(tx, { log, at: from, cuffs, site }, { damaged: told.damaged })
        : null;
    holes.length = 0;
    const range: Range = { log, from, to, cuffs, afterId: afterId ?? start?.afterId ?? 0 };
    const found =
      span === undefined
        ? { start, chunks: await wholeChunks(tx, stretch, range, told) }
        : await ownChunks(tx, { asked, span, range, told, site, followed, start, lastId });
    const head: Head = {
      ...{ of, site, log, from, to, running, lastId },
      start: found.start === null ? null : frozen(found.start, span, cuffs),
      holes: [...(await holesIn(tx, range)), ...withoutRepeats(holes)],
    };
    return packRecording(head, found.chunks);
  });

/**
 * A stretch that goes on, with all that is stored by now: whoever follows it asks only for what comes after the last line, so that what was
 * stored since the floor's clock was read would never be asked for again.
 */
const upTo = (stretch: Stretch, last: Monotonic): Stretch => {
  const to = later(stretch.to, last);
  const cuffs = stretch.cuffs?.map((one) => (one.to === stretch.to ? { ...one, to } : one)) ?? null;
  return { ...stretch, to, cuffs };
};

const frozen = (
  { afterId, state }: Start,
  span: Span | undefined,
  cuffs: readonly string[] | null,
): Head["start"] => ({
  ...{ afterId, format: checkpointFormat },
  state: freeze(span === undefined ? withCuffs(state, cuffs) : restrictedTo(state, span)),
});

const withCuffs = (state: State, cuffs: readonly string[] | null): State =>
  cuffs === null
    ? state
    : rebuilt(
        state,
        allCuffs(state.cuffs).filter(({ cuff }) => cuffs.includes(cuff)),
      );

/** Everything that a stretch means. A chunk that lies within it goes as it is. */
const wholeChunks = async (
  tx: Transaction<Tables>,
  stretch: Stretch,
  range: Range,
  told: Told,
): Promise<readonly Uint8Array[]> => {
  const out: Uint8Array[] = [];
  const isWanted = (line: Line): boolean => line.id > range.afterId && isMeant(stretch, line);
  for (const row of await chunksIn(tx, range)) {
    if (row.first_id > range.afterId && liesWithin(row, stretch)) {
      const bytes = bytesOf(row);
      if (bytes.ok) out.push(bytes.value);
      else told.damaged(damageOf(row, bytes.error.detail), holeOf(row));
      continue;
    }
    const chunk = opened(row, told);
    const lines = chunk === null ? [] : linesIn(chunk).filter(isWanted);
    if (lines.length > 0) out.push(encodeChunk(lines));
  }
  // Of a class that is under way there may be hundreds of thousands: they are encoded as they come.
  const grouping = new Grouping();
  for await (const line of rowsIn(tx, range, tellOfRow(told))) {
    const full = isWanted(line) ? grouping.add(line) : null;
    if (full !== null) out.push(encodeChunk(full));
  }
  return [...out, ...grouping.rest().map(encodeChunk)];
};

const liesWithin = ({ cuff, from_at, to_at }: ChunkRow, { from, to, cuffs }: Stretch): boolean => {
  if (from_at < from || to_at > to) return false;
  if (cuffs === null) return true;
  return cuff !== null && cuffs.some((c) => c.cuff === cuff && c.from <= from_at && to_at <= c.to);
};

type Own = Readonly<{
  asked: FactsAsked;
  span: Span;
  range: Range;
  told: Told;
  site: SiteId;
  followed: Followed;
  start: Start | null;
  lastId: number;
}>;

/** One patient's part, down to the single fact; `start` is the floor right before what begins it. */
const ownChunks = async (
  tx: Transaction<Tables>,
  { asked, span, range, told, site, followed, start, lastId }: Own,
): Promise<Readonly<{ start: Start | null; chunks: readonly Uint8Array[] }>> => {
  const key = JSON.stringify([asked.of, range.log, range.from, range.cuffs]);
  const before = followed.get(key) ?? [];
  const known = start ?? (await resume(tx, { asked, range, told, site, before }));
  const lines: Line[] = [];
  for await (const line of linesBetween(tx, { ...range, afterId: known.afterId }, told)) lines.push(line);
  // What happened in the same millisecond before it belongs to the start.
  const first =
    start === null
      ? 0
      : Math.max(
          0,
          lines.findIndex((line) => begins(line, span)),
        );
  const begin = lines.slice(0, first).reduce(folded, known);
  const rest = lines.slice(first);
  const own = [...ownLines(span, begin.state, rest)];
  followed.delete(key);
  if (asked.running) {
    const { state } = rest.reduce(folded, begin);
    const others = before.filter((one) => one.afterId !== lastId);
    followed.set(key, [...others, { afterId: lastId, state }].slice(-mostFollowing));
    const oldest = followed.keys().next();
    if (followed.size > mostFollowed && oldest.done === false) followed.delete(oldest.value);
  }
  const asTheyWere = new Set(rest);
  const [chunks, others] = await wholeAmong(tx, { ...range, afterId: begin.afterId }, own, (line) =>
    asTheyWere.has(line),
  );
  return { start: start === null ? null : begin, chunks: [...chunks, ...grouped(others).map(encodeChunk)] };
};

/**
 * The chunks of which every line is among `own`, as they are: encoding them anew would take most of the time that somebody waits. And the lines
 * that lie in no such chunk.
 */
const wholeAmong = async (
  tx: Transaction<Tables>,
  range: Range,
  own: readonly Line[],
  isAsItWas: (line: Line) => boolean,
): Promise<readonly [chunks: readonly Uint8Array[], others: readonly Line[]]> => {
  const unchanged = Map.groupBy(own.filter(isAsItWas), groupOf);
  const chunks: Uint8Array[] = [];
  const given = new Set<Line>();
  for (const row of await chunksIn(tx, range)) {
    const within = (unchanged.get(row.cuff) ?? []).filter(
      ({ id }) => id >= row.first_id && id <= row.last_id,
    );
    const bytes = within.length === row.count ? bytesOf(row) : null;
    if (bytes?.ok !== true) continue;
    chunks.push(bytes.value);
    for (const line of within) given.add(line);
  }
  return [chunks, own.filter((line) => !given.has(line))];
};

const folded = ({ state }: Start, { id, fact }: Line): Start => ({ afterId: id, state: apply(state, fact) });

const begins = ({ at, fact }: Line, { session, patient, from }: Span): boolean =>
  (fact.kind === "patient-seated" && fact.seat.visit.session === session) ||
  (patient === null && fact.kind === "roster" && at === from);

/** The state up to which a running session was given before. */
const resume = async (
  tx: Transaction<Tables>,
  {
    asked,
    range,
    told,
    site,
    before,
  }: Pick<Own, "asked" | "range" | "told" | "site"> & Readonly<{ before: readonly Start[] }>,
): Promise<Start> => {
  const { log, from, cuffs } = range;
  const afterId = asked.afterId ?? 0;
  const known = before.filter((one) => one.afterId <= afterId).toSorted((a, b) => b.afterId - a.afterId)[0];
  let { state, afterId: at } = known ?? (await startOf(tx, { log, at: from, cuffs, site }, told));
  if (at < afterId)
    for await (const line of linesBetween(tx, { ...range, afterId: at }, told)) {
      if (line.id > afterId) break;
      ({ state, afterId: at } = folded({ state, afterId: at }, line));
    }
  return { state, afterId };
};

const withoutRepeats = (holes: readonly Hole[]): readonly Hole[] =>
  holes.filter(
    (hole, i) =>
      holes.findIndex((o) => o.from === hole.from && o.to === hole.to && o.cuff === hole.cuff) === i,
  );
