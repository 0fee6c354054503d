/**
 * The form in which a recording leaves the house and comes back (docs/recording-format.md): a header, one line a fact, and a last line that
 * tells whether everything before it is as it was. This is what the first and the last line hold.
 */
import { z } from "zod";
import { moment, recordId } from "../clinic/fields.ts";
import { classId, sessionId, siteId, stationId } from "../ids.ts";
import { namePattern } from "../ids.ts";
import { monotonic, wallTime } from "../units.ts";
import { cuff, limb, seatSchema, word } from "./seat-schema.ts";

/** By this a file is known for one of ours. */
export const factsFormat = "cuffwatch-facts";
/** Raised whenever the meaning of anything in such a file changes. */
export const factsVersion = 1;

const time = z.number().transform(monotonic);

const part = z.strictObject({
  session: word.transform(sessionId),
  patient: recordId.nullable().describe("Its id in the register it came from; null for somebody of none"),
  name: word.describe("As the wall showed it"),
  station: word.transform(stationId),
  class: word.transform(classId).nullable(),
  from: time,
  to: time.nullable(),
  worn: z.array(limb.extend({ cuff, from: time, to: time.nullable() })),
  plan: seatSchema
    .nullable()
    .describe("What was to be done, with the numbers of every exercise, as it stood at the beginning"),
});

export const headerSchema = z.strictObject({
  format: z.literal(factsFormat),
  version: z.literal(factsVersion),
  site: z.string().regex(namePattern, "must be 1 to 32 of a-z, 0-9 and -").transform(siteId),
  of: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("session"), session: word.transform(sessionId) }),
    z.strictObject({ kind: z.literal("class"), class: word.transform(classId) }),
  ]),
  source: z.enum(["recorded", "imported", "demonstration"]),
  madeAt: moment.describe("When the file was made"),
  from: time,
  to: time,
  clock: z
    .strictObject({ at: time, wall: z.number().min(0).max(8.64e15).transform(wallTime) })
    .describe("One moment on both clocks: site time, in which all times of facts are, and the wall clock"),
  sessions: z.array(part).max(1000),
  patient: z
    .strictObject({
      id: recordId,
      number: word,
      givenName: word,
      familyName: word,
      born: z.string().nullable(),
    })
    .nullable()
    .describe("From the register, where the file was made for the patient; null where it was not"),
  holes: z.array(
    z.strictObject({
      ...{ from: time, to: time, cuff: cuff.nullable() },
      why: z.enum(["damaged", "erased", "outlived"]),
    }),
  ),
  start: z
    .strictObject({ format: z.int(), state: z.record(z.string(), z.unknown()) })
    .nullable()
    .describe(
      "The folded state before the first fact, in the form that this number names; null: nothing was known",
    ),
});
/** What stands in the first line. */
export type FactsHeader = Readonly<z.output<typeof headerSchema>>;

export const trailerSchema = z.strictObject({
  end: z.literal(factsFormat),
  facts: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"),
});
/** What stands in the last line: how many facts there are, and the SHA-256 of every byte before this line. */
export type FactsTrailer = Readonly<z.output<typeof trailerSchema>>;

/** What a reader takes at most. */
export type FileLimits = Readonly<{ bytes: number; lines: number; lineBytes: number; headerBytes: number }>;

const MiB = 1024 * 1024;
/** A class of twelve is 430,000 facts and 150 MB in an hour at 10 Hz. */
export const factsLimits: FileLimits = {
  bytes: 256 * MiB,
  lines: 1_000_000,
  lineBytes: MiB,
  headerBytes: 16 * MiB,
};
