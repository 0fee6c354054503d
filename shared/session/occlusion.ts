/**
 * The three clocks of a limb (devices/contract.md, "time"): this inflation, the dose that the limits apply to, and the
 * whole session. All are moments from which time runs, so none of them needs data to go on, and silence stops none.
 */
import { type Prescription, reperfusionAfterOverrun, withoutPlan } from "../plan/prescription.ts";
import {
  after,
  before,
  between,
  earlier,
  later,
  type Millis,
  millis,
  type Monotonic,
  never,
  sum,
} from "../units.ts";

/** Inflations of a limb that have ended and still count: their sum, and when the last of them ended. */
export type Dose = Readonly<{ closed: Millis; upTo: Monotonic | null }>;
export const noDose: Dose = { closed: millis(0), upTo: null };

/** What the clocks are read from; the engine's state and a screen's copy of it both fit. */
export type Clocks = Readonly<{
  prescription: Prescription | null;
  /** `since` is the earliest beginning that any clock vouches for; it can move back and never forward. */
  occlusion: Readonly<{ since: Monotonic }> | null;
  dose: Dose;
  restricted: Millis;
}>;

/** After how long a limb has to be released. */
export const limitOf = (c: Clocks): Millis => (c.prescription ?? withoutPlan).limit;
/** After how long at the very most. */
export const capOf = (c: Clocks): Millis => (c.prescription ?? withoutPlan).cap;

/** The pause that a new dose needs: the plan's, or 3 min after a limit was passed. */
const neededPause = (c: Clocks, dose: Millis): Millis =>
  dose >= limitOf(c)
    ? millis(Math.max(reperfusionAfterOverrun, (c.prescription ?? withoutPlan).reperfusion))
    : (c.prescription ?? withoutPlan).reperfusion;

/** How long this inflation has lasted; 0 while the cuff is down. */
export const elapsed = (c: Clocks, now: Monotonic): Millis =>
  c.occlusion === null ? millis(0) : millis(Math.max(0, between(c.occlusion.since, now)));

/** The closed part of the dose that an inflation from `since` adds to: none of it after a long enough pause. */
const carried = (c: Clocks, since: Monotonic): Dose =>
  c.dose.upTo !== null && between(c.dose.upTo, since) >= neededPause(c, c.dose.closed) ? noDose : c.dose;

/** How long the limb has been restricted since it last reperfused: what limits apply to. */
export const doseAt = (c: Clocks, now: Monotonic): Millis => {
  if (c.occlusion === null) return carried(c, now).closed;
  const { closed, upTo } = carried(c, c.occlusion.since);
  // An inflation whose own clock reaches back into the one before must not count the overlap twice.
  const from = upTo === null ? c.occlusion.since : later(c.occlusion.since, upTo);
  return sum(closed, millis(Math.max(0, between(from, now))));
};

/** When the dose reaches `mark` if the cuff stays up; never while it is down. */
export const doseReaches = (c: Clocks, mark: Millis): Monotonic => {
  if (c.occlusion === null) return never;
  const { closed, upTo } = carried(c, c.occlusion.since);
  const from = upTo === null ? c.occlusion.since : later(c.occlusion.since, upTo);
  return after(from, millis(mark - closed));
};

/** How long the limb has been restricted in the whole session. */
export const restrictedAt = (c: Clocks, now: Monotonic): Millis => close(c, now).restricted;

/** When that reaches `mark` if the cuff stays up; never while it is down. */
export const restrictedReaches = (c: Clocks, mark: Millis): Monotonic =>
  c.occlusion === null
    ? never
    : doseReaches(c, millis(mark - c.restricted + carried(c, c.occlusion.since).closed));

/**
 * The pause before an inflation from `since` and the one that it needed, where it was shorter; null where it was long
 * enough, and for the first of a session.
 */
export const shortPause = (
  c: Clocks,
  since: Monotonic,
): Readonly<{ pause: Millis; needed: Millis }> | null => {
  if (c.dose.upTo === null) return null;
  const pause = between(c.dose.upTo, since);
  const needed = neededPause(c, c.dose.closed);
  return pause < needed ? { pause: millis(Math.max(0, pause)), needed } : null;
};

/** The dose and session total once this inflation has ended at `end`. */
export const close = (c: Clocks, end: Monotonic): Pick<Clocks, "dose" | "restricted"> => {
  if (c.occlusion === null) return { dose: c.dose, restricted: c.restricted };
  const last = later(end, c.occlusion.since);
  const dose = { closed: doseAt(c, last), upTo: last };
  return { dose, restricted: sum(c.restricted, millis(dose.closed - carried(c, c.occlusion.since).closed)) };
};

/** When the limb may be inflated again as a new dose; null when it may be now. */
export const reperfusedAt = (c: Clocks, now: Monotonic): Monotonic | null => {
  if (c.occlusion !== null || c.dose.upTo === null) return null;
  const at = after(c.dose.upTo, neededPause(c, c.dose.closed));
  return at > now ? at : null;
};

/** An inflation that has begun no later than `candidate`, as another clock says: the earlier beginning is kept. */
export const beginning = (since: Monotonic, candidate: Monotonic): Monotonic => earlier(since, candidate);

/**
 * What a limb has behind it when a cuff with clocks of its own takes the place of another: the sum where they were on it one after the
 * other, the longer where both were at once. No clock of a running inflation ever goes back by it. `overlap` is what both have counted, and
 * `covered` the part of the running inflation that the joined dose now holds: session totals need both.
 */
export const joined = (
  own: Clocks,
  other: Dose,
): Readonly<{ dose: Dose; overlap: Millis; covered: Millis }> => {
  const since = own.occlusion?.since ?? null;
  if (other.upTo === null) return { dose: own.dose, overlap: millis(0), covered: millis(0) };
  const upTo = own.dose.upTo === null ? other.upTo : later(own.dose.upTo, other.upTo);
  const covered = since === null ? 0 : Math.max(0, between(since, upTo));
  const [a, b] = [stretchOf(own.dose), stretchOf(other)];
  const running = since === null ? null : { from: since, to: never };
  const overlap = common(b, a) + common(b, running);
  const [first, next] = [a, b, running].filter((s) => s !== null).sort((x, y) => x.from - y.from);
  // Blood has flowed for long enough between the first and whatever came next: it is behind the limb.
  const apart =
    first !== undefined &&
    next !== undefined &&
    between(first.to, next.from) >= neededPause(own, lengthOf(first));
  const closed = own.dose.closed + other.closed - overlap - (apart ? lengthOf(first) : 0) + covered;
  return { dose: { closed: millis(closed), upTo }, overlap: millis(overlap), covered: millis(covered) };
};

type Stretch = Readonly<{ from: Monotonic; to: Monotonic }>;

/** A dose as if it had been one inflation: it ends when the last of them ended. */
const stretchOf = ({ closed, upTo }: Dose): Stretch | null =>
  upTo === null ? null : { from: before(upTo, closed), to: upTo };
const lengthOf = ({ from, to }: Stretch): Millis => between(from, to);
const common = (a: Stretch | null, b: Stretch | null): number =>
  a === null || b === null ? 0 : Math.max(0, between(later(a.from, b.from), earlier(a.to, b.to)));
