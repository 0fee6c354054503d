/** The thread in which a file that was brought in is read and judged: neither holds up the floor, however large it is. */
import { parentPort, workerData } from "node:worker_threads";
import type { Line } from "../../shared/recording/line.ts";
import { prepared } from "./prepared.ts";
import type { FromWorker, GivenToWorker, Records } from "./reading.ts";

/** So many lines are handed over at once: each takes the floor's thread no longer than a message of a cuff. */
const atATime = 250;

// Only `reading.ts` starts this thread.
const { bytes, wishes, context } = workerData as GivenToWorker;
const { answer, kept } = prepared(bytes, wishes, context);
const say = (message: FromWorker): void => parentPort?.postMessage(message);

let handedOver = 0;
parentPort?.on("message", () => {
  const lines: readonly Line[] = kept?.lines.slice(handedOver, handedOver + atATime) ?? [];
  handedOver += lines.length;
  say({ is: "lines", lines });
});
const recordsOf = ({
  beginning,
  recordings,
  class: ofClass,
  patients,
}: NonNullable<typeof kept>): Records => ({
  ...{ beginning, recordings, class: ofClass, patients },
});
const records = kept === null ? null : recordsOf(kept);
say({ is: "prepared", answer, records });
