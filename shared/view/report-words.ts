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

  takeHome: "Take home",
  link: "Report",
  /** By their names in the address. */
  files: {
    csv: "Samples, CSV",
    "events.csv": "Events, CSV",
    ndjson: "Facts, NDJSON",
    fhir: "FHIR",
    edf: "EDF+",
  },

  title: "Report of a session",
  back: "Back to the session",
  print: "Print or save as PDF",
  reading: "Reading the recording …",
  none: "There is no such session.",

  patient: "Patient",
  number: "Record number",
  born: "Born",
  session: "Session",
  lasted: "Lasted",
  at: "At",
  atStation: (station: string): string => `Station ${station}`,
  plan: "Plan",
  outcome: "Outcome",
  outcomes: {
    completed: "Completed",
    "stopped-early": "Stopped early",
    "not-started": "Not started",
  } satisfies Record<Outcome, string>,
  underWay: "Still under way",
  ended: "Ended without anybody finishing it",
  finishedBy: "Finished by",
  notSignedIn: "had not signed in",

  pressures: "Prescription",
  lopOf: (limb: string, lop: string): string => `${limb}: limb occlusion pressure ${lop}`,
  lopUnknown: "not known",
  withWidth: (cm: number): string => `${cm} cm cuff`,
  target: (pct: number, lop: number, mmHg: number): string => `${pct} % of ${lop} mmHg = ${mmHg} mmHg`,
  noTarget: "no target: the limb occlusion pressure is not known",
  releaseBy: (limit: string): string => `release by ${limit}`,
  sets: (repetitions: readonly number[]): string => `${repetitions.join("-")} repetitions`,
  byTime: (rounds: number, time: string): string => (rounds > 1 ? `${rounds} × ${time}` : time),
  free: "without a cuff",

  trace: "Pressure of the cuff",
  traceOf: (limb: string): string => `Pressure of the cuff on the ${limb}, mmHg over minutes of the session`,
  legend: {
    band: "target and tolerance",
    set: "set",
    inflation: "inflated",
    alarm: "alarm, by its number below",
    later: "came later from the cuff",
    missing: "no reading",
  },
  minutes: "min",

  exercises: "Exercises",
  exerciseHead: {
    name: "Exercise",
    load: "Load",
    oneRm: "% 1RM",
    lop: "% LOP",
    sets: "Sets",
    repetitions: "Repetitions",
    restricted: "Restricted",
  },
  of: (done: string | number, planned: number): string => `${done} of ${planned}`,
  uncounted: "not counted",
  limbs: "Limbs",
  limbHead: {
    limb: "Limb",
    cuff: "Cuff",
    restricted: "Restricted",
    inflations: "Inflations",
    exercising: "In band, exercising",
    resting: "In band, resting",
    mean: "Mean / peak",
    missing: "No reading",
    later: "Came later",
  },
  share: (pct: number, of: string): string => `${pct} % of ${of}`,
  nothing: "–",

  alarms: "Alarms and who answered",
  alarmsNone: "No alarm was raised.",
  /** Beside alarms (`besides`) or where there was none. */
  reminders: (
    all: number,
    { besides, answered, by }: Readonly<{ besides: boolean; answered: number; by: readonly string[] }>,
  ): string => {
    const many = all === 1 ? "1 reminder of a release" : `${all} reminders of a release`;
    const who = by.length === 0 ? "" : ` by ${by.join(", ")}`;
    const some = all === 1 ? "answered" : `${answered === all ? "all" : answered} of them answered`;
    return sentence(
      `${besides ? "Besides them" : "No alarm but"} ${many}, ${answered === 0 ? "answered by nobody" : `${some}${who}`}`,
    );
  },
  alarmHead: {
    number: "No.",
    time: "Time",
    alarm: "Alarm",
    priority: "Priority",
    reading: "Measured",
    cuff: "Cuff",
    lasted: "Lasted",
    answer: "Answered",
  },
  /** It rose: until that moment it was less. */
  priorityFrom: (priority: string, time: string): string => `${priority} from ${time}`,
  answeredBy: (by: string, after: string): string => `${by}, after ${after}`,
  unanswered: "by nobody",
  endedByItself: "by nobody, over by itself",
  moreAlarms: (n: number): string => `${n === 1 ? "1 more is" : `${n} more are`} in the alarm log.`,

  notes: "Checks, notes and remarks",
  notesNone: "Nothing was noted.",
  moreNotes: (n: number): string =>
    `${n === 1 ? "1 more stands" : `${n} more stand`} in the recording of the session.`,
  checkClear: "Check before the session: nothing red",
  checkRed: (what: string): string => `Check before the session, red: ${what}`,
  overridden: (by: string, reason: string): string => `Overridden by ${by}: ${reason}`,
  pain: (score: number): string => `Pain ${score} of 10`,
  refill: (s: number): string => `Capillary refill ${s} s`,
  symptom: (symptom: Symptom, present: boolean): string =>
    `${present ? "" : "No more: "}${symptomNames[symptom]}`,
  exertion: (score: number): string => `Exertion ${score} of 10`,
  swapped: (from: string, to: string): string => `Cuff ${from} replaced by ${to}`,
  seenOff: (cuffs: string): string => `Not measured down, seen to be off: ${cuffs}`,
  followUps: "Follow-up",
  followUpsNone: "No follow-up is due.",
  followUpDue: (kind: string, due: string): string => `${kind}: due ${due}`,
  followUpAnswered: (kind: string, at: string, by: string, red: string): string =>
    `${kind}: answered ${at}, ${by}${red === "" ? ", nothing red" : `; ${red}`}`,

  footnotes: {
    simulated: "SIMULATED: made by simulated cuffs, nobody was treated.",
    imported:
      "Imported: brought here as a file that was recorded elsewhere; the alarms are what this engine says of it.",
    underWay: "The session was still under way when this was printed; its figures are not final.",
    unconfirmed: (n: number): string =>
      `Not confirmed: of ${n === 1 ? "one inflation" : `${n} inflations`} nobody could measure the end; the time restricted is the longest that is possible.`,
    missing: (time: string): string =>
      `For ${time} there is no reading of a cuff. Nothing is drawn there and nothing is counted as within the band.`,
    later: (time: string): string =>
      `Readings of ${time} came later from the cuff’s own memory: no screen showed them when they were measured.`,
    holes: (n: number): string =>
      `${n === 1 ? "A part" : `${n} parts`} of the recording cannot be read; nothing is drawn there.`,
    away: (n: number): string =>
      `The server was away ${n === 1 ? "once" : `${n} times`} meanwhile: nothing was supervised then.`,
    notRecording: "For a time nothing could be stored: what happened then may be missing.",
    estimated: (see: number): string =>
      `The limb occlusion pressure is an estimate (standard error ${see} mmHg), not a measurement.`,
    notBlood: "The pressure of a cuff is not blood pressure.",
  },
  made: (at: string): string => `Printed ${at}`,
  page: "Page",
} as const;

/** With its full stop, where a name at its end ("Priya N.") has not brought one. */
const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

const symptomNames = {
  dizziness: "Dizzy",
  numbness: "Numb limb",
  tingling: "Tingling",
  colour: "Another colour of the limb",
} as const satisfies Record<Symptom, string>;
