/** What a screen gets of a floor: its tiles in order, and of each cuff what a person can be shown. */
import { exerciseTolerance, lasts, restTolerance } from "../alarm/limits.ts";
import { heardDown } from "../class/confirmed-down.ts";
import type { Visit } from "../class/visit.ts";
import { canRelease, type CuffState, hasFallen, isStranger } from "../session/cuff-state.ts";
import { allCuffs } from "../session/cuffs.ts";
import type { State } from "../engine.ts";
import type { StationId } from "../ids.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";

export const cuffOnScreen = (c: CuffState): CuffOnScreen => ({
  cuff: c.cuff,
  prescription: c.prescription,
  basic: c.basic,
  simulated: c.meta?.simulated ?? false,
  canRelease: canRelease(c),
  phase: c.said?.phase ?? null,
  set: c.said?.set ?? null,
  rep: c.said?.rep ?? null,
  batteryPct: c.batteryPct,
  saysOffline: c.saysOnline === false,
  pressure: c.pressure.last,
  pressureAt: c.pressure.lastAt,
  heardDown: heardDown(c),
  freshFor: c.freshFor,
  resting: c.pressure.resting,
  restingSince: c.pressure.restingSince,
  occlusion:
    c.occlusion === null
      ? null
      : {
          number: c.occlusion.number,
          since: c.occlusion.since,
          ordered: c.occlusion.ordered,
          fallen: hasFallen(c),
        },
  dose: c.dose,
  restricted: c.restricted,
  inflationsDone: c.inflationsDone,
  resumedAt: c.resumedAt,
  tolerance: toleranceOf(c),
  overrunHighAfter: lasts(c.limits, "overrunHighAfterS"),
  notes: Object.values(c.notes),
});

const toleranceOf = ({ prescription, limits }: CuffState): CuffOnScreen["tolerance"] => {
  const target = prescription?.target ?? null;
  if (target === null) return null;
  return { exercise: exerciseTolerance(target, limits), rest: restTolerance(target, limits) };
};

/** Whether a cuff that is on no patient has to be seen all the same. */
export const standsOut = (c: CuffState): boolean => !isStranger({ ...c, station: null });

/**
 * The tiles of a floor: the stations of the class in its own order, then those that it no longer has but whose cuff is
 * still up, then a tile for each cuff that is inflated on no patient.
 */
export const layout = (
  state: State,
): readonly Readonly<{
  station: StationId | null;
  patient: string;
  cuffs: readonly CuffState[];
  visit: Visit | null;
}>[] => {
  const cuffs = [...allCuffs(state.cuffs)].sort((a, b) => (a.cuff < b.cuff ? -1 : 1));
  const inClass = state.class.seats.map(({ station, name: patient, worn, visit }) => {
    const order = worn.map((w) => w.cuff);
    const own = cuffs.filter((c) => c.station === station && c.patient === patient);
    return { station, patient, cuffs: own.sort((a, b) => place(order, a) - place(order, b)), visit };
  });
  const shown = new Set(inClass.flatMap((s) => s.cuffs));
  const left = cuffs.filter((c) => c.station !== null && !shown.has(c));
  const strangers = cuffs.filter((c) => c.station === null && standsOut(c));
  return [
    ...inClass,
    ...left.map((c) => ({ station: c.station, patient: c.patient, cuffs: [c], visit: null })),
    ...strangers.map((c) => ({ station: null, patient: "", cuffs: [c], visit: null })),
  ];
};

const place = (order: readonly string[], c: CuffState): number => {
  const index = order.indexOf(c.cuff);
  return index < 0 ? order.length : index;
};

/** The tiles of a floor as a screen gets them. */
export const stationsOnScreen = (state: State): StationOnScreen[] =>
  layout(state).map(({ station, patient, cuffs, visit }) => ({
    ...{ station, patient, visit },
    cuffs: cuffs.map(cuffOnScreen),
  }));

/** Whether a screen that has `a` needs nothing of `b` but its newest reading. */
export const differsOnlyInReading = (a: CuffOnScreen, b: CuffOnScreen): boolean =>
  a.prescription === b.prescription &&
  a.basic === b.basic &&
  a.simulated === b.simulated &&
  a.canRelease === b.canRelease &&
  a.phase === b.phase &&
  a.set === b.set &&
  a.rep === b.rep &&
  a.batteryPct === b.batteryPct &&
  a.saysOffline === b.saysOffline &&
  a.heardDown === b.heardDown &&
  a.freshFor === b.freshFor &&
  a.resting === b.resting &&
  a.restingSince === b.restingSince &&
  a.dose === b.dose &&
  a.restricted === b.restricted &&
  a.inflationsDone === b.inflationsDone &&
  a.resumedAt === b.resumedAt &&
  a.overrunHighAfter === b.overrunHighAfter &&
  a.tolerance?.exercise === b.tolerance?.exercise &&
  a.tolerance?.rest === b.tolerance?.rest &&
  a.notes.length === b.notes.length &&
  a.notes.every(({ at }, i) => at === b.notes[i]?.at) &&
  (a.occlusion === b.occlusion ||
    (a.occlusion !== null &&
      b.occlusion !== null &&
      a.occlusion.number === b.occlusion.number &&
      a.occlusion.since === b.occlusion.since &&
      a.occlusion.ordered === b.occlusion.ordered &&
      a.occlusion.fallen === b.occlusion.fallen));
