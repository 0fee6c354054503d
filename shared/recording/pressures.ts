/**
 * Pressures of one cuff after the other in a coder. Each is predicted from how the last ones changed (linear prediction, its weights fitted by the
 * writer and written down first: J. Makhoul, "Linear prediction: a tutorial review", Proc. IEEE 63(4), 1975), which follows repetitions and pulse;
 * what is left is kept in a context of how much was left before.
 */
import { type Coder, Slots } from "./coder.ts";
import { Column } from "./whole.ts";

/** Pressures beyond this are no pressures of a cuff, in 0.1 mmHg. */
export const largestTenths = 8191;
export const isTenths = (tenths: number): boolean =>
  Number.isInteger(tenths) && Math.abs(tenths) <= largestTenths;

/** So many changes are looked at, at most. */
export const mostWeights = 32;
/** Weights are whole numbers of this share. */
export const weightShare = 256;
const largestWeight = 2 ** 15;

/** How much was left lately, in eight steps; the smaller of two sights would be blind to what has just begun. */
const steps = [0.5, 1, 1.6, 2.5, 4, 7, 12] as const;
const slow = 1 / 12;
const quick = 1 / 3;
const mostLeft = 60;

/** What was measured lately on one stream. */
class Lately {
  /** Changes from sample to sample, the last one first, from `#first` on. */
  readonly #changes: Float64Array;
  #first: number;
  #last = 0;
  #slow = 1;
  #quick = 1;
  missing = 0;

  constructor(weights: number) {
    this.#changes = new Float64Array(Math.max(64, 16 * weights));
    this.#first = this.#changes.length - weights;
  }

  next(weights: Float64Array): number {
    const changes = this.#changes;
    const first = this.#first;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (changes[first + i] ?? 0);
    const tenths = this.#last + Math.round(sum / weightShare);
    return tenths > largestTenths ? largestTenths : tenths < -largestTenths ? -largestTenths : tenths;
  }

  context(): number {
    let step = 0;
    while (step < steps.length && this.#slow >= (steps[step] ?? Infinity)) step += 1;
    return 2 * step + (this.#quick > 1.5 * this.#slow ? 1 : 0);
  }

  learn(tenths: number, left: number, weights: number): void {
    if (this.#first === 0) {
      this.#first = this.#changes.length - weights;
      this.#changes.copyWithin(this.#first, 0, weights);
    }
    this.#first -= 1;
    this.#changes[this.#first] = tenths - this.#last;
    this.#last = tenths;
    const size = Math.min(mostLeft, Math.abs(left));
    this.#slow += (size - this.#slow) * slow;
    this.#quick += (size - this.#quick) * quick;
  }
}

/** Writes or reads pressures; `S` is whatever stands for a stream. */
export class Pressures<S> {
  readonly #coder: Coder;
  readonly #weights: Float64Array;
  readonly #streams = new Map<S, Lately>();
  readonly #left = new Column(2 * (steps.length + 1));
  readonly #missing = new Slots(2);

  /** Writes the weights first, or reads them. */
  constructor(coder: Coder, weights: readonly number[]) {
    this.#coder = coder;
    const column = new Column();
    const count = Math.max(0, Math.min(mostWeights, column.code(coder, weights.length)));
    this.#weights = Float64Array.from({ length: count }, (_, i) => {
      const weight = column.code(coder, weights[i] ?? 0);
      return Math.abs(weight) <= largestWeight ? weight : 0;
    });
  }

  /** The next pressure of a stream in 0.1 mmHg, NaN where the sensor gave nothing. What is read may lie outside what a pressure can be. */
  code(stream: S, tenths: number): number {
    const lately = this.#latelyOf(stream);
    lately.missing = this.#coder.bit(this.#missing, lately.missing, Number.isNaN(tenths) ? 1 : 0);
    if (lately.missing === 1) return NaN;
    const expected = lately.next(this.#weights);
    const left = this.#left.code(this.#coder, tenths - expected, lately.context());
    lately.learn(expected + left, left, this.#weights.length);
    return expected + left;
  }

  #latelyOf(stream: S): Lately {
    const known = this.#streams.get(stream);
    if (known !== undefined) return known;
    const added = new Lately(this.#weights.length);
    this.#streams.set(stream, added);
    return added;
  }
}
