/** A timer that is on time also on a page that nobody sees. */

/**
 * Makes a timer for one callback at a time: browsers slow the timers of a hidden page down to one a minute, those of a worker they
 * leave alone. Both are set and the first one counts, so that a worker that does not answer takes nothing away.
 */
export const createTimer = (): ((afterMs: number, run: () => void) => void) => {
  const worker = new Worker(new URL("./timer-worker.ts", import.meta.url), { type: "module" });
  let round = 0;
  let due = (): void => undefined;
  const fire = (of: unknown): void => {
    if (of !== round) return;
    round += 1;
    due();
  };
  worker.onmessage = ({ data }: MessageEvent<unknown>) => fire(data);
  return (afterMs, run) => {
    round += 1;
    const mine = round;
    due = run;
    setTimeout(() => fire(mine), afterMs);
    worker.postMessage([mine, afterMs]);
  };
};
