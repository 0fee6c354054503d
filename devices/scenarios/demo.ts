/**
 * The demonstration: within 90 seconds of looking at the wall a visitor sees a release that is due soon, a release, an overrun,
 * a cuff that loses pressure and one that falls silent; then the class goes on as classes do.
 */
import type { Mishap } from "../mishap.ts";
import type { Fault } from "../physics/fault.ts";
import { randomFrom, seedOf } from "../random.ts";
import { calmRoles } from "./calm.ts";
import { limitMs, type Role } from "./role.ts";

const s = 1000;
const min = 60 * s;
/** For how long the demonstration goes on having something to show. */
const dayMs = 12 * 60 * min;

/** The moments from `firstMs` on, every `everyMs`, until the day is over. */
const through = (firstMs: number, everyMs: number): number[] =>
  Array.from({ length: Math.ceil((dayMs - firstMs) / everyMs) }, (_, n) => firstMs + n * everyMs);

/** Reaches the limit after 40 s and stays up for another four minutes, then behaves for some inflations. */
const overruns: Role = {
  plan: "legPress",
  start: { kind: "inflated", occMs: limitMs("legPress") - 40 * s },
  stayMs: [270 * s, 3 * s, 4 * s, 2 * s, 100 * s, 3 * s, 4 * s],
  // After a limit was passed the limb needs three minutes.
  reperfusionMs: 195 * s,
};

/** Counts down from about 17 s on and releases by itself at the end of its last set, some 45 s in. */
const releases: Role = { plan: "legExtension", start: { kind: "inflated", occMs: 352 * s }, stayMs: [3 * s] };

const losesAir: readonly Fault[] = through(0, 25 * min).map((fromMs) => ({
  kind: "slow-leak",
  mmhgPerMin: 10,
  fromMs,
  untilMs: fromMs + 5 * min,
}));

/** An unregulated cuff that leaks: out of its band within the first minute. */
const leaks: Role = {
  plan: "legPress",
  start: { kind: "inflated", occMs: 75 * s },
  model: "smartcuffs",
  limb: { relaxationMmhg: 4, settling: 0.1, vigour: 0.6 },
  faults: losesAir,
};

const saysNothing: readonly Mishap[] = [
  { kind: "silent", fromMs: 25 * s, untilMs: 140 * s },
  ...through(14 * min, 13 * min).map(
    (fromMs) => ({ kind: "cut", fromMs, untilMs: fromMs + 40 * s }) as const,
  ),
];

const fallsSilent: Role = {
  plan: "legPress",
  start: { kind: "inflated", occMs: 150 * s },
  mishaps: saysNothing,
};

/** The rest after the first set begins two minutes and five seconds in. */
const restsOnBothSides: Role = {
  plan: "legExtension",
  start: { kind: "inflated", occMs: 122 * s },
  bothSides: true,
};

/** In order of what a visitor must not miss, so that a small class shows the most. */
const leads: readonly Role[] = [
  overruns,
  releases,
  leaks,
  fallsSilent,
  restsOnBothSides,
  { plan: "afterAcl", start: { kind: "inflated", occMs: 40 * s } },
  { plan: "legPress", start: { kind: "reperfusing", leftMs: 50 * s } },
  { plan: "armCurl", start: { kind: "ready", inMs: 25 * s } },
  { plan: "walk", start: { kind: "inflated", occMs: 310 * s } },
  { plan: "legPress", start: { kind: "inflated", occMs: 215 * s } },
  { plan: "armCurl", start: { kind: "reperfusing", leftMs: 25 * s } },
  { plan: "passive", start: { kind: "ready", inMs: 110 * s } },
];

/** The roles of a demonstration for `patients`, in the order of their stations. */
export const demoRoles = (patients: number, seed: number): Role[] => {
  const others = calmRoles(Math.max(0, patients - leads.length), seed);
  // Otherwise everything would happen in the first row.
  return randomFrom(seedOf(seed, 3)).shuffled([...leads, ...others].slice(0, patients));
};
