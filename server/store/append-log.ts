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
