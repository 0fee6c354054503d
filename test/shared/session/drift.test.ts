import fc from "fast-check";
import { usualLimits } from "../../../shared/alarm/limits.ts";
import { describe, expect, test } from "vitest";
import {
  type Drift,
  type DriftFinding,
  type DriftYardstick,
  leavesIn,
  noDrift,
  watchDrift,
} from "../../../shared/session/drift.ts";
import type { Reading } from "../../../shared/session/repetitions.ts";
import { mmhg, monotonic } from "../../../shared/units.ts";

const target = mmhg(150);
const binMs = 200;

/** A stretch of a made-up session: rest, or exercise whose repetitions swing by so much about so much off the level. */
type Stretch = Readonly<{
  seconds: number;
  swing?: number;
  off?: number;
  /** The person stops moving though the set goes on. */
  paused?: boolean;
  pump?: boolean;
  /** mmHg a minute. */
  leak?: number;
  step?: number;
}>;

type Told = Readonly<{ at: number; drift: Drift }>;
type How = Readonly<{ regulated?: boolean; counts?: boolean; from?: number }>;

const repetitionS = 4;

/** The readings of 10 s of which a twentieth lie lower. */
const valleyOf = (readings: readonly Reading[]): number =>
  readings.map(({ mean }) => mean).sort((a, b) => a - b)[Math.floor(readings.length / 20)] ?? 0;

/** The estimate after each reading of some stretches, beginning at `from` mmHg. */
const told = (
  stretches: readonly Stretch[],
  { regulated = false, counts = true, from = 140 }: How = {},
): Told[] => {
  const all: Told[] = [];
  let drift = noDrift;
  let at = 0;
  let level = from;
  let set = 1;
  let recent: number[] = [];
  let readings: Reading[] = [];
  for (const { seconds, swing = 0, off = 0, paused = false, pump = false, leak = 0, step = 0 } of stretches) {
    const works = swing > 0 || paused;
    const repetitions = Math.floor(seconds / repetitionS);
    level += step;
    for (let passed = 0; passed < seconds * 1000; passed += binMs, at += binMs) {
      level -= (leak * binMs) / 60_000;
      const wave =
        works && !paused ? off + swing * Math.sin((2 * Math.PI * passed) / (1000 * repetitionS)) : 0;
      const mean = level + wave + 0.8 * Math.sin(at / 130);
      recent = [...recent.slice(-14), mean];
      readings = [...readings.slice(-49), { at: monotonic(at), mean }];
      const quiet = recent.length === 15 && Math.max(...recent) - Math.min(...recent) < 4;
      const rep = works
        ? paused
          ? 1
          : Math.min(repetitions - 1, Math.floor(passed / (1000 * repetitionS)))
        : repetitions;
      const count: DriftYardstick["count"] = counts ? { set, rep, of: works ? repetitions : rep } : null;
      drift = watchDrift(
        drift,
        { at: monotonic(at), mean },
        {
          target,
          limits: usualLimits,
          regulated,
          readings,
          valley: valleyOf(readings),
          quiet,
          count,
          pump: regulated ? pump : null,
          judgedFrom: monotonic(0),
        },
      );
      all.push({ at, drift });
    }
    if (works) set++;
  }
  return all;
};

const set: Stretch = { seconds: 60, swing: 15, off: -8 };
const rest: Stretch = { seconds: 30 };
const findings = (all: readonly Told[]): DriftFinding[] =>
  all.map(({ drift }) => drift.finding).filter((finding, i, list) => finding !== list[i - 1]);
const first = (all: readonly Told[], finding: DriftFinding): number =>
  all.find(({ drift }) => drift.finding === finding)?.at ?? NaN;
const last = (all: readonly Told[]): Drift => all.at(-1)?.drift ?? noDrift;

