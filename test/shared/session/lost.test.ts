import { usualLimits } from "../../../shared/alarm/limits.ts";
import { describe, expect, test } from "vitest";
import { type Lost, notLost, watchedForLoss } from "../../../shared/session/lost.ts";
import { type Mmhg, mmhg, type Monotonic, monotonic } from "../../../shared/units.ts";

const level = mmhg(120);
/** After so many seconds at one pressure, ten readings a second, on a cuff whose level is 120 mmHg. */
const after = (
  seconds: number,
  value: Mmhg,
  {
    from = 0,
    movingSince = null,
    was = notLost,
  }: { from?: number; movingSince?: Monotonic | null; was?: Lost } = {},
): Lost => {
  let lost = was;
  for (let ms = from * 1000; ms <= (from + seconds) * 1000; ms += 100)
    lost = watchedForLoss(lost, { value, at: monotonic(ms), level, movingSince, limits: usualLimits });
  return lost;
};
const moving = (since: number) => ({ movingSince: monotonic(since * 1000) });

describe("a pressure is lost", () => {
  test("once it has been under 70 % of its level for 2 s", () => {
    expect(after(1.9, mmhg(80)).held).toBe(false);
    expect(after(2, mmhg(80)).held).toBe(true);
    expect(after(5, mmhg(85)).held).toBe(false);
  });
  test.each([
    ["a valley of the first repetitions after a rest, for under 4 s", 10, 7, 80, 3.9, false],
    ["one that lasts longer", 10, 7, 80, 4, true],
    ["a fall to under half in them", 10, 7, 55, 2, true],
    ["the fall that ends the rest", 10, 9, 80, 2, true],
    ["a valley once the repetitions have gone on for 20 s", 30, 10, 80, 2, true],
  ])("%s", (_name, from, since, value, seconds, held) => {
    expect(after(seconds, mmhg(value), { from, ...moving(since) }).held).toBe(held);
  });
  test("until it has been back over 85 % for 5 s", () => {
    const lost = after(3, mmhg(10));
    expect(after(4.9, mmhg(110), { from: 3.1, was: lost }).held).toBe(true);
    expect(after(5, mmhg(110), { from: 3.1, was: lost })).toEqual(notLost);
    expect(after(20, mmhg(95), { from: 3.1, was: lost }).held).toBe(true);
  });
  test("and a valley that is over leaves nothing behind", () => {
    expect(after(0, mmhg(100), { from: 2, was: after(1.5, mmhg(70)) })).toEqual(notLost);
  });
});
