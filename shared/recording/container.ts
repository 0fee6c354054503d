/**
 * A recording as it goes over the wire: a head that says what it is of, where a replay begins and what is missing, and the chunks in which
 * its lines are.
 */
import { z } from "zod";
import { classId, cuffId, sessionId, siteId } from "../ids.ts";
import { monotonic } from "../units.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { openChunk } from "./chunk.ts";
import { type Chunk } from "./open-chunk.ts";
import { type Lines, linesOf } from "./lines.ts";
import { type Opened, unreadable } from "./parts.ts";

export const containerVersion = 1;
/** What it is called in `Content-Type`. */
export const containerType = "application/vnd.cuffwatch.recording";

const moment = z.number().transform(monotonic);

export const headSchema = z.strictObject({
  of: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("session"), session: z.string().transform(sessionId) }),
    z.strictObject({ kind: z.literal("class"), class: z.string().transform(classId) }),
    z.strictObject({ kind: z.literal("stretch") }),
  ]),
  site: z.string().transform(siteId),
  log: z.int().min(0),
  /** Both are meant; in site time of the log. */
  from: moment,
  to: moment,
  /** Whether more will come. */
  running: z.boolean(),
  /** A folded state as text (shared/checkpoint.ts) from which a replay begins: every line up to `afterId` is in it. */
  start: z.strictObject({ afterId: z.int().min(0), format: z.int(), state: z.string() }).nullable(),
  holes: z.array(
    z.strictObject({
      from: moment,
      to: moment,
      cuff: z.string().transform(cuffId).nullable(),
      why: z.enum(["damaged", "erased", "outlived"]),
    }),
  ),
  /** The greatest id of the log when this was put together, whether or not it is of one of these lines: what to ask for more after. */
  lastId: z.int().min(0),
});
export type Head = Readonly<z.output<typeof headSchema>>;

export type Recording = Readonly<{ head: Head; lines: Lines }>;

const letters = [0x43, 0x57, 0x52] as const; // CWR

/** `chunks` are bytes of `encodeChunk`. */
export const packRecording = (head: Head, chunks: readonly Uint8Array[]): Uint8Array => {
  const out = new ByteWriter();
  for (const letter of letters) out.byte(letter);
  out.byte(containerVersion);
  out.json(head);
  out.whole(chunks.length);
  for (const chunk of chunks) {
    out.whole(chunk.length);
    out.bytes(chunk);
  }
  return out.done();
};

/** What was packed, or why it cannot be opened. Never throws, whatever the bytes are. */
export const openRecording = (bytes: Uint8Array): Opened<Recording> => {
  const from = new ByteReader(bytes);
  if (letters.some((letter) => from.byte() !== letter))
    return unreadable("foreign", "This is no recording of Cuffwatch: it begins with other letters than CWR.");
  const version = from.byte();
  if (version !== containerVersion)
    return unreadable(
      "version",
      `This recording is of version ${version}, and version ${containerVersion} is known here: open it with a newer Cuffwatch.`,
    );
  const head = headSchema.safeParse(from.json());
  const opened: Chunk[] = [];
  for (let left = from.whole(); left > 0; left--) {
    const bytesOfOne = from.bytes(from.whole());
    if (from.fault !== null) break;
    const chunk = openChunk(bytesOfOne);
    if (!chunk.ok) return chunk;
    opened.push(chunk.value);
  }
  if (from.left > 0) from.fail("there are bytes after its end");
  if (from.fault !== null) return unreadable("damaged", `This recording is damaged: ${from.fault}.`);
  if (!head.success)
    return unreadable("damaged", "This recording is damaged: its head does not say what it should.");
  return { ok: true, value: { head: head.data, lines: linesOf(opened) } };
};
