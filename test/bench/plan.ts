/** The class that a bench supervises, and the pressures that keep it within its band. */
import type { ClassFile } from "../../shared/plan/roster.ts";

export const targetMmhg = 150;
/** Pressures go from `leastMmhg` upwards, one whole mmHg a message, and begin again after `valuesInCycle`. */
export const leastMmhg = 136;
export const valuesInCycle = 29;

/** A wall has this many stations at most; more cuffs than that sit two on a station. */
const mostStations = 32;
export const mostCuffs = 2 * mostStations;

export const cuffName = (place: number): string => `bench-${place + 1}`;

/** A class of `cuffs` cuffs whose limit no run of a bench reaches. */
export const classOf = (cuffs: number): ClassFile => ({
  version: 1,
  room: "Bench",
  staff: [{ id: "bench", name: "Bench" }],
  plans: [{ id: "bench", name: "Bench", targetPctLop: 60, limitS: 600 }],
  limits: { sessionLimitMin: 60 },
  stations: Array.from({ length: Math.min(cuffs, mostStations) }, (_, s) => ({
    station: String(s + 1),
    patient: `Patient ${s + 1}`,
    plan: "bench",
    cuffs: [
      { cuff: cuffName(s), limb: "thigh", side: "left", lopMmhg: targetMmhg / 0.6 } as const,
      ...(s + mostStations < cuffs
        ? [
            {
              cuff: cuffName(s + mostStations),
              limb: "thigh",
              side: "right",
              lopMmhg: targetMmhg / 0.6,
            } as const,
          ]
        : []),
    ],
  })),
});
