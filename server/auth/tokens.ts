/** Tokens: what a browser shows to be known again. The server keeps their digests alone, so a stolen backup lets nobody in. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A new token that nobody can guess, fit for a cookie and an address. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is kept of a token. It has 256 bits of its own, so a fast digest is enough. */
export const digestOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** Whether a token is the one with this digest, in the same time whatever it is. */
export const isToken = (token: string, digest: string): boolean =>
  timingSafeEqual(Buffer.from(digestOf(token)), Buffer.from(digest));
