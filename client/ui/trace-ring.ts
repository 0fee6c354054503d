/** The last minute of one cuff's pressure, in a plain ring outside of all reactivity. */
import type { CuffId } from "../../shared/ids.ts";
import type { Trace, TracePoint } from "../../shared/wire.ts";

/** How much of the past a trace shows, in milliseconds. */
export const traceSpan = 60_000;
/** Enough for a minute at 50 Hz; a faster cuff keeps a shorter past. */
const capacity = 3000;

export class TraceRing {
  readonly #at = new Float64Array(capacity);
  /** NaN stands for a reading that the sensor could not give. */
  readonly #pressure = new Float32Array(capacity);
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds points, oldest first; those that are not newer than the last are already here. */
  add(points: readonly TracePoint[]): void {
    for (const [at, pressure] of points) {
      if (at <= this.lastAt) continue;
      const i = (this.#first + this.#length) % capacity;
      this.#at[i] = at;
      this.#pressure[i] = pressure ?? NaN;
      if (this.#length < capacity) this.#length++;
      else this.#first = (this.#first + 1) % capacity;
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#first = 0;
    this.#length = 0;
  }

  /** The moment of the newest point; −∞ where there is none. */
  get lastAt(): number {
    return this.#length === 0
      ? -Infinity
      : (this.#at[(this.#first + this.#length - 1) % capacity] ?? -Infinity);
  }

  /** Every point that is not older than `from`, oldest first; a reading that could not be given is NaN. */
  each(from: number, visit: (at: number, pressure: number) => void): void {
    for (let k = 0; k < this.#length; k++) {
      const i = (this.#first + k) % capacity;
      const at = this.#at[i] ?? 0;
      if (at >= from) visit(at, this.#pressure[i] ?? NaN);
    }
  }
}

/** The traces of a class. */
export class Traces {
  readonly #rings = new Map<CuffId, TraceRing>();

  /** The ring of a cuff; an empty one where it was never heard. */
  of(cuff: CuffId): TraceRing {
    const known = this.#rings.get(cuff);
    if (known !== undefined) return known;
    const ring = new TraceRing();
    this.#rings.set(cuff, ring);
    return ring;
  }

  add(traces: readonly Trace[]): void {
    for (const { cuff, points } of traces) this.of(cuff).add(points);
  }

  clear(): void {
    for (const ring of this.#rings.values()) ring.clear();
  }
}
