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

/** How long something lasted, in its two largest units: "9 s", "1 min 24 s", "2 h 5 min", "3 d 4 h". */
export const lasting = (duration: Millis): string => {
  const total = Math.max(0, Math.floor(duration / 1000));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(total / 86_400), "d"],
    [Math.floor(total / 3600) % 24, "h"],
    [Math.floor(total / 60) % 60, "min"],
    [total % 60, "s"],
  ];
  const largest = parts.findIndex(([n]) => n > 0);
  if (largest === -1) return "0 s";
  return parts
    .slice(largest, largest + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(" ");
};

/** An age in words that fit beside a number: "12 s", "4 min". */
export const age = (duration: Millis): string => {
  const total = Math.max(0, Math.floor(duration / 1000));
  return total < 120 ? `${total} s` : `${Math.floor(total / 60)} min`;
};
