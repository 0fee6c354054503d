/**
 * What is known of the recording of one session, and of one class, without reading its facts: where it lies, whose it is, and what a
 * list, a trend or a summary says of it. Made once, from the facts, after the end.
 */
import { z } from "zod";
import { conditions } from "../alarm/policy.ts";
import { outcomes } from "../class/visit.ts";
import { limbSchema } from "./patient.ts";
import { moment, recordId } from "./fields.ts";

/** A moment in site time of the recording's own log, in milliseconds. */
const logTime = z.number();
const durationMs = z.number().min(0);

/** How long a pressure was judged against its target, and how much of that it lay within the tolerance, in ms. */
const inBandSchema = z.strictObject({ inMs: durationMs, ofMs: durationMs });

export const figuresSchema = z.strictObject({
  limbs: z.array(
    limbSchema.extend({
      restrictedMs: durationMs,
      inflations: z.int(),
      /** While the patient moved, and while they held still under pressure. */
      exercising: inBandSchema,
      resting: inBandSchema,
      /** The mean over the time under pressure; null where nothing was measured. */
      meanMmhg: z.number().nullable(),
      peakMmhg: z.number().nullable(),
      /** Time of the session of which there are no readings, and of which they came later from the cuff's own memory. */
      missingMs: durationMs,
      backfilledMs: durationMs,
      samples: z.int(),
    }),
  ),
  exercises: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["restricted", "free"]),
      loadKg: z.number().nullable(),
      pctOneRm: z.number().nullable(),
      pctLop: z.number().nullable(),
      setsDone: z.int(),
      setsPlanned: z.int(),
      /** Null where nobody counted. */
      repetitions: z.int().nullable(),
      repetitionsPlanned: z.int(),
      /** Of the limb that was restricted longest. */
      restrictedMs: durationMs,
    }),
  ),
  /** As they were raised. */
  alarms: z.array(
    z.strictObject({
      condition: z.enum(conditions),
      priority: z.enum(["low", "medium", "high"]).describe("The highest that it had"),
      /** From when it was raised until somebody was going; null where nobody answered. */
      answeredAfterMs: durationMs.nullable(),
      lastedMs: durationMs,
    }),
  ),
  pain: z.int().nullable().describe("The worst that was noted, 0 to 10"),
  exertion: z.int().nullable().describe("The greatest that was noted, 0 to 10"),
});
export type Figures = Readonly<z.output<typeof figuresSchema>>;

const whereSchema = {
  /** 0: the site's own; every recording made elsewhere has one of its own. */
  log: z.int().min(0),
  /** The first and the last moment, in site time of that log. */
  from: logTime,
  to: logTime,
  startedAt: moment,
  endedAt: moment,
  source: z
    .enum(["recorded", "imported", "demonstration"])
    .describe("Made here, brought here as a file, or made up by simulated cuffs"),
  /** Why the facts are no longer there; null while they are. */
  removed: z.strictObject({ why: z.enum(["erased", "outlived"]), at: moment }).nullable(),
};

/** Its id is the session's. */
export const recordingSchema = z.strictObject({
  /** Null for somebody who is not in the register. */
  patient: recordId.nullable(),
  /** As the wall showed it. */
  name: z.string(),
  station: z.string(),
  class: z.string().nullable(),
  /** What the plan was called. */
  programme: z.string(),
  /** As whoever finished it said; null where nobody did. */
  outcome: z.enum(outcomes).nullable().default(null),
  /** Which cuff was worn on which limb from when to when, in site time. */
  cuffs: z.array(limbSchema.extend({ cuff: z.string(), from: logTime, to: logTime })),
  figures: figuresSchema,
  ...whereSchema,
  /** The file that it came from; null for one made here. */
  file: z.strictObject({ name: z.string(), sha256: z.string(), by: z.string(), at: moment }).nullable(),
});
export type RecordingRecord = Readonly<z.output<typeof recordingSchema>>;

/** Its id is the class's. */
export const classRecordSchema = z.strictObject({
  room: z.string(),
  /** Who started it; "" for a class file's. */
  by: z.string(),
  sessions: z.array(
    z.strictObject({
      session: z.string(),
      patient: recordId.nullable(),
      name: z.string(),
      station: z.string(),
    }),
  ),
  ...whereSchema,
});
export type ClassRecord = Readonly<z.output<typeof classRecordSchema>>;
