/** Has a file read in a thread of its own, which ends with `close`. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ImportAnswer, ImportWishes } from "../../shared/clinic/import-api.ts";
import type { Line } from "../../shared/recording/line.ts";
import type { Context, Prepared } from "./prepared.ts";

export type GivenToWorker = Readonly<{
  bytes: Uint8Array<ArrayBuffer>;
  wishes: ImportWishes;
  context: Context;
}>;
export type Records = Omit<NonNullable<Prepared["kept"]>, "lines">;
export type FromWorker =
  | Readonly<{ is: "prepared"; answer: ImportAnswer; records: Records | null }>
  | Readonly<{ is: "lines"; lines: readonly Line[] }>;

export type Reading = Readonly<{
  answer: ImportAnswer;
  /** Null where anything is wrong with the file. */
  records: Records | null;
  /** The lines of its log, some at a time; to be gone through once. */
  lines: () => AsyncGenerator<readonly Line[]>;
  close: () => Promise<void>;
}>;

/** A file of a million facts takes this much and no more, in MB; one that takes more ends its own thread and nothing else. */
const mostMemory = 3072;

/** Reads a file; rejects where it takes more memory than is given to it. Its bytes are handed over and gone afterwards. */
export const readElsewhere = async (given: GivenToWorker): Promise<Reading> => {
  const thread = new Worker(new URL("./import-worker.ts", import.meta.url), {
    ...{ name: "import", workerData: given, transferList: [given.bytes.buffer] },
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
  });
  const next = async (): Promise<FromWorker> => {
    // Only that thread writes to this port; `once` rejects where it fails instead.
    const [message] = (await once(thread, "message")) as [FromWorker];
    return message;
  };
  try {
    const first = await next();
    if (first.is !== "prepared") throw new Error("The thread of an import spoke out of turn.");
    return {
      ...{ answer: first.answer, records: first.records },
      lines: async function* () {
        for (;;) {
          const coming = next();
          thread.postMessage(null);
          const message = await coming;
          if (message.is !== "lines" || message.lines.length === 0) return;
          yield message.lines;
        }
      },
      close: async () => {
        await thread.terminate();
      },
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
};

/** Bytes that can be handed over: small buffers share their memory with others. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes);
