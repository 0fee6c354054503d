/**
 * One patient's part in a class: what is to be done, what was done, and whether the check before it was passed. Folded from facts like
 * everything else; a screen gets it as it is.
 */
import { z } from "zod";
import type { Frozen } from "../frozen.ts";
import { classId, cuffId, patientId, sessionId } from "../ids.ts";
import { checkAnswers } from "../plan/screening.ts";
import { monotonic } from "../units.ts";

const time = z.number().transform(monotonic);

/** An exercise as it stood in the plan when the patient was seated. */
export const visitExerciseSchema = z.object({
  kind: z.enum(["restricted", "free"]),
  name: z.string(),
  instructions: z.string(),
  /** Repetitions of each set; empty where the exercise goes by time. */
  sets: z.array(z.number()),
  /** How many sets it has; where it goes by time, how often it is done. */
  rounds: z.number(),
  repS: z.number(),
  restS: z.number(),
  durationS: z.number().nullable(),
  loadKg: z.number().nullable(),
  pctOneRm: z.number().nullable(),
  /** Null for work without a cuff. */
  pctLop: z.number().nullable(),
});
export type VisitExercise = Frozen<z.output<typeof visitExerciseSchema>>;

const setDone = z.object({
  exercise: z.number(),
  set: z.number(),
  /** As many as were done; null where nobody counted. */
  repetitions: z.number().nullable(),
  beganAt: time,
  endedAt: time,
});

/** The short check before the session. `red` holds what stands in the way; it is overridden by name and reason, or not at all. */
const check = z.object({
  answers: checkAnswers,
  red: z.array(z.string()),
  override: z.object({ by: z.string(), reason: z.string() }).nullable(),
  by: z.string(),
  at: time,
});
export type Check = Frozen<z.output<typeof check>>;

export const visitSchema = z.object({
  session: z.string().transform(sessionId),
  /** Null for a class file's station, which names nobody of the register. */
  patient: z.string().transform(patientId).nullable(),
  programme: z.string(),
  exercises: z.array(visitExerciseSchema),
  /** Which of them is under way, from 0. */
  exercise: z.number(),
  seatedAt: time,
  check: check.nullable(),
  /** The set that is under way, from 1. */
  set: z.object({ number: z.number(), beganAt: time }).nullable(),
  setsDone: z.array(setDone),
  /** What was noted of the whole patient: the last exertion (RPE, 0 to 10), and every remark. */
  exertion: z.object({ score: z.number(), at: time }).nullable(),
  remarks: z.array(z.object({ text: z.string(), by: z.string(), at: time })),
});
export type Visit = Frozen<z.output<typeof visitSchema>>;

/** A class that is under way. */
export const runningClassSchema = z.object({
  id: z.string().transform(classId),
  room: z.string(),
  by: z.string(),
  startedAt: time,
  /** Somebody has heard the test burst on a wall at the start. */
  heard: z.boolean(),
});
export type RunningClass = Readonly<z.output<typeof runningClassSchema>>;

/** Who released all, when, and which cuffs were not confirmed down then: those that still are not stand on every tablet. */
export const releasedAllSchema = z.object({
  by: z.string(),
  at: time,
  cuffs: z.array(z.string().transform(cuffId)),
});
export type ReleasedAll = Frozen<z.output<typeof releasedAllSchema>>;

export const outcomes = ["completed", "stopped-early", "not-started"] as const;
export type Outcome = (typeof outcomes)[number];
