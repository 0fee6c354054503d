/** A class in which all is well, each patient at another point of the session; the ground that every scenario stands on. */
import { randomFrom, seedOf } from "../random.ts";
import type { PlanName } from "./cast.ts";
import type { Role, Start } from "./role.ts";

const mix: readonly PlanName[] = [
  ...(["legPress", "legExtension", "legPress", "armCurl", "afterAcl", "legPress"] as const),
  ...(["legExtension", "walk", "legPress", "passive", "armCurl", "legExtension"] as const),
];

/** `count` calm patients: most under pressure, some reperfusing, some about to begin. */
export const calmRoles = (count: number, seed: number): Role[] => {
  const random = randomFrom(seedOf(seed, 2));
  return Array.from({ length: count }, (_, index): Role => {
    const plan = mix[index % mix.length] ?? "legPress";
    return { plan, start: startOf(index, random.between(0, 1)) };
  });
};

const startOf = (index: number, chance: number): Start => {
  if (index % 6 === 3) return { kind: "reperfusing", leftMs: 10_000 + 50_000 * chance };
  if (index % 6 === 5) return { kind: "ready", inMs: 15_000 + 60_000 * chance };
  return { kind: "inflated", occMs: 20_000 + 250_000 * chance };
};
