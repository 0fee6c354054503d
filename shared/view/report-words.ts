/** What stands in files that leave the product, and on the printed report of a session. */
import type { Outcome } from "../class/visit.ts";
import type { MetaMessage } from "../cuff/message.ts";
import type { Note, Symptom } from "../session/note.ts";

/** The product's own codes of a FHIR bundle: a code once given never changes what it means. */
export const conceptNames = {
  "cuff-pressure": "Pressure in the bladder of a blood flow restriction cuff (not blood pressure)",
  cuff: "Blood flow restriction cuff",
  gateway: "Supervising server of blood flow restriction cuffs",
  session: "Session of blood flow restriction training",
  "limb-occlusion-pressure": "Limb occlusion pressure",
  "target-pressure": "Target pressure of the cuff",
  "restriction-limit": "Longest restriction of the limb without a break",
  inflation: "Inflation of the cuff, from 30 mmHg until it is down",
  "restricted-time": "Time for which the limb was restricted in the session",
  "in-band-exercising": "Time within tolerance of the target, exercising",
  "in-band-resting": "Time within tolerance of the target, resting under pressure",
  "mean-pressure": "Mean pressure of the cuff under pressure",
  "peak-pressure": "Greatest pressure of the cuff under pressure",
  "missing-time": "Time of the session without readings of the cuff",
  "exercise-set": "Set of an exercise",
  exercise: "Exercise, counted from 1",
  set: "Set, counted from 1",
  pain: "Pain or discomfort, 0 to 10",
  exertion: "Perceived exertion, 0 to 10",
  "capillary-refill": "Capillary refill of the limb under the cuff",
  dizziness: "Dizziness",
  numbness: "Numbness of the limb",
  tingling: "Tingling of the limb",
  colour: "Another colour of the limb than it should have",
  "session-check": "Short check before the session",
  "check-clear": "Nothing stood in the way",
  "check-red": "Something stood in the way",
  "check-overridden": "Something stood in the way and was overridden",
  "site-time": "Time on the server's steady clock",
  completed: "Completed",
  "stopped-early": "Stopped early",
  "not-started": "Not started",
  "still-under-way": "Still under way",
  "left-thigh": "Left thigh",
  "right-thigh": "Right thigh",
  "left-arm": "Left arm",
  "right-arm": "Right arm",
} as const satisfies Readonly<Record<string, string>> & Readonly<Record<Outcome | Symptom, string>>;

export const fhirWords = {
  codes: "Codes of Cuffwatch",
  codesAre:
    "What a supervised session of blood flow restriction training tells. The pressure of a cuff is not blood pressure and is never coded as blood pressure.",
  width: "Width of the bladder",
  nobody: "Somebody who is not in the clinic's register",
  simulated: "A simulated cuff: nobody wore it",
  simulatedSession: "Made by simulated cuffs: nobody was treated.",
  imported: "Brought here as a file that was recorded elsewhere.",
  unconfirmed: "Nobody could measure that the cuff was down",
  underWay: "It had not ended when this was written",
  backfilled: "A part came later from the cuff's own memory",
  basicClock: "This cuff has no clock: each reading is dated by its arrival, to half a step",
  undated: (n: number): string =>
    `${n} readings of a power-up that was never heard live are left out: nothing tells when they were taken`,
  notSignedIn: (by: string): string => `${by} (had not signed in)`,
  answered: "Is going",
  powerUp: (boot: string): string => `Power-up ${boot} of the cuff`,
  percentOf: (pct: number, lop: number, target: number): string => `${pct} % of ${lop} mmHg = ${target} mmHg`,
  withoutCuff: "Without a cuff",
  overriddenBy: (by: string, reason: string): string => `Overridden by ${by}: ${reason}`,
  askedAbout: (what: string): string => `Red: ${what}`,
  load: (kg: number | null, pct: number | null): string =>
    [kg === null ? "" : `${kg} kg`, pct === null ? "" : `${pct} % of 1RM`].filter((s) => s !== "").join(", "),
  setsOf: (repetitions: readonly number[], rounds: number, durationS: number | null): string =>
    repetitions.length > 0 ? `${repetitions.join("-")} repetitions` : `${rounds} × ${durationS ?? 0} s`,
  reperfuse: (s: number): string => `then ${s} s of reperfusion`,
  swapped: (from: string, to: string): string => `Cuff ${from} was replaced by ${to}`,
} as const;

/** What stands in an EDF+ file: annotations in order of time. */
export const edfWords = {
  missing: (mmHg: number): string => `none; ${mmHg} mmHg: no reading`,
  transducer: (limb: string, meta: MetaMessage | undefined): string =>
    [
      `Cuff pressure, not blood pressure; ${limb}`,
      meta?.model ?? "",
      meta?.simulated === true ? "SIMULATED" : "",
    ]
      .filter((part) => part !== "")
      .join("; "),
  inflation: (cuff: string, target: number | null, confirmed: boolean): string =>
    `Inflation ${cuff}${target === null ? "" : `, target ${target} mmHg`}${confirmed ? "" : ", end not confirmed"}`,
  set: (exercise: string, set: number, repetitions: number | null): string =>
    `Set ${set}, ${exercise}, ${repetitions === null ? "repetitions not counted" : `${repetitions} repetitions`}`,
  raised: (name: string, reading: string): string => `Alarm ${name}${reading === "" ? "" : `: ${reading}`}`,
  answered: (name: string, by: string): string => `Answered ${name}: ${by}`,
  takenBack: (name: string, by: string): string => `Answer taken back ${name}: ${by}`,
  cleared: (name: string): string => `Alarm over ${name}`,
  check: (by: string, red: number): string => `Check, ${red === 0 ? "nothing red" : `${red} red`}: ${by}`,
  note: (note: Note, cuff: string, by: string): string => {
    const of = (what: string): string => `Note ${cuff}, ${what}: ${by}`;
    switch (note.kind) {
      case "pain":
        return of(`pain ${note.score} of 10`);
      case "refill":
        return of(`capillary refill ${note.seconds} s`);
      case "symptom":
        return of(note.present ? note.symptom : `no more ${note.symptom}`);
    }
  },
  exertion: (score: number, by: string): string => `Exertion ${score} of 10: ${by}`,
  remark: (text: string, by: string): string => `Remark: ${text} (${by})`,
  swapped: (from: string, to: string, by: string): string => `Cuff ${from} replaced by ${to}: ${by}`,
  troubles: {
    interrupted: "Server was away: nothing was supervised",
    "not-recording": "Nothing could be stored",
  },
  finished: (outcome: Outcome, by: string): string =>
    `Finished, ${conceptNames[outcome].toLowerCase()}: ${by}`,
} as const;

/** What is said of exporting, and what stands on the printed report. */
export const reportWords = {
  unreadable: (why: string): string => `The recording cannot be read: ${why}`,
  station: (station: string): string => `station-${station}`,
} as const;
