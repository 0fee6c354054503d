/** Eight weeks of the demonstration, for tests: the plan of all of them, and single sessions that were lived through. */
import { patientId } from "../../shared/ids.ts";
import type { Line } from "../../shared/recording/line.ts";
import { type WallTime, wallTime } from "../../shared/units.ts";
import { type Scenario, scenarios, type SimulatedClass, usualRates } from "../../devices/scenarios.ts";
import { linesOf } from "../../devices/weeks/class.ts";
import type { ClassPlan, SessionPlan, Weeks } from "../../devices/weeks/plan.ts";
import { weeksOf } from "../../devices/weeks/weeks.ts";

const dayMs = 86_400_000;
/** A Monday in May, half past five. */
const monday = Date.UTC(2026, 4, 4, 17, 30);

/** Mondays, Wednesdays and Fridays of so many weeks. */
export const classTimesOf = (weeks: number): readonly WallTime[] =>
  Array.from({ length: weeks }, (_, week) =>
    [0, 2, 4].map((day) => wallTime(monday + (7 * week + day) * dayMs)),
  ).flat();

export const demoClass = (patients = 12, seed = 7): SimulatedClass => {
  const { build } = scenarios["demo"] as Scenario;
  return build({ patients, seed, ...usualRates });
};

/** `idOf` is the patient of the register at a station. */
export const demoWeeks = ({
  seed = 7,
  weeks = 8,
  patients = 12,
  idOf = (station: string): string => `patient-${station}`,
} = {}): Weeks => {
  const simulated = demoClass(patients, seed);
  const known = simulated.classFile.stations.map(({ station }) => ({
    station,
    patient: patientId(idOf(station)),
  }));
  return weeksOf({ simulated, known, times: classTimesOf(weeks), seed });
};

/** Every session with its class, in order. */
export const sessionsOf = (weeks: Weeks): readonly Readonly<{ session: SessionPlan; class: ClassPlan }>[] =>
  weeks.classes.flatMap((one) => one.sessions.map((session) => ({ session, class: one })));

/** The log of a class in which nobody but the first of these comes. */
export const livedAlone = (
  weeks: Weeks,
  which: (session: SessionPlan) => boolean,
): Readonly<{ session: SessionPlan; lines: readonly Line[] }> => {
  const found = sessionsOf(weeks).find(({ session }) => which(session));
  if (found === undefined) throw new Error("There is no such session in these weeks.");
  const { session } = found;
  return { session, lines: linesOf({ ...found.class, sessions: [session] }, "main") };
};
