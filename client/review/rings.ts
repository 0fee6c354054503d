/** The last minute of every cuff as a wall had it at a moment of a recording: only what was heard in time, and had arrived by then. */
import type { State } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import { createPlacing, type Placing } from "../../shared/recording/placing.ts";
import { eachBesides, type Lines } from "../../shared/recording/recorded.ts";
import type { Samples } from "../../shared/recording/samples.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { ResumedFact } from "../../shared/session/fact.ts";
import { fromTenths, type Monotonic, monotonic } from "../../shared/units.ts";
import type { TracePoint } from "../../shared/wire.ts";
import { type TraceRing, Traces, traceSpan } from "../ui/trace-ring.ts";

/** Points closer together than this cannot be told apart on a wall, in ms. */
const apartMs = 50;
/** What lies at the beginning of the minute may have arrived in a batch this long before it, in ms. */
const leadMs = 12_000;

/** Where the lines are, and the floor at an earlier moment. */
export type Source = Readonly<{ lines: Lines; stateAt: (moment: Monotonic) => State }>;

type Placed = Readonly<{ placing: Placing; resumedAt: number }>;

export class RecordedRings {
  readonly #traces = new Traces();
  readonly #placings = new Map<CuffId, Placed>();
  #before: State | null = null;
  /** The beginning of what was taken in, and the moment up to which it was. */
  #from = monotonic(-Infinity);
  #at = monotonic(-Infinity);
  /** Which message of each chunk is the next: what is followed may come later than the moment that is shown. */
  readonly #next = new Map<Samples, number>();
  #lines: Lines | null = null;
  /** When the server came back, in all of the lines. */
  #resumed: readonly ResumedFact[] = [];

  of(cuff: CuffId): TraceRing {
    return this.#traces.of(cuff);
  }

  /** Brings all of them to `at`. */
  show(at: Monotonic, { lines, stateAt }: Source): void {
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.#resumed = [...eachBesides(lines)].flatMap(({ fact }) => (fact.kind === "resumed" ? [fact] : []));
    }
    if (at < this.#at || at - this.#at > traceSpan) {
      this.#traces.clear();
      this.#placings.clear();
      this.#next.clear();
      this.#from = monotonic(at - traceSpan - leadMs);
      this.#before = stateAt(this.#from);
    }
    for (const samples of lines.samples) this.#take(samples, at);
    this.#at = at;
  }

  /** Takes in what else arrived up to `to`. */
  #take(samples: Samples, to: number): void {
    const { length, arrival, stream, streams, m0, dt, first, tenths } = samples;
    let k = this.#next.get(samples) ?? firstAfter(arrival, length, this.#from);
    for (; k < length && (arrival[k] ?? Infinity) <= to; k++) {
      const at = monotonic(arrival[k] ?? 0);
      const of = streams[stream[k] ?? 0];
      if (of === undefined) continue;
      const [begin, end] = [first[k] ?? 0, first[k + 1] ?? 0];
      const ring = this.of(of.cuff);
      if (of.boot === null || of.quality === null) {
        ring.add([[at, fromTenths(tenths[begin] ?? NaN)]]);
        continue;
      }
      const [start, step] = [m0[k] ?? 0, dt[k] ?? 0];
      const stamp = { boot: of.boot, quality: of.quality, at, m: start + (end - 1 - begin) * step };
      const placed = this.#placing(of.cuff, at).place(stamp);
      if (of.quality !== "live" || placed === null) continue;
      // The newest of a message is always among those that are kept.
      const every = Math.max(1, Math.ceil(apartMs / step));
      for (let i = begin + ((end - 1 - begin) % every); i < end; i += every) {
        const moment = placed(start + (i - begin) * step);
        if (moment < ring.lastAt + apartMs) continue;
        const value = tenths[i] ?? NaN;
        const point: TracePoint = [moment, Number.isNaN(value) ? null : fromTenths(value)];
        ring.add([point]);
      }
    }
    this.#next.set(samples, k);
  }

  /** How the samples of a cuff lie at `at`, once it has been told of every interruption before. */
  #placing(cuff: CuffId, at: Monotonic): Placing {
    const known = this.#placings.get(cuff) ?? {
      placing: createPlacing(this.#before === null ? [] : cuffIn(this.#before.cuffs, cuff)?.boots),
      resumedAt: this.#from,
    };
    let { resumedAt } = known;
    for (const fact of this.#resumed)
      if (fact.at > resumedAt && fact.at <= at) {
        known.placing.resumed(fact);
        resumedAt = fact.at;
      }
    this.#placings.set(cuff, { ...known, resumedAt });
    return known.placing;
  }
}

/** The first of `length` numbers, which grow, that is greater than `value`. */
const firstAfter = (numbers: Float64Array, length: number, value: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};
