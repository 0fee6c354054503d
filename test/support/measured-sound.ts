/** What an ear would say of some samples, found from them alone: pulses, edges, pitch, overtones, loudness. */

/** Times in milliseconds from the first sample; begin and end at half of the pulse's peak. */
export type MeasuredPulse = Readonly<{
  begins: number;
  ends: number;
  /** From 10 to 90 % of the peak, and back, as a share of the pulse. */
  rise: number;
  fall: number;
  /** Root mean square where it is loudest. */
  level: number;
}>;

export type MeasuredSound = Readonly<{
  pulses: readonly MeasuredPulse[];
  fundamentalHz: number;
  /** Of each harmonic from the second on, beside the fundamental. */
  harmonicsDb: readonly number[];
  /** The greatest sample: over 1 it would be cut off. */
  peak: number;
}>;

export const measured = (samples: Float32Array, rate: number): MeasuredSound => {
  const fundamentalHz = fundamentalOf(samples, rate);
  const steady = steadyPart(samples, rate);
  const first = amplitude(steady, rate, fundamentalHz);
  return {
    pulses: pulsesIn(samples, rate, fundamentalHz),
    fundamentalHz,
    harmonicsDb: [2, 3, 4, 5, 6, 7, 8].map((n) => db(amplitude(steady, rate, n * fundamentalHz) / first)),
    peak: samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  };
};

/** How much of one frequency is in some samples: the amplitude that a steady tone there would have (Hann window). */
export const amplitude = (samples: Float32Array, rate: number, hz: number): number => {
  let [re, im] = [0, 0];
  const turn = (2 * Math.PI) / samples.length;
  const step = (2 * Math.PI * hz) / rate;
  samples.forEach((x, i) => {
    const windowed = x * (1 - Math.cos(turn * i));
    re += windowed * Math.cos(step * i);
    im += windowed * Math.sin(step * i);
  });
  return (2 * Math.hypot(re, im)) / samples.length;
};

const db = (ratio: number): number => 20 * Math.log10(ratio);

/** The lowest tone that stands out: none lower has more than a tenth of the strongest. */
const fundamentalOf = (samples: Float32Array, rate: number): number => {
  const steady = steadyPart(samples, rate);
  const spectrum: number[] = [];
  for (let hz = 0; hz <= 3000; hz += 2) spectrum.push(hz < 60 ? 0 : amplitude(steady, rate, hz));
  const strongest = Math.max(...spectrum);
  const at = spectrum.findIndex(
    (a, i) => a > strongest / 10 && a >= (spectrum[i - 1] ?? 0) && a >= (spectrum[i + 1] ?? 0),
  );
  // The top of the parabola through the three points about the peak.
  const [a, b, c] = [spectrum[at - 1] ?? 0, spectrum[at] ?? 0, spectrum[at + 1] ?? 0];
  return 2 * (at + (a - c) / (2 * (a - 2 * b + c)));
};

/** The longest stretch that is as loud as it gets: the middle of a pulse. */
const steadyPart = (samples: Float32Array, rate: number): Float32Array => {
  const envelope = envelopeOf(samples, Math.round(rate / 100));
  const most = envelope.reduce((a, b) => Math.max(a, b), 0);
  const runs = runsAbove(envelope, 0.9 * most);
  const [from, to] = runs.reduce((best, run) => (run[1] - run[0] > best[1] - best[0] ? run : best), [0, 0]);
  return samples.subarray(from, to);
};

/** Root mean square over so many samples about each. */
const envelopeOf = (samples: Float32Array, over: number): Float64Array => {
  const sums = new Float64Array(samples.length + 1);
  samples.forEach((x, i) => (sums[i + 1] = (sums[i] ?? 0) + x * x));
  const half = Math.floor(over / 2);
  return Float64Array.from(samples, (_, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(samples.length, i + half)];
    return Math.sqrt(((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from));
  });
};

const runsAbove = (envelope: Float64Array, threshold: number): (readonly [from: number, to: number])[] => {
  const runs: (readonly [number, number])[] = [];
  let from = -1;
  envelope.forEach((x, i) => {
    if (x > threshold && from < 0) from = i;
    if ((x <= threshold || i === envelope.length - 1) && from >= 0) {
      runs.push([from, i]);
      from = -1;
    }
  });
  return runs;
};

const pulsesIn = (samples: Float32Array, rate: number, hz: number): MeasuredPulse[] => {
  // Two whole periods, so that the tone itself does not show in its envelope.
  const envelope = envelopeOf(samples, Math.round((2 * rate) / hz));
  const most = envelope.reduce((a, b) => Math.max(a, b), 0);
  const ms = (i: number): number => (1000 * i) / rate;
  return runsAbove(envelope, 0.25 * most).map(([from, to]) => {
    const level = envelope.subarray(from, to).reduce((a, b) => Math.max(a, b), 0);
    /** Where the envelope last lay under a share of the peak before the pulse, and first does after it. */
    const up = (share: number): number => {
      let i = from;
      while (i > 0 && (envelope[i] ?? 0) > share * level) i--;
      while ((envelope[i] ?? 0) <= share * level) i++;
      return ms(i);
    };
    const down = (share: number): number => {
      let i = to;
      while (i < envelope.length - 1 && (envelope[i] ?? 0) > share * level) i++;
      while ((envelope[i] ?? 0) <= share * level) i--;
      return ms(i);
    };
    const [begins, ends] = [up(0.5), down(0.5)];
    return {
      begins,
      ends,
      rise: (up(0.9) - up(0.1)) / (ends - begins),
      fall: (down(0.1) - down(0.9)) / (ends - begins),
      level,
    };
  });
};

/** What a burst must be: moments from its beginning, in milliseconds. */
export type BurstRule = Readonly<{ begins: readonly number[]; lasts: number; fundamentalHz: number }>;

const within = 10;
/** A moment as a fault names it, to 5 ms. */
const about = (ms: number): number => 5 * Math.round(ms / 5);

/** Where a sound that begins at `at` departs from the rule of its burst and from what all bursts keep to; in words. */
export const faultsOf = (sound: MeasuredSound, rule: BurstRule, at: number): string[] => {
  const faults: string[] = [];
  const { pulses, fundamentalHz, harmonicsDb, peak } = sound;
  if (pulses.length !== rule.begins.length) faults.push(`${pulses.length} pulses`);
  pulses.forEach(({ begins, ends, rise, fall }, i) => {
    const due = at + (rule.begins[i] ?? Number.NaN);
    if (!(Math.abs(begins - due) <= within)) faults.push(`pulse ${i} begins at ${about(begins - at)}`);
    if (!(Math.abs(ends - due - rule.lasts) <= within)) faults.push(`pulse ${i} ends at ${about(ends - at)}`);
    for (const [edge, share] of [
      ["rise", rise],
      ["fall", fall],
    ] as const)
      if (share < 0.1 || share > 0.4) faults.push(`pulse ${i} has a ${edge} of ${Math.round(share * 100)} %`);
  });
  if (Math.abs(fundamentalHz - rule.fundamentalHz) > 2 || fundamentalHz < 300 || fundamentalHz > 1000)
    faults.push(`a fundamental of ${Math.round(fundamentalHz)} Hz`);
  const strong = harmonicsDb.filter((level) => Math.abs(level) <= 15).length;
  if (strong < 4) faults.push(`${strong} harmonics within 15 dB`);
  if (peak > 1) faults.push(`clipped at ${peak.toFixed(1)}`);
  return faults;
};
