/** A chunk as it lies in the database: its parts, each compressed by itself, since each holds values of one sort. */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { fromParts, type Opened, partsOf, unreadable } from "../../shared/recording/parts.ts";

/** Written once, read often, and never in anybody's way: worth a high level. */
const level = 19;
/** No part of a chunk that was written here comes near to this, in bytes; bytes that claim more are damaged. */
const largestPart = 64 * 1024 * 1024;

const options = {
  params: {
    [constants.ZSTD_c_compressionLevel]: level,
    // The check over the whole body stands in the table.
    [constants.ZSTD_c_checksumFlag]: 0,
  },
};
const [asItIs, compressed] = [0, 1];

/** The bytes to store for a chunk as the codec wrote it. */
export const closeBody = (chunk: Uint8Array): Opened<Readonly<{ body: Uint8Array; version: number }>> => {
  const opened = partsOf(chunk);
  if (!opened.ok) return opened;
  const { version, parts } = opened.value;
  const body = fromParts({ version, parts: parts.map(({ id, bytes }) => ({ id, bytes: closePart(bytes) })) });
  return { ok: true, value: { body, version } };
};

/** The chunk as the codec wrote it. */
export const openBody = (body: Uint8Array, crc: number): Opened<Uint8Array> => {
  if (crcOf(body) !== crc)
    return unreadable("damaged", "A part of the recording is damaged: its bytes fail their check.");
  const opened = partsOf(body);
  if (!opened.ok) return opened;
  const { version, parts } = opened.value;
  try {
    const whole = parts.map(({ id, bytes }) => ({ id, bytes: openPart(bytes) }));
    return { ok: true, value: fromParts({ version, parts: whole }) };
  } catch (error) {
    return unreadable("damaged", `A part of the recording cannot be decompressed (${String(error)}).`);
  }
};

export const crcOf = (body: Uint8Array): number => crc32(body);

const closePart = (bytes: Uint8Array): Uint8Array => {
  const small = zstdCompressSync(bytes, options);
  const [sort, kept] = small.length < bytes.length ? [compressed, small] : [asItIs, bytes];
  const out = new Uint8Array(kept.length + 1);
  out[0] = sort;
  out.set(kept, 1);
  return out;
};

const openPart = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === asItIs
    ? bytes.subarray(1)
    : zstdDecompressSync(bytes.subarray(1), { maxOutputLength: largestPart });
