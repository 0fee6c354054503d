/** What the API answers of recordings beside their records; the same schemas describe it, serve it and read it on the pages. */
import { z } from "zod";
import { entryOf } from "./api.ts";
import { moment, recordId } from "./fields.ts";
import { classRecordSchema, recordingSchema } from "./recording-record.ts";

/** The media type of a recording's facts (shared/recording/container.ts). */
export const factsType = "application/vnd.cuffwatch.recording";

/** A recording, or a session that is under way as its recording would be if it ended now; version 0 says that no record is kept yet. */
export const oneRecordingSchema = z.object({
  running: z.boolean().describe("Under way: more will come"),
  entry: entryOf(recordingSchema),
});
export type OneRecording = Readonly<z.output<typeof oneRecordingSchema>>;

export const oneClassSchema = z.object({
  running: z.boolean().describe("Under way: more will come"),
  entry: entryOf(classRecordSchema),
});
export type OneClass = Readonly<z.output<typeof oneClassSchema>>;

/** What can be followed while it goes on. */
export const runningSchema = z.object({
  class: z.object({ id: z.string(), room: z.string(), startedAt: moment }).nullable(),
  sessions: z.array(
    z.object({
      session: z.string(),
      patient: recordId.nullable(),
      name: z.string(),
      station: z.string(),
      programme: z.string(),
      startedAt: moment,
    }),
  ),
});
export type Running = Readonly<z.output<typeof runningSchema>>;
