/**
 * What can be made of a recording in the thread of the archive, where decoding and writing hold nobody up. Whoever wants something made adds a
 * line to `Tasks` and one to `archiveTasks`; what is given and answered has to be able to be cloned.
 */
import type { Figures } from "../../shared/clinic/recording-record.ts";
import type { Recording } from "../../shared/recording/container.ts";
import { figuresOf } from "../../shared/recording/figures.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import type { Span } from "../../shared/recording/span.ts";

/** Task → what it is given beside the recording, what it answers. */
export type Tasks = {
  /** How much there is. */
  extent: { given: null; answer: Readonly<{ lines: number; samples: number }> };
  /** What a list, a trend and a summary say of one session. */
  figures: { given: Span; answer: Figures };
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
};
