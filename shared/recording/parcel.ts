/**
 * What a demonstration hands to its server of the weeks before today, piece by piece over the channel between their processes: what the clinic
 * had written down, and each class with its facts packed.
 */
import { z } from "zod";
import { recordId, moment } from "../clinic/fields.ts";
import { followUpAnswers, followUpKinds } from "../clinic/follow-up.ts";
import { figuresSchema } from "../clinic/recording-record.ts";

/** A record of the clinic's; several of one id are its versions in their order. */
const documentSchema = z.strictObject({
  kind: z.enum(["patient", "programme", "lop", "cuff"]),
  id: recordId,
  owner: recordId.nullable(),
  by: z.string(),
  at: moment,
  /** As its kind has it; a patient's is what is added to the record that is there. */
  body: z.record(z.string(), z.unknown()),
});

const answeredSchema = z.strictObject({
  session: recordId,
  asked: z.enum(followUpKinds),
  answers: followUpAnswers,
  remark: z.string(),
  by: z.string(),
  at: moment,
  cleared: z.strictObject({ by: z.string(), at: moment, reason: z.string() }).nullable(),
});

const someBytes = z.custom<Uint8Array>((given) => given instanceof Uint8Array, "must be bytes");

export const parcelSchema = z.discriminatedUnion("holds", [
  z.strictObject({ holds: z.literal("documents"), documents: z.array(documentSchema) }),
  z.strictObject({
    holds: z.literal("class"),
    class: recordId,
    /** Each holds lines of one cuff, or (null) those of everything else. */
    chunks: z.array(z.strictObject({ cuff: z.string().nullable(), bytes: someBytes })),
    /** By session. */
    figures: z.record(recordId, figuresSchema),
    /** Follow-ups that were answered. */
    answered: z.array(answeredSchema),
  }),
]);
export type Parcel = Readonly<z.output<typeof parcelSchema>>;
export type ClassParcel = Extract<Parcel, { holds: "class" }>;
export type ParcelDocument = Readonly<z.output<typeof documentSchema>>;
export type ParcelAnswer = Readonly<z.output<typeof answeredSchema>>;

/** Somebody of the register, by the station that they have in the demonstration's class. */
const knownSchema = z.strictObject({ station: z.string(), patient: recordId });

/** What the server says: it can be reached by parcels, and what has become of one. */
export const parcelTalk = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("patients"), patients: z.array(knownSchema) }),
  z.strictObject({ kind: z.literal("taken"), ok: z.boolean(), detail: z.string() }),
]);
export type ParcelTalk = Readonly<z.output<typeof parcelTalk>>;

/** How a parcel comes. */
export const parcelMessage = z.strictObject({ kind: z.literal("parcel"), parcel: parcelSchema });
