/** One clock for all processes of this machine, and how a page's own clock stands to it. */
import type { CDPSession } from "@playwright/test";

/** Monotonic milliseconds since the machine was started, the same in every process. */
export const machineTime = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Machine time − the page's time, and by how much that may be wrong (half of the quickest round trip). */
export type Offset = Readonly<{ offset: number; uncertain: number }>;

const roundTrips = 50;

/** Asks the page for its time again and again and believes the quickest answer. */
export const pageOffset = async (session: CDPSession): Promise<Offset> => {
  let best: Offset = { offset: 0, uncertain: Infinity };
  for (let i = 0; i < roundTrips; i++) {
    const asked = machineTime();
    const { result } = await session.send("Runtime.evaluate", { expression: "performance.now()" });
    const answered = machineTime();
    const uncertain = (answered - asked) / 2;
    if (uncertain < best.uncertain)
      best = { offset: (asked + answered) / 2 - Number(result.value), uncertain };
  }
  return best;
};
