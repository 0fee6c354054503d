/** Whole numbers in a coder: near 0 is expected, and how near is learned. */
import { type Coder, Slots } from "./coder.ts";

/** Ids, moments and differences of them are smaller. */
const mostBits = 48;
export const largestWhole = 2 ** mostBits - 1;

/** The greatest id, and the latest moment in milliseconds: 557 years. */
export const mostWhole = 2 ** 44;

/** Whether a number can be kept as a whole one. Minus zero counts as zero, as in JSON. */
export const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= mostWhole;

/** The questions about one number: zero? negative? how many bits? and the first of these bits, after which nothing is learned. */
const ask = { zero: 0, negative: 1, bits: 2, first: 2 + mostBits } as const;
const learnedBits = 3;
const learnedLengths = 16;
const perContext = ask.first + learnedLengths * 2 ** learnedBits;

/** What was learned about one column; in each of its contexts by itself. */
export class Column {
  readonly #slots: Slots;

  constructor(contexts = 1) {
    this.#slots = new Slots(contexts * perContext);
  }

  /** Writes `value` or reads it, at most `largestWhole` in size. */
  code(coder: Coder, value: number, context = 0): number {
    const slots = this.#slots;
    const base = context * perContext;
    if (coder.bit(slots, base + ask.zero, value === 0 ? 1 : 0) === 1) return 0;
    const negative = coder.bit(slots, base + ask.negative, value < 0 ? 1 : 0) === 1;
    const size = Math.abs(value);
    let bits = 0;
    let power = 1;
    while (bits < mostBits - 1 && coder.bit(slots, base + ask.bits + bits, size >= 2 * power ? 1 : 0) === 1) {
      bits += 1;
      power *= 2;
    }
    let read = 1;
    for (let below = power / 2, known = 0; below >= 1; below /= 2, known += 1) {
      const bit = Math.floor(size / below) % 2;
      const isLearned = known < learnedBits && bits < learnedLengths;
      const place = base + ask.first + bits * 2 ** learnedBits + (read & (2 ** known - 1)) + 2 ** known - 1;
      read = 2 * read + (isLearned ? coder.bit(slots, place, bit) : coder.evenBit(bit));
    }
    return negative ? -read : read;
  }
}
