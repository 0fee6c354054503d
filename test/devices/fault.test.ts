import { describe, expect, test } from "vitest";
import type { Fault } from "../../devices/physics/fault.ts";
import type { CuffModelName } from "../../devices/physics/model.ts";
import { around, held, inflated, last, limbOf, models, read, trace } from "./traces.ts";

describe("a fault", () => {
  const limb = limbOf(9, 200);
  const during = (model: CuffModelName, fault: Fault, lastsMs = 3000) =>
    trace(inflated(model, limb, 130), around(model, limb, { valve: held(130), faults: [fault] }), lastsMs);
  const now = { fromMs: 16_000 };

  test.each(models)("burst: %s is under 20 mmHg within 1.5 s, and no pump brings it back", (model) => {
    const torn = during(model, { kind: "burst", ...now }, 6000);
    expect(torn.find((b) => b.atMs >= 17_500)?.trueMmhg).toBeLessThan(20);
    expect(last(torn).trueMmhg).toBeLessThan(1);
  });

  test.each(models)("frozen sensor: %s reads one value while the limb moves on", (model) => {
    const frozen = during(model, { kind: "sensor-frozen", ...now });
    expect(new Set(read(frozen)).size).toBe(1);
  });

  test.each(models)("sensor at 0: %s reads nothing but 0, and the pressure is still there", (model) => {
    const failed = during(model, { kind: "sensor-zero", ...now });
    expect(new Set(read(failed))).toEqual(new Set([0]));
    expect(last(failed).trueMmhg).toBeGreaterThan(110);
  });

  test("absent sensor: there is no reading, not a made-up one", () => {
    expect(during("delfi", { kind: "sensor-absent", ...now }).every((b) => b.readMmhg === null)).toBe(true);
  });

  test.each(models)("kinked hose: what %s reads falls, what the limb bears does not", (model) => {
    const kinked = during(model, { kind: "kinked-hose", ...now });
    expect(last(kinked).readMmhg).toBeLessThan(20);
    expect(last(kinked).trueMmhg).toBeGreaterThan(110);
  });

  test("a kinked hose keeps the limb restricted even when the cuff vents", () => {
    const faults: Fault[] = [{ kind: "kinked-hose", ...now }];
    const vented = trace(inflated("delfi", limb, 130), around("delfi", limb, { faults }), 10_000);
    expect(last(vented).trueMmhg).toBeGreaterThan(110);
  });

  test("stuck release: the cuff stays up until the valve opens", () => {
    const faults: Fault[] = [{ kind: "stuck-release", ...now, untilMs: 26_000 }];
    const venting = trace(inflated("delfi", limb, 130), around("delfi", limb, { faults }), 18_000);
    expect(venting.find((b) => b.atMs >= 25_900)?.trueMmhg).toBeGreaterThan(110);
    expect(last(venting).trueMmhg).toBeLessThan(5);
  });

  test.each(models)("over-inflation: %s is pumped up past its target and stays there", (model) => {
    const driven = during(model, { kind: "over-inflation", ...now, toMmhg: 230 }, 8000);
    expect(last(driven).trueMmhg).toBeCloseTo(230, 0);
    expect(driven[2]?.pump).toBe(true);
  });
});
