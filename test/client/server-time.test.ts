import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createServerTime } from "../../client/server-time.ts";
import { monotonic } from "../../shared/units.ts";

describe("the server's time on a screen", () => {
  test("runs on between two messages", () => {
    const time = createServerTime();
    time.heard(monotonic(5000), 100);
    expect(time.at(100)).toBe(5000);
    expect(time.at(850)).toBe(5750);
  });

  test("is not set back by a message that was long on its way", () => {
    const time = createServerTime();
    time.heard(monotonic(5000), 100);
    time.heard(monotonic(5900), 1100);
    expect(time.at(1100)).toBeGreaterThan(5990);
  });

  test("follows a server whose clock runs slower than the screen's", () => {
    const time = createServerTime();
    for (let s = 0; s <= 600; s++) time.heard(monotonic(5000 + s * 999.8), s * 1000);
    expect(Math.abs(time.at(600_000) - (5000 + 600 * 999.8))).toBeLessThan(10);
  });

  test("begins afresh with another process, even at an earlier time", () => {
    const time = createServerTime();
    time.heard(monotonic(90_000), 100);
    expect(time.at(200)).toBe(90_100);
    time.reset();
    time.heard(monotonic(4000), 300);
    expect(time.at(300)).toBe(4000);
  });

  test("never goes back, whatever the delays", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2000), fc.nat(3000)), { maxLength: 60 }), (messages) => {
        const time = createServerTime();
        let local = 0;
        let before = -Infinity;
        for (const [pause, delay] of messages) {
          local += pause;
          time.heard(monotonic(10_000 + local - delay), local);
          const at = time.at(local);
          expect(at).toBeGreaterThanOrEqual(before);
          before = at;
        }
      }),
    );
  });

  test("knows when a moment of the server comes on the screen's own clock", () => {
    const time = createServerTime();
    time.heard(monotonic(5000), 100);
    expect(time.localOf(monotonic(6000))).toBe(1100);
  });
});
