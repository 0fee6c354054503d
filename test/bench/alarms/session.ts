/** One healthy session, judged; and kept moment by moment, so that faults can be tried on it and held against it. */
import { banded, type Band, isHeld, isOut, noBand, occludedSince, occludesMs } from "./oracle.ts";
import { type Bed, newBed, next, type Raised } from "./bed.ts";
import type { Person } from "./person.ts";

export type Moment = Readonly<{ bed: Bed; band: Band; isOut: boolean }>;

export type Session = Readonly<{
  person: Person;
  /** A moment a sample; faults begin only while the cuff holds its air. */
  moments: readonly Moment[];
  /** Where in `moments` each inflation is held: from on-target to the release. */
  held: readonly Readonly<{ from: number; to: number }>[];
  raised: readonly Raised[];
}>;

export type Healthy = Readonly<{
  model: string;
  hours: number;
  /** How often each condition was raised. */
  counts: Readonly<Record<string, number>>;
  /** The most alarms about pressure in one set with its rest, and how many of all were more than low. */
  mostASet: number;
  aboveLow: number;
  /** Full occlusions that were said and were so: somebody pushes so hard that the artery is shut. Not among the above. */
  trueOcclusions: number;
  tourniquetAlarms: number;
}>;

/** Conditions that say that a pressure is not what it should be. */
export const aboutPressure: readonly string[] = [
  "pressure-high",
  "pressure-low",
  "pressure-lost",
  "drift",
  "full-occlusion",
];

const inflations = 2;

/** Lives through a session; nothing is wrong in it. */
export const sessionOf = (person: Person): Readonly<{ session: Session; healthy: Healthy }> => {
  const moments: Moment[] = [];
  const held: { from: number; to: number }[] = [];
  const raised: Raised[] = [];
  const ofSet = new Map<string, number>();
  const counts: Record<string, number> = {};
  let aboveLow = 0;
  let trueOcclusions = 0;
  let shutSinceMs: number | null = null;
  let tourniquetAlarms = 0;
  let bed = newBed(person);
  let band = noBand;
  for (;;) {
    const moved = next(bed);
    bed = moved.bed;
    band = banded(band, bed.cuff);
    shutSinceMs = occludedSince(shutSinceMs, bed.cuff);
    const holds = isHeld(bed.cuff);
    const open = held.at(-1);
    if (holds && open?.to !== Infinity) held.push({ from: moments.length, to: Infinity });
    if (!holds && open?.to === Infinity) open.to = moments.length;
    moments.push({ bed, band, isOut: holds && isOut(band, bed.cuff) });
    if (moved.tourniquet) tourniquetAlarms++;
    for (const one of moved.raised) {
      raised.push(one);
      if (one.again) {
        if (aboutPressure.includes(one.condition) && one.priority !== "low") aboveLow++;
        continue;
      }
      counts[one.condition] = (counts[one.condition] ?? 0) + 1;
      if (!aboutPressure.includes(one.condition)) continue;
      if (
        one.condition === "full-occlusion" &&
        shutSinceMs !== null &&
        one.atMs - shutSinceMs >= occludesMs
      ) {
        trueOcclusions++;
        continue;
      }
      if (one.priority !== "low") aboveLow++;
      const { inflation, stage } = bed.cuff;
      const set = `${inflation}.${"set" in stage ? (stage.set ?? "after") : "after"}`;
      ofSet.set(set, (ofSet.get(set) ?? 0) + 1);
    }
    const { stage, inflation } = bed.cuff;
    if (stage.kind === "reperfusing" && inflation === inflations) break;
  }
  const hours = bed.cuff.atMs / 3_600_000;
  const healthy = { model: person.model, hours, counts, aboveLow, trueOcclusions, tourniquetAlarms };
  return {
    session: { person, moments, held, raised },
    healthy: { ...healthy, mostASet: Math.max(0, ...ofSet.values()) },
  };
};

const total = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) => {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

/** Sessions of one model taken together. */
export const together = (all: readonly Healthy[], model: string): Healthy =>
  all
    .filter((one) => one.model === model)
    .reduce(
      (sum, one) => ({
        model,
        hours: sum.hours + one.hours,
        counts: total(sum.counts, one.counts),
        mostASet: Math.max(sum.mostASet, one.mostASet),
        aboveLow: sum.aboveLow + one.aboveLow,
        trueOcclusions: sum.trueOcclusions + one.trueOcclusions,
        tourniquetAlarms: sum.tourniquetAlarms + one.tourniquetAlarms,
      }),
      { model, hours: 0, counts: {}, mostASet: 0, aboveLow: 0, trueOcclusions: 0, tourniquetAlarms: 0 },
    );
