/** The thread in which files become one archive: the checksums of many megabytes would hold up the floor. */
import { parentPort, workerData } from "node:worker_threads";
import { zipSync, type Zippable } from "fflate";
import type { GivenToZip, ZipEntry } from "./zip.ts";

/** The format knows no moment outside of these years; a machine whose clock was never set thinks it is 1970. */
const [earliest, latest] = [Date.UTC(1980, 0, 2), Date.UTC(2099, 11, 30)];

// Only `zip.ts` starts this thread.
const { entries, madeAt } = workerData as GivenToZip;
const mtime = Math.min(latest, Math.max(earliest, madeAt));

const packed = (entry: ZipEntry): Zippable[string] =>
  "text" in entry
    ? [new TextEncoder().encode(entry.text.join("")), { level: 6, mtime }]
    : [entry.bytes, { level: 0, mtime }];

const zip = zipSync(Object.fromEntries(entries.map((entry) => [entry.name, packed(entry)])));
parentPort?.postMessage(zip, zip.buffer instanceof ArrayBuffer ? [zip.buffer] : []);
