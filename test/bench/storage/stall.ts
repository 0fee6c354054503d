/** How long the floor's thread is held up while it hears a class, has it recorded, and a class before it is being packed. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { createRecorder } from "../../../server/store/recorder.ts";
import { openSqlite } from "../../../server/store/sqlite.ts";
import type { Anchor, Recorded } from "../../../server/store/store.ts";
import { epoch } from "../../../shared/ids.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { classLife } from "./class-life.ts";

export type StallOptions = Readonly<{
  folder: string;
  cuffs: number;
  seed: number;
  seconds: number;
  storing: boolean;
}>;

const own = epoch("b3a1f0c2-5d4e-4f6a-9b8c-7d6e5f4a3b2c");
const anchor: Anchor = { at: monotonic(0), epoch: own, bootId: "bench", bootClockMs: 0, wall: wallTime(0) };
/** The class before, in seconds, and when it was. */
const beforeSeconds = 120;
const beforeMs = 60_000;
const liveMs = 1_000_000;
/** What is heard in this time is heard at once, in ms: the finest that a timer of the thread gives. */
const tickMs = 100;
/** How often the delay is looked at, in ms. */
const resolution = 1;

/** In milliseconds. Without storing it is what the engine and the rest of the machine hold it up for. */
export const longestStall = async ({
  folder,
  cuffs,
  seed,
  seconds,
  storing,
}: StallOptions): Promise<number> => {
  // Made up first: to make up a class takes longer than to judge it.
  const live = recorded(cuffs, seed, seconds, liveMs);
  const opened = await openSqlite({ folder });
  if (!opened.ok) throw new Error(opened.error.detail);
  const store = opened.value;
  for (const facts of recorded(cuffs, seed + 1, storing ? beforeSeconds : 0, beforeMs))
    await store.append(facts);
  const recorder = createRecorder({ store, anchor: () => anchor });
  const life = { isOver: false };
  const packing = (async (): Promise<void> => {
    while (storing && !life.isOver) {
      const packed = await store.pack({ before: monotonic(liveMs), whole: false });
      if (!packed.ok) throw new Error(packed.error.detail);
      if (packed.value.lines === 0) return;
    }
  })();
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const began = performance.now();
  for (const [n, facts] of live.entries()) {
    if (storing) recorder.record(facts);
    await wait(Math.max(0, began + (n + 1) * tickMs - performance.now()));
  }
  delay.disable();
  life.isOver = true;
  await packing;
  await recorder.close();
  return Math.max(0, delay.max / 1e6 - resolution);
};

const recorded = (
  cuffs: number,
  seed: number,
  seconds: number,
  startMs: number,
): readonly (readonly Recorded[])[] =>
  Array.from(classLife(cuffs, seed, seconds, startMs), ({ facts }) =>
    facts.map((fact) => ({ epoch: own, at: fact.at, wall: wallTime(fact.at), fact })),
  );
