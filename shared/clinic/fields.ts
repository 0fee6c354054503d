/** Fields that several records of the clinic have, with what to say when they are wrong. */
import { z } from "zod";

/** Control characters but tab and line ends, and halves of characters: nobody types them, and no screen or file can show them. */
const unshowable = /\p{Cs}|[^\P{Cc}\t\n\r]/u;
export const isShowable = (typed: string): boolean => !unshowable.test(typed);

export const notShowable = "holds a character that cannot be shown: type it anew";

/** Text that somebody typed: any script, shown as text everywhere. */
export const text = (most: number, what: string) =>
  z
    .string(`${what} must be text`)
    .trim()
    .min(1, `${what} must not be empty`)
    .max(most, `${what} must have ${String(most)} characters at most`)
    .refine(isShowable, `${what} ${notShowable}`);

/** The same where it may be left empty. */
export const maybeText = (most: number, what: string) =>
  z
    .string(`${what} must be text`)
    .trim()
    .max(most, `${what} must have ${String(most)} characters at most`)
    .refine(isShowable, `${what} ${notShowable}`)
    .default("");

/** A name of a person, a cuff or a wall, as it is typed. */
export const personName = text(500, "the name");

/** A day of the calendar: "2026-03-01". */
export const day = z.iso.date("must be a day such as 2026-03-01");

/** A moment by the wall clock, in milliseconds since 1970 UTC. */
export const moment = z.int().min(0).describe("Milliseconds since 1970 UTC");

/** The name by which a record is known, given by the server. */
export const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be the id of a record");
