/** One fault tried on one session: whether it is one, by the oracle, and when the engine found it. */
import { banded, isHeld, isOut, isResting, noBand, occludesMs, pressingMmhg } from "./oracle.ts";
import { type Bed, next, type Raised } from "./bed.ts";
import { dueAfterMs, type Injection, type Judged, placeOf, says } from "./fault.ts";
import { isRegulated } from "./person.ts";
import type { Session } from "./session.ts";

/** How long a leak or a step must hold a cuff out of its band to be a fault. */
const heldOutMs = 10_000;
/** No trial lasts longer. */
const longestMs = 900_000;

/** From when it is so, once that is certain. */
type Onset = number | null;

/** What one kind of fault asks of the oracle, sample by sample. */
type Oracle = (moment: Readonly<{ bed: Bed; index: number }>) => Onset;

/** What came of it; null where it was no fault after all. */
export const tried = (session: Session, injection: Injection): Judged | null => {
  const { kind, from, fault } = injection;
  const start = session.moments[from]?.bed;
  if (start === undefined) return null;
  const { person } = session;
  const beganMs = start.cuff.atMs;
  const faults = fault === "silence" ? [] : [fault];
  let bed: Bed = { ...start, cuff: { ...start.cuff, spec: { ...start.cuff.spec, faults } } };
  const oracle = oracleOf(session, injection);
  let onset: Onset = null;
  let found: Raised | null = null;
  // Of use only where nothing tells the two apart: before there is a level of the cuff's own to fall from.
  let anyway: Raised | null = null;
  let band = session.moments[from]?.band ?? noBand;
  // Since when an unregulated cuff has a band of its own.
  let ownMs = band.ownMmhg === null ? Infinity : beganMs;
  const tourniquetMs: number[] = [];
  for (let index = from + 1; bed.cuff.atMs - beganMs < longestMs; index++) {
    const moved = next(bed, fault !== "silence");
    bed = moved.bed;
    band = banded(band, bed.cuff);
    if (band.ownMmhg !== null) ownMs = Math.min(ownMs, bed.cuff.atMs);
    for (const one of moved.raised) {
      const cuff = { model: person.model, own: band.ownMmhg !== null };
      if (one.atMs < beganMs || !says(injection, one, cuff)) continue;
      if (isSaidAnyway(session, beganMs, one)) anyway ??= one;
      else found ??= one;
    }
    if (moved.tourniquet) tourniquetMs.push(bed.cuff.atMs);
    if (onset === null) onset = oracle({ bed, index });
    // What is raised after it was due counts no more, and reaches the bench within a message.
    if (onset !== null && bed.cuff.atMs > onset + dueAfterMs[kind] + 500) break;
    if (kind !== "stuck-release" && !isHeld(bed.cuff)) return null;
  }
  if (onset === null) return null;
  const dueMs = onset + dueAfterMs[kind];
  const sinceMs = kind === "leak" ? beganMs : onset;
  const inTime = found !== null && found.atMs <= dueMs ? found : null;
  const isOwn = ownMs <= onset;
  const saidAnyway = inTime === null && !isOwn && anyway !== null && anyway.atMs <= dueMs;
  const told = saidAnyway ? anyway : inTime;
  const tourniquet = tourniquetMs.find((atMs) => atMs >= sinceMs && atMs <= dueMs);
  return {
    kind,
    model: person.model,
    seed: person.seed,
    foundAfterMs: told === null ? null : told.atMs - sinceMs,
    condition: told?.condition ?? null,
    saidAnyway,
    tourniquetAfterMs: tourniquet === undefined ? null : tourniquet - sinceMs,
    beforeExit: kind === "leak" && isOwn ? found !== null && found.atMs < onset : null,
    says: `${placeOf(session, from)}; ${JSON.stringify(fault)}`,
  };
};

/** Whether the same session says it as well without the fault, by then. */
const isSaidAnyway = (session: Session, beganMs: number, one: Raised): boolean =>
  session.raised.some(
    (twin) => twin.condition === one.condition && twin.atMs >= beganMs && twin.atMs <= one.atMs + 1000,
  );

const oracleOf = (session: Session, injection: Injection): Oracle => {
  const { kind, from } = injection;
  const beganMs = session.moments[from]?.bed.cuff.atMs ?? 0;
  switch (kind) {
    case "overrun":
    case "burst":
    case "silence":
      return () => beganMs;
    case "stuck-release":
      return ({ bed: { cuff } }) => (cuff.stage.kind === "releasing" ? cuff.stage.sinceMs : null);
    case "full-occlusion":
      return unbroken(occludesMs, ({ bed: { cuff } }) => pressingMmhg(cuff) >= cuff.spec.limb.lopMmhg);
    case "leak":
      return isRegulated(session.person.model) ? madeGood(beganMs) : outOfBand(session, from, true);
    case "step":
      return outOfBand(session, from, false);
  }
};

/** Since when something has held without a break, once it has for `forMs`. */
const unbroken = (
  forMs: number,
  holds: (moment: Readonly<{ bed: Bed; index: number }>) => boolean,
): Oracle => {
  let sinceMs: number | null = null;
  return (moment) => {
    const { atMs } = moment.bed.cuff;
    sinceMs = holds(moment) ? (sinceMs ?? atMs) : null;
    return sinceMs !== null && atMs - sinceMs >= forMs ? sinceMs : null;
  };
};

/**
 * Out of the band for 10 s, in which the same session without the fault is within its own. In its first set an unregulated cuff
 * sinks by itself faster than any slow leak takes it, and is judged from the level of its first rest: only from then on is there a
 * band that a leak can leave (`own`).
 */
const outOfBand = (session: Session, from: number, own: boolean): Oracle => {
  let band = session.moments[from]?.band;
  return unbroken(heldOutMs, ({ bed: { cuff }, index }) => {
    if (band === undefined) return false;
    band = banded(band, cuff);
    if (own && band.ownMmhg === null) return false;
    return isOut(band, cuff) && session.moments[index]?.isOut === false;
  });
};

/** A leak that is made good shows in the pump where the limb rests: it is due in the first rest that lasts long enough. */
const madeGood = (beganMs: number): Oracle =>
  unbroken(dueAfterMs.leak, ({ bed: { cuff } }) => isResting(cuff) && cuff.atMs >= beganMs);
