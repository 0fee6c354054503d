/**
 * Reads recordings in a thread of its own, with a connection that cannot write: decoding, folding and writing files hold nobody up, neither the
 * floor nor whoever stores.
 */
import type { Tasks, TaskName } from "./archive-tasks.ts";
import type { FactsAsked } from "./archive-facts.ts";
import type { StoreResult } from "./store.ts";

export interface Archive {
  /** The facts of a stretch as a container (shared/recording/container.ts). */
  facts(asked: FactsAsked): Promise<StoreResult<Uint8Array>>;
  /** What a task (archive-tasks.ts) makes of the facts of a stretch. */
  run<T extends TaskName>(
    task: T,
    asked: FactsAsked,
    given: Tasks[T]["given"],
  ): Promise<StoreResult<Tasks[T]["answer"]>>;
}
