/**
 * All cuffs of a site, as a value. Split into shards so that a change copies a sixty-fourth of them and the next
 * deadline of thousands is found by looking at one number a shard.
 */
import type { CuffId } from "../ids.ts";
import { type Monotonic, never } from "../units.ts";
import type { CuffState } from "./cuff-state.ts";

/** A cuff, and when it has to be looked at again by itself. */
type Entry = Readonly<{ cuff: CuffState; deadline: Monotonic }>;
type Shard = Readonly<{ entries: ReadonlyMap<CuffId, Entry>; next: Monotonic }>;
export type Cuffs = readonly Shard[];

const shardCount = 64;
const emptyShard: Shard = { entries: new Map(), next: never };

export const noCuffs: Cuffs = Array.from({ length: shardCount }, () => emptyShard);

const shardOf = (cuff: CuffId): number => {
  let hash = 0;
  for (let i = 0; i < cuff.length; i++) hash = (hash * 31 + cuff.charCodeAt(i)) | 0;
  return (hash >>> 0) % shardCount;
};

/** A cuff's state, or undefined where it was never heard and is in no class. */
export const cuffIn = (cuffs: Cuffs, cuff: CuffId): CuffState | undefined =>
  cuffs[shardOf(cuff)]?.entries.get(cuff)?.cuff;

/** The cuffs with this one's state replaced; `deadline` is when it has to be looked at again by itself. */
export const withCuff = (cuffs: Cuffs, state: CuffState, deadline: Monotonic): Cuffs =>
  changed(cuffs, state.cuff, (entries) => entries.set(state.cuff, { cuff: state, deadline }));

/** The cuffs without this one. */
export const withoutCuff = (cuffs: Cuffs, cuff: CuffId): Cuffs =>
  changed(cuffs, cuff, (entries) => entries.delete(cuff));

const changed = (cuffs: Cuffs, cuff: CuffId, change: (entries: Map<CuffId, Entry>) => void): Cuffs => {
  const index = shardOf(cuff);
  const entries = new Map(cuffs[index]?.entries);
  change(entries);
  let next = never;
  for (const { deadline } of entries.values()) if (deadline < next) next = deadline;
  return cuffs.with(index, { entries, next });
};

/** The earliest deadline of all. */
export const nextOf = (cuffs: Cuffs): Monotonic => {
  let first = never;
  for (const shard of cuffs) if (shard.next < first) first = shard.next;
  return first;
};

/** The cuffs whose deadline is `at` or before, in the order of their names. */
export const dueAt = (cuffs: Cuffs, at: Monotonic): readonly CuffId[] =>
  cuffs
    .filter((shard) => shard.next <= at)
    .flatMap((shard) => [...shard.entries].filter(([, { deadline }]) => deadline <= at).map(([cuff]) => cuff))
    .sort();

/** Every cuff, in no particular order. */
export const allCuffs = (cuffs: Cuffs): readonly CuffState[] =>
  cuffs.flatMap((shard) => Array.from(shard.entries.values(), ({ cuff }) => cuff));

/** How many there are. */
export const cuffCount = (cuffs: Cuffs): number =>
  cuffs.reduce((count, shard) => count + shard.entries.size, 0);
