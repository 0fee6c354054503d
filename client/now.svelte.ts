/** The only ticking clock of a page. It ticks four times a second, on the quarters of the server's second. */
import { type Monotonic, monotonic } from "../shared/units.ts";
import type { ServerTime } from "./server-time.ts";
import { createTimer } from "./timer.ts";

const quarter = 250;

export class Now {
  /** Site time at the last tick. */
  current = $state.raw<Monotonic>(monotonic(0));
  /** The same moment on the screen's own clock. */
  local = $state.raw(performance.now());

  /** Ticks from now on; `tick` is called before the page sees the new time. */
  start(time: ServerTime, tick: () => void): void {
    const timer = createTimer();
    const run = (): void => {
      try {
        tick();
      } finally {
        // Whatever goes wrong in one tick, there is a next one.
        const local = performance.now();
        this.current = time.at(local);
        this.local = local;
        const next = (Math.floor(this.current / quarter) + 1) * quarter;
        // One millisecond past the turn, since a timer may come early by a fraction.
        timer(Math.min(quarter, Math.max(1, time.localOf(monotonic(next)) - local + 1)), run);
      }
    };
    run();
  }
}
