import { describe, expect, test } from "vitest";
import { burstLasts, bursts, linkLostBurst, loudest } from "../../../shared/alarm/burst.ts";
import { monotonic } from "../../../shared/units.ts";
import { going, now, occurrence } from "../../support/on-screen.ts";

describe("pulses, as the alarm page has them", () => {
  test("high: ten of 150 ms, twice three and two, a second between the groups", () => {
    const { pulses, pause } = bursts.high;
    const gaps = pulses.slice(1).map((p, i) => p.at - (pulses[i]?.at ?? 0) - 150);
    expect(pulses.map((p) => p.lasts)).toEqual(Array.from({ length: 10 }, () => 150));
    expect(gaps).toEqual([100, 100, 350, 100, 1000, 100, 100, 350, 100]);
    expect(pause).toBe(2500);
    expect(burstLasts(bursts.high)).toBe(3800);
  });

  test("medium: three of 250 ms, 200 ms apart, every 4 s", () => {
    expect(bursts.medium.pulses).toEqual([
      { at: 0, lasts: 250 },
      { at: 450, lasts: 250 },
      { at: 900, lasts: 250 },
    ]);
    expect(bursts.medium.pause).toBe(4000);
  });

  test("low: one soft pulse, once", () => {
    expect(bursts.low.pulses).toEqual([{ at: 0, lasts: 200 }]);
    expect(bursts.low.pause).toBeNull();
    expect(bursts.low.level).toBeLessThan(bursts.medium.level);
  });
});

test.each([...Object.entries(bursts), ["link lost", linkLostBurst] as const])(
  "the tone of %s can be told where it comes from: 300 to 1000 Hz, four harmonics within 15 dB, soft edges",
  (_, burst) => {
    const [fundamental = 0, ...harmonics] = burst.partials;
    expect(burst.fundamentalHz).toBeGreaterThanOrEqual(300);
    expect(burst.fundamentalHz).toBeLessThanOrEqual(1000);
    expect(harmonics.filter((a) => 20 * Math.log10(fundamental / a) <= 15).length).toBeGreaterThanOrEqual(4);
    expect(burst.ramp).toBeGreaterThanOrEqual(0.1);
    expect(burst.ramp).toBeLessThanOrEqual(0.4);
  },
);

describe("which burst is heard", () => {
  const high = occurrence({ priority: "high" });
  const medium = occurrence({ priority: "medium" });
  test.each([
    ["nothing", [], null],
    ["low alone, which has only its cue", [occurrence({ priority: "low" })], null],
    ["medium", [medium], "medium"],
    ["the higher of two", [medium, high], "high"],
    ["the lower, when somebody goes to the higher", [medium, { ...high, acknowledged: going }], "medium"],
    ["nothing that has cleared, though it stays visible", [{ ...high, clearedAt: now }], null],
  ] as const)("%s", (_, alarms, heard) => {
    expect(loudest(alarms, now, null)).toBe(heard);
  });

  test("an acknowledged alarm that goes on is heard again: high after 30 s, medium after 120 s", () => {
    const at = (seconds: number) => monotonic(going.at + seconds * 1000);
    const goingToHigh = { ...going, until: at(30) };
    expect(loudest([{ ...high, acknowledged: goingToHigh }], at(29.9), null)).toBeNull();
    expect(loudest([{ ...high, acknowledged: goingToHigh }], at(30), null)).toBe("high");
    expect(loudest([{ ...medium, acknowledged: going }], at(119.9), null)).toBeNull();
    expect(loudest([{ ...medium, acknowledged: going }], at(120), null)).toBe("medium");
  });

  test("a pause covers what was there when it began, until it ends, and nothing that came or rose since", () => {
    const pause = { by: "Aidan R.", at: now, until: monotonic(now + 120_000) };
    const later = monotonic(now + 60_000);
    expect(loudest([high, medium], later, pause)).toBeNull();
    expect(loudest([high, medium], pause.until, pause)).toBe("high");
    const risen = { ...medium, priority: "high", roseAt: monotonic(now + 1) } as const;
    expect(loudest([risen], later, pause)).toBe("high");
    const raised = { ...medium, raisedAt: now, roseAt: now };
    expect(loudest([high, raised], later, pause)).toBe("medium");
  });
});
