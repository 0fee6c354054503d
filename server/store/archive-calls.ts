/** What is asked of the thread of the archive. */
import type { SiteId } from "../../shared/ids.ts";
import type { Line } from "../../shared/recording/line.ts";
import type { FactsAsked } from "./archive-facts.ts";
import type { TaskName, Tasks } from "./archive-tasks.ts";
import type { ClosedChunk } from "./closed-chunk.ts";
import type { Packed, Packing, Prepared } from "./prepare.ts";

/** A task with what it is given. */
export type TaskAsked = {
  [T in TaskName]: Readonly<{ task: T; asked: FactsAsked; given: Tasks[T]["given"] }>;
}[TaskName];

export type ArchiveCalls = {
  open: { given: Readonly<{ folder: string; busyWaitMs: number; site: SiteId }>; answer: null };
  facts: { given: FactsAsked; answer: Uint8Array };
  run: { given: TaskAsked; answer: Tasks[TaskName]["answer"] };
  /** Lines of a new log, in order, some at a time; answers with the chunks that are full. `last`: with all that is left, and no more will come. */
  closeLines: {
    given: Readonly<{ log: number; lines: readonly Line[]; last: boolean }>;
    answer: readonly ClosedChunk[];
  };
  /** A chunk of a new log that was encoded elsewhere. */
  closeChunk: { given: Uint8Array; answer: ClosedChunk };
  /** No more lines of this log will come. */
  forgetLines: { given: number; answer: null };
  /** The next chunk of the site's own log. */
  prepare: { given: Packing; answer: Prepared | Packed };
  close: { given: null; answer: null };
};
