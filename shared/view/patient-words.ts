/** What stands on the pages of the patients. */
import type { Outcome } from "../class/visit.ts";
import { followUpQuestions } from "../clinic/follow-up.ts";
import type { Obstacle } from "../clinic/readiness.ts";
import type { Limb } from "../plan/prescription.ts";
import { screeningQuestions } from "../plan/screening.ts";
import { followUpWords } from "./follow-up-words.ts";
import { count } from "./words.ts";

/** What stands in the way of the next session, as a sentence. */
export const obstacleWords = (obstacle: Obstacle): string => {
  switch (obstacle.kind) {
    case "screening-open":
      return obstacle.open.length === Object.keys(screeningQuestions).length
        ? "Not screened yet."
        : `Screening: ${count(obstacle.open.length, "question is", "questions are")} open.`;
    case "screening-red":
      return `Screening: ${obstacle.red.map((q) => screeningQuestions[q]).join("; ")}.`;
    case "not-explained":
      return "The explanation was not given yet.";
    case "follow-up-red":
      return `Follow-up (${followUpWords.kinds[obstacle.asked].toLowerCase()}): ${obstacle.red.map((q) => followUpQuestions[q].text).join("; ")}.`;
    case "follow-up-missing":
      return `Follow-up (${followUpWords.kinds[obstacle.asked].toLowerCase()}) is not answered.`;
  }
};

/** The end of a sentence: a name may end in a full stop of its own ("Aidan R."). */
const ended = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

/** What is to be done about what is in the way, and where. */
export const obstacleTodo: Readonly<Record<Obstacle["kind"], string>> = {
  "screening-open": "Ask what is open, on the patient’s page.",
  "screening-red": "A physiotherapist decides, on the patient’s page.",
  "not-explained": "Give it, and say so on the patient’s page.",
  "follow-up-red": "A physiotherapist clears it, under Follow-up.",
  "follow-up-missing": "Ask now, under Follow-up.",
};

