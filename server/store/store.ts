/**
 * Where facts are kept. One port, one contract suite (test/server/store/contract.ts), several engines. Every call answers
 * with a value: a failing disk is something that happens, not a bug.
 */
import type { AlarmId, Epoch } from "../../shared/ids.ts";
import type { frequentKinds, Line } from "../../shared/recording/line.ts";
import type { FactKind } from "../../shared/session/fact.ts";
import type { Monotonic, WallTime } from "../../shared/units.ts";

/** A fact with everything that the engine does not know: which process took it in, and the wall clock beside it. */
export type Recorded = Omit<Line, "id">;
export type Stored = Line;

/** Kinds that are picked out by themselves. */
export type RareKind = Exclude<FactKind, (typeof frequentKinds)[number]>;

/** Facts of one kind by the wall clock; a place among them is told by wall time and number. */
export type KindRange = Readonly<{
  kind: RareKind;
  /** From this moment on, and before that one. */
  from: WallTime;
  to: WallTime;
  /** Only those older than this one, to read on from the last of a page. */
  olderThan?: Readonly<{ wall: WallTime; id: number }>;
  limit: number;
}>;

/** A folded state, so that a restart need not fold from the first day: facts after `factId` are not in it. */
export type Checkpoint = Readonly<{
  factId: number;
  /** Which form `state` has; a checkpoint in another form than the reader's own is of no use to it. */
  format: number;
  state: string;
}>;

/** The last moment at which this site was alive, on every clock (contract, "time", 1). */
export type Anchor = Readonly<{
  at: Monotonic;
  epoch: Epoch;
  bootId: string;
  bootClockMs: number;
  wall: WallTime;
}>;

/** Why something was not stored or read. `detail` is a sentence for the person who runs the server. */
export type StoreError = Readonly<{
  kind:
    | "full"
    | "io"
    | "busy"
    | "closed"
    /** The folder cannot be made, or not be written to. */
    | "unwritable"
    /** Another process owns the folder. */
    | "in-use"
    | "not-a-database"
    /** What was given cannot be kept: the detail says what is wrong with it. */
    | "unfit"
    /** Written by a later version of this program. */
    | "newer";
  detail: string;
}>;

export type StoreResult<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: StoreError }>;

export interface Store {
  /**
   * Stores a group of facts, and the anchor with them: all or, on an error, none, and then the same group may be given
   * again. Answered once they survive a loss of power. A `samples` fact whose cuff, boot and seq are stored already is
   * left out. The value is a number that no stored fact exceeds and every later one does (0: nothing was ever stored).
   */
  append(facts: readonly Recorded[], anchor?: Anchor): Promise<StoreResult<number>>;
  /**
   * At most `limit` facts after `afterId` (from the first one, without it), in order. There may be fewer of them than there are: only an
   * empty answer means the end. What is damaged is left out (`Recordings.damage` tells of it).
   */
  read(options: Readonly<{ afterId?: number; limit: number }>): Promise<StoreResult<readonly Stored[]>>;
  /** Facts of one kind in a range of wall time, the newest first. Costs what it answers, however much else is stored. */
  readKind(range: KindRange): Promise<StoreResult<readonly Stored[]>>;
  /** Every fact about these occurrences, in order. */
  readAlarms(alarms: readonly AlarmId[]): Promise<StoreResult<readonly Stored[]>>;
  /**
   * Occurrences of which something is stored from `wall` on, but not that they were raised: they were raised before it and were still
   * open then.
   */
  alarmsOpenAt(wall: WallTime): Promise<StoreResult<readonly AlarmId[]>>;
  /** Replaces the checkpoint that was there. */
  saveCheckpoint(checkpoint: Checkpoint): Promise<StoreResult<null>>;
  loadCheckpoint(): Promise<StoreResult<Checkpoint | null>>;
  saveAnchor(anchor: Anchor): Promise<StoreResult<null>>;
  loadAnchor(): Promise<StoreResult<Anchor | null>>;
  /** Gives the store back; every later call answers `closed`. May be called twice. */
  close(): Promise<void>;
}

export const failed = (kind: StoreError["kind"], detail: string): { ok: false; error: StoreError } => ({
  ok: false,
  error: { kind, detail },
});
