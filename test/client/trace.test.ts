import { describe, expect, test } from "vitest";
import { drawTrace, pressureY } from "../../client/ui/trace.ts";
import { TraceRing } from "../../client/ui/trace-ring.ts";
import { mmhg, monotonic } from "../../shared/units.ts";
import type { TracePoint } from "../../shared/wire.ts";

const now = 1_000_000;
const ringOf = (...points: readonly (readonly [secondsAgo: number, mmHg: number | null])[]): TraceRing => {
  const ring = new TraceRing();
  ring.add(points.map(([ago, p]): TracePoint => [monotonic(now - ago * 1000), p === null ? null : mmhg(p)]));
  return ring;
};
/** The line as text: M and L with whole pixels, on 600 × 100 pixels of 0 to 100 mmHg. */
const drawn = (ring: TraceRing): string => {
  const line: string[] = [];
  const put = (letter: string) => (x: number, y: number) =>
    line.push(`${letter}${Math.round(x)},${Math.round(y)}`);
  drawTrace(ring, { moveTo: put("M"), lineTo: put("L") }, { now, width: 600, y: (p) => 100 - p });
  return line.join(" ");
};

describe("a trace", () => {
  test("puts the newest at the right and a minute ago at the left", () => {
    expect(drawn(ringOf([60, 10], [58, 20], [56, 30]))).toBe("M0,90 L20,80 L40,70");
    expect(drawn(ringOf([2, 50], [0, 40]))).toBe("M580,50 L600,60");
  });

  test("stops where the last reading stands, however long ago", () => {
    expect(drawn(ringOf([14, 50], [12, 50]))).toBe("M460,50 L480,50");
  });

  test("is broken by a silence and by a reading that the sensor could not give", () => {
    expect(drawn(ringOf([20, 50], [19, 50], [10, 50], [9, 50]))).toBe("M400,50 L410,50 M500,50 L510,50");
    expect(drawn(ringOf([3, 50], [2, null], [1, 50], [0, 50]))).toBe("M570,50 M590,50 L600,50");
  });

  test("joins a basic cuff's readings, which come once a second", () => {
    expect(drawn(ringOf([2, 50], [1, 50], [0, 50]))).toBe("M580,50 L590,50 L600,50");
  });

  test("leaves out what is older than a minute", () => {
    expect(drawn(ringOf([61, 50], [59, 50], [57, 50]))).toBe("M10,50 L30,50");
  });

  test("keeps the highest and the lowest of one column of pixels", () => {
    const line = drawn(ringOf([1, 50], [0.06, 50], [0.05, 90], [0.04, 10], [0.03, 50]));
    expect(line).toContain(",10");
    expect(line).toContain(",90");
  });

  test("of nothing is nothing", () => {
    expect(
      drawTrace(
        new TraceRing(),
        { moveTo: () => undefined, lineTo: () => undefined },
        { now, width: 600, y: (p) => p },
      ),
    ).toBeNull();
  });
});

describe("the ring of points", () => {
  test("takes no point twice, and none that is older than its last", () => {
    const ring = ringOf([3, 10], [2, 20]);
    ring.add([
      [monotonic(now - 2000), mmhg(99)],
      [monotonic(now - 2500), mmhg(99)],
      [monotonic(now), mmhg(30)],
    ]);
    const seen: number[] = [];
    ring.each(0, (_, p) => seen.push(p));
    expect(seen).toEqual([10, 20, 30]);
  });

  test("keeps a minute at 50 Hz and forgets what is older", () => {
    const ring = new TraceRing();
    for (let i = 0; i < 4000; i++) ring.add([[monotonic(i * 20), mmhg(i)]]);
    const seen: number[] = [];
    ring.each(0, (_, p) => seen.push(p));
    expect(seen.length).toBe(3000);
    expect([seen[0], seen.at(-1)]).toEqual([1000, 3999]);
  });

  test("is empty after it was cleared", () => {
    const ring = ringOf([1, 10]);
    ring.clear();
    expect([ring.length, ring.lastAt]).toEqual([0, -Infinity]);
  });
});

describe("the height of a pressure", () => {
  const band = { low: 135, high: 165, target: 150 };
  const y = pressureY(band, 120);

  test("rises with the pressure, and stays inside", () => {
    let before = Infinity;
    for (let p = -20; p <= 600; p += 5) {
      const at = y(p);
      expect(at).toBeLessThanOrEqual(before);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(120);
      before = at;
    }
  });

  test("gives the band more than a third of the height, and an empty cuff the ground", () => {
    expect(y(band.low) - y(band.high)).toBeGreaterThan(40 - 7);
    expect(y(0)).toBe(120);
  });

  test("is plain where there is no target", () => {
    expect(pressureY(null, 300)(100)).toBeCloseTo(200);
  });
});
