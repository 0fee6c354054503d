/**
 * All cuffs of a site, as a value. Split into shards so that a change copies a sixty-fourth of them and the next
 * deadline of thousands is found by looking at one number a shard.
 */
import { type CuffId, cuffId } from "../ids.ts";
import { type Monotonic, never } from "../units.ts";
import type { CuffState } from "./cuff-state.ts";

type Shard = Readonly<{
  cuffs: Readonly<Record<string, CuffState>>;
  deadlines: Readonly<Record<string, Monotonic>>;
  next: Monotonic;
}>;
export type Cuffs = readonly Shard[];

const shardCount = 64;
const emptyShard: Shard = { cuffs: {}, deadlines: {}, next: never };

export const noCuffs: Cuffs = Array.from({ length: shardCount }, () => emptyShard);

const shardOf = (cuff: CuffId): number => {
  let hash = 0;
  for (let i = 0; i < cuff.length; i++) hash = (hash * 31 + cuff.charCodeAt(i)) | 0;
  return (hash >>> 0) % shardCount;
};

export const cuffIn = (cuffs: Cuffs, cuff: CuffId): CuffState | undefined =>
  cuffs[shardOf(cuff)]?.cuffs[cuff];

/** The cuffs with this one's state replaced; `deadline` is when it has to be looked at again by itself. */
export const withCuff = (cuffs: Cuffs, state: CuffState, deadline: Monotonic): Cuffs => {
  const index = shardOf(state.cuff);
  const shard = cuffs[index] ?? emptyShard;
  const deadlines =
    shard.deadlines[state.cuff] === deadline
      ? shard.deadlines
      : { ...shard.deadlines, [state.cuff]: deadline };
  const next = deadlines === shard.deadlines ? shard.next : earliest(deadlines);
  return cuffs.with(index, { cuffs: { ...shard.cuffs, [state.cuff]: state }, deadlines, next });
};

const earliest = (deadlines: Readonly<Record<string, Monotonic>>): Monotonic => {
  let first = never;
  for (const cuff in deadlines) {
    const deadline = deadlines[cuff];
    if (deadline !== undefined && deadline < first) first = deadline;
  }
  return first;
};

export const nextOf = (cuffs: Cuffs): Monotonic => {
  let first = never;
  for (const shard of cuffs) if (shard.next < first) first = shard.next;
  return first;
};

/** The cuffs whose deadline is `at` or before. */
export const dueAt = (cuffs: Cuffs, at: Monotonic): readonly CuffId[] =>
  cuffs
    .filter((shard) => shard.next <= at)
    .flatMap((shard) => Object.keys(shard.deadlines).filter((cuff) => (shard.deadlines[cuff] ?? never) <= at))
    .sort()
    .map(cuffId);

export const allCuffs = (cuffs: Cuffs): readonly CuffState[] =>
  cuffs.flatMap((shard) => Object.values(shard.cuffs));
