/** Routes that answer a file, and routes that take one: bytes of a media type instead of JSON. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";

/** The bytes of an answer. Those that come piece by piece are sent as they come; where a piece fails the connection is cut. */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/** What a route of a file answers as its body. */
export type FileBody = Readonly<{
  content: FileContent;
  /** Under which name it is kept (see `fileName`); null for what a page reads and nobody keeps. */
  name: string | null;
}>;

/** In place of an answer's schema: the answer is a file. */
export type FileOf<Body> = Readonly<{ file: Body | null; media: string }>;

/** A route whose answer is a file of this media type. */
export const fileOf = (media: string): FileOf<FileBody> => ({ file: null, media });

/** In place of a body's schema: the body is a file of one of these media types, read into memory whole. */
export type BytesOf<Body> = Readonly<{ bytes: Body | null; media: readonly [string, ...string[]] }>;

/** A route that takes a file of one of these media types; how large it may be is said by `largestBody`. */
export const bytesOf = (...media: readonly [string, ...string[]]): BytesOf<Uint8Array> => ({
  bytes: null,
  media,
});

/** A name longer than this, in bytes of UTF-8, is cut: a file system takes 255, and a browser may add to it. */
const longestName = 180;
/**
 * What some file system does not take in a name, and marks that turn the reading round so that an ending looks like another; joiners are
 * a part of letters.
 */
const notInNames = /[\p{Cc}[\p{Cf}--[\u200c\u200d]]\p{Zl}\p{Zp}\\\/:*?"<>\|]+/gv;

/**
 * A name for a file in any script: its parts joined by hyphens, what a file system would not take left out. `ending` is without its dot.
 */
export const fileName = (parts: readonly string[], ending: string): string => {
  const clean = parts
    .map((part) => part.toWellFormed().replaceAll(notInNames, " ").trim().replaceAll(/\s+/g, "-"))
    .filter((part) => part !== "")
    .join("-")
    .replace(/^[.-]+/, "");
  const room = longestName - Buffer.byteLength(ending) - 1;
  let bytes = 0;
  const kept = Array.from(new Intl.Segmenter().segment(clean), ({ segment }) => segment).filter(
    (segment) => (bytes += Buffer.byteLength(segment)) <= room,
  );
  return `${kept.length === 0 ? "file" : kept.join("")}.${ending}`;
};

/** Sends a file; the caller has set its status. */
export const sendFile = async (
  response: Response,
  { content, name }: FileBody,
  media: string,
): Promise<void> => {
  const first = content instanceof Uint8Array ? null : content[Symbol.asyncIterator]();
  // The first piece is there before anything is promised.
  const begin = await first?.next();
  // An ASCII name beside the one in UTF-8 (RFC 6266, RFC 5987).
  if (name !== null) response.attachment(name);
  response.type(media);
  if (content instanceof Uint8Array) {
    response.set("Content-Length", String(content.byteLength));
    response.end(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  } else if (first !== null && begin !== undefined)
    await pipeline(Readable.from(resumed(begin, first), { objectMode: false }), response);
};

const resumed = async function* (
  begin: IteratorResult<Uint8Array, unknown>,
  rest: AsyncIterator<Uint8Array, unknown>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = begin; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    // Whoever makes the pieces is told where nobody wants the rest.
    await rest.return?.();
  }
};
