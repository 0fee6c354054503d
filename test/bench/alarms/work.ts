/** The alarm bench in portions that a thread can do by itself, and the threads that do them. */
import os from "node:os";
import { parentPort, Worker } from "node:worker_threads";
import type { CuffModelName } from "../../../devices/physics/model.ts";
import { injectionsInto, type Judged } from "./fault.ts";
import { overrunsIn } from "./overrun.ts";
import { personOf, seedOfPerson } from "./person.ts";
import { type Healthy, sessionOf, together } from "./session.ts";
import { tried } from "./trial.ts";

export type Portion =
  | Readonly<{ kind: "people"; model: CuffModelName; from: number; count: number; seed: number }>
  | Readonly<{ kind: "overruns"; seed: number }>;

export type Done = Readonly<{ healthy: readonly Healthy[]; judged: readonly Judged[] }>;

/** Lives through the sessions of a portion and tries their faults. */
export const done = (portion: Portion): Done => {
  switch (portion.kind) {
    case "overruns":
      return { healthy: [], judged: overrunsIn(portion.seed) };
    case "people": {
      const { model, from, count, seed } = portion;
      const healthy: Healthy[] = [];
      const judged: Judged[] = [];
      for (let n = from; n < from + count; n++) {
        const lived = sessionOf(personOf(model, seedOfPerson(seed, model, n)));
        healthy.push(lived.healthy);
        for (const injection of injectionsInto(lived.session, n)) {
          const one = tried(lived.session, injection);
          if (one !== null) judged.push(one);
        }
      }
      return { healthy: [together(healthy, model)], judged };
    }
  }
};

/** Two threads at most: others may be at work on the machine. */
const mostThreads = 2;

/** Does all portions, in threads; `note` is told how many are done. Their order makes no difference. */
export const doneInThreads = async (
  portions: readonly Portion[],
  note: (line: string) => void,
): Promise<Done> => {
  const waiting = [...portions];
  const results: Done[] = [];
  const thread = async (): Promise<void> => {
    const worker = new Worker(new URL(import.meta.url));
    try {
      for (let portion = waiting.shift(); portion !== undefined; portion = waiting.shift()) {
        results.push(await answered(worker, portion));
        if (results.length % 10 === 0) note(`${results.length} of ${portions.length} portions`);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostThreads, os.availableParallelism()) }, thread));
  return {
    healthy: results.flatMap(({ healthy }) => healthy),
    judged: results.flatMap(({ judged }) => judged),
  };
};

const answered = (worker: Worker, portion: Portion): Promise<Done> =>
  new Promise((resolve, reject) => {
    worker.once("message", (message: Done) => {
      worker.off("error", reject);
      resolve(message);
    });
    worker.once("error", reject);
    worker.postMessage(portion);
  });

// The same file is what a thread runs.
parentPort?.on("message", (portion: Portion) => parentPort?.postMessage(done(portion)));
