/** What a person notes at the patient, and when it advises to stop (docs/clinical.md, "Screening, stopping, following up"). */
import { z } from "zod";
import type { Limits } from "../alarm/limits.ts";
import type { Monotonic } from "../units.ts";

/** `colour`: the limb has another colour than it should. */
export const symptoms = ["dizziness", "numbness", "tingling", "colour"] as const;
export type Symptom = (typeof symptoms)[number];
/** Those that advise to stop; the others are kept with the session, and no alarm tells of them. */
const stopping: readonly Symptom[] = ["dizziness", "numbness"];

export const noteSchema = z.discriminatedUnion("kind", [
  /** Pain or discomfort, 0 to 10. */
  z.object({ kind: z.literal("pain"), score: z.int().min(0).max(10) }),
  /** Capillary refill in seconds. */
  z.object({ kind: z.literal("refill"), seconds: z.number().min(0).max(20) }),
  /** `present` is false once it is gone. */
  z.object({ kind: z.literal("symptom"), symptom: z.enum(symptoms), present: z.boolean() }),
]);
export type Note = Readonly<z.output<typeof noteSchema>>;

/** What a newer note of the same name takes the place of. */
export type NoteName = "pain" | "refill" | Symptom;
export const noteName = (note: Note): NoteName => (note.kind === "symptom" ? note.symptom : note.kind);

/** The last of each, and when it was noted. */
export type Notes = Readonly<Partial<Record<NoteName, Readonly<{ note: Note; at: Monotonic }>>>>;

/** A reason to stop: its name, and what was found against what is still well (1 against 0 for a symptom). */
export type StopReason = Readonly<{ name: NoteName; value: number; limit: number; at: Monotonic }>;

/** Everything among the notes that advises to stop, the latest first. */
export const stopReasons = (notes: Notes, limits: Limits): readonly StopReason[] =>
  Object.values(notes)
    .map(({ note, at }) => ({ name: noteName(note), at, ...measureOf(note, limits) }))
    .filter(({ value, limit }) => value > limit)
    .sort((a, b) => b.at - a.at);

const measureOf = (note: Note, limits: Limits): Pick<StopReason, "value" | "limit"> => {
  switch (note.kind) {
    case "pain":
      return { value: note.score, limit: limits.painOver };
    case "refill":
      return { value: note.seconds, limit: limits.refillOverS };
    case "symptom":
      return { value: note.present && stopping.includes(note.symptom) ? 1 : 0, limit: 0 };
  }
};
