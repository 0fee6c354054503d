/** Seeded randomness: the same seed gives the same class, the same person and the same trace, to the sample. */

/** One 32-bit number stirred until its neighbours look nothing like it (the finaliser of MurmurHash3). */
const stir = (n: number): number => {
  let x = n | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

/** A seed for a part of what `seed` stands for: the third cuff, its heart, its noise. */
export const seedOf = (seed: number, part: number): number => stir(stir(seed) + Math.imul(part, 0x9e3779b9));

/** A number from 0 up to 1 that belongs to `at`, in whatever order it is asked for. */
export const chanceAt = (seed: number, at: number): number => seedOf(seed, at) / 2 ** 32;

/**
 * Noise of mean 0 and standard deviation 1 that belongs to `at`. The sum of three even chances: close enough to a bell
 * for a sensor, never further out than 3, and plain arithmetic on every machine.
 */
export const noiseAt = (seed: number, at: number): number => {
  const own = seedOf(seed, at);
  return 2 * (chanceAt(own, 1) + chanceAt(own, 2) + chanceAt(own, 3) - 1.5);
};

/** A sequence of random draws. The only thing here that remembers; used to make up a class, never inside the physics. */
export type Random = Readonly<{
  /** Evenly from `low` up to `high`. */
  between: (low: number, high: number) => number;
  /** A whole number, both ends included. */
  whole: (low: number, high: number) => number;
  /** `count` lower-case hex digits. */
  hex: (count: number) => string;
  /** The list in a random order. */
  shuffled: <T>(list: readonly T[]) => T[];
}>;

export const randomFrom = (seed: number): Random => {
  let drawn = 0;
  const next = () => chanceAt(seed, ++drawn);
  const between = (low: number, high: number) => low + (high - low) * next();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  return {
    between,
    whole,
    hex: (count) => Array.from({ length: count }, () => whole(0, 15).toString(16)).join(""),
    shuffled: (list) =>
      list
        .map((value) => ({ value, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
  };
};
