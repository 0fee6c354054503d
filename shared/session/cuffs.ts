/**
 * All cuffs of a site, as a value. Split into shards so that a change copies a sixty-fourth of them and the next
 * deadline of thousands is found by looking at one number a shard.
 */
import type { CuffId } from "../ids.ts";
import { earlier, type Monotonic, never } from "../units.ts";
import type { CuffState } from "./cuff-state.ts";

/** A cuff, and when it has to be looked at again by itself. */
type Entry = Readonly<{ cuff: CuffState; deadline: Monotonic }>;
type Shard = Readonly<{ entries: ReadonlyMap<CuffId, Entry>; next: Monotonic }>;
/** `next` is the earliest deadline of all: asked for after every message. */
export type Cuffs = Readonly<{ shards: readonly Shard[]; next: Monotonic }>;

const shardCount = 64;
const emptyShard: Shard = { entries: new Map(), next: never };

export const noCuffs: Cuffs = { shards: Array.from({ length: shardCount }, () => emptyShard), next: never };

const shardOf = (cuff: CuffId): number => {
  let hash = 0;
  for (let i = 0; i < cuff.length; i++) hash = (hash * 31 + cuff.charCodeAt(i)) | 0;
  return (hash >>> 0) % shardCount;
};

/** A cuff's state, or undefined where it was never heard and is in no class. */
export const cuffIn = (cuffs: Cuffs, cuff: CuffId): CuffState | undefined =>
  cuffs.shards[shardOf(cuff)]?.entries.get(cuff)?.cuff;

/** The cuffs with this one's state replaced; `deadline` is when it has to be looked at again by itself. */
export const withCuff = (cuffs: Cuffs, state: CuffState, deadline: Monotonic): Cuffs =>
  changed(cuffs, state.cuff, (entries) => entries.set(state.cuff, { cuff: state, deadline }));

/** The cuffs without this one. */
export const withoutCuff = (cuffs: Cuffs, cuff: CuffId): Cuffs =>
  changed(cuffs, cuff, (entries) => entries.delete(cuff));

const changed = (cuffs: Cuffs, cuff: CuffId, change: (entries: Map<CuffId, Entry>) => void): Cuffs => {
  const index = shardOf(cuff);
  const was = cuffs.shards[index] ?? emptyShard;
  const entries = new Map(was.entries);
  change(entries);
  let next = never;
  for (const { deadline } of entries.values()) if (deadline < next) next = deadline;
  const shards = cuffs.shards.with(index, { entries, next });
  // Only where the shard that was first is so no longer does everybody have to be asked.
  return {
    shards,
    next: next > cuffs.next && was.next === cuffs.next ? firstOf(shards) : earlier(next, cuffs.next),
  };
};

const firstOf = (shards: readonly Shard[]): Monotonic => {
  let first = never;
  for (const shard of shards) if (shard.next < first) first = shard.next;
  return first;
};

/** The earliest deadline of all. */
export const nextOf = (cuffs: Cuffs): Monotonic => cuffs.next;

/** The cuffs whose deadline is `at` or before, in the order of their names. */
export const dueAt = (cuffs: Cuffs, at: Monotonic): readonly CuffId[] =>
  cuffs.shards
    .filter((shard) => shard.next <= at)
    .flatMap((shard) => [...shard.entries].filter(([, { deadline }]) => deadline <= at).map(([cuff]) => cuff))
    .sort();

/** Every cuff, in no particular order. */
export const allCuffs = (cuffs: Cuffs): readonly CuffState[] =>
  cuffs.shards.flatMap((shard) => Array.from(shard.entries.values(), ({ cuff }) => cuff));

/** How many there are. */
export const cuffCount = (cuffs: Cuffs): number =>
  cuffs.shards.reduce((count, shard) => count + shard.entries.size, 0);
