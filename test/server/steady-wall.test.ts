import { expect, test } from "vitest";
import { steadyWall } from "../../server/steady-wall.ts";
import { after, millis, type Monotonic, monotonic, wallTime } from "../../shared/units.ts";

/** Clocks of a machine: `step` lets time pass on both, `set` puts the wall clock elsewhere. */
const machine = () => {
  let site = 1000.25;
  let offset = 1_700_000_000_000.4;
  let between = 0;
  return {
    step: (ms: number) => (site += ms),
    set: (ms: number) => (offset += ms),
    /** From now on this much passes after each reading. */
    slow: (ms: number) => (between = ms),
    at: (): Monotonic => monotonic(Math.floor(site)),
    clock: {
      now: () => {
        const read = monotonic(site);
        site += between;
        return read;
      },
      // As `Date.now` has it.
      wall: () => {
        const read = wallTime(Math.floor(site + offset));
        site += between;
        return read;
      },
    },
  };
};

test("the wall time beside facts is whole, and keeps its distance from site time however the clocks were read", () => {
  const { clock, step, at } = machine();
  const wallAt = steadyWall(clock);
  const distances = new Set<number>();
  for (let i = 0; i < 1000; i += 1) {
    step(0.1 + (i % 7) * 13.37);
    const wall = wallAt()(at());
    expect(Number.isInteger(wall)).toBe(true);
    expect(Math.abs(wall - clock.wall())).toBeLessThanOrEqual(5);
    distances.add(wall - at());
  }
  expect(distances.size).toBe(1);
});

test("a fact that fell due before it was met has the wall time of when it fell due", () => {
  const { clock, step, at } = machine();
  const wallAt = steadyWall(clock);
  const due = at();
  const then = wallAt()(due);
  step(5000);
  const wall = wallAt();
  expect(wall(due)).toBe(then);
  expect(wall(after(due, millis(5000)))).toBe(then + 5000);
});

test.each([-3_600_000, -10, 10, 3_600_000])("a wall clock that was set by %d ms shows at once", (by) => {
  const { clock, step, set, at } = machine();
  const wallAt = steadyWall(clock);
  const distance = wallAt()(at()) - at();
  step(1000);
  set(by);
  expect(Math.abs(wallAt()(at()) - at() - distance - by)).toBeLessThanOrEqual(1);
});

test("a reading in whose midst the process was kept waiting moves nothing", () => {
  const { clock, step, slow, at } = machine();
  const wallAt = steadyWall(clock);
  const distance = wallAt()(at()) - at();
  step(100);
  slow(30);
  let readings = 0;
  const once = steadyWall({
    now: clock.now,
    wall: () => {
      readings += 1;
      // It is kept waiting in the first reading only.
      if (readings === 1) slow(0);
      return clock.wall();
    },
  });
  expect(once()(at()) - at()).toBe(distance);
  expect(readings).toBe(2);
});
