/** The mean pressure over whole repetitions: part of one more would sway it further than a leak does in minutes. */
import { repetitionAtLeast, repetitionAtMost } from "../alarm/policy.ts";
import { between, type Millis, type Monotonic, monotonic } from "../units.ts";

/** The mean of the readings of a fifth of a second, as session/pressure.ts gathers them; a slow cuff has fewer. */
export type Reading = Readonly<{ at: Monotonic; mean: number }>;

/** `beats` is when the pressure last rose through its own mean. */
export type Window = Readonly<{
  readings: readonly Reading[];
  total: number;
  beats: readonly Monotonic[];
}>;
export const noReadings: Window = { readings: [], total: 0, beats: [] };

/** The window with one more reading, and without those that are older than `over`. */
export const gathered = (w: Window, reading: Reading, over: Millis): Window => {
  const last = w.readings.at(-1);
  const middle = w.total / w.readings.length;
  const rose = last !== undefined && last.mean < middle && reading.mean >= middle;
  const beats =
    rose && between(w.beats.at(-1) ?? monotonic(-Infinity), reading.at) >= repetitionAtLeast
      ? [...w.beats.slice(-3), reading.at]
      : w.beats;
  const keepFrom = reading.at - over;
  let gone = 0;
  let total = w.total + reading.mean;
  for (const old of w.readings) {
    if (old.at > keepFrom) break;
    total -= old.mean;
    gone++;
  }
  const readings = w.readings.slice(gone);
  readings.push(reading);
  return { readings, total, beats };
};

export const meanOf = ({ readings, total }: Window): number => total / readings.length;

/** The mean over as many whole repetitions as there are readings of. */
export const meanOfRepetitions = (w: Window): number => {
  const { readings, beats } = w;
  const [first, last] = [beats[0], beats.at(-1)];
  const beat = first === undefined || last === undefined ? 0 : between(first, last) / (beats.length - 1);
  const [oldest, newest] = [readings[0], readings.at(-1)];
  const apart =
    oldest === undefined || newest === undefined ? 0 : between(oldest.at, newest.at) / (readings.length - 1);
  const covered = readings.length * apart;
  if (!(beat > 0 && beat <= repetitionAtMost && beat <= covered)) return meanOf(w);
  const count = Math.round((Math.floor(covered / beat) * beat) / apart);
  let total = 0;
  for (let i = readings.length - count; i < readings.length; i++) total += readings[i]?.mean ?? 0;
  return total / count;
};
