/**
 * What a tablet asks of the class. Each becomes an order to the engine, and is answered once its fact is stored; the same schemas are
 * the body of `POST /api/commands`.
 */
import { z } from "zod";
import { recordId, text } from "../clinic/fields.ts";
import { limbSchema } from "../clinic/patient.ts";
import { cuffName } from "../cuff/basic.ts";
import { cuffId, patientId, programmeId, sessionId, stationId } from "../ids.ts";
import { checkAnswers } from "../plan/screening.ts";
import { outcomes } from "./visit.ts";

const session = recordId.transform(sessionId);
const cuff = cuffName.transform(cuffId);
const station = z
  .string()
  .regex(/^[1-9][0-9]?$/, "must be a number from 1 to 99")
  .transform(stationId);
/** Cuffs that nobody can measure and that the person has seen to be off. */
const seenOff = z.array(cuff).max(2).default([]);

/** Which cuff goes on which limb; `lop` names an entry of the patient's, null where there is none. */
const worn = z.object({ cuff, ...limbSchema.shape, lop: recordId.nullable() });

export const classCommands = [
  z.object({ kind: z.literal("start-class"), room: text(120, "the room"), heard: z.boolean() }),
  z.object({ kind: z.literal("end-class") }),
  z.object({
    kind: z.literal("seat"),
    station,
    patient: recordId.transform(patientId),
    programme: recordId.transform(programmeId),
    cuffs: z.array(worn).min(1, "choose a cuff").max(2, "a patient wears two cuffs at most"),
  }),
  z.object({
    kind: z.literal("check"),
    session,
    answers: checkAnswers,
    /** Why a red answer is set aside; null where nothing is. */
    override: text(2000, "the reason").nullable(),
  }),
  z.object({ kind: z.literal("begin-exercise"), session, exercise: z.int().min(0).max(19), seenOff }),
  z.object({ kind: z.literal("begin-set"), session }),
  z.object({ kind: z.literal("end-set"), session, repetitions: z.int().min(0).max(1000).nullable() }),
  z.object({ kind: z.literal("swap-cuff"), session, from: cuff, to: cuff, seenOff }),
  z.object({ kind: z.literal("exertion"), session, score: z.int().min(0).max(10) }),
  z.object({ kind: z.literal("remark"), session, text: text(2000, "the remark") }),
  z.object({
    kind: z.literal("finish"),
    session,
    outcome: z.enum(outcomes),
    /** Why it was stopped early or not started; "" where it was completed. */
    reason: z.string().trim().max(2000).default(""),
    seenOff,
  }),
  z.object({ kind: z.literal("release-all") }),
  z.object({ kind: z.literal("identify"), cuff }),
] as const;
