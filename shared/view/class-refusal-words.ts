/** What a person is told who ordered something of a class that cannot be: what is wrong, and what to do. */
import type { CuffId, StationId } from "../ids.ts";
import type { NotDown } from "../class/confirmed-down.ts";

/** What is known of a cuff that is not confirmed down, after its name. */
export const becauseNotDown: Readonly<Record<NotDown, string>> = {
  inflated: "is inflated",
  up: "has its pressure up",
  falling: "is not yet measured down",
  "says-up": "reads no pressure and yet says that it is up",
  silent: "is silent",
  "never-heard": "was never heard",
};

/** A cuff that stands in the way, and why. */
export type StillOn = Readonly<{ cuff: CuffId; why: NotDown }>;

export const refusalWords = {
  noClass: "No class is under way. Start one first.",
  classRuns: "A class is under way already.",
  stillSeated: (places: readonly string[]): string =>
    `Finish everybody first: ${places.join(", ")} still in the class.`,
  place: (station: StationId, name: string): string =>
    name === "" ? `station ${station}` : `${station} ${name}`,
  stationTaken: (station: StationId, name: string): string =>
    `Station ${station} is taken${name === "" ? "" : ` by ${name}`}. Choose another, or finish there first.`,
  full: (most: number): string => `A class has ${most} places at most.`,
  patientSeated: (station: StationId): string =>
    `This patient is in the class already, at station ${station}.`,
  cuffTaken: (cuff: CuffId, station: StationId): string =>
    `The cuff ${cuff} is on the patient at station ${station}. Choose another.`,
  cuffTwice: (cuff: CuffId): string => `The cuff ${cuff} was chosen twice.`,
  limbTwice: "Two cuffs were put on one limb.",
  simulatedAmongReal: (cuff: CuffId): string =>
    `Simulated and real cuffs never share a class, and ${cuff} is not of the same kind as the others.`,
  noVisit: "This session is over, or was never begun. Look at the screen again.",
  notChecked: "The check before the session is missing. Answer it first.",
  checkOpen: "Answer every question of the check.",
  checkRed:
    "The check before the session has a red answer. A physiotherapist may set it aside, with a reason.",
  wasRed: "The check before had a red answer. Say why it is no longer so.",
  setRuns: (set: number): string => `Set ${set} is under way. End it first.`,
  noSet: "No set is under way.",
  setsDone: "All sets of this exercise are done. Go on to the next, or finish.",
  noExercise: "The plan has no such exercise.",
  exerciseRuns: "This exercise is under way already.",
  noReason: "Say why it ended so.",
  wasStarted: "This session was begun: a set was done, or a limb was restricted. Choose “stopped early”.",
  noSuchWorn: (cuff: CuffId): string => `The cuff ${cuff} is not on this patient.`,
  sameCuff: "This is the cuff that is to be swapped.",
  noneUp: "No cuff is up.",
  noSuchCuff: (cuff: CuffId): string => `There is no cuff ${cuff} here. Switch it on, or choose another.`,
  retiredCuff: (cuff: CuffId): string => `The cuff ${cuff} is taken out of use. Choose another.`,
  noSuchPatient: "There is no such patient. Somebody may have removed the record.",
  noSuchPlan: "This patient has no such plan. Somebody may have removed it.",
  noSuchPressure: (limb: string): string =>
    `This patient has no such limb occlusion pressure for the ${limb}. Somebody may have removed it.`,
  notPlannedLimb: (limb: string): string => `The plan has no cuff for the ${limb}.`,
  notPlanned: (exercise: string, limb: string, why: string): string => `${exercise}, ${limb}: ${why}.`,
  inTheWay: (sentences: readonly string[]): string =>
    `This patient cannot begin yet. ${sentences.join(" ")} Put it right in the patient's record.`,
  unreadable: (why: string): string => `The records cannot be read: ${why}`,
  /** What to do depends on whether a person may settle it by looking. */
  notDown: (cuffs: readonly StillOn[], maySee: boolean): string => {
    const list = cuffs.map(({ cuff, why }) => `${cuff} ${becauseNotDown[why]}`).join(", ");
    return maySee
      ? `Not every cuff is confirmed down: ${list}. Look whether it is off the limb, and say so.`
      : `Not every cuff is down: ${list}. Let it down first; if it is off the limb, say so or switch it off.`;
  },
} as const;
