/** Lines as a row of the table of chunks, and back. */
import { isDeepStrictEqual } from "node:util";
import { type Chunk, encodeChunk, openChunk } from "../../shared/recording/chunk.ts";
import type { Line } from "../../shared/recording/line.ts";
import { type Opened, unreadable } from "../../shared/recording/parts.ts";
import { closeBody, crcOf, openBody } from "./chunk-body.ts";
import { chunkSpanMs, groupOf } from "../../shared/recording/grouping.ts";
import type { ChunkRow } from "./recording-tables.ts";

/** A chunk that has no number yet, and no log. */
export type ClosedChunk = Omit<ChunkRow, "id" | "log">;

/** Closes the lines of one group (grouping.ts); an error where they would not come back as they are. */
export const closeLines = (lines: readonly Line[]): Opened<ClosedChunk> => {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return unreadable("foreign", "There is nothing to close.");
  const bytes = encodeChunk(lines);
  const back = openChunk(bytes);
  if (!back.ok) return back;
  const chunk = back.value;
  // What is deleted for a chunk is deleted for good, so it is looked at before.
  if (chunk.length !== lines.length || !lines.every((line, row) => isDeepStrictEqual(chunk.line(row), line)))
    return unreadable(
      "damaged",
      `Lines ${first.id} to ${last.id} do not come back from columns as they are.`,
    );
  return closed(bytes, lines);
};

/** Closes a chunk that was encoded elsewhere. */
export const closeChunk = (bytes: Uint8Array): Opened<ClosedChunk> => {
  const chunk = openChunk(bytes);
  if (!chunk.ok) return chunk;
  const lines = linesIn(chunk.value);
  const [first] = lines;
  if (first === undefined || !lines.every((line) => groupOf(line) === groupOf(first)))
    return unreadable("foreign", "A chunk holds lines of one cuff, or lines of everything else.");
  // What is longer would not be found by whoever asks for its beginning.
  const { from_at, to_at } = rangeOf(lines);
  if (!(to_at - from_at < chunkSpanMs))
    return unreadable(
      "foreign",
      `A chunk spans less than ${chunkSpanMs / 60_000} minutes, and the one with line ${first.id} spans ${Math.round((to_at - from_at) / 1000)} s. Close its lines in several.`,
    );
  return closed(bytes, lines);
};

const closed = (bytes: Uint8Array, lines: readonly Line[]): Opened<ClosedChunk> => {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return unreadable("foreign", "There is nothing to close.");
  const body = closeBody(bytes);
  if (!body.ok) return body;
  const cuff = groupOf(first);
  const kinds = cuff === null ? `,${[...new Set(lines.map(({ fact }) => fact.kind))].join(",")},` : "";
  const value = {
    ...{ cuff, first_id: first.id, last_id: last.id, count: lines.length, kinds },
    ...rangeOf(lines),
    ...{ codec: body.value.version, crc: crcOf(body.value.body), body: body.value.body },
  };
  return { ok: true, value };
};

const rangeOf = (lines: readonly Line[]): Pick<ChunkRow, "from_at" | "to_at" | "from_wall" | "to_wall"> => {
  const range = { from_at: Infinity, to_at: -Infinity, from_wall: Infinity, to_wall: -Infinity };
  for (const { at, wall } of lines) {
    range.from_at = Math.min(range.from_at, at);
    range.to_at = Math.max(range.to_at, at);
    range.from_wall = Math.min(range.from_wall, wall);
    range.to_wall = Math.max(range.to_wall, wall);
  }
  return range;
};

/** The chunk as the codec wrote it; an error where a byte of it is not as it was. */
export const bytesOf = ({ body, crc }: Pick<ChunkRow, "body" | "crc">): Opened<Uint8Array> =>
  openBody(body, crc);

export const chunkOf = (row: Pick<ChunkRow, "body" | "crc">): Opened<Chunk> => {
  const bytes = bytesOf(row);
  return bytes.ok ? openChunk(bytes.value) : bytes;
};

export const linesIn = (chunk: Chunk): readonly Line[] =>
  Array.from({ length: chunk.length }, (_, row) => chunk.line(row));
