/** What the list reads of the recordings. */
import type { z } from "zod";
import { entryOf } from "../../shared/clinic/api.ts";
import { classRecordSchema, recordingSchema } from "../../shared/clinic/recording-record.ts";

export const recordingEntry = entryOf(recordingSchema);
export type RecordingEntry = Readonly<z.output<typeof recordingEntry>>;
export const classEntry = entryOf(classRecordSchema);
export type ClassEntry = Readonly<z.output<typeof classEntry>>;
