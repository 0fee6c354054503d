/**
 * What can be made of a recording in the thread of the archive, where decoding and writing hold nobody up. Whoever wants something made adds a
 * line to `Tasks` and one to `archiveTasks`; what is given and answered has to be able to be cloned.
 */
import type { Figures } from "../../shared/clinic/recording-record.ts";
import type { Recording } from "../../shared/recording/container.ts";
import { figuresOf } from "../../shared/recording/figures.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import type { Span } from "../../shared/recording/span.ts";
import type { Known } from "../export/exported.ts";
import { classFactsIn, type ExportFormat, fileIn, type KnownOfClass } from "../export/files.ts";
import { type WholeRecording, wholeRecording } from "../export/whole-recording.ts";

/** Task → what it is given beside the recording, what it answers. */
export type Tasks = {
  /** How much there is. */
  extent: { given: null; answer: Readonly<{ lines: number; samples: number }> };
  /** What a list, a trend and a summary say of one session. */
  figures: { given: Span; answer: Figures };
  /** One session as a file. */
  exportSession: {
    given: Readonly<{ format: ExportFormat; known: Known; span: Span | undefined }>;
    answer: Uint8Array<ArrayBuffer>;
  };
  /** One session as compressed files, for the archive of its patient. */
  exportWhole: { given: Readonly<{ known: Known; span: Span | undefined }>; answer: WholeRecording };
  /** The facts of a class as a file. */
  exportClass: { given: KnownOfClass; answer: Uint8Array<ArrayBuffer> };
};
export type TaskName = keyof Tasks;

export const archiveTasks: {
  readonly [T in TaskName]: (
    recording: Recording,
    given: Tasks[T]["given"],
  ) => Tasks[T]["answer"] | Promise<Tasks[T]["answer"]>;
} = {
  extent: ({ lines }) => ({
    lines: lines.length,
    samples: lines.samples.reduce((sum, { tenths }) => sum + tenths.length, 0),
  }),
  figures: (recording, span) => figuresOf(recordedOf(recording), span),
  exportSession: (recording, { format, known, span }) =>
    fileIn(format, { ...known, span, recorded: recordedOf(recording) }),
  exportWhole: (recording, { known, span }) =>
    wholeRecording({ ...known, span, recorded: recordedOf(recording) }),
  exportClass: (recording, known) => classFactsIn({ ...known, recorded: recordedOf(recording) }),
};
