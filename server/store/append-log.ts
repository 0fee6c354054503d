/** Writes a log that was made elsewhere: the archive's thread makes columns of it, the store's thread writes them. */
import type { ArchiveCalls } from "./archive-calls.ts";
import type { ClosedChunk } from "./closed-chunk.ts";
import type { Recordings } from "./recordings.ts";
import type { Calls } from "./sqlite-calls.ts";
import type { StoreResult } from "./store.ts";
import type { Ask } from "./thread.ts";

export const appendLogWith =
  (store: Ask<Calls>, archive: Ask<ArchiveCalls>): Recordings["appendLog"] =>
  async (groups, keyframes = []) => {
    const begun = await store("beginLog", null);
    if (!begun.ok) return begun;
    const log = begun.value;
    const write = async (closed: StoreResult<readonly ClosedChunk[]>): Promise<StoreResult<null>> =>
      closed.ok ? store("addChunks", { log, chunks: closed.value }) : closed;
    const undo = async (): Promise<void> => {
      await archive("forgetLines", log);
      await store("dropLog", log);
    };
    try {
      for await (const lines of groups) {
        const written = await write(await archive("closeLines", { log, lines, last: false }));
        if (!written.ok) {
          await undo();
          return written;
        }
      }
    } catch (error) {
      // Whoever gave the lines has failed; nothing of them stays.
      await undo();
      throw error;
    }
    const rest = await write(await archive("closeLines", { log, lines: [], last: true }));
    const finished = rest.ok ? await store("finishLog", { log, keyframes }) : rest;
    if (finished.ok) return { ok: true, value: log };
    await undo();
    return finished;
  };

/** Writes a log that was packed elsewhere: the archive's thread looks into each chunk and compresses it, the store's thread writes it. */
export const appendChunksWith =
  (store: Ask<Calls>, archive: Ask<ArchiveCalls>): Recordings["appendChunks"] =>
  async (chunks) => {
    const begun = await store("beginLog", null);
    if (!begun.ok) return begun;
    const log = begun.value;
    const undone = async (why: StoreResult<never>): Promise<StoreResult<never>> => {
      await store("dropLog", log);
      return why;
    };
    // One at a time, so that whoever reads a recording meanwhile waits for one at the most.
    for (const bytes of chunks) {
      const closed = await archive("closeChunk", bytes);
      if (!closed.ok) return undone(closed);
      const added = await store("addChunks", { log, chunks: [closed.value] });
      if (!added.ok) return undone(added);
    }
    const finished = await store("finishLog", { log, keyframes: [] });
    return finished.ok ? { ok: true, value: log } : undone(finished);
  };
