/** How a duration reads, everywhere. */
import { type Millis, type Monotonic, monotonic } from "../units.ts";

/** The whole second of site time in which a moment lies: clocks are read there, so that all of them turn together. */
export const wholeSecond = (now: Monotonic): Monotonic => monotonic(Math.floor(now / 1000) * 1000);

const two = (n: number): string => String(n).padStart(2, "0");

const minutesAndSeconds = (total: number): string =>
  total < 3600
    ? `${two(Math.floor(total / 60))}:${two(total % 60)}`
    : `${String(Math.floor(total / 3600))}:${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;

/** Time that has passed, whole seconds rounded down: 8:00 stands there once eight minutes are over. */
export const passed = (duration: Millis): string =>
  minutesAndSeconds(Math.max(0, Math.floor(duration / 1000)));

/** Time that is left, whole seconds rounded up: 0:00 stands there only when nothing is left. */
export const left = (duration: Millis): string => minutesAndSeconds(Math.max(0, Math.ceil(duration / 1000)));

/** A clock inside a sentence, where nothing has to stay in its place: "01:47" reads "1:47". */
export const brief = (clock: string): string => clock.replace(/^0(?=\d:)/, "");

/** An age in words that fit beside a number: "12 s", "4 min". */
export const age = (duration: Millis): string => {
  const total = Math.max(0, Math.floor(duration / 1000));
  return total < 120 ? `${total} s` : `${Math.floor(total / 60)} min`;
};
