/** What is asked of the thread that holds the database, and what it answers. Everything can be cloned. */
import type { AlarmId, SiteId } from "../../shared/ids.ts";
import type { WallTime } from "../../shared/units.ts";
import type { Change, Entry, Listing, Named, RecordKind, Written } from "../register/register.ts";
import type { ClosedChunk } from "./closed-chunk.ts";
import type { Keyframe } from "./keyframes.ts";
import type { Prepared } from "./prepare.ts";
import type { Removal } from "./removal.ts";
import type { Anchor, Checkpoint, KindRange } from "./store.ts";
import type { FactRow, StoredFactRow } from "./tables.ts";

export type WorkerOptions = Readonly<{
  folder: string;
  mostPages: number | null;
  busyWaitMs: number;
  site: SiteId;
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
  /** How often lines were removed since the start. */
  removals: { given: null; answer: number };
  /** A chunk, and how often lines had been removed before its rows were read. */
  takeIn: { given: Readonly<{ prepared: Prepared; removals: number }>; answer: number };
  beginLog: { given: null; answer: number };
  addChunks: { given: Readonly<{ log: number; chunks: readonly ClosedChunk[] }>; answer: null };
  finishLog: { given: Readonly<{ log: number; keyframes: readonly Keyframe[] }>; answer: null };
  dropLog: { given: number; answer: null };
  removeLines: { given: readonly Removal[]; answer: number };
  scrub: { given: null; answer: null };
  isScrubbed: { given: null; answer: boolean };
  getRecord: { given: Readonly<{ kind: RecordKind; id: string }>; answer: Entry | null };
  findRecord: { given: Readonly<{ kind: RecordKind; unique: string }>; answer: Entry | null };
  listRecords: { given: Listing; answer: readonly (Entry & Readonly<{ sort: string }>)[] };
  recordHistory: { given: Readonly<{ kind: RecordKind; id: string }>; answer: readonly Entry[] };
  recordsEverOf: { given: string; answer: readonly Named[] };
  purgeRecords: {
    given: Readonly<{ records: readonly Named[]; but: "nothing" | "what-stands" }>;
    answer: number;
  };
  writeRecords: { given: readonly Change[]; answer: Written };
  close: { given: null; answer: null };
};
export type CallName = keyof Calls;
