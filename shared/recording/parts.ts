/**
 * A chunk as bytes: three letters, a version, and parts that each stand for themselves, so that whoever keeps chunks can compress each
 * part by itself. Nothing here knows what is in a part.
 */
import { ByteReader, ByteWriter } from "./bytes.ts";

/** Why something cannot be read. `detail` is a sentence for a person. */
export type Unreadable = Readonly<{ kind: "foreign" | "version" | "damaged"; detail: string }>;
export type Opened<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: Unreadable }>;

export const unreadable = (kind: Unreadable["kind"], detail: string): { ok: false; error: Unreadable } => ({
  ok: false,
  error: { kind, detail },
});

/** `id` tells what a part is of, and is unlike any other of its chunk. */
export type Part = Readonly<{ id: number; bytes: Uint8Array }>;
export type Parts = Readonly<{ version: number; parts: readonly Part[] }>;

const letters = [0x43, 0x57, 0x43] as const; // CWC
const mostParts = 64;

/** Parts as the bytes of a chunk. */
export const fromParts = ({ version, parts }: Parts): Uint8Array => {
  const out = new ByteWriter();
  for (const letter of letters) out.byte(letter);
  out.byte(version);
  out.whole(parts.length);
  for (const { id, bytes } of parts) {
    out.whole(id);
    out.whole(bytes.length);
  }
  for (const { bytes } of parts) out.bytes(bytes);
  return out.done();
};

/** The parts of a chunk of any version, not copied; an error where the bytes are no chunk or not a whole one. */
export const partsOf = (bytes: Uint8Array): Opened<Parts> => {
  const from = new ByteReader(bytes);
  if (letters.some((letter) => from.byte() !== letter))
    return unreadable("foreign", "This is no chunk of a recording: it begins with other letters than CWC.");
  const version = from.byte();
  const count = from.whole();
  if (count > mostParts) from.fail(`it names ${count} parts; ${mostParts} are the most`);
  const directory: { id: number; length: number }[] = [];
  for (let i = 0; i < count && from.fault === null; i++)
    directory.push({ id: from.whole(), length: from.whole() });
  const parts = directory.map(({ id, length }) => ({ id, bytes: from.bytes(length) }));
  if (from.left > 0) from.fail("there are bytes after its end");
  if (from.fault !== null)
    return unreadable("damaged", `This chunk of a recording is damaged: ${from.fault}.`);
  return { ok: true, value: { version, parts } };
};
