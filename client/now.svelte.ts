/** The only ticking clock of a page. It ticks four times a second, on the quarters of the server's second. */
import { type Monotonic, monotonic } from "../shared/units.ts";
import type { ServerTime } from "./server-time.ts";
import { createTimer } from "./timer.ts";

const quarter = 250;
/** A frame that is painted this long after the last tick is the first one of a page that stood still, in milliseconds. */
const lateAfter = 1000;

export class Now {
  /** Site time at the last tick. */
  current = $state.raw<Monotonic>(monotonic(0));
  /** The same moment on the screen's own clock. */
  local = $state.raw(performance.now());
  #tick: () => void = () => undefined;

  /** Ticks from now on; `tick` reads this clock, and returns in how many ms it must be called again at the latest. */
  start(time: ServerTime, tick: () => number): void {
    const timer = createTimer();
    this.#tick = () => {
      let again = quarter;
      try {
        again = tick();
      } finally {
        // Whatever goes wrong in one tick, there is a next one.
        const next = (Math.floor(this.current / quarter) + 1) * quarter;
        const turn = time.localOf(monotonic(next)) - this.local;
        // One millisecond past the turn, since a timer may come early by a fraction.
        timer(Math.min(quarter, Math.max(1, Math.min(turn, again) + 1)), this.#tick);
      }
    };
    this.#tick();
    const frame = (): void => {
      requestAnimationFrame(frame);
      // The browser may paint before it lets a timer run, and nobody may see the past as the present for even one frame.
      if (performance.now() - this.local > lateAfter) this.#tick();
    };
    requestAnimationFrame(frame);
  }

  /** Ticks at once: the page has just come back to somebody's eyes. */
  wake(): void {
    this.#tick();
  }

  /** Takes the time of this moment as the time of the page. */
  read(time: ServerTime): void {
    this.local = performance.now();
    this.current = time.at(this.local);
  }
}
