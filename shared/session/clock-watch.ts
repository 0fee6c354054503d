/**
 * Whether the cuff's clock and the server's keep together within one inflation. A message can only be late, so the least
 * lag of some seconds is held against the least of the first seconds.
 */
import type { DataMessage } from "../cuff/message.ts";
import { between, type Monotonic, seconds } from "../units.ts";

export type ClockWatch = Readonly<{
  /** The power-up and the inflation by the cuff's own count that is being watched. */
  boot: string;
  ep: number;
  from: Monotonic;
  /** The least (arrival − the cuff's own timer) of the present stretch and of the first, ms. */
  least: number;
  first: number | null;
  /** How far the clocks have come apart since; positive where the cuff's is slow, ms. */
  apart: number;
}>;

/** How long a stretch is: one that began too late is told by the end of the next. */
export const stretch = seconds(5);

/** The watch after a live message that arrived at `arrival`. */
export const clockHeard = (
  w: ClockWatch | null,
  { boot, st }: DataMessage,
  arrival: Monotonic,
): ClockWatch | null => {
  if (st.phase === "idle" || st.phase === "releasing") return w;
  const lag = arrival - st.occMs;
  if (w?.boot !== boot || w.ep !== st.ep)
    return { boot, ep: st.ep, from: arrival, least: lag, first: null, apart: 0 };
  if (between(w.from, arrival) < stretch) return { ...w, least: Math.min(w.least, lag) };
  const first = w.first ?? w.least;
  return { ...w, from: arrival, least: lag, first, apart: w.least - first };
};
