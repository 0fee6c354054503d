/** A trace as it is drawn: few points for a wide range, none of whose peaks is lost, and the last minute as a wall shows it. */
import { type Mmhg, mmhg, monotonic, type Monotonic, seconds } from "../units.ts";
import type { TracePoint } from "../wire.ts";
import { firstFrom, type Trace } from "./trace.ts";

/** Points to be joined by a line, which ends at a NaN: nothing is known from there to the next. */
export type Drawn = Readonly<{ at: Float64Array; mmHg: Float32Array; quality: Uint8Array }>;

/**
 * The points from `from` to `to` for a drawing of so many columns of pixels: every point where there are few, else the lowest and the
 * highest of each column. The nearest point on either side is among them, so that the line leaves the drawing where it should.
 */
export const decimate = (trace: Trace, from: Monotonic, to: Monotonic, columns: number): Drawn => {
  const first = Math.max(0, firstFrom(trace, from) - 1);
  const end = Math.min(trace.length, firstFrom(trace, to + 1) + 1);
  const chosen = end - first <= 2 * columns ? range(first, end) : extremes(trace, { first, end, columns });
  return drawn(trace, chosen);
};

const range = (first: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);

const extremes = (
  { at, mmHg }: Trace,
  { first, end, columns }: Readonly<{ first: number; end: number; columns: number }>,
): readonly number[] => {
  const chosen: number[] = [];
  const begins = at[first] ?? 0;
  const width = Math.max(1e-9, ((at[end - 1] ?? 0) - begins) / columns);
  let [low, high, column] = [first, first, 0];
  const close = (): void => {
    if (low === high) chosen.push(low);
    else chosen.push(Math.min(low, high), Math.max(low, high));
  };
  for (let i = first; i < end; i++) {
    const of = Math.min(columns - 1, Math.floor(((at[i] ?? 0) - begins) / width));
    if (of !== column) {
      if (i > first) close();
      [low, high, column] = [i, i, of];
      continue;
    }
    const value = mmHg[i] ?? NaN;
    // Written so that a value takes the place of none.
    if (!(value >= (mmHg[low] ?? NaN))) low = Number.isNaN(value) ? low : i;
    if (!(value <= (mmHg[high] ?? NaN))) high = Number.isNaN(value) ? high : i;
  }
  if (end > first) close();
  return chosen;
};

const drawn = (trace: Trace, chosen: readonly number[]): Drawn => {
  const at: number[] = [];
  const mmHg: number[] = [];
  const quality: number[] = [];
  const add = (moment: number, value: number, q: number): void => {
    at.push(moment);
    mmHg.push(value);
    quality.push(q);
  };
  let before: number | null = null;
  for (const i of chosen) {
    // Between two chosen points lie others: whether anything is missing there is told by the trace itself.
    const gap = before === null ? null : gapBetween(trace, before, i);
    if (gap !== null) add(gap, NaN, trace.quality[i] ?? 0);
    add(trace.at[i] ?? 0, trace.mmHg[i] ?? NaN, trace.quality[i] ?? 0);
    before = i;
  }
  return { at: Float64Array.from(at), mmHg: Float32Array.from(mmHg), quality: Uint8Array.from(quality) };
};

/** The middle of a gap between two points, of which the second comes later in the trace; null where there is none. */
const gapBetween = ({ at, apart }: Trace, first: number, second: number): number | null => {
  if ((at[second] ?? 0) - (at[first] ?? 0) <= apart) return null;
  for (let i = first; i < second; i++) {
    const [a, b] = [at[i] ?? 0, at[i + 1] ?? 0];
    if (b - a > apart) return (a + b) / 2;
  }
  return null;
};

const keptFor = seconds(60);
/** Points closer together than this cannot be told apart on a wall, in ms. */
const apartMs = 50;

/** The last minute before `now` as a wall had it then: what was heard in time and had arrived by then. */
export const lastMinute = (trace: Trace, now: Monotonic): readonly TracePoint[] => {
  const points: (readonly [Monotonic, Mmhg | null])[] = [];
  let last = -Infinity;
  for (let i = firstFrom(trace, now - keptFor); i < trace.length; i++) {
    const at = trace.at[i] ?? Infinity;
    if (at > now) break;
    if (trace.quality[i] !== 0 || (trace.heardAt[i] ?? Infinity) > now || at < last + apartMs) continue;
    const value = trace.mmHg[i] ?? NaN;
    points.push([monotonic(at), Number.isNaN(value) ? null : mmhg(Math.round(value * 10) / 10)]);
    last = at;
  }
  return points;
};
