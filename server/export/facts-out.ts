/** A recording as NDJSON, piece by piece. */
import { createHash } from "node:crypto";
import { type FactsHeader, type FactsTrailer, factsFormat } from "../../shared/recording/facts-file.ts";
import type { Line } from "../../shared/recording/line.ts";

/** A piece is sent on when it has grown to this, in characters. */
const pieceOf = 64 * 1024;

/** The file of these facts: its header, a line for each, and the line that closes it. */
export function* factsFile(header: FactsHeader, lines: Iterable<Line>): Generator<Uint8Array> {
  const hash = createHash("sha256");
  let facts = 0;
  let piece = `${JSON.stringify(header)}\n`;
  const sent = (): Uint8Array => {
    const bytes = Buffer.from(piece);
    hash.update(bytes);
    piece = "";
    return bytes;
  };
  for (const { id, epoch, at, wall, fact } of lines) {
    piece += `${JSON.stringify({ id, epoch, at, wall, fact })}\n`;
    facts += 1;
    if (piece.length >= pieceOf) yield sent();
  }
  yield sent();
  const trailer: FactsTrailer = { end: factsFormat, facts, sha256: hash.digest("hex") };
  yield Buffer.from(`${JSON.stringify(trailer)}\n`);
}
