/** Has an archive (.zip) made of files in a thread of its own, which ends with it. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { failed, type StoreResult } from "../store/store.ts";

/** `text`: in pieces, and compressed; `bytes`: as they are, and gone afterwards. */
export type ZipEntry = Readonly<{ name: string }> &
  (Readonly<{ text: readonly string[] }> | Readonly<{ bytes: Uint8Array<ArrayBuffer> }>);
export type GivenToZip = Readonly<{ entries: readonly ZipEntry[]; madeAt: number }>;

/** The archive of some files in their order, all of them as of a moment in milliseconds since 1970 UTC. */
export const zipped = async (given: GivenToZip): Promise<StoreResult<Uint8Array>> => {
  const transferList = given.entries.flatMap((entry) => ("bytes" in entry ? [entry.bytes.buffer] : []));
  const thread = new Worker(new URL("./zip-worker.ts", import.meta.url), {
    ...{ name: "zip", workerData: given, transferList },
  });
  try {
    // Only that thread writes to this port; `once` rejects where it fails instead.
    const [bytes] = (await once(thread, "message")) as [Uint8Array];
    return { ok: true, value: bytes };
  } catch (error) {
    return failed("io", error instanceof Error ? error.message : String(error));
  } finally {
    await thread.terminate();
  }
};
