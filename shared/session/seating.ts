/** Who sits where: what becomes of every cuff when a roster is taken in. */
import { limitsOf } from "../alarm/limits.ts";
import type { CuffId } from "../ids.ts";
import type { Assignment, Roster, Station } from "../plan/roster.ts";
import { between, later, millis, minutes, type Monotonic } from "../units.ts";
import { type CuffState, newCuff } from "./cuff-state.ts";
import { close, joined, noDose } from "./occlusion.ts";

/** A station that nobody was restricted at for this long begins a new session when the class is taken in again. */
const newSessionAfter = minutes(120);

type Seat = Readonly<{ station: Station; assignment: Assignment }>;

/**
 * Every cuff with the place that the roster gives it. Dose belongs to the limb: a cuff that takes over a limb takes its
 * clocks over. A cuff that is inflated keeps its patient and limb whatever the roster says, until it is down; only new
 * limits for the same limb hold at once.
 */
export const seated = (cuffs: readonly CuffState[], roster: Roster, at: Monotonic): readonly CuffState[] => {
  const known = new Map<CuffId, CuffState>(cuffs.map((c) => [c.cuff, c]));
  for (const station of roster.stations)
    for (const { cuff } of station.cuffs) if (!known.has(cuff)) known.set(cuff, newCuff(cuff));
  return [...known.values()].map((c) => {
    const seat = seatOf(c.cuff, roster);
    if (c.occlusion !== null && c.station !== null && (seat === null || !isOnLimb(c, seat))) return c;
    const limits = limitsOf(roster.limits, seat?.assignment.limits);
    return { ...(seat === null ? unseated(c) : takesSeat(c, seat, cuffs, at)), limits };
  });
};

/** Whether a cuff sits where the roster wants it. */
export const isInItsSeat = (c: CuffState, roster: Roster): boolean => {
  const seat = seatOf(c.cuff, roster);
  return seat === null ? c.station === null : isOnLimb(c, seat);
};

const seatOf = (cuff: CuffId, roster: Roster): Seat | null => {
  for (const station of roster.stations) {
    const assignment = station.cuffs.find((a) => a.cuff === cuff);
    if (assignment !== undefined) return { station, assignment };
  }
  return null;
};

/** Whether a cuff is on the limb of the patient that the seat is for. */
const isOnLimb = (c: CuffState, { station, assignment: { prescription } }: Seat): boolean =>
  c.station === station.station &&
  c.patient === station.patient &&
  c.prescription?.limb.limb === prescription.limb.limb &&
  c.prescription.limb.side === prescription.limb.side;

const noSession = {
  ...{ dose: noDose, restricted: millis(0), inflationsDone: 0, inDose: 0 },
  ...{ lastSearched: false, notes: {} },
} as const;

const unseated = (c: CuffState): CuffState =>
  c.station === null
    ? c
    : { ...c, station: null, patient: "", prescription: null, assignedAt: null, ...noSession };

const takesSeat = (c: CuffState, seat: Seat, cuffs: readonly CuffState[], at: Monotonic): CuffState => {
  const { station, assignment } = seat;
  const place = { station: station.station, patient: station.patient, prescription: assignment.prescription };
  const onLimb = cuffs.filter((other) => isOnLimb(other, seat));
  const session = onLimb.map((other) => sessionOf(other, at)).reduce(longest, null);
  const goesOn =
    session !== null && (session.dose.upTo === null || between(session.dose.upTo, at) < newSessionAfter);
  // What an unassigned cuff has counted, it has counted on the limb that it turns out to be on.
  if (!goesOn) return { ...c, ...place, assignedAt: at, ...(c.station === null ? { notes: {} } : noSession) };
  // Its own inflation goes on by itself; what it takes over is what was closed before, and what others have up.
  const own = onLimb.length === 1 && onLimb[0]?.cuff === c.cuff;
  if (own) return { ...c, ...place };
  const numbered = Math.max(c.occlusions, ...onLimb.map((other) => other.occlusions));
  // An inflation keeps its number for as long as it lasts.
  const occlusions = c.occlusion === null ? numbered : c.occlusions;
  return { ...c, ...place, ...(c.station === null ? together(c, place, session) : session), occlusions };
};

/** A limb's session, and what a cuff that was on nobody has counted on it before anybody knew. */
const together = (c: CuffState, place: Pick<CuffState, "prescription">, session: Session): Session => {
  const { dose, overlap, covered } = joined({ ...c, ...place }, session.dose);
  const isLast = session.dose.upTo === null || (c.dose.upTo !== null && c.dose.upTo > session.dose.upTo);
  return {
    dose,
    restricted: millis(session.restricted + c.restricted - overlap + covered),
    inflationsDone: session.inflationsDone + c.inflationsDone,
    inDose: session.inDose + c.inDose,
    lastSearched: isLast ? c.lastSearched : session.lastSearched,
    notes: { ...session.notes, ...c.notes },
    assignedAt: session.assignedAt,
  };
};

type Session = Pick<
  CuffState,
  "dose" | "restricted" | "inflationsDone" | "inDose" | "lastSearched" | "notes" | "assignedAt"
>;

/** The clocks of a cuff's limb at `at`, with the inflation that it may still have up. */
const sessionOf = (c: CuffState, at: Monotonic): Session => ({
  inflationsDone: c.inflationsDone,
  inDose: c.inDose,
  lastSearched: c.lastSearched,
  notes: c.notes,
  assignedAt: c.assignedAt,
  ...(c.occlusion === null ? { dose: c.dose, restricted: c.restricted } : close(c, at)),
});

/** Two cuffs that were on one limb at once were on it for as long as the longer. */
const longest = (a: Session | null, b: Session): Session => {
  if (a === null) return b;
  const [x, y] = [a.dose, b.dose];
  const upTo = x.upTo === null || y.upTo === null ? (x.upTo ?? y.upTo) : later(x.upTo, y.upTo);
  return {
    dose: { closed: millis(Math.max(x.closed, y.closed)), upTo },
    restricted: millis(Math.max(a.restricted, b.restricted)),
    inflationsDone: Math.max(a.inflationsDone, b.inflationsDone),
    inDose: Math.max(a.inDose, b.inDose),
    lastSearched: a.lastSearched && b.lastSearched,
    notes: { ...a.notes, ...b.notes },
    assignedAt: a.assignedAt,
  };
};
