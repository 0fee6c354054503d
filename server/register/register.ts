/**
 * The clinic's records (people, plans, cuffs, follow-ups): documents with versions, beside the facts and in the same database. Nothing is
 * overwritten silently: who writes says which version they have seen, and every version is kept. The engine reads nothing of it;
 * what a class needs is copied into its facts.
 */
import type { WallTime } from "../../shared/units.ts";
import type { StoreResult } from "../store/store.ts";

export const recordKinds = [
  "staff",
  /** A person's password and PIN, hashed. */
  "secret",
  /** A wall or tablet that was let in. */
  "device",
  /** Somebody who is signed in on one of them. */
  "sign-in",
  "patient",
  "programme",
  "lop",
  "cuff",
  /** A cuff's MQTT credentials, hashed. */
  "credential",
  /** What was done in one patient's part of a class. */
  "session",
  /** Where the recording of a session, and of a class, lies, and what is said of it without reading it. */
  "recording",
  "class",
  "follow-up",
  "adverse-event",
  /** The clinic's own choices; one record, `clinic`. */
  "settings",
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** One version of a record. `body` is what the collection's schema made of it. */
export type Entry<Body = unknown> = Readonly<{
  id: string;
  version: number;
  at: WallTime;
  /** Who wrote this version. */
  by: string;
  /** Whose it is (see `Keys`). */
  owner: string | null;
  body: Body;
}>;

/** How a record is found again. */
export type Keys = Readonly<{
  /** Whose it is: the patient of a plan; null where nobody's. */
  owner: string | null;
  /** No two records of a kind have the same; null where that does not matter. */
  unique: string | null;
  /** What a search looks through, folded (see `folded`). */
  search: string;
  /** The order of lists. */
  sort: string;
}>;

/** One change; `seen` is the version that the writer has read, null for a record that is new. A null body takes the record away. */
export type Change = Readonly<{
  kind: RecordKind;
  id: string;
  seen: number | null;
  by: string;
  at: WallTime;
}> &
  (Readonly<{ body: unknown; keys: Keys }> | Readonly<{ body: null }>);

/** A record by its name. */
export type Named = Readonly<{ kind: RecordKind; id: string }>;

export type Written =
  | Readonly<{ is: "written"; versions: readonly number[] }>
  /** Somebody was faster: `present` is what stands there now, null where there is nothing (any more). */
  | Readonly<{ is: "conflict"; kind: RecordKind; id: string; present: Entry | null }>
  /** Another record has that unique key. */
  | Readonly<{ is: "taken"; kind: RecordKind; unique: string; id: string }>;

export type Listing = Readonly<{
  kind: RecordKind;
  /** Null: only what is nobody's. */
  owner?: string | null;
  /** Only records whose searched text has all of these words, folded. */
  words?: readonly string[];
  /** Only records whose `sort` is from this on, and before that one. */
  from?: string;
  to?: string;
  /** Reads on after the last of a page. */
  after?: Readonly<{ sort: string; id: string }>;
  descending?: boolean;
  limit: number;
}>;

export interface Register {
  get(kind: RecordKind, id: string): Promise<StoreResult<Entry | null>>;
  /** The record with this unique key. */
  find(kind: RecordKind, unique: string): Promise<StoreResult<Entry | null>>;
  list(listing: Listing): Promise<StoreResult<readonly (Entry & Readonly<{ sort: string }>)[]>>;
  /** Every version of a record, the newest first; one that was taken away has a null body. */
  history(kind: RecordKind, id: string): Promise<StoreResult<readonly Entry[]>>;
  /** Every record that was ever this owner's in any version, also one that was taken away since. */
  everOf(owner: string): Promise<StoreResult<readonly Named[]>>;
  /**
   * Takes every version of these records away, as if they had never been, or every one but what stands now; answers how many there were. For
   * erasing somebody, and for nothing else: what is merely removed keeps its versions. The bytes are gone once the store has rewritten its file.
   */
  purge(records: readonly Named[], but: "nothing" | "what-stands"): Promise<StoreResult<number>>;
  /** All of the changes or none; answered once they survive a loss of power. */
  write(changes: readonly Change[]): Promise<StoreResult<Written>>;
}

/** Text as it is searched: without case, and without the marks on letters ("Žofie" is found as "zofie"). */
export const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
