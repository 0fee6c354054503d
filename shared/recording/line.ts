/** One entry of a log as it was recorded: a fact, and everything beside it that the engine does not know. */
import type { CuffId, Epoch } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import type { Monotonic, WallTime } from "../units.ts";

/**
 * `id` grows from line to line of a log and is never used twice; there may be gaps. `at` is site time and never runs backwards within a log;
 * `wall` is the wall clock beside it, which may be set; `epoch` tells which process took it in.
 */
export type Line = Readonly<{ id: number; epoch: Epoch; at: Monotonic; wall: WallTime; fact: Fact }>;

/** Kinds that a cuff says again and again: nearly all that is stored. They are read in order only, never picked out. */
export const frequentKinds = ["samples", "basic-sample", "status", "meta", "event"] as const;
/** A millisecond has this many ids to itself, unless more is recorded in it. */
export const idsOfMs = 16;

/**
 * The id of a line of this moment after the line `last` (0: it is the first). It nearly follows from its moment, so that telling in which order many cuffs
 * came costs a closed line next to nothing (docs/bench.md, `storage`). Other ids that grow are as good, but for the room that they take.
 */
export const nextId = (last: number, at: Monotonic): number => {
  const ofMoment = Math.floor(at) * idsOfMs;
  return ofMoment < mostOfMoment ? Math.max(last + 1, ofMoment) : last + 1;
};
/** As many as of 17 years. A clock that was once believed to be decades ahead must leave room for all ids after it (whole.ts). */
const mostOfMoment = 2 ** 43;

/** The log that a site writes itself. Recordings made elsewhere each have a log of their own, from 1 on. */
export const ownLog = 0;

/** Which lines are meant: those of these moments, and of facts about one cuff only those of the cuffs named. */
export type Stretch = Readonly<{
  log: number;
  /** Both are meant. */
  from: Monotonic;
  to: Monotonic;
  /** Null: every cuff. A cuff may be meant for a part of the time only, when it was swapped. */
  cuffs: readonly Readonly<{ cuff: CuffId; from: Monotonic; to: Monotonic }>[] | null;
}>;

/** Lines that were there and cannot be given: a stretch that is shown as a gap. */
export type Hole = Readonly<{
  from: Monotonic;
  to: Monotonic;
  /** Null: of every cuff and of the class. */
  cuff: CuffId | null;
  /** Damaged on the disk; erased at somebody's wish; or removed since it was older than the clinic keeps recordings. */
  why: "damaged" | "erased" | "outlived";
}>;
