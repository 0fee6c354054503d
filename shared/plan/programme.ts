/**
 * What a patient is to do: exercises in order, restricted and not, since the method is one part of a treatment. One restricted exercise
 * is one plan for a cuff (prescription.ts).
 */
import { z } from "zod";
import { maybeText, text } from "../clinic/fields.ts";
import { limbSchema } from "../clinic/patient.ts";
import { postures } from "./limb-occlusion.ts";
import { type Plan, planSchema } from "./prescription.ts";

const what = {
  name: text(120, "the name of the exercise"),
  instructions: maybeText(2000, "the instructions"),
  loadKg: z.number().min(0).max(1000).nullable().default(null),
  /** Load as a share of the one-repetition maximum, %. */
  pctOneRm: z.number().min(0).max(100).nullable().default(null),
};

/** An exercise under the cuff: what it is, and the plan that its cuffs are held to. */
const restricted = z.strictObject({
  ...what,
  kind: z.literal("restricted"),
  plan: planSchema.omit({ id: true, name: true, source: true }),
});

/** Work beside it, without a cuff. */
const free = z.strictObject({
  ...what,
  kind: z.literal("free"),
  sets: z.array(z.int().min(1).max(500)).min(1).max(20).optional().describe("Repetitions of each set"),
  repS: z.number().min(1).max(30).default(4).describe("Seconds a repetition takes"),
  restS: z.number().min(0).max(600).default(30).describe("Seconds of rest between sets"),
  durationS: z.number().min(10).max(3600).optional().describe("Seconds where there are no sets"),
});

export const exerciseSchema = z.discriminatedUnion("kind", [restricted, free]);
export type Exercise = Readonly<z.output<typeof exerciseSchema>>;
export type RestrictedExercise = Extract<Exercise, { kind: "restricted" }>;

/** When the load goes up, and by how much. */
export const progressionSchema = z.strictObject({
  /** So many sessions running must have gone well. */
  sessions: z.int().min(1).max(20).default(2),
  allRepetitions: z.boolean().default(true),
  painAtMost: z.number().min(0).max(10).default(3),
  exertionAtMost: z.number().min(0).max(10).default(7),
  /** Then the load rises by this, %. */
  loadPct: z.number().min(0).max(50).default(5),
});

export const programmeSchema = z.strictObject({
  name: text(120, "the name of the plan"),
  source: maybeText(500, "the source").describe("Where it comes from; stands as the reason of a long limit"),
  /** What the patient is told, offered as the beginning of the individual explanation. */
  explanation: maybeText(10_000, "the explanation"),
  perWeek: z.number().min(0.5).max(14).nullable().default(null),
  weeks: z.int().min(1).max(104).nullable().default(null),
  /** The limbs that wear a cuff, each its own. */
  cuffs: z.array(limbSchema).min(1, "choose at least one limb").max(2, "a patient wears two cuffs at most"),
  cuffWidthCm: z.number().min(3).max(25).nullable().default(null),
  posture: z.enum(postures).nullable().default(null),
  exercises: z.array(exerciseSchema).min(1, "add at least one exercise").max(20),
  progression: progressionSchema.nullable().default(null),
});
export type Programme = Readonly<z.output<typeof programmeSchema>>;

/** The plan of one restricted exercise, as the cuff's arithmetic takes it; the programme's source is the reason of a long limit. */
export const planOf = ({ source }: Pick<Programme, "source">, { name, plan }: RestrictedExercise): Plan => ({
  ...plan,
  id: "exercise",
  name,
  ...(source === "" ? {} : { source }),
});
