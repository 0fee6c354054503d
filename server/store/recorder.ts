/**
 * Between the floor and the store: takes facts without ever making the floor wait, stores them in groups, and holds them
 * in memory, within a bound, while storing fails. A full disk must stop nobody from acknowledging or releasing.
 */
import { storesWithin } from "../../shared/alarm/policy.ts";
import { RecordingQueue } from "./recording-queue.ts";
import type { Anchor, Recorded, Store, StoreError, StoreResult } from "./store.ts";

export type RecorderHealth = Readonly<{
  /** Facts are being stored. */
  ok: boolean;
  /** Facts that are held in memory only. */
  pending: number;
  /** Samples that were given up for want of memory, since the start. */
  dropped: number;
  /** The last error, also when it is over. */
  lastError: StoreError | null;
}>;

export interface Recorder {
  /** Takes facts in; the ticket stands for everything taken in so far. Returns at once, whatever the disk does. */
  record(facts: readonly Recorded[]): number;
  /**
   * True once everything up to `ticket` (without it: up to now) is stored; false as soon as it is known that storing
   * fails or takes too long to wait for. Never rejects.
   */
  stored(ticket?: number): Promise<boolean>;
  /** Whether somebody waits until something is stored. */
  isWaitedFor(): boolean;
  /** Stores a folded state that contains every fact recorded so far, once those are stored. */
  checkpoint(format: number, state: string): void;
  health(): RecorderHealth;
  /** Told whenever `ok` changes. Gives back how to stop listening. */
  onHealth(listener: (health: RecorderHealth) => void): () => void;
  /** Stores what it holds, as far as that goes, and closes the store; answers how many facts were lost. */
  close(): Promise<number>;
}

export type RecorderOptions = Readonly<{
  store: Store;
  /** This moment on every clock; stored with each group. */
  anchor: () => Anchor;
  /** How many facts are held at most; above it the oldest samples go, and nothing else ever does. */
  mostFacts?: number;
}>;

/** How long facts are gathered into one group, in milliseconds; a person who waits for an answer cuts it short. */
const gatherMs = 50;
const mostOfOneGroup = 2000;
/** Waits between attempts while storing fails, in milliseconds. */
const retryMs = [250, 500, 1000, 2000] as const;
/** How long the answer to a command waits for its fact, in milliseconds; then it says "not recorded" instead. */
const answerWaitMs = 1000;
/** A disk that has not answered for this long counts as failing, in milliseconds. */
const stalledMs = storesWithin;
/** The anchor is stored this often when there is nothing else to store, in milliseconds. */
const idleAnchorMs = 5000;
/** How long closing tries to store what is held, in milliseconds. */
const closeWaitMs = 3000;

type Waiting = Readonly<{ ticket: number; answer: (stored: boolean) => void }>;
type PendingCheckpoint = Readonly<{ upTo: number; format: number; state: string }>;

/** A recorder in front of `store`, which it closes at its own end. */
export const createRecorder = ({ store, anchor, mostFacts = 100_000 }: RecorderOptions): Recorder => {
  const queue = new RecordingQueue(mostFacts);
  const listeners = new Set<(health: RecorderHealth) => void>();
  let waiting: readonly Waiting[] = [];
  let checkpoint: PendingCheckpoint | null = null;
  let ok = true;
  let lastError: StoreError | null = null;
  let attempts = 0;
  let writing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const health = (): RecorderHealth => ({ ok, pending: queue.size, dropped: queue.dropped, lastError });

  const setOk = (now: boolean): void => {
    if (ok === now) return;
    ok = now;
    for (const listener of listeners) listener(health());
  };

  const failWith = (error: StoreError): void => {
    lastError = error;
    setOk(false);
    const all = waiting;
    waiting = [];
    for (const { answer } of all) answer(false);
  };

  const answerStored = (): void => {
    const done = waiting.filter(({ ticket }) => ticket <= queue.storedUpTo);
    waiting = waiting.filter(({ ticket }) => ticket > queue.storedUpTo);
    for (const { answer } of done) answer(true);
  };

  const schedule = (ms: number): void => {
    if (closed || writing !== null) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void write(), ms);
  };

  const write = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing ??= writeOnce().finally(() => {
      writing = null;
      schedule(waitBeforeNext());
    });
    return writing;
  };

  const waitBeforeNext = (): number => {
    if (attempts > 0) return retryMs[Math.min(attempts, retryMs.length) - 1] ?? gatherMs;
    if (waiting.length > 0) return 0;
    return queue.size > 0 || checkpoint !== null ? gatherMs : idleAnchorMs;
  };

  const writeOnce = async (): Promise<void> => {
    const group = queue.take(mostOfOneGroup, checkpoint?.upTo ?? Infinity);
    const stalled = setTimeout(
      () => failWith({ kind: "io", detail: `The disk has not answered for ${stalledMs / 1000} s.` }),
      stalledMs,
    );
    const appended = await store.append(group, anchor());
    const result = appended.ok ? await saveCheckpoint(appended.value, group.length) : appended;
    clearTimeout(stalled);
    if (!result.ok) {
      if (!appended.ok) queue.putBack();
      attempts += 1;
      failWith(result.error);
      return;
    }
    attempts = 0;
    setOk(true);
  };

  /** Counts a group as stored, and saves the checkpoint that was waiting for exactly that. */
  const saveCheckpoint = async (id: number, count: number): Promise<StoreResult<null>> => {
    queue.stored(count);
    answerStored();
    const due = checkpoint;
    if (due === null || queue.storedUpTo < due.upTo) return { ok: true, value: null };
    const saved = await store.saveCheckpoint({ factId: id, format: due.format, state: due.state });
    if (saved.ok && checkpoint === due) checkpoint = null;
    return saved;
  };

  schedule(idleAnchorMs);

  return {
    record: (facts) => {
      const idle = queue.size === 0;
      const ticket = queue.add(facts);
      if (idle && facts.length > 0 && attempts === 0) schedule(gatherMs);
      return ticket;
    },
    stored: (ticket = queue.last) => {
      if (ticket <= queue.storedUpTo) return Promise.resolve(true);
      if (!ok || closed) return Promise.resolve(false);
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          waiting = waiting.filter((w) => w !== mine);
          resolve(false);
        }, answerWaitMs);
        const mine: Waiting = {
          ticket,
          answer: (stored) => {
            clearTimeout(late);
            resolve(stored);
          },
        };
        waiting = [...waiting, mine];
        schedule(0);
      });
    },
    isWaitedFor: () => waiting.length > 0,
    checkpoint: (format, state) => {
      checkpoint = { upTo: queue.last, format, state };
      if (attempts === 0) schedule(gatherMs);
    },
    health,
    onHealth: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
      const flushed = flush();
      const late = new Promise<void>((resolve) => setTimeout(resolve, closeWaitMs).unref());
      await Promise.race([flushed, late]);
      if (timer !== null) clearTimeout(timer);
      await store.close();
      return queue.size;
    },
  };

  /** Writes until nothing is held or storing fails. */
  async function flush(): Promise<void> {
    await writing;
    do await write();
    while (attempts === 0 && queue.size > 0);
  }
};
