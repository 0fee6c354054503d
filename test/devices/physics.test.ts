import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bladder, emptyBladder } from "../../devices/physics/bladder.ts";
import type { Fault } from "../../devices/physics/fault.ts";
import type { Limb } from "../../devices/physics/model.ts";
import { around, held, inflated, last, limbOf, models, read, trace } from "./traces.ts";

const anyModel = fc.constantFrom(...models);
const anySeed = fc.integer({ min: 0, max: 2 ** 31 });
const anyLop = fc.integer({ min: 110, max: 240 });
const runs = { numRuns: 40 };

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

describe("a cuff", () => {
  test("gives the same trace for the same seed, to the sample, and another for another seed", () => {
    fc.assert(
      fc.property(anyModel, anySeed, anyLop, (model, seed, lop) => {
        const once = (s: number) => {
          const limb = limbOf(s, lop);
          const effort = { set: 1, sinceMs: 16_000, repMs: 4000 };
          return read(
            trace(inflated(model, limb, 120), around(model, limb, { valve: held(120), effort }), 8000),
          );
        };
        expect(once(seed)).toEqual(once(seed));
        expect(once(seed)).not.toEqual(once(seed + 1));
      }),
      runs,
    );
  });

  test.each(models)("%s reaches 220 mmHg within 6 s", (model) => {
    const filled = trace(
      emptyBladder(0),
      around(model, limbOf(1, 200), { valve: { kind: "fill", toMmhg: 220 } }),
      6000,
    );
    expect(last(filled).trueMmhg).toBeCloseTo(220, 0);
    expect(filled[0]?.trueMmhg).toBeLessThan(10);
  });

  test.each(models)("%s vents from 45 to under 5 mmHg in 3 to 6 s", (model) => {
    const from = { ...emptyBladder(0), trueMmhg: 45 };
    const falling = trace(from, around(model, limbOf(1, 200)), 6000);
    expect(falling.find((b) => b.atMs >= 3000)?.trueMmhg).toBeGreaterThan(5);
    expect(last(falling).trueMmhg).toBeLessThan(5);
  });

  test("never has a true pressure below zero, nor a reading that the contract cannot carry", () => {
    const fault = fc.oneof(
      fc.record({
        kind: fc.constant("slow-leak" as const),
        fromMs: fc.nat(5000),
        mmhgPerMin: fc.double({ min: 1, max: 60, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("fast-leak" as const),
        fromMs: fc.nat(5000),
        mmhgPerS: fc.double({ min: 1, max: 90, noNaN: true }),
      }),
      fc.record({
        kind: fc.constantFrom("burst" as const, "kinked-hose" as const, "stuck-release" as const),
        fromMs: fc.nat(5000),
      }),
      fc.record({
        kind: fc.constant("posture-step" as const),
        fromMs: fc.nat(5000),
        byMmhg: fc.integer({ min: -80, max: 80 }),
      }),
    );
    const valve = fc.oneof(
      fc.constant({ kind: "vent" as const }),
      fc.integer({ min: 0, max: 300 }).map((setMmhg) => held(setMmhg)),
      fc.integer({ min: 0, max: 300 }).map((toMmhg) => ({ kind: "fill" as const, toMmhg })),
    );
    fc.assert(
      fc.property(
        anyModel,
        anySeed,
        fc.array(fault, { maxLength: 4 }),
        valve,
        (model, seed, faults, next) => {
          const limb = limbOf(seed, 200);
          const effort = { set: 1, sinceMs: 0, repMs: 4000 };
          const filled = trace(
            emptyBladder(0),
            around(model, limb, { valve: { kind: "fill", toMmhg: 150 }, faults }),
            4000,
          );
          for (const b of [
            ...filled,
            ...trace(last(filled), around(model, limb, { valve: next, effort, faults }), 4000),
          ]) {
            expect(b.trueMmhg).toBeGreaterThanOrEqual(0);
            expect(b.readMmhg).toBeGreaterThanOrEqual(-20);
            expect(b.readMmhg).toBeLessThanOrEqual(600);
          }
        },
      ),
      runs,
    );
  });

  test("shows at rest a pulse of 1 to 4 mmHg from peak to peak, and little else", () => {
    fc.assert(
      fc.property(anySeed, anyLop, (seed, lop) => {
        const limb = limbOf(seed, lop);
        const target = Math.round(lop * 0.6);
        const resting = read(
          trace(inflated("delfi", limb, target), around("delfi", limb, { valve: held(target) }), 5000, 20),
        );
        const span = Math.max(...resting) - Math.min(...resting);
        expect(span).toBeGreaterThan(0.9);
        expect(span).toBeLessThan(4);
        expect(Math.abs(mean(resting) - target)).toBeLessThan(2);
      }),
      runs,
    );
  });
});

describe("a regulated cuff", () => {
  test("holds its target with everybody, in every set, whatever the limb does", () => {
    fc.assert(
      fc.property(anySeed, anyLop, fc.integer({ min: 1, max: 4 }), (seed, lop, set) => {
        const limb = limbOf(seed, lop);
        const target = Math.round(lop * 0.8);
        const effort = { set, sinceMs: 16_000, repMs: 4000 };
        const working = trace(
          inflated("delfi", limb, target),
          around("delfi", limb, { valve: held(target), effort }),
          40_000,
        );
        for (const b of working) expect(Math.abs(b.trueMmhg - target)).toBeLessThan(0.012 * lop);
      }),
      runs,
    );
  });

  test("is back within 15 mmHg a second after a step of 20, and all the way soon after", () => {
    fc.assert(
      fc.property(anySeed, fc.constantFrom(-20, 20), (seed, byMmhg) => {
        const limb = limbOf(seed, 200);
        const faults: Fault[] = [{ kind: "posture-step", fromMs: 16_500, byMmhg }];
        const after = trace(
          inflated("delfi", limb, 130),
          around("delfi", limb, { valve: held(130), faults }),
          4000,
        );
        expect(Math.max(...after.map((b) => Math.abs(b.trueMmhg - 130)))).toBeGreaterThan(14);
        for (const b of after.filter((b) => b.atMs >= 17_500))
          expect(Math.abs(b.trueMmhg - 130)).toBeLessThan(15);
        expect(Math.abs(last(after).trueMmhg - 130)).toBeLessThan(1);
      }),
      runs,
    );
  });

  test("makes a slow leak good, and only its pump tells", () => {
    const limb = limbOf(5, 200);
    const full = inflated("delfi", limb, 130);
    const faults: Fault[] = [{ kind: "slow-leak", fromMs: 0, mmhgPerMin: 3 }];
    const sound = trace(full, around("delfi", limb, { valve: held(130) }), 20_000);
    const leaking = trace(full, around("delfi", limb, { valve: held(130), faults }), 20_000);
    expect(Math.abs(last(leaking).trueMmhg - last(sound).trueMmhg)).toBeLessThan(0.1);
    expect(sound.slice(10).some((b) => b.pump)).toBe(false);
    expect(leaking.slice(10).every((b) => b.pump)).toBe(true);
  });
});

describe.each(["saga", "smartcuffs", "suji"] as const)("%s, a cuff with trapped air,", (model) => {
  test("gives way by 5 to 10 mmHg within seconds of inflation", () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const given = 130 - inflated(model, limbOf(seed, 200), 130).trueMmhg;
        expect(given).toBeGreaterThan(4.9);
        expect(given).toBeLessThan(10.1);
      }),
      runs,
    );
  });

  test("ends some 10 to 12 % LOP below its target, mostly in the first set, and stays there", () => {
    const limb: Limb = { ...limbOf(3, 200), settling: 1, relaxationMmhg: 7 };
    const level = (from: Bladder, set: number) => {
      const effort = { set, sinceMs: from.atMs, repMs: 4000 };
      return last(trace(from, around(model, limb, { valve: held(160), effort }), 60_000));
    };
    const first = level(inflated(model, limb, 160), 1);
    const second = level(first, 2);
    const rested = last(trace(second, around(model, limb, { valve: held(160) }), 30_000));
    const pct = (b: Bladder) => (160 - b.trueMmhg) / 2;
    expect(pct(second)).toBeGreaterThan(9.5);
    expect(pct(second)).toBeLessThan(12);
    expect(pct(first)).toBeGreaterThan(pct(second) / 2);
    expect(pct(rested)).toBeCloseTo(pct(second), 1);
  });

  test("loses what leaks, minute for minute, down to nothing", () => {
    fc.assert(
      fc.property(anySeed, fc.double({ min: 2, max: 10, noNaN: true }), (seed, mmhgPerMin) => {
        const limb = limbOf(seed, 200);
        const full = inflated(model, limb, 130);
        const faults: Fault[] = [{ kind: "slow-leak", fromMs: 0, mmhgPerMin }];
        const [before, after] = [[], faults].map(
          (some) =>
            last(trace(full, around(model, limb, { valve: held(130), faults: some }), 60_000)).trueMmhg,
        );
        expect((before ?? 0) - (after ?? 0)).toBeCloseTo(mmhgPerMin, 3);
      }),
      runs,
    );
  });
});
