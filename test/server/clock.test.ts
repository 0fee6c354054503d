import { describe, expect, test } from "vitest";
import { type Alive, type Clocks, gapSince, machineClocks, startClock } from "../../server/clock.ts";
import { monotonic, wallTime } from "../../shared/units.ts";

const hour = 3_600_000;

const anchor: Alive = {
  at: monotonic(50_000),
  bootId: "a",
  bootClockMs: 900_000,
  wall: wallTime(1_700_000_000_000),
};

describe("the gap is what the best clock vouches for, and never negative", () => {
  test.each([
    { name: "both agree", bootId: "a", boot: 10_000, wall: 10_000, gap: 10_000, by: "boot-clock" },
    {
      name: "the wall was set back an hour",
      bootId: "a",
      boot: 10_000,
      wall: -hour,
      gap: 10_000,
      by: "boot-clock",
    },
    {
      name: "the wall was set ahead by an hour",
      bootId: "a",
      boot: 10_000,
      wall: hour,
      gap: 10_000,
      by: "boot-clock",
    },
    { name: "another boot", bootId: "b", boot: 500_000, wall: 30_000, gap: 30_000, by: "wall-clock" },
    {
      name: "another boot, no battery clock",
      bootId: "b",
      boot: 500_000,
      wall: -hour,
      gap: 0,
      by: "nothing",
    },
    {
      name: "an unnamed boot started anew",
      bootId: "a",
      boot: -850_000,
      wall: 40_000,
      gap: 40_000,
      by: "wall-clock",
    },
    { name: "no time has passed", bootId: "a", boot: 0, wall: 0, gap: 0, by: "boot-clock" },
  ])("$name", ({ bootId, boot, wall, gap, by }) => {
    const resumed = gapSince(anchor, {
      bootId,
      bootClockMs: anchor.bootClockMs + boot,
      wallMs: anchor.wall + wall,
    });
    expect(resumed).toEqual({ gap, vouchedBy: by });
  });
});

/** Clocks that a test turns by hand. */
const handClocks = (): {
  clocks: Clocks;
  pass: (ms: number) => void;
  sleep: (ms: number) => void;
  stepWall: (ms: number) => void;
} => {
  let [process, boot, wall] = [7_000, 910_000, anchor.wall + 10_000];
  return {
    clocks: { processMs: () => process, bootClockMs: () => boot, wallMs: () => wall, bootId: "a" },
    pass: (ms) => {
      process += ms;
      boot += ms;
      wall += ms;
    },
    sleep: (ms) => {
      boot += ms;
      wall += ms;
    },
    stepWall: (ms) => {
      wall += ms;
    },
  };
};

describe("site time", () => {
  test("begins at 0 where no site has been", () => {
    const { clocks, pass } = handClocks();
    const clock = startClock(null, clocks);
    expect(clock.resumed).toBeNull();
    pass(1_234);
    expect(clock.now()).toBe(1_234);
  });

  test("goes on after a restart, the gap included", () => {
    const { clocks, pass } = handClocks();
    const clock = startClock(anchor, clocks);
    expect(clock.resumed).toEqual({ gap: 10_000, vouchedBy: "boot-clock" });
    pass(500);
    expect(clock.now()).toBe(60_500);
  });

  test.each([hour, -hour])("does not notice a wall clock that is stepped by %i ms", (step) => {
    const { clocks, pass, stepWall } = handClocks();
    const clock = startClock(anchor, clocks);
    stepWall(step);
    pass(1_000);
    expect(clock.now()).toBe(61_000);
    expect(clock.catchUp()).toBe(0);
    expect(clock.now()).toBe(61_000);
    expect(clock.wall()).toBe(anchor.wall + 11_000 + step);
  });

  test("catches up, once, on what the machine slept through", () => {
    const { clocks, pass, sleep } = handClocks();
    const clock = startClock(anchor, clocks);
    sleep(120_000);
    expect(clock.catchUp()).toBe(120_000);
    expect(clock.catchUp()).toBe(0);
    pass(1_000);
    expect(clock.now()).toBe(181_000);
  });

  test("takes the unequal reading of two clocks for no sleep", () => {
    const { clocks, sleep } = handClocks();
    const clock = startClock(anchor, clocks);
    sleep(400);
    expect(clock.catchUp()).toBe(0);
    expect(clock.now()).toBe(60_000);
  });

  test("hands on an anchor from which the next start continues without a step", () => {
    const { clocks, pass } = handClocks();
    const first = startClock(anchor, clocks);
    pass(3_000);
    const left = first.alive();
    pass(4_000);
    expect(startClock(left, clocks).now()).toBe(67_000);
  });
});

test("this machine's clocks run forward and name their boot", () => {
  const clocks = machineClocks();
  const clock = startClock(null, clocks);
  const before = clock.now();
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(clocks.bootClockMs()).toBeGreaterThan(0);
  expect(clocks.bootId).not.toBe("");
});
