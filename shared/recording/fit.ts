/** The weights with which pressures are predicted: those that leave least, by least squares in which what is far off counts for less. */
import { mostWeights, weightShare } from "./pressures.ts";

/** Fewer samples than this are not worth the room that weights take; nor are weights for a share of that many samples each. */
const leastSamples = 64;
const samplesOfWeight = 24;
/** The first fit cannot know what is far off, the later ones do. */
const rounds = 3;
/** Keeps the weights of what hardly moves small. */
const ridge = 1;

/** Weights for the changes before each sample, the last one first, in whole `weightShare`ths; none where there is too little to learn from. */
export const fittedWeights = (streams: readonly (readonly number[])[]): readonly number[] => {
  const total = streams.reduce((sum, tenths) => sum + tenths.length, 0);
  if (total < leastSamples) return [];
  const count = Math.min(mostWeights, Math.floor(total / samplesOfWeight));
  const changes = streams.map((tenths) => changesOf(tenths, count));
  let weights = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    const sums = new NormalEquations(count);
    for (const own of changes) sums.add(own, weights, round === 0);
    weights = sums.solved();
  }
  return Array.from(weights, (weight) => Math.round(weight * weightShare) || 0);
};

/** From sample to sample, after `before` zeros. */
const changesOf = (tenths: readonly number[], before: number): Float64Array => {
  const changes = new Float64Array(before + tenths.length);
  // The first one starts from nothing, and nobody could have known it.
  for (let i = 1; i < tenths.length; i++) changes[before + i] = (tenths[i] ?? 0) - (tenths[i - 1] ?? 0);
  return changes;
};

class NormalEquations {
  readonly #count: number;
  /** Row by row, the lower triangle. */
  readonly #products: Float64Array;
  readonly #sums: Float64Array;

  constructor(count: number) {
    this.#count = count;
    this.#products = new Float64Array(count * count);
    this.#sums = new Float64Array(count);
  }

  /** Adds what each change says, by how far `weights` were off; at first by how large it is itself. */
  add(changes: Float64Array, weights: Float64Array, isFirst: boolean): void {
    const [n, products, sums] = [this.#count, this.#products, this.#sums];
    const x = new Float64Array(n);
    for (let t = n; t < changes.length; t++) {
      let expected = 0;
      for (let i = 0; i < n; i++) {
        const value = changes[t - 1 - i] ?? 0;
        x[i] = value;
        expected += (weights[i] ?? 0) * value;
      }
      const change = changes[t] ?? 0;
      const trust = isFirst ? 1 / (30 + Math.abs(change)) : 1 / (1 + Math.abs(change - expected));
      for (let i = 0; i < n; i++) {
        const own = trust * (x[i] ?? 0);
        if (own === 0) continue;
        sums[i] = (sums[i] ?? 0) + own * change;
        for (let j = 0, place = i * n; j <= i; j++, place++)
          products[place] = (products[place] ?? 0) + own * (x[j] ?? 0);
      }
    }
  }

  /** By Cholesky's decomposition. */
  solved(): Float64Array<ArrayBuffer> {
    const [n, l, x] = [this.#count, this.#products, Float64Array.from(this.#sums)];
    const at = (i: number, j: number): number => l[i * n + j] ?? 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = at(i, j) + (i === j ? ridge : 0);
        for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
        l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / at(j, j);
      }
      let value = x[i] ?? 0;
      for (let k = 0; k < i; k++) value -= at(i, k) * (x[k] ?? 0);
      x[i] = value / at(i, i);
    }
    for (let i = n - 1; i >= 0; i--) {
      let value = x[i] ?? 0;
      for (let k = i + 1; k < n; k++) value -= at(k, i) * (x[k] ?? 0);
      x[i] = value / at(i, i);
    }
    return x;
  }
}
