/** Fields that several records of the clinic have, with what to say when they are wrong. */
import { z } from "zod";

/**
 * Control characters but tab and line ends, halves of characters, and marks that turn the direction of what follows: nobody types them,
 * and no screen or file can show them, or shows something else beside them.
 */
const unshowable = /\p{Cs}|[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]/u;
export const isShowable = (typed: string): boolean => !unshowable.test(typed);

export const notShowable = "holds a character that cannot be shown: type it anew";

/** Something that leaves a mark: not only spaces, joiners and other characters of no width. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text that somebody typed: any script, shown as text everywhere. */
export const text = (most: number, what: string) =>
  z
    .string(`${what} must be text`)
    .trim()
    .min(1, `${what} must not be empty`)
    .max(most, `${what} must have ${String(most)} characters at most`)
    .refine(isShowable, `${what} ${notShowable}`)
    .refine((typed) => typed === "" || visible.test(typed), `${what} must have a character that can be seen`);

const isOneLine = (typed: string): boolean => !/[\t\n\r\u2028\u2029]/u.test(typed);

/** A name: text in one line. */
export const nameText = (most: number, what: string) =>
  text(most, what).refine(isOneLine, `${what} must stand in one line`);

/** The same where it may be left empty. */
export const maybeText = (most: number, what: string) =>
  z
    .string(`${what} must be text`)
    .trim()
    .max(most, `${what} must have ${String(most)} characters at most`)
    .refine(isShowable, `${what} ${notShowable}`)
    .default("");

/** The same where it may be left empty; the default comes last, so that it can be taken away. */
export const maybeName = (most: number, what: string) =>
  z
    .string(`${what} must be text`)
    .trim()
    .max(most, `${what} must have ${String(most)} characters at most`)
    .refine(isShowable, `${what} ${notShowable}`)
    .refine((typed) => typed === "" || visible.test(typed), `${what} must have a character that can be seen`)
    .refine(isOneLine, `${what} must stand in one line`)
    .default("");

/** A name of a person, a cuff or a wall, as it is typed. */
export const personName = nameText(500, "the name");

/** A day of the calendar: "2026-03-01". */
export const day = z.iso.date("must be a day such as 2026-03-01");

/** A moment by the wall clock, in milliseconds since 1970 UTC. */
export const moment = z.int().min(0).describe("Milliseconds since 1970 UTC");

/** The name by which a record is known, given by the server. */
export const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be the id of a record");
