import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overrunAt, overrunChangesAt, overrunLimits } from "../../../shared/alarm/overrun.ts";
import { after, millis, minutes, monotonic, never, seconds } from "../../../shared/units.ts";
import type { CuffOnScreen } from "../../../shared/wire.ts";
import { cuffDown, cuffUp, now, prescription, secondsAgo } from "../../support/on-screen.ts";

const limits = (c: CuffOnScreen) => overrunLimits(c, minutes(1));
const overrun = (c: CuffOnScreen) => overrunAt(c, limits(c), now);

describe("an overrun", () => {
  test.each([
    ["not before the limit", 479.999, null],
    ["medium at the limit", 480, "medium"],
    ["medium until a minute later", 539.999, "medium"],
    ["high a minute later", 540, "high"],
  ])("is %s", (_, upForS, priority) => {
    expect(overrun(cuffUp(upForS))?.priority ?? null).toBe(priority);
  });

  test("is high at the hard cap, however soon that comes after the limit", () => {
    const c = cuffUp(495, { prescription: { ...prescription, cap: minutes(8.25) } });
    expect(overrun(c)).toEqual({ priority: "high", dose: 495_000, limit: 480_000 });
  });

  test("counts the inflations before it that still count", () => {
    const c = cuffUp(100, { dose: { closed: seconds(400), upTo: secondsAgo(110) } });
    expect(overrun(c)).toMatchObject({ priority: "medium", dose: 500_000 });
  });

  test("is held against the limits that it is given", () => {
    const given = { ...limits(cuffUp(100)), limit: seconds(90), highAfter: seconds(20) };
    expect(overrunAt(cuffUp(100), given, now)).toMatchObject({ priority: "medium", limit: 90_000 });
    expect(overrunChangesAt(cuffUp(100), given, now)).toBe(now + 10_000);
  });

  test("is none of a cuff that is down, and never will be", () => {
    expect(overrun(cuffDown())).toBeNull();
    expect(overrunChangesAt(cuffDown(), limits(cuffDown()), now)).toBe(never);
  });

  test("is the same until it is said to change, and another then", () => {
    const said = (c: CuffOnScreen, at: typeof now) => overrunAt(c, limits(c), at)?.priority;
    fc.assert(
      fc.property(
        fc.nat(700_000),
        fc.nat(90_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (upMs, capMs, part) => {
          const c = cuffUp(upMs / 1000, { prescription: { ...prescription, cap: millis(480_000 + capMs) } });
          const changes = overrunChangesAt(c, limits(c), now);
          if (changes === never) {
            expect(said(c, after(now, minutes(60)))).toBe(said(c, now));
            return;
          }
          expect(changes).toBeGreaterThan(now);
          const before = Math.min(changes - 1, now + part * (changes - now));
          expect(said(c, monotonic(Math.max(now, before)))).toBe(said(c, now));
          expect(said(c, changes)).not.toBe(said(c, now));
        },
      ),
    );
  });
});
