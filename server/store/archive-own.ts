/**
 * One patient's part of a class, down to the single fact. What a cuff said while it was on them goes on as it was packed: opening it and encoding
 * it anew would take most of the time that somebody waits.
 */
import type { Transaction } from "kysely";
import { apply } from "../../shared/engine.ts";
import type { SiteId } from "../../shared/ids.ts";
import { encodeChunk, mayHoldBackfill } from "../../shared/recording/chunk.ts";
import { grouped, groupOf } from "../../shared/recording/grouping.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesOf } from "../../shared/recording/lines.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import type { Span } from "../../shared/recording/span.ts";
import { wornThrough } from "../../shared/recording/worn-through.ts";
import type { FactsAsked } from "./archive-facts.ts";
import { linesBetween, merged, opened, tellOfRow, type Told } from "./archive-lines.ts";
import { type Start, startOf } from "./archive-start.ts";
import { bytesOf } from "./closed-chunk.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { chunksIn, type Range, rowsIn } from "./stretch.ts";
import type { Tables } from "./tables.ts";

/** As running sessions were when they were last asked about, so that following one does not fold it anew each second. */
export type Followed = Map<string, readonly Start[]>;
/** How many sessions are kept in mind for that, and how many screens that follow the same one, each a little behind the other. */
const mostFollowed = 64;
const mostFollowing = 16;

export type Own = Readonly<{
  asked: FactsAsked;
  span: Span;
  range: Range;
  told: Told;
  site: SiteId;
  followed: Followed;
  /** The floor right before what begins the part; null where what comes after a line is asked for. */
  start: Start | null;
  lastId: number;
}>;

/** The chunks of the part, and the state with which it begins; null where what comes after a line is asked for. */
export const ownChunks = async (
  tx: Transaction<Tables>,
  own: Own,
): Promise<Readonly<{ start: Start | null; chunks: readonly Uint8Array[] }>> =>
  own.start === null
    ? { start: null, chunks: await newChunks(tx, own) }
    : chunksFromStart(tx, own, own.start);

const chunksFromStart = async (
  tx: Transaction<Tables>,
  { span, range: asked, told }: Own,
  known: Start,
): Promise<Readonly<{ start: Start; chunks: readonly Uint8Array[] }>> => {
  const range = { ...asked, afterId: known.afterId };
  const rows: Line[] = [];
  for await (const line of rowsIn(tx, range, tellOfRow(told))) rows.push(line);
  const packed = await chunksIn(tx, range);
  const rare = packed.filter(({ cuff }) => cuff === null).flatMap((row) => opened(row, told) ?? []);
  const changes = await all(merged(linesOf(rare), rows, range));
  const isWorn = wornThrough(span, known, changes);
  const seen = packed.filter(({ cuff }) => cuff !== null).map(lookedAt);
  const passed = seen.filter(
    ({ row, bytes, later }) =>
      bytes !== null && !later && liesWithin(row, range) && isWorn(row.cuff ?? "", row.first_id, row.last_id),
  );
  // Where what was told later belongs is known from what was told in time.
  const backfilled = new Set([
    ...seen.flatMap(({ row, later }) => (later ? [row.cuff] : [])),
    ...rows.flatMap(({ fact }) =>
      fact.kind === "samples" && fact.quality === "historic" ? [fact.cuff] : [],
    ),
  ]);
  const read = seen
    .filter((one) => backfilled.has(one.row.cuff) || !passed.includes(one))
    .flatMap(({ row }) => opened(row, told) ?? []);
  const lines = await all(merged(linesOf([...rare, ...read]), rows, range));
  // What happened in the same millisecond before it belongs to the start.
  const first = Math.max(
    0,
    lines.findIndex((line) => begins(line, span)),
  );
  const start = lines.slice(0, first).reduce(folded, known);
  const isPassed = (line: Line): boolean =>
    passed.some(({ row }) => row.first_id <= line.id && line.id <= row.last_id && row.cuff === groupOf(line));
  const others = [...ownLines(span, start.state, lines.slice(first))].filter((line) => !isPassed(line));
  return {
    start,
    chunks: [...passed.flatMap(({ bytes }) => bytes ?? []), ...grouped(others).map(encodeChunk)],
  };
};

/** The bytes of a chunk, null where it is damaged; and whether it may hold what was told later. */
const lookedAt = (row: ChunkRow): Readonly<{ row: ChunkRow; bytes: Uint8Array | null; later: boolean }> => {
  const bytes = bytesOf(row);
  return bytes.ok
    ? { row, bytes: bytes.value, later: mayHoldBackfill(bytes.value) }
    : { row, bytes: null, later: true };
};

const liesWithin = (row: ChunkRow, { from, to, afterId }: Range): boolean =>
  row.from_at >= from && row.to_at <= to && row.first_id > afterId;

const all = async (lines: AsyncIterable<Line>): Promise<readonly Line[]> => {
  const found: Line[] = [];
  for await (const line of lines) found.push(line);
  return found;
};

/** What came after the line that was asked after. */
const newChunks = async (tx: Transaction<Tables>, own: Own): Promise<readonly Uint8Array[]> => {
  const { asked, span, range, told, followed, lastId } = own;
  const key = JSON.stringify([asked.of, range.log, range.from, range.cuffs]);
  const before = followed.get(key) ?? [];
  const known = await resume(tx, own, before);
  const lines = await all(linesBetween(tx, { ...range, afterId: known.afterId }, told));
  followed.delete(key);
  if (asked.running) {
    const { state } = lines.reduce(folded, known);
    const others = before.filter((one) => one.afterId !== lastId);
    followed.set(key, [...others, { afterId: lastId, state }].slice(-mostFollowing));
    const oldest = followed.keys().next();
    if (followed.size > mostFollowed && oldest.done === false) followed.delete(oldest.value);
  }
  return grouped([...ownLines(span, known.state, lines)]).map(encodeChunk);
};

const folded = ({ state }: Start, { id, fact }: Line): Start => ({ afterId: id, state: apply(state, fact) });

const begins = ({ at, fact }: Line, { session, patient, from }: Span): boolean =>
  (fact.kind === "patient-seated" && fact.seat.visit.session === session) ||
  (patient === null && fact.kind === "roster" && at === from);

/** The state up to which a running session was given before. */
const resume = async (
  tx: Transaction<Tables>,
  { asked, range, told, site }: Own,
  before: readonly Start[],
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
