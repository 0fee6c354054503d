/** Who sits where: what becomes of every cuff when a roster is taken in. */
import type { CuffId } from "../ids.ts";
import type { Assignment, Roster, Station } from "../plan/roster.ts";
import { between, millis, minutes, type Monotonic } from "../units.ts";
import { type CuffState, newCuff } from "./cuff-state.ts";
import { noDose } from "./occlusion.ts";

/** A station that nobody was restricted at for this long begins a new session when the class is taken in again. */
const newSessionAfter = minutes(120);

type Seat = Readonly<{ station: Station; assignment: Assignment }>;

/**
 * Every cuff with the place that the roster gives it. Dose belongs to the limb: a cuff that takes over a limb takes its
 * clocks over. A cuff that is inflated keeps its place whatever the roster says, until it is confirmed down.
 */
export const seated = (cuffs: readonly CuffState[], roster: Roster, at: Monotonic): readonly CuffState[] => {
  const known = new Map<CuffId, CuffState>(cuffs.map((c) => [c.cuff, c]));
  const seats = new Map<CuffId, Seat>(
    roster.stations.flatMap((station) =>
      station.cuffs.map((assignment) => [assignment.cuff, { station, assignment }]),
    ),
  );
  for (const cuff of seats.keys()) if (!known.has(cuff)) known.set(cuff, newCuff(cuff));
  return [...known.values()].map((c) => {
    if (c.occlusion !== null && c.station !== null) return c;
    const seat = seats.get(c.cuff);
    return seat === undefined ? unseated(c) : takesSeat(c, seat, cuffs, at);
  });
};

const unseated = (c: CuffState): CuffState =>
  c.station === null
    ? c
    : {
        ...c,
        station: null,
        patient: "",
        prescription: null,
        assignedAt: null,
        dose: noDose,
        restricted: millis(0),
        inflationsDone: 0,
      };

const takesSeat = (
  c: CuffState,
  { station, assignment }: Seat,
  cuffs: readonly CuffState[],
  at: Monotonic,
): CuffState => {
  const { prescription } = assignment;
  const place = { station: station.station, patient: station.patient, prescription };
  const before = cuffs.find(
    (other) =>
      other.station === station.station &&
      other.patient === station.patient &&
      other.prescription?.limb.limb === prescription.limb.limb &&
      other.prescription.limb.side === prescription.limb.side,
  );
  const goesOn =
    before !== undefined && (before.dose.upTo === null || between(before.dose.upTo, at) < newSessionAfter);
  if (!goesOn) {
    // An inflation that began before anybody was assigned goes on counting for the limb it turns out to be on.
    return { ...c, ...place, assignedAt: at, dose: noDose, restricted: millis(0), inflationsDone: 0 };
  }
  const { dose, restricted, inflationsDone, assignedAt } = before;
  return {
    ...c,
    ...place,
    assignedAt,
    dose,
    restricted,
    inflationsDone,
    occlusions: Math.max(c.occlusions, before.occlusions),
  };
};
