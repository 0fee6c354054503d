/**
 * Every pressure of a cuff at the moment at which it was taken, for drawing: what was heard in time, what arrived late, what the cuff told
 * afterwards from its own memory, and what nobody knows.
 */
import { freshFor } from "../alarm/policy.ts";
import type { CuffId } from "../ids.ts";
import { cuffIn } from "../session/cuffs.ts";
import { type Millis, monotonic, type Monotonic } from "../units.ts";
import { createPlacing } from "./placing.ts";
import { eachBesides, type Recorded } from "./recorded.ts";
import { TraceBuilder } from "./trace-builder.ts";

/** How a point of a trace came: what the numbers in `quality` mean. */
export const qualityNames = ["live", "late", "backfilled"] as const;
export type TraceQuality = (typeof qualityNames)[number];

/** Points in the order in which they were taken; all arrays are equally long and are not to be written to. */
export type Trace = Readonly<{
  length: number;
  /** Site time, ms. */
  at: Float64Array;
  /** NaN where the sensor could give nothing. */
  mmHg: Float32Array;
  /** Index into `qualityNames`. */
  quality: Uint8Array;
  /** When the server took the point in, site time in ms: before that no wall could show it. */
  heardAt: Float64Array;
  /** Points further apart than this are no unbroken stretch. */
  apart: Millis;
}>;

/** The trace of `cuff` in all lines, those before and after what is shown included. */
export const traceOf = ({ start, lines }: Recorded, cuff: CuffId): Trace => {
  const placing = createPlacing(cuffIn(start.cuffs, cuff)?.boots);
  const resumed = [...eachBesides(lines)].flatMap(({ fact }) => (fact.kind === "resumed" ? [fact] : []));
  const ofCuff = lines.samples.filter(({ streams }) => streams.some((s) => s.cuff === cuff));
  // Only a cuff that tells old samples can tell one twice.
  const tellsOld = ofCuff.some(({ streams }) =>
    streams.some((s) => s.cuff === cuff && s.quality === "historic"),
  );
  const told = new Set<string>();
  const points = new TraceBuilder(ofCuff.reduce((sum, { tenths }) => sum + tenths.length, 0));
  let back = 0;
  for (const samples of ofCuff) {
    const { streams, stream, arrival, m0, dt, first, tenths } = samples;
    const own = streams.map((s) => s.cuff === cuff);
    for (let k = 0; k < samples.length; k++) {
      const s = stream[k] ?? 0;
      const of = streams[s];
      if (own[s] !== true || of === undefined) continue;
      const at = monotonic(arrival[k] ?? 0);
      for (let next = resumed[back]; next !== undefined && next.at <= at; next = resumed[++back])
        placing.resumed(next);
      const [begin, end] = [first[k] ?? 0, first[k + 1] ?? 0];
      if (of.boot === null || of.quality === null) {
        points.inOrder(at, (tenths[begin] ?? NaN) / 10, at);
        continue;
      }
      const [from, step] = [m0[k] ?? 0, dt[k] ?? 0];
      const stamp = { boot: of.boot, quality: of.quality, at, m: from + (end - 1 - begin) * step };
      const placed = placing.place(stamp);
      if (placed === null) continue;
      if (tellsOld) {
        const name = `${of.boot} ${from}`;
        // What was heard already is told once more by a cuff that was asked for all it has.
        if (told.has(name)) continue;
        told.add(name);
      }
      for (let i = begin; i < end; i++) {
        const taken = placed(from + (i - begin) * step);
        const mmHg = (tenths[i] ?? NaN) / 10;
        if (of.quality === "live") points.inOrder(taken, mmHg, at);
        else points.anywhere(taken, mmHg, at, of.quality === "late" ? 1 : 2);
      }
    }
  }
  return { ...points.done(), apart: freshFor };
};

/** The index of the first point at `moment` or after it. */
export const firstFrom = ({ at, length }: Pick<Trace, "at" | "length">, moment: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? Infinity) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A part of the time: how its readings came, or that there are none. */
export type TraceStretch = Readonly<{ from: Monotonic; to: Monotonic; is: TraceQuality | "missing" }>;

/** All the time from `from` to `to`, part by part. */
export const stretchesOf = (trace: Trace, from: Monotonic, to: Monotonic): readonly TraceStretch[] => {
  const stretches: { from: Monotonic; to: Monotonic; is: TraceStretch["is"] }[] = [];
  const add = (is: TraceStretch["is"], begins: number, ends: number): void => {
    const last = stretches.at(-1);
    if (last?.is === is) last.to = monotonic(ends);
    else if (ends > begins) stretches.push({ is, from: monotonic(begins), to: monotonic(ends) });
  };
  let known: number = from;
  for (let i = firstFrom(trace, from); i < trace.length; i++) {
    const at = trace.at[i] ?? Infinity;
    if (at > to) break;
    if (Number.isNaN(trace.mmHg[i])) continue;
    add(at - known > trace.apart ? "missing" : (qualityNames[trace.quality[i] ?? 0] ?? "live"), known, at);
    known = at;
  }
  if (to - known > trace.apart) add("missing", known, to);
  else add(stretches.at(-1)?.is ?? "missing", known, to);
  return stretches;
};
