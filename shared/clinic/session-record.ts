/**
 * What was done in one patient's part of a class, as the clinic keeps it. It is made once, from the facts, when the part is finished, and
 * never changed. Every moment is by the wall clock.
 */
import { z } from "zod";
import { outcomes, visitExerciseSchema } from "../class/visit.ts";
import { lopMethods } from "../plan/limb-occlusion.ts";
import { checkAnswers } from "../plan/screening.ts";
import { noteSchema } from "../session/note.ts";
import { moment, recordId } from "./fields.ts";
import { limbSchema } from "./patient.ts";

const byAt = { by: z.string(), at: moment };

const checkSchema = z.strictObject({
  answers: checkAnswers,
  red: z.array(z.string()),
  override: z.strictObject({ by: z.string(), reason: z.string() }).nullable(),
  ...byAt,
});

export const sessionRecordSchema = z.strictObject({
  patient: recordId,
  /** Null where the class had ended before. */
  class: recordId.nullable(),
  room: z.string(),
  station: z.string(),
  programme: z.strictObject({ id: recordId.nullable(), name: z.string() }),
  startedAt: moment,
  endedAt: moment,
  /** Who finished it, and whether they had signed in. */
  by: z.string(),
  verified: z.boolean(),
  outcome: z.enum(outcomes),
  reason: z.string(),
  exercises: z.array(visitExerciseSchema),
  sets: z.array(
    z.strictObject({
      /** From 0. */
      exercise: z.int(),
      /** From 1. */
      set: z.int(),
      repetitions: z.int().nullable(),
      beganAt: moment,
      endedAt: moment,
    }),
  ),
  limbs: z.array(
    limbSchema.extend({
      /** The cuff that it wore at the end. */
      cuff: z.string(),
      lop: recordId.nullable(),
      /** That pressure as it was, the width of the cuff that it was found with, and what each exercise aimed at. */
      lopMmhg: z.number().nullable().default(null),
      method: z.enum(lopMethods).nullable().default(null),
      widthCm: z.number().nullable().default(null),
      targetsMmhg: z
        .array(z.number().nullable())
        .default([])
        .describe("The target in each exercise, in their order; null where it had none"),
      restrictedMs: z.number().describe("How long it was restricted in the whole session"),
    }),
  ),
  /** The one that stood at the end. */
  check: checkSchema.nullable(),
  /** Every one that was made, in order: a red answer stays, whatever was answered later. */
  checks: z.array(checkSchema).default([]),
  /** Everything that was noted, in order. */
  notes: z.array(z.strictObject({ note: noteSchema, cuff: z.string(), ...byAt })),
  exertions: z.array(z.strictObject({ score: z.int(), ...byAt })),
  remarks: z.array(z.strictObject({ text: z.string(), ...byAt })),
  /** Cuffs that took another's place. `seenOff`: nobody could measure the old one down, a person saw it to be off. */
  swaps: z
    .array(z.strictObject({ from: z.string(), to: z.string(), seenOff: z.boolean(), ...byAt }))
    .default([]),
  /** Cuffs that nobody could measure down at the end, and that a person saw to be off. */
  seenOff: z.array(z.string()),
});
export type SessionRecord = Readonly<z.output<typeof sessionRecordSchema>>;
