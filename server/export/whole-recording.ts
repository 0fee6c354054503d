/** One session as it goes into the archive of its patient: three files, each compressed. Made in the thread of the archive. */
import { gzipSync } from "node:zlib";
import type { Exported } from "./exported.ts";
import { eventsOf, factsOf, samplesOf } from "./taken-home.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export type WholeRecording = Readonly<{ facts: Bytes; samples: Bytes; events: Bytes }>;

export const wholeRecording = (exported: Exported): WholeRecording => ({
  facts: compressed(factsOf({ ...exported, of: { kind: "session", session: exported.session } })),
  samples: compressed(samplesOf(exported)),
  events: compressed(eventsOf(exported)),
});

/** In memory of its own, which can be handed to another thread. */
const compressed = (bytes: Uint8Array): Bytes => new Uint8Array(gzipSync(bytes));
