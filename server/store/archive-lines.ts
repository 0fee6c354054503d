/** The lines of a range in order of their numbers, whether they lie in chunks or in rows. */
import type { Kysely, Transaction } from "kysely";
import type { Chunk } from "../../shared/recording/chunk.ts";
import type { Hole, Line } from "../../shared/recording/line.ts";
import { type Lines, linesOf } from "../../shared/recording/lines.ts";
import { chunkOf } from "./closed-chunk.ts";
import { type Damage, damageOf, damageOfRow, holeOf, holeOfRow } from "./damage.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { chunksIn, type Range, rowsIn } from "./stretch.ts";
import type { StoredFactRow, Tables } from "./tables.ts";

/** Whom to tell of damaged chunks and rows. */
export type Told = Readonly<{ damaged: (damage: Damage, hole: Hole) => void }>;

/** A chunk opened; null, and told, where it is damaged. */
export const opened = (row: ChunkRow, told: Told): Chunk | null => {
  const chunk = chunkOf(row);
  if (chunk.ok) return chunk.value;
  told.damaged(damageOf(row, chunk.error.detail), holeOf(row));
  return null;
};

/** Tells of a row that is no fact. */
export const tellOfRow =
  (told: Told) =>
  (row: StoredFactRow): void =>
    told.damaged(damageOfRow(row), holeOfRow(row));

export async function* linesBetween(
  db: Kysely<Tables> | Transaction<Tables>,
  range: Range,
  told: Told,
): AsyncGenerator<Line> {
  const chunks = (await chunksIn(db, range)).flatMap((row) => opened(row, told) ?? []);
  yield* merged(linesOf(chunks), rowsIn(db, range, tellOfRow(told)), range);
}

/** Lines of chunks and of rows in one order; of the chunks only those of the range. */
export async function* merged(
  packed: Lines,
  rows: AsyncIterable<Line> | Iterable<Line>,
  { from, to, afterId }: Range,
): AsyncGenerator<Line> {
  let next = packed.indexAfterId(afterId);
  const isIn = (i: number): boolean => packed.at(i) >= from && packed.at(i) <= to;
  for await (const row of rows) {
    for (; next < packed.length && packed.id(next) < row.id; next++) if (isIn(next)) yield packed.line(next);
    yield row;
  }
  for (; next < packed.length; next++) if (isIn(next)) yield packed.line(next);
}
