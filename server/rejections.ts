/** What becomes of what is refused: counted for `/healthz`, told in the log at a bounded rate, and a flood held back. */
import type { Rejection } from "../shared/cuff/message.ts";
import type { CuffId } from "../shared/ids.ts";
import type { Monotonic } from "../shared/units.ts";
import { FloodGate } from "./flood-gate.ts";
import { limitedWarnings } from "./limited-warnings.ts";
import type { Log } from "./log.ts";
import { type RejectionCount, RejectionCounts } from "./rejection-counts.ts";

export type Rejections = Readonly<{
  /** Something was refused; `cuff` is null where none can be told. */
  count: (cuff: CuffId | null, rejection: Rejection) => void;
  /** Whether this cuff may send one more message now; false while it floods. */
  allow: (cuff: CuffId, now: Monotonic) => boolean;
  /** The most frequent first, at most 100 unless told otherwise. */
  list: (limit?: number) => readonly RejectionCount[];
  /** All that was refused since the start. */
  total: () => number;
  /** Logs what was not told yet. */
  stop: () => void;
}>;

export const createRejections = (log: Log, now: () => Monotonic): Rejections => {
  const counts = new RejectionCounts();
  const gate = new FloodGate();
  const warnings = limitedWarnings(log, now);
  return {
    count: (cuff, rejection) => {
      counts.count(cuff, rejection);
      warnings.warn("a message was refused", { cuff, ...rejection });
    },
    allow: (cuff, at) => gate.allow(cuff, at),
    list: (limit) => counts.list(limit),
    total: () => counts.total,
    stop: () => warnings.stop(),
  };
};
