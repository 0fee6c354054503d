/**
 * The four published cuff models against their table (docs/clinical.md, "How cuff pressure really behaves"; Swain, McEwen, Lai
 * and Hughes 2025): leg press 30-15-15-15, rests of 30 s, target 80 % LOP.
 */
import { describe, expect, test } from "vitest";
import { type Cuff, step } from "../../devices/cuff.ts";
import { cuffModels, type CuffModelName, limbFrom } from "../../devices/physics/model.ts";
import { randomFrom, seedOf } from "../../devices/random.ts";
import { someCuff } from "./some-cuff.ts";

const people = 80;
const samplesOfRepetition = 40;

/** What one person's session looks like, in per cent of their LOP. */
type Session = Readonly<{
  /** Mean peak and mean valley of the repetitions of each set. */
  peaks: readonly number[];
  valleys: readonly number[];
  highest: number;
  /** Share of time within ±10 % of the target while exercising, and within ±5 % while resting. */
  nearWhileWorking: number;
  nearWhileResting: number;
  /** How far the level without motion stands off the target at the end of each set. */
  offsets: readonly number[];
}>;

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const spread = (numbers: readonly number[]): number => {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((n) => (n - middle) ** 2)));
};
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
const shareWithin = (numbers: readonly number[], off: number): number =>
  mean(numbers.map((percent) => (Math.abs(percent - 80) <= off ? 1 : 0)));

const repetitionsOf = (set: readonly number[]): number[][] =>
  Array.from({ length: Math.floor(set.length / samplesOfRepetition) }, (_, n) =>
    set.slice(n * samplesOfRepetition, (n + 1) * samplesOfRepetition),
  );

const legPressOf = (model: CuffModelName, seed: number): Session => {
  const random = randomFrom(seedOf(seed, 9));
  const lopMmhg = random.whole(150, 240);
  const fresh = someCuff({
    seed,
    model: cuffModels[model],
    limb: limbFrom(random, lopMmhg),
    course: {
      targetMmhg: Math.round(0.8 * lopMmhg),
      sets: [30, 15, 15, 15],
      durationMs: 0,
      repMs: 4000,
      restMs: 30_000,
      betweenSets: "up",
      inflations: 1,
      reperfusionMs: 60_000,
      pauseMs: 60_000,
      stayMs: [0],
    },
  });
  const percent = (mmhg: number): number => (100 * mmhg) / lopMmhg;
  const sets: [number[], number[], number[], number[]] = [[], [], [], []];
  const resting: number[] = [];
  const offsets: number[] = [];
  let cuff: Cuff = fresh;
  while (cuff.stage.kind !== "releasing") {
    const before = cuff.stage;
    cuff = step(cuff, cuff.nextSampleMs).cuff;
    const { stage, bladder } = cuff;
    const read = percent(bladder.readMmhg ?? NaN);
    if (stage.kind === "working") sets[stage.set - 1]?.push(read);
    if (stage.kind === "resting") resting.push(read);
    if (before.kind === "working" && stage.kind !== "working") offsets.push(percent(bladder.trueMmhg) - 80);
  }
  const working = sets.flat();
  return {
    peaks: sets.map((set) => mean(repetitionsOf(set).map((one) => Math.max(...one)))),
    valleys: sets.map((set) => mean(repetitionsOf(set).map((one) => Math.min(...one)))),
    highest: Math.max(...working),
    nearWhileWorking: 100 * shareWithin(working, 8),
    nearWhileResting: 100 * shareWithin(resting, 4),
    offsets,
  };
};

/** Mean ± spread of peaks and valleys in % LOP; medians over people of the time near the target, in %. */
const published = {
  delfi: { peak: [89, 2], valley: [72, 3], working: 95, resting: 99 },
  saga: { peak: [79, 9], valley: [58, 7], working: 25, resting: 0 },
  smartcuffs: { peak: [79, 9], valley: [61, 7], working: 26, resting: 0 },
  suji: { peak: [90, 15], valley: [65, 10], working: 34, resting: 0 },
} as const satisfies Record<CuffModelName, unknown>;

const names = Object.keys(published) as CuffModelName[];
const sessionsOf = new Map(
  names.map((name) => [name, Array.from({ length: people }, (_, seed) => legPressOf(name, seed))] as const),
);

describe.each(names)("%s", (name) => {
  const sessions = sessionsOf.get(name) ?? [];
  const table = published[name];

  test.each(["peak", "valley"] as const)(
    "has the published %ss, in their mean and in their spread",
    (what) => {
      const seen = sessions.flatMap((session) => (what === "peak" ? session.peaks : session.valleys));
      const [middle, width] = table[what];
      expect(Math.abs(mean(seen) - middle)).toBeLessThan(Math.max(1, width / 4));
      expect(spread(seen) / width).toBeGreaterThan(0.7);
      expect(spread(seen) / width).toBeLessThan(1.3);
    },
  );

  test("is near its target for as long as was published, at work and at rest", () => {
    expect(Math.abs(median(sessions.map((s) => s.nearWhileWorking)) - table.working)).toBeLessThan(5);
    expect(Math.abs(median(sessions.map((s) => s.nearWhileResting)) - table.resting)).toBeLessThan(1.5);
  });
});

describe("passing 100 % LOP", () => {
  const passing = (name: CuffModelName) =>
    (sessionsOf.get(name) ?? []).filter(({ highest }) => highest > 100).length;
  test.each(["saga", "smartcuffs", "suji"] as const)("happens to some people with %s", (name) => {
    expect(passing(name)).toBeGreaterThan(0);
    expect(passing(name)).toBeLessThan(people / 2);
  });
  test("happens to nobody with delfi", () => {
    expect(passing("delfi")).toBe(0);
  });
});

test.each(["saga", "smartcuffs", "suji"] as const)("%s sinks by 10 to 12 %% LOP, mostly in set 1", (name) => {
  const after = [0, 3].map((set) =>
    mean((sessionsOf.get(name) ?? []).map(({ offsets }) => offsets[set] ?? NaN)),
  );
  expect(after[1]).toBeLessThan(-10);
  expect(after[1]).toBeGreaterThan(-12);
  expect((after[0] ?? 0) / (after[1] ?? 0)).toBeGreaterThan(0.8);
});
