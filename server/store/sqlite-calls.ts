/** What is asked of the thread that holds the database, and what it answers. Everything can be cloned. */
import type { AlarmId } from "../../shared/ids.ts";
import type { WallTime } from "../../shared/units.ts";
import type { Change, Entry, Listing, RecordKind, Written } from "../register/register.ts";
import type { Anchor, Checkpoint, KindRange, StoreResult } from "./store.ts";
import type { FactRow, StoredFactRow } from "./tables.ts";

export type WorkerOptions = Readonly<{
  folder: string;
  mostPages: number | null;
  busyWaitMs: number;
}>;

/** Call → what it is given, what it answers. */
export type Calls = {
  open: { given: WorkerOptions; answer: null };
  append: { given: Readonly<{ rows: readonly FactRow[]; anchor: Anchor | null }>; answer: number };
  read: { given: Readonly<{ afterId: number; limit: number }>; answer: readonly StoredFactRow[] };
  readKind: { given: KindRange; answer: readonly StoredFactRow[] };
  readAlarms: { given: readonly AlarmId[]; answer: readonly StoredFactRow[] };
  alarmsOpenAt: { given: WallTime; answer: readonly AlarmId[] };
  saveCheckpoint: { given: Checkpoint; answer: null };
  loadCheckpoint: { given: null; answer: Checkpoint | null };
  saveAnchor: { given: Anchor; answer: null };
  loadAnchor: { given: null; answer: Anchor | null };
  getRecord: { given: Readonly<{ kind: RecordKind; id: string }>; answer: Entry | null };
  findRecord: { given: Readonly<{ kind: RecordKind; unique: string }>; answer: Entry | null };
  listRecords: { given: Listing; answer: readonly (Entry & Readonly<{ sort: string }>)[] };
  recordHistory: { given: Readonly<{ kind: RecordKind; id: string }>; answer: readonly Entry[] };
  writeRecords: { given: readonly Change[]; answer: Written };
  close: { given: null; answer: null };
};
export type CallName = keyof Calls;

export type Question<K extends CallName = CallName> = {
  [C in K]: Readonly<{ number: number; call: C; given: Calls[C]["given"] }>;
}[K];
export type Reply = Readonly<{ number: number; result: StoreResult<Calls[CallName]["answer"]> }>;
