/** The limb occlusion pressures of one person, as they were measured over the weeks. */
import type { LopEntry } from "../../shared/plan/limb-occlusion.ts";
import type { WallTime } from "../../shared/units.ts";
import { randomFrom, seedOf } from "../random.ts";
import type { Coming } from "./attendance.ts";
import type { Person } from "./people.ts";
import type { Document } from "./plan.ts";
import { weeksWords as words } from "./words.ts";

/** One round of measuring: an entry for each limb that wears a cuff, in their order. */
export type Measured = Readonly<{
  at: WallTime;
  entries: readonly Readonly<{ id: string; body: LopEntry }>[];
  documents: readonly Document[];
}>;

/** Cuffs of these widths are the common ones. */
const widthCm = { thigh: 18, arm: 10 } as const;
/** By so much a limb occlusion pressure changes in a week at most: muscle comes back, swelling goes. */
const weeklyMmhg = 1.5;
const weekMs = 7 * 24 * 3_600_000;

export const measured = (
  person: Person,
  { phase, day }: Coming,
  { by, at, first, last }: Readonly<{ by: string; at: WallTime; first: boolean; last: WallTime }>,
): Measured => {
  const random = randomFrom(seedOf(person.seed, 31));
  const trend = random.between(-weeklyMmhg, weeklyMmhg);
  const entries = person.worn.map(({ limb, side, lopMmhg, model }) => ({
    id: `${person.patient.slice(0, 40)}-${side}-${limb}-${day + 1}`,
    body: {
      ...{ limb, side, cuffWidthCm: widthCm[limb], posture: phase.programme.posture ?? "seated" },
      mmhg: Math.max(80, lopMmhg + Math.round((trend * (at - last)) / weekMs)),
      // A cuff that regulates finds it by itself.
      method: model.regulation === null ? ("doppler" as const) : ("cuff" as const),
      ...{ at, from: null, note: first ? words.lopFirst : words.lop },
    },
  }));
  return {
    at,
    entries,
    documents: entries.map(({ id, body }) => ({ kind: "lop", id, owner: person.patient, by, at, body })),
  };
};
