/** The mean pressure over whole repetitions: part of one more would sway it further than a leak does in minutes. */
import { repetitionAtLeast, repetitionAtMost } from "../alarm/policy.ts";
import { between, type Millis, type Monotonic, monotonic } from "../units.ts";

/** The mean of the readings of a fifth of a second, as session/pressure.ts gathers them; a slow cuff has fewer. */
export type Reading = Readonly<{ at: Monotonic; mean: number }>;

/** Which of the last readings count, and when the pressure last rose through their mean: the beat of the repetitions. */
export type Window = Readonly<{ from: Monotonic; beats: readonly Monotonic[] }>;

/** A window that begins with the reading at `from`. */
export const windowFrom = (from: Monotonic): Window => ({ from, beats: [] });

/** Those of the last readings that are in the window, and no older than `over`. */
export const readingsIn = (w: Window, last: readonly Reading[], over: Millis): readonly Reading[] => {
  const newest = last.at(-1);
  if (newest === undefined) return last;
  let first = last.length - 1;
  for (; first > 0; first--) {
    const older = last[first - 1];
    if (older === undefined || older.at < w.from || between(older.at, newest.at) >= over) break;
  }
  return first === 0 ? last : last.slice(first);
};

/** The window after the newest of its readings. */
export const gathered = (w: Window, readings: readonly Reading[]): Window => {
  const [last, newest] = readings.slice(-2);
  if (last === undefined || newest === undefined) return w;
  const middle = meanOf(readings.slice(0, -1));
  const rose = last.mean < middle && newest.mean >= middle;
  return rose && between(w.beats.at(-1) ?? monotonic(-Infinity), newest.at) >= repetitionAtLeast
    ? { ...w, beats: [...w.beats.slice(-3), newest.at] }
    : w;
};

export const meanOf = (readings: readonly Reading[]): number => {
  let total = 0;
  for (const { mean } of readings) total += mean;
  return total / readings.length;
};

/** The mean over as many whole repetitions as there are readings of. */
export const meanOfRepetitions = ({ beats }: Window, readings: readonly Reading[]): number => {
  const [first, last] = [beats[0], beats.at(-1)];
  const beat = first === undefined || last === undefined ? 0 : between(first, last) / (beats.length - 1);
  const [oldest, newest] = [readings[0], readings.at(-1)];
  const apart =
    oldest === undefined || newest === undefined ? 0 : between(oldest.at, newest.at) / (readings.length - 1);
  const covered = readings.length * apart;
  if (!(beat > 0 && beat <= repetitionAtMost && beat <= covered)) return meanOf(readings);
  const count = Math.round((Math.floor(covered / beat) * beat) / apart);
  return meanOf(readings.slice(-count));
};
