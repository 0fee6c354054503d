/** What seating a patient means by the clinic's records: who it is, what is planned, what limb occlusion pressure counts, what stands in the way. */
import { givenOf, visitExercise } from "../../shared/class/given.ts";
import type { Worn } from "../../shared/class/seat.ts";
import { type Patient, shownName } from "../../shared/clinic/patient.ts";
import { obstacles } from "../../shared/clinic/readiness.ts";
import type { ClinicSettings } from "../../shared/clinic/settings.ts";
import { programmeId, sessionId } from "../../shared/ids.ts";
import type { LopEntry } from "../../shared/plan/limb-occlusion.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import type { Programme } from "../../shared/plan/programme.ts";
import { type Person, refuse } from "../../shared/session/order.ts";
import { mmhg } from "../../shared/units.ts";
import { refusalWords as words } from "../../shared/view/class-refusal-words.ts";
import { obstacleWords } from "../../shared/view/patient-words.ts";
import type { Refusal } from "../../shared/wire.ts";
import type { Seating, SeatOrder } from "../commands.ts";
import { allOf, type Clinic, settingsOf } from "../records/clinic.ts";
import type { Entry } from "../register/register.ts";
import { type KnownCuffs, unreadable, whyNotWorn } from "./fit-to-wear.ts";

export type SeatingParts = Readonly<{
  clinic: Pick<Clinic, "patients" | "programmes" | "lop" | "followUps" | "settings" | "wall">;
  known: KnownCuffs;
  newId: () => string;
}>;

/** The order that seats a patient, with everything that it needs copied into it; or why it cannot be given, as a sentence. */
export const seatingOf = async (
  { clinic, known, newId }: SeatingParts,
  command: Seating,
  person: Person,
): Promise<SeatOrder | Refusal> => {
  const patient = await clinic.patients.get(command.patient);
  if (!patient.ok) return unreadable(patient);
  if (patient.value === null) return refuse("not-found", words.noSuchPatient);
  const blocked = await inTheWay(clinic, patient.value);
  if (blocked !== null) return blocked;
  const programme = await clinic.programmes.get(command.programme);
  if (!programme.ok) return unreadable(programme);
  // The clinic's own programmes are nobody's; another patient's is none of this one's.
  const owner = programme.value?.owner ?? null;
  if (programme.value === null || (owner !== null && owner !== command.patient))
    return refuse("not-found", words.noSuchPlan);
  const settings = await settingsOf(clinic);
  if (!settings.ok) return unreadable(settings);
  const pressures = await allOf(clinic.lop, command.patient);
  if (!pressures.ok) return unreadable(pressures);
  for (const { cuff } of command.cuffs) {
    const unfit = await whyNotWorn(known, cuff);
    if (unfit !== null) return unfit;
  }
  const plan = programme.value.body;
  const worn: Worn[] = [];
  for (const one of command.cuffs) {
    const found = wornOf(one, plan, { pressures: pressures.value, settings: settings.value.body });
    if ("ok" in found) return found;
    worn.push(found);
  }
  return {
    ...person,
    ...{ kind: "seat", session: sessionId(newId()), station: command.station, patient: command.patient },
    name: nameOf(patient.value.body, settings.value.body),
    programme: { id: programmeId(programme.value.id), name: plan.name },
    exercises: plan.exercises.map(visitExercise),
    worn,
  };
};

/** As a wall shows it; a clinic may choose that no wall shows anybody's name. */
const nameOf = (patient: Patient, { stationNumbersOnly }: ClinicSettings): string =>
  shownName({ ...patient, stationOnly: patient.stationOnly || stationNumbersOnly });

const inTheWay = async (
  { followUps, wall }: SeatingParts["clinic"],
  patient: Entry<Patient>,
): Promise<Refusal | null> => {
  const asked = await allOf(followUps, patient.id);
  if (!asked.ok) return unreadable(asked);
  const found = obstacles({ patient: patient.body, followUps: asked.value, now: wall() });
  return found.length === 0 ? null : refuse("blocked", words.inTheWay(found.map(obstacleWords)));
};

/** What one cuff gives its limb in each exercise. */
const wornOf = (
  { cuff, limb: name, side, lop }: Seating["cuffs"][number],
  plan: Programme,
  { pressures, settings }: Readonly<{ pressures: readonly Entry<LopEntry>[]; settings: ClinicSettings }>,
): Worn | Refusal => {
  const limb: Limb = { limb: name, side };
  const isFor = (other: Limb): boolean => other.limb === name && other.side === side;
  const called = `${side} ${name}`;
  if (!plan.cuffs.some(isFor)) return refuse("not-planned", words.notPlannedLimb(called));
  const entry = pressures.find((one) => one.id === lop && isFor(one.body));
  if (lop !== null && entry === undefined) return refuse("not-found", words.noSuchPressure(called));
  const pressure = entry === undefined ? null : mmhg(entry.body.mmhg);
  const result = givenOf(plan, limb, { lop: pressure, limits: settings.limits });
  const found = entry === undefined ? null : { method: entry.body.method, widthCm: entry.body.cuffWidthCm };
  if (result.ok) return { cuff, limb, lop, found, given: result.given };
  const exercise = plan.exercises[result.exercise]?.name ?? "";
  return refuse("not-planned", words.notPlanned(exercise, called, result.reason));
};
