/** Asking a thread: one question, one answer, in any number at a time. */
import { Worker } from "node:worker_threads";
import type { Damage } from "./damage.ts";
import { failed, type StoreResult } from "./store.ts";

/** Call → what it is given, what it answers. Everything can be cloned. */
export type ThreadCalls = Readonly<Record<string, Readonly<{ given: unknown; answer: unknown }>>>;

export type Question<C extends ThreadCalls> = {
  [K in keyof C]: Readonly<{ number: number; call: K; given: C[K]["given"] }>;
}[keyof C];
export type Reply<C extends ThreadCalls> = Readonly<{
  number: number;
  result: StoreResult<C[keyof C]["answer"]>;
}>;
/** What a thread says unasked. */
export type Notice = Readonly<{ damaged: Damage }>;

export type Ask<C extends ThreadCalls> = <K extends keyof C>(
  call: K,
  given: C[K]["given"],
) => Promise<StoreResult<C[K]["answer"]>>;
export type Thread<C extends ThreadCalls> = Readonly<{ ask: Ask<C>; end: () => Promise<void> }>;

/** Starts the thread in `file`. `name` is what it is called in a sentence: "the store". */
export const startThread = <C extends ThreadCalls>(
  file: URL,
  name: string,
  heard: (notice: Notice) => void,
): Thread<C> => {
  const thread = new Worker(file, { name });
  const waiting = new Map<number, (result: Reply<C>["result"]) => void>();
  let number = 0;
  let ended: StoreResult<never> | null = null;

  thread.on("message", (message: Reply<C> | Notice) => {
    if ("damaged" in message) {
      heard(message);
      return;
    }
    waiting.get(message.number)?.(message.result);
    waiting.delete(message.number);
  });
  const endWith = (detail: string): void => {
    ended ??= failed("closed", detail);
    for (const answer of waiting.values()) answer(ended);
    waiting.clear();
  };
  thread.on("error", (error: unknown) => endWith(`The thread of the ${name} has ended (${String(error)}).`));
  thread.on("exit", () => endWith(`The ${name} is closed.`));

  return {
    ask: <K extends keyof C>(call: K, given: C[K]["given"]) =>
      new Promise<StoreResult<C[K]["answer"]>>((resolve) => {
        if (ended !== null) {
          resolve(ended);
          return;
        }
        number += 1;
        // The thread answers each call with its own kind of value.
        waiting.set(number, resolve);
        thread.postMessage({ number, call, given });
      }),
    end: async () => {
      await thread.terminate();
    },
  };
};
