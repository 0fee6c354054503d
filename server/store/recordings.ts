/** What is done with closed recordings, beside storing facts (store.ts) and reading stretches of them (archive.ts). */
import type { Line } from "../../shared/recording/line.ts";
import type { Damage } from "./damage.ts";
import type { Keyframe } from "./keyframes.ts";
import type { Packed, Packing } from "./prepare.ts";
import type { Removal } from "./removal.ts";
import type { StoreResult } from "./store.ts";

export interface Recordings {
  /** Packs one chunk of the site's own log: made in the thread of the archive, and a few milliseconds of the store's. */
  pack(packing: Packing): Promise<StoreResult<Packed>>;
  /**
   * Writes a log that was made elsewhere: all of it or, on an error, nothing. Its lines come in groups, a thousand or so at a time, in order:
   * numbers grow from 1 on, site time does not run backwards. Answers with the log's number.
   */
  appendLog(
    groups: AsyncIterable<readonly Line[]> | Iterable<readonly Line[]>,
    keyframes?: readonly Keyframe[],
  ): Promise<StoreResult<number>>;
  /** The same for a log that was packed elsewhere too: bytes of `encodeChunk`, one chunk after the other, whose lines are one log's. */
  appendChunks(chunks: readonly Uint8Array[]): Promise<StoreResult<number>>;
  /** Takes a whole log away that was made elsewhere. */
  removeLog(log: number): Promise<StoreResult<null>>;
  /**
   * Takes lines away, and answers how many there were. Their bytes may still stand in free parts of the file until `scrub`. The checkpoint
   * should be of a state that holds nothing of it any more.
   */
  removeLines(removals: readonly Removal[]): Promise<StoreResult<number>>;
  /**
   * Leaves the bytes of whatever was taken away in no file of the folder. Rewrites the whole database: not while a class is under way.
   */
  scrub(): Promise<StoreResult<null>>;
  /** Whether nothing was taken away since the last `scrub`, also before the last start. */
  isScrubbed(): Promise<StoreResult<boolean>>;
  /** What was found damaged since the start. */
  damage(): readonly Damage[];
}
