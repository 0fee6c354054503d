/**
 * Folded states of earlier moments, so that a replay need not fold from the first day. They are a cache: without one a replay begins with what
 * is known of the clinic, and with nobody in it.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Kysely } from "kysely";
import { type Monotonic, monotonic } from "../../shared/units.ts";
import type { Checkpoint } from "./store.ts";
import type { Tables } from "./tables.ts";

/** A state as text, as it was after the line `afterId` of its log. */
export type Keyframe = Readonly<{ afterId: number; at: Monotonic; format: number; state: string }>;

/**
 * How long folding from one keyframe to the next is, in milliseconds of site time. One weighs as much as 1,300 samples of each cuff: this
 * often they are a tenth of a recording (docs/bench.md, `storage`).
 */
const keyframeEveryMs = 1_200_000;
/** A state has a few hundred kilobytes at most; bytes that claim more are damaged. */
const largestState = 64 * 1024 * 1024;
const level = { params: { [constants.ZSTD_c_compressionLevel]: 19 } };

export const putKeyframe = async (
  db: Kysely<Tables>,
  log: number,
  { afterId, at, format, state }: Keyframe,
): Promise<void> => {
  const row = { at, format, state: new Uint8Array(zstdCompressSync(Buffer.from(state), level)) };
  await db
    .insertInto("keyframe")
    .values({ log, after_id: afterId, ...row })
    .onConflict((conflict) => conflict.columns(["log", "after_id"]).doUpdateSet(row))
    .execute();
};

/** Keeps a checkpoint as a keyframe where the last one is old enough and something was recorded since. */
export const keepAsKeyframe = async (
  db: Kysely<Tables>,
  log: number,
  { factId, format, state }: Checkpoint,
): Promise<void> => {
  const at = momentOf(state);
  if (at === null) return;
  const last = await db
    .selectFrom("keyframe")
    .select(["after_id", "at"])
    .where("log", "=", log)
    .orderBy("after_id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last !== undefined && (last.after_id >= factId || at - last.at < keyframeEveryMs)) return;
  await putKeyframe(db, log, { afterId: factId, at, format, state });
};

/** The last one before `at` that this program can read; null where there is none. */
export const keyframeBefore = async (
  db: Kysely<Tables>,
  log: number,
  at: Monotonic,
  format: number,
): Promise<Readonly<{ afterId: number; state: string }> | null> => {
  const row = await db
    .selectFrom("keyframe")
    .select(["after_id", "state"])
    .where("log", "=", log)
    .where("at", "<", at)
    .where("format", "=", format)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  const state = row === undefined ? null : textOf(row.state);
  return row === undefined || state === null ? null : { afterId: row.after_id, state };
};

/** The text of a keyframe; null where its bytes are not as they were. */
export const textOf = (state: Uint8Array): string | null => {
  try {
    return zstdDecompressSync(state, { maxOutputLength: largestState }).toString();
  } catch {
    return null;
  }
};

/** The moment of a frozen state (shared/checkpoint.ts); null where the text is none. */
const momentOf = (state: string): Monotonic | null => {
  try {
    const value: unknown = JSON.parse(state);
    return typeof value === "object" && value !== null && "at" in value && typeof value.at === "number"
      ? monotonic(value.at)
      : null;
  } catch {
    return null;
  }
};
