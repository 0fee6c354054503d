/** Turns the lines of a whole log into chunks, some lines at a time. */
import type { Line } from "../../shared/recording/line.ts";
import { type ClosedChunk, closeLines } from "./closed-chunk.ts";
import { Grouping } from "../../shared/recording/grouping.ts";
import { failed, type StoreResult } from "./store.ts";

export class LogCloser {
  readonly #grouping = new Grouping();
  #last: Pick<Line, "id" | "at"> = { id: 0, at: -Infinity as Line["at"] };

  /** The chunks that are full with these lines, or why the lines cannot be a log's. */
  take(lines: readonly Line[]): StoreResult<readonly ClosedChunk[]> {
    const full: (readonly Line[])[] = [];
    for (const line of lines) {
      if (!(line.id > this.#last.id) || line.at < this.#last.at)
        return failed(
          "unfit",
          `Line ${line.id} cannot stand after line ${this.#last.id}: numbers have to grow from 1, and site time must not run backwards.`,
        );
      this.#last = line;
      const group = this.#grouping.add(line);
      if (group !== null) full.push(group);
    }
    return closeAll(full);
  }

  /** The chunks of what is left. */
  end(): StoreResult<readonly ClosedChunk[]> {
    return closeAll(this.#grouping.rest());
  }
}

const closeAll = (groups: readonly (readonly Line[])[]): StoreResult<readonly ClosedChunk[]> => {
  const chunks: ClosedChunk[] = [];
  for (const group of groups) {
    const closed = closeLines(group);
    if (!closed.ok) return failed("unfit", closed.error.detail);
    chunks.push(closed.value);
  }
  return { ok: true, value: chunks };
};
