/**
 * One patient's part of a class, down to the single fact. What a cuff said while it was on them goes on as it was packed: opening it and encoding
 * it anew would take most of the time that somebody waits.
 */
import type { Transaction } from "kysely";
import { apply } from "../../shared/engine.ts";
import type { SiteId } from "../../shared/ids.ts";
import { type Chunk, encodeChunk, mayHoldBackfill } from "../../shared/recording/chunk.ts";
import { grouped } from "../../shared/recording/grouping.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesOf } from "../../shared/recording/lines.ts";
import { ownLines, type TakingOwn, takingOwn } from "../../shared/recording/session-lines.ts";
import type { Span } from "../../shared/recording/span.ts";
import { wornThrough } from "../../shared/recording/worn-through.ts";
import type { FactsAsked } from "./archive-facts.ts";
import { linesBetween, merged, opened, tellOfRow, type Told } from "./archive-lines.ts";
import { type Start, startOf } from "./archive-start.ts";
import { bytesOf } from "./closed-chunk.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { chunksIn, type Range, rowsIn } from "./stretch.ts";
import type { StoredFactRow, Tables } from "./tables.ts";

/** What is a running session's own, as it was told by the lines up to `afterId`. */
type Following = Readonly<{ afterId: number; take: TakingOwn }>;
/** Running sessions as they were when they were last asked about, so that following one does not begin anew each second. */
export type Followed = Map<string, readonly Following[]>;
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
    ? { start: null, chunks: await newChunks(tx, own, own.asked.afterId ?? 0) }
    : chunksFromStart(tx, own, own.start);

const chunksFromStart = async (
  tx: Transaction<Tables>,
  { span, range: asked, told }: Own,
  known: Start,
): Promise<Readonly<{ start: Start; chunks: readonly Uint8Array[] }>> => {
  const range = { ...asked, afterId: known.afterId };
  const rows: Line[] = [];
  let isDamaged = false;
  const tell = tellOfRow(told);
  const lost = (row: StoredFactRow): void => {
    isDamaged = true;
    tell(row);
  };
  for await (const line of rowsIn(tx, range, lost)) rows.push(line);
  const packed = await chunksIn(tx, range);
  const rare: Chunk[] = [];
  for (const row of packed.filter(({ cuff }) => cuff === null)) {
    const chunk = opened(row, told);
    if (chunk === null) isDamaged = true;
    else rare.push(chunk);
  }
  const changes = await all(merged(linesOf(rare), rows, range));
  const isWorn = wornThrough(span, known, changes);
  const seen = packed.filter(({ cuff }) => cuff !== null).map(lookedAt);
  // Where something is damaged nobody knows for certain who wore what.
  const passed = (isDamaged ? [] : seen).filter(
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
  const read: Chunk[] = [];
  const given = new Set<number>();
  for (const one of seen) {
    const isPassed = passed.includes(one);
    if (isPassed && !backfilled.has(one.row.cuff)) continue;
    const chunk = opened(one.row, told);
    if (chunk === null) continue;
    read.push(chunk);
    if (isPassed) for (const id of chunk.ids) given.add(id);
  }
  const lines = await all(merged(linesOf([...rare, ...read]), rows, range));
  const [before, rest] = begun(lines, span);
  const start = before.reduce(folded, known);
  const others = [...ownLines(span, start.state, rest)].filter(({ id }) => !given.has(id));
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
const newChunks = async (
  tx: Transaction<Tables>,
  own: Own,
  afterId: number,
): Promise<readonly Uint8Array[]> => {
  const { asked, span, range, told, followed, lastId } = own;
  // Who wore what may change meanwhile, and what is its own goes by that.
  const key = JSON.stringify([asked.of, range.log, range.from, range.cuffs, span]);
  const before = followed.get(key) ?? [];
  const known =
    before.find((one) => one.afterId === afterId) ?? before.findLast((one) => one.afterId < afterId);
  const others = before.filter((one) => one !== known);
  // What fails on the way has taken some lines already, and must not be asked again.
  followed.set(key, others);
  const { take, afterId: takenTo } = known ?? (await fromBeginning(tx, own, afterId));
  const lines: Line[] = [];
  for await (const line of linesBetween(tx, { ...range, afterId: takenTo }, told)) {
    const taken = take(line);
    if (taken !== null && line.id > afterId) lines.push(taken);
  }
  followed.delete(key);
  if (asked.running) {
    followed.set(key, [...others, { afterId: lastId, take }].slice(-mostFollowing));
    const oldest = followed.keys().next();
    if (followed.size > mostFollowed && oldest.done === false) followed.delete(oldest.value);
  }
  return grouped(lines).map(encodeChunk);
};

/** What is a session's own, told by all lines up to `afterId`. */
const fromBeginning = async (
  tx: Transaction<Tables>,
  { span, range, told, site }: Own,
  afterId: number,
): Promise<Following> => {
  const known = await startOf(tx, { ...range, at: range.from, site }, told);
  const lines = await all(linesBetween(tx, { ...range, afterId: known.afterId }, told));
  const [before, rest] = begun(lines, span);
  const take = takingOwn(span, before.reduce(folded, known).state);
  for (const line of rest) if (line.id <= afterId) take(line);
  return { afterId, take };
};

/** The lines before those with which the session begins, and these: what happened in the same millisecond before it belongs to the start. */
const begun = (
  lines: readonly Line[],
  span: Span,
): readonly [before: readonly Line[], rest: readonly Line[]] => {
  const first = Math.max(
    0,
    lines.findIndex((line) => begins(line, span)),
  );
  return [lines.slice(0, first), lines.slice(first)];
};

const folded = ({ state }: Start, { id, fact }: Line): Start => ({ afterId: id, state: apply(state, fact) });

const begins = ({ at, fact }: Line, { session, patient, from }: Span): boolean =>
  (fact.kind === "patient-seated" && fact.seat.visit.session === session) ||
  (patient === null && fact.kind === "roster" && at === from);
