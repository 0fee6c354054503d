/** Scenarios in which one thing goes wrong, at station 1 first and at every fourth station after it; the others are calm. */
import { type Random, randomFrom, seedOf } from "../random.ts";
import { calmRoles } from "./calm.ts";
import { limitMs, type Role } from "./role.ts";

const s = 1000;

/** What is wrong with a station, from `atMs` on. */
type Trouble = (atMs: number, random: Random) => Partial<Role>;

const inflated = (occMs: number) => ({ kind: "inflated", occMs }) as const;
/** An unregulated cuff that sits well, so that what is seen is its leak. */
const unregulated = {
  model: "smartcuffs",
  limb: { relaxationMmhg: 5, settling: 0.35, vigour: 0.6 },
} as const;

export const troubles = {
  overrun: {
    says: "cuffs that stay up past their limit",
    trouble: (atMs) => ({
      start: inflated(limitMs("legPress") - atMs),
      stayMs: [900 * s],
      reperfusionMs: 195 * s,
    }),
  },
  "slow-leak": {
    says: "unregulated cuffs that lose 3 to 10 mmHg a minute",
    trouble: (fromMs, random) => ({
      ...unregulated,
      faults: [{ kind: "slow-leak", fromMs, mmhgPerMin: random.between(3, 10) }],
    }),
  },
  "fast-leak": {
    says: "unregulated cuffs that lose 1.5 to 5 mmHg a second",
    trouble: (fromMs, random) => ({
      ...unregulated,
      faults: [{ kind: "fast-leak", fromMs, mmhgPerS: random.between(1.5, 5) }],
    }),
  },
  burst: {
    says: "bladders that tear",
    trouble: (fromMs) => ({ faults: [{ kind: "burst", fromMs }] }),
  },
  silence: {
    says: "cuffs that stop speaking while inflated, for a minute",
    trouble: (fromMs) => ({ mishaps: [{ kind: "silent", fromMs, untilMs: fromMs + 60 * s }] }),
  },
  reboot: {
    says: "cuffs that lose their power for 4 s while inflated, and keep their air",
    trouble: (fromMs) => ({ mishaps: [{ kind: "reboot", fromMs, untilMs: fromMs + 4 * s }] }),
  },
  "frozen-sensor": {
    says: "sensors that repeat their last value",
    trouble: (fromMs) => ({ faults: [{ kind: "sensor-frozen", fromMs, untilMs: fromMs + 120 * s }] }),
  },
  "sensor-zero": {
    says: "sensors that fail to 0 while the limb stays restricted",
    trouble: (fromMs) => ({ faults: [{ kind: "sensor-zero", fromMs, untilMs: fromMs + 120 * s }] }),
  },
  "sensor-absent": {
    says: "sensors that give nothing",
    trouble: (fromMs) => ({ faults: [{ kind: "sensor-absent", fromMs, untilMs: fromMs + 60 * s }] }),
  },
  "kinked-hose": {
    says: "hoses that are shut while the limb stays restricted",
    trouble: (fromMs) => ({ faults: [{ kind: "kinked-hose", fromMs, untilMs: fromMs + 60 * s }] }),
  },
  "posture-step": {
    says: "people who move so that an unregulated cuff's level steps by 20 mmHg",
    trouble: (fromMs, random) => ({
      ...unregulated,
      faults: [{ kind: "posture-step", fromMs, byMmhg: random.whole(0, 1) === 0 ? 20 : -20 }],
    }),
  },
  "clock-drift": {
    says: "cuffs whose clock runs 2 % fast or slow",
    trouble: (_, random) => ({ driftPpm: random.whole(0, 1) === 0 ? 20_000 : -20_000 }),
  },
  "stuck-release": {
    says: "vent valves that do not open for a minute and a half",
    trouble: (atMs) => ({
      start: inflated(397 * s - atMs),
      stayMs: [2 * s],
      faults: [{ kind: "stuck-release", fromMs: 0, untilMs: atMs + 90 * s }],
    }),
  },
  "hung-connection": {
    says: "connections that hang for 25 s and then deliver everything late, at once",
    trouble: (fromMs) => ({ mishaps: [{ kind: "hung", fromMs, untilMs: fromMs + 25 * s }] }),
  },
  "link-loss": {
    says: "links that drop for 30 s; the cuff backfills what was missed",
    trouble: (fromMs) => ({ mishaps: [{ kind: "cut", fromMs, untilMs: fromMs + 30 * s }] }),
  },
} as const satisfies Record<string, { says: string; trouble: Trouble }>;

/** When the first trouble comes, and the last. */
const firstMs = 15 * s;
const lastMs = 60 * s;

/** A calm class with this trouble in it. */
export const troubledRoles = (trouble: Trouble, patients: number, seed: number): Role[] => {
  const random = randomFrom(seedOf(seed, 4));
  return calmRoles(patients, seed).map((calm, index) => {
    if (index % 4 !== 0) return calm;
    const atMs = index === 0 ? firstMs : random.between(firstMs, lastMs);
    return { plan: "legPress", start: inflated(random.between(50 * s, 100 * s)), ...trouble(atMs, random) };
  });
};