describe("an unregulated cuff", () => {
  test.each([true, false])(
    "that holds its level says nothing through sets and rests (counting: %s)",
    (counts) => {
      expect(findings(told([set, rest, set, rest, set, rest], { counts }))).toEqual(["inside"]);
    },
  );
  test("has no band before its first rest, and then its own level as its middle", () => {
    const all = told([set, rest, set]);
    expect(all.find(({ at }) => at === 59_000)?.drift.reference).toBeNull();
    expect(last(all).reference).toBeCloseTo(140, 0);
  });
  test("learns what exercise adds, and takes it off again", () => {
    const d = last(told([set, rest, set]));
    expect(d.motion).toBeCloseTo(-8, 0);
    expect(Math.abs((d.level ?? 0) - 140)).toBeLessThan(3);
  });
  test.each([3, 10])("that leaks %i mmHg a minute is said to be leaving before it has left", (leak) => {
    const leaking = { leak };
    const all = told([
      set,
      rest,
      ...Array.from({ length: 6 }, () => [
        { ...set, ...leaking },
        { ...rest, ...leaking },
      ]).flat(),
    ]);
    const leftAt = 90_000 + (15 / leak) * 60_000;
    expect(first(all, "leaving")).toBeLessThan(leftAt);
    expect(first(all, "leaving")).toBeGreaterThan(leftAt - 90_000);
    expect(first(all, "outside")).toBeGreaterThan(leftAt - 5000);
    expect(first(all, "outside")).toBeLessThan(leftAt + 15_000);
  });
  test.each([-20, 20])("that steps by %i mmHg in the middle of a set is outside within 15 s", (step) => {
    const all = told([set, rest, set, { ...set, step }]);
    expect(first(all, "outside")).toBeGreaterThan(150_000);
    expect(first(all, "outside")).toBeLessThan(165_000);
  });
  test.each([-20, 20])(
    "on somebody who hardly moves the pressure, but counts, shows a step of %i mmHg",
    (step) => {
      const slight: Stretch = { seconds: 60, swing: 2, off: -8 };
      const all = told([slight, rest, slight, { ...slight, step }]);
      expect(first(all, "outside")).toBeGreaterThan(150_000);
      expect(first(all, "outside")).toBeLessThan(165_000);
    },
  );
  test.each([
    [-20, 15],
    [20, 20],
  ])("that steps by %i mmHg in its first set is said to be leaving within %i s", (step, within) => {
    const all = told([set, { ...set, step }]);
    expect(first(all, "leaving")).toBeGreaterThan(60_000);
    expect(first(all, "leaving")).toBeLessThan(60_000 + 1000 * within);
    expect(first(all, "outside")).toBeNaN();
    expect(all.find(({ drift }) => drift.finding === "leaving")?.drift.stepped?.from).toBeDefined();
  });
  test("that steps in its first set is inside the band that its first rest gives it", () => {
    expect(findings(told([set, { ...set, step: -20 }, rest]))).toEqual(["inside", "leaving", "inside"]);
  });
  test("that sinks in its first set as such cuffs do says nothing", () => {
    expect(findings(told([{ ...set, leak: 12 }, rest]))).toEqual(["inside"]);
  });
  test("whose first rest is cut short has its band from what that has shown", () => {
    const all = told([set, { seconds: 7 }, set]);
    expect(last(all).reference).toBeCloseTo(140, 0);
  });
  test.each([true, false])("that steps during a rest is outside within 8 s (counting: %s)", (counts) => {
    const all = told([set, rest, { ...rest, step: -20 }], { counts });
    expect(first(all, "outside") - 90_000).toBeLessThan(8000);
  });
  test("on somebody who stops in the middle of a set says nothing", () => {
    const pause: Stretch = { seconds: 25, paused: true };
    expect(findings(told([set, rest, set, pause, set, rest]))).toEqual(["inside"]);
    const hard: Stretch = { ...set, off: 28 };
    expect(findings(told([hard, pause, hard, rest, hard, pause, hard, rest]))).toEqual(["inside"]);
  });
  test("comes back inside only once it has been well within its band for 5 s", () => {
    const all = told([set, rest, { ...rest, step: -20 }, { ...rest, step: 19 }]);
    expect(findings(all)).toEqual(["inside", "leaving", "outside", "inside"]);
    expect(first(all.slice(-150), "inside") - 120_000).toBeGreaterThan(5000);
  });
  test("says in how long the band will be left", () => {
    const leaking = told([set, rest, { seconds: 50, leak: 10 }]);
    expect((leavesIn(last(leaking), { target, limits: usualLimits }) ?? 0) / 1000).toBeGreaterThan(30);
    expect((leavesIn(last(leaking), { target, limits: usualLimits }) ?? 0) / 1000).toBeLessThan(70);
  });
});

describe("a regulated cuff", () => {
  const regulated = { regulated: true, from: 150 };
  test("lies about its target from the beginning", () => {
    expect(last(told([{ seconds: 20, swing: 10 }], regulated)).reference).toBe(target);
  });
  test("whose pump runs for over 7 s at rest makes a leak good", () => {
    const all = told(
      [set, rest, { ...set, off: 0 }, { ...rest, pump: true }].map((s) => ({ ...s, off: 0 })),
      regulated,
    );
    expect(first(all, "pump") - 150_000).toBeGreaterThan(6900);
    expect(first(all, "pump") - 150_000).toBeLessThan(9000);
  });
  test("whose pump runs while the person moves says nothing", () => {
    expect(findings(told([{ ...set, off: 0, pump: true }], regulated))).toEqual(["inside"]);
  });
  test("whose pump runs while the tissue gives way after inflation says nothing", () => {
    expect(findings(told([{ seconds: 9, pump: true }, rest], regulated))).toEqual(["inside"]);
  });
  test("that cannot hold against its leak is outside", () => {
    expect(findings(told([rest, { seconds: 90, leak: 20, pump: true }], regulated)).at(-1)).toBe("outside");
  });
});

describe("readings that cannot be judged", () => {
  const by: DriftYardstick = {
    target,
    limits: usualLimits,
    regulated: false,
    readings: [],
    valley: 140,
    quiet: false,
    count: null,
    pump: null,
    judgedFrom: monotonic(10_000),
  };
  test("those before on-target, and those of a cuff that is down, change nothing but when it was heard", () => {
    const early = watchDrift(noDrift, { at: monotonic(9000), mean: 140 }, by);
    expect(early).toEqual({ ...noDrift, lastAt: 9000 });
    expect(watchDrift(noDrift, { at: monotonic(11_000), mean: 12 }, by)).toEqual({
      ...noDrift,
      lastAt: 11_000,
    });
  });
  test("after a gap the trend begins anew, the band stays", () => {
    const before = last(told([set, rest, { seconds: 40, leak: 5 }]));
    const reading = { at: monotonic(200_000), mean: 139 };
    const after = watchDrift(before, reading, { ...by, readings: [reading], quiet: true });
    expect(after.reference).toBe(before.reference);
    expect(leavesIn(after, { target, limits: usualLimits })).toBeNull();
  });
});

test("whatever the level and the swing, a level that stays is never said to leave", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 180 }),
      fc.integer({ min: 8, max: 30 }),
      fc.integer({ min: -20, max: 20 }),
      fc.boolean(),
      (from, swing, off, counts) => {
        const works = { seconds: 60, swing, off };
        expect(findings(told([works, rest, works, rest, works], { from, counts }))).toEqual(["inside"]);
      },
    ),
    { numRuns: 50 },
  );
});