export const patientWords = {
  title: "Patients",
  searchLabel: "Search by name, number or condition",
  add: "Add a patient",
  addTitle: "New patient",
  addSave: "Add and open",
  none: "No patient yet. Add the first one.",
  noneFound: (text: string): string => `No patient is found by “${text}”.`,
  shown: (n: number, more: boolean): string =>
    `${count(n, "patient", "patients")} shown${more ? ", and there are more" : ""}`,
  columns: { name: "Name", number: "Number", condition: "Condition", ready: "In the way of a session" },
  ready: "Nothing",
  noName: "Patient",
  gone: "There is no such patient. The record may have been deleted.",

  inTheWay: "In the way of the next session",
  nothingInTheWay: "Nothing stands in the way. The short check before each session remains.",
  sections: "On this page",

  record: "Record",
  givenName: "First name",
  familyName: "Family name",
  number: "Record number",
  numberHint: "The clinic’s own; no two patients have the same.",
  born: "Date of birth",
  sex: "Sex",
  sexHint: "For the estimate of a limb occlusion pressure only, as is the date of birth.",
  sexes: { female: "female", male: "male" },
  notSaid: "not said",
  condition: "Condition treated",
  limbs: "Limbs treated",
  notes: "Notes",
  stationOnly: "Show the station’s number on walls, and nothing of the name",
  wallName: (name: string): string => `On a wall: ${name}`,
  wallNumber: "On a wall: the station’s number",
  yes: "yes",
  no: "no",

  screening: "Screening",
  screeningWhat: "Asked before the first session. One yes is red and stops a session from starting.",
  screenedAt: (when: string, by: string): string => `Asked ${when} by ${ended(by)}`,
  neverScreened: "Not asked yet.",
  allNo: "Every answer is no",
  allOpenNo: "Every open answer is no",
  saveScreening: "Save the answers",
  red: "Red",
  clear: "No contraindication.",
  overridden: (when: string, by: string, reason: string): string => `Set aside ${when} by ${by}: ${reason}`,
  overrideWhat:
    "A red answer stops every session. A physiotherapist may set it aside, with a reason that stays on the record. New answers end that.",
  overrideReason: "Why it may be set aside",
  override: "Set the red answers aside",
  screeningOld: "Save the new answers first.",

  explanation: "Explanation",
  explanationWhat:
    "What this patient is told: what the cuff does, what is felt, the rare serious risks, what to report.",
  explanationText: "Text for this patient",
  explanationFrom: (plan: string): string => `Begin with the text of “${plan}”`,
  explanationByPlan: "A plan brings a text to begin with.",
  explanationTake: (plan: string): string => `Take over the text of “${plan}”`,
  explanationSave: "Save the text",
  explanationGiven: "Given now",
  givenAt: (when: string, by: string): string => `Given ${when} by ${ended(by)}`,
  notGiven: "Not given yet.",

  lop: "Limb occlusion pressures",
  lopWhat: "One for each limb, cuff width and posture. Measure again when one of them changes.",
  lopNone: "None yet: without one there is no target in mmHg.",
  lopLacks: ({ limb, side }: Limb): string =>
    `No limb occlusion pressure for the ${side} ${limb}: no target.`,
  lopAdd: "Add a limb occlusion pressure",
  lopMethod: "How it was found",
  lopLimb: "Limb",
  lopMmhg: "Pressure, mmHg",
  lopWidth: "Cuff width, cm",
  lopPosture: "Posture",
  lopAt: "When",
  lopNote: "Note",
  lopAddTo: "Save this pressure",
  lopRemove: (what: string): string => `Remove ${what}`,
  lopColumns: { limb: "Limb", mmhg: "Pressure", how: "How", when: "When" },
  lopWith: (cm: number, posture: string): string => `${cm} cm cuff, ${posture}`,
  lopTake: "Found by a cuff",
  lopTakeWhat: (cuff: string, mmhg: number, patient: string, when: string): string =>
    `${cuff}: ${mmhg} mmHg, on ${patient}, ${when}`,
  lopTakeOver: "Take over",
  lopTakeNone: "No cuff has told of one.",
  estimate: "Estimate",
  estimateWhat:
    "65.290 + 1.110 × thigh (cm) + 0.178 × systolic pressure + 1.153 × age − 7.984 × sex (1 male, 2 female); 18 cm thigh cuff only (SciELO 2019).",
  thighCm: "Thigh, cm around",
  systolicMmhg: "Systolic blood pressure, mmHg",
  estimateIs: (mmhg: number, see: number): string =>
    `Estimated: ${mmhg} mmHg, with a standard error of ${see} mmHg`,
  estimateOpen: "Fill in both for an estimate.",
  estimateNeeds:
    "An estimate goes by age and sex: save the date of birth and the sex in the record above first.",
  estimateFor: (years: number, sex: string): string => `Age and sex from the record: ${years} years, ${sex}.`,

  plans: "Plans",
  plansNone: "No plan yet.",
  planNew: "New plan",
  planFrom: "Begin from",
  planOfClinic: "the clinic’s own",
  planPreset: "preset",

  followUps: "Follow-up",
  followUpsNone: "None yet.",
  sessions: "Sessions",
  replayOf: (when: string): string => `Replay the session of ${when}`,
  recordings: "All recordings",
  outcomes: {
    completed: "completed",
    "stopped-early": "stopped early",
    "not-started": "not started",
  } satisfies Record<Outcome, string>,
  restricted: (limb: string, time: string): string => `${limb} restricted for ${time}`,
  checkSetAside: (by: string, reason: string): string => `A red answer was set aside by ${by}: ${reason}`,
  /** "LOP 250 mmHg, target 150 and 100 mmHg", after the limb. */
  heldTo: (lop: number, targets: readonly number[]): string =>
    `LOP ${lop} mmHg${targets.length === 0 ? "" : `, target ${targets.join(" and ")} mmHg`}`,
  painWorst: (score: number): string => `pain up to ${score} of 10`,
  exertionWorst: (score: number): string => `exertion up to ${score} of 10`,
  sessionsNone: "No session yet.",

  delete: "Delete this patient",
  deleteSure:
    "Delete the record with its plans and pressures? A patient who was treated here cannot be deleted.",
  deleteYes: "Yes, delete the record",

  fields: {
    givenName: "First name",
    familyName: "Family name",
    number: "Record number",
    born: "Date of birth",
    sex: "Sex",
    condition: "Condition treated",
    limbs: "Limbs treated",
    notes: "Notes",
    stationOnly: "Station’s number only",
  },
} as const;
