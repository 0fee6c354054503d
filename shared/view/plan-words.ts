/** What stands on the pages of the plans. */
import { limitTable } from "../alarm/limits.ts";
import type { Arithmetic } from "../plan/arithmetic.ts";
import type { Suggestion } from "../plan/progression.ts";
import type { Programme } from "../plan/programme.ts";
import type { Millis } from "../units.ts";
import { lasting } from "./duration.ts";
import { limbName } from "./limb-words.ts";
import { count } from "./words.ts";

/** 60 % of 200 mmHg = 120 mmHg. */
export const targetLine = ({ target }: Pick<Arithmetic, "target">, pctLop: number): string =>
  target === null
    ? `${pctLop} % of the limb occlusion pressure, which is not known`
    : `${target.pctLop} % of ${target.lop} mmHg = ${target.mmhg} mmHg`;

/** 75 repetitions × 4 s + 3 rests × 30 s = 6 min 30 s. */
export const doseLine = ({ dose, inflations, together }: Arithmetic): string => {
  const times =
    inflations > 1 && together !== null ? `; ${inflations} times = ${lasting(together)} under pressure` : "";
  switch (dose.kind) {
    case "sets": {
      const work = `${count(dose.repetitions, "repetition", "repetitions")} × ${inSeconds(dose.rep)}`;
      const rests =
        dose.rests === 0 ? "" : ` + ${count(dose.rests, "rest", "rests")} × ${inSeconds(dose.rest)}`;
      return `${work}${rests} = ${lasting(dose.total)}${times}`;
    }
    case "time":
      return `${lasting(dose.total)} under pressure${times}`;
    case "open":
      return "The plan does not say how long it takes";
  }
};

/** 6 min 30 s + 10 % = 7 min 9 s. */
export const limitLine = ({ dose, limit, cap }: Arithmetic): string => {
  const is = lasting(limit.is);
  const most = limit.capped ? `, but never more than ${lasting(cap)}` : "";
  switch (limit.from) {
    case "chosen":
      return `Limit, as chosen: ${is}`;
    case "default":
      return `Limit, where a plan does not say how long: ${is}`;
    case "own-duration":
      return dose.kind === "open"
        ? `Limit: ${is}`
        : `Limit: ${lasting(dose.total)} + ${limit.allowancePct} %${limit.capped ? `${most}: ${is}` : ` = ${is}`}`;
  }
};

const inSeconds = (ms: Millis): string => `${ms / 1000} s`;

/** Both limbs of a plan: "Left thigh, right thigh". */
export const limbsShown = ({ cuffs }: Pick<Programme, "cuffs">): string =>
  cuffs.map((limb, n) => (n === 0 ? limbName(limb) : limbName(limb).toLowerCase())).join(", ");

/** What the rule says after the last sessions. */
export const suggestionWords = (suggestion: Suggestion): string => {
  switch (suggestion.kind) {
    case "raise":
      return suggestion.fromKg === null || suggestion.toKg === null
        ? `The last ${suggestion.sessions} sessions went well: raise the load by ${suggestion.pct} %.`
        : `The last ${suggestion.sessions} sessions went well: raise the load by ${suggestion.pct} %, from ${suggestion.fromKg} to ${suggestion.toKg} kg.`;
    case "look":
      return `Pain was ${suggestion.pain} of 10, above the ${suggestion.atMost} of the rule: look into it before the load goes up.`;
    case "stay":
      return `Keep the load: ${staying(suggestion)}.`;
  }
};

const staying = (stay: Extract<Suggestion, { kind: "stay" }>): string => {
  switch (stay.why) {
    case "too-few":
      return `${stay.went} of ${count(stay.needed, "good session", "good sessions")} at it so far`;
    case "repetitions":
      return "not every repetition was done";
    case "not-noted":
      return stay.what === "pain" ? "no pain was noted" : "no exertion was noted";
    case "exertion":
      return `the exertion was ${stay.exertion} of 10, above the ${stay.atMost} of the rule`;
  }
};

export const planWords = {
  title: "Plans",
  templates: "The clinic’s own",
  noTemplates: "None yet. Make one from a preset below, or begin with an empty one.",
  presets: "Presets, as published",
  presetsWhat: "Begin from one of these. Every number can be changed afterwards.",
  use: "Make it the clinic’s own",
  useFor: (name: string): string => `Make “${name}” the clinic’s own`,
  empty: "New plan from nothing",
  emptyName: "New plan",
  emptyExercise: "New exercise",
  open: "Open",
  openPlan: (name: string): string => `Open “${name}”`,
  source: "Source",
  weekly: (perWeek: number | null, weeks: number | null): string =>
    [
      ...(perWeek === null ? [] : [`${perWeek} a week`]),
      ...(weeks === null ? [] : [`for ${count(weeks, "week", "weeks")}`]),
    ].join(" "),

  editing: "Plan",
  ofPatient: (name: string): string => `Plan of ${name}`,
  ofClinic: "A template of the clinic: patients get a copy of it.",
  backToPatient: "To the patient",
  backToPlans: "To all plans",
  gone: "There is no such plan. It may have been deleted.",
  about: "About",
  name: "Name",
  sourceHint: "Where it comes from. Stands as the reason of a limit over 10 min.",
  perWeek: "Sessions a week",
  weeks: "Weeks",
  explanation: "Explanation for the patient",
  explanationHint: "The beginning of each patient’s own explanation.",
  cuffs: "Limbs with a cuff",
  cuffsHint: "One or two.",
  cuffWidth: "Cuff width, cm",
  posture: "Posture",
  anyPosture: "left open",
  widthHint: "Left empty, any width will do.",

  exercises: "Exercises, in order",
  restricted: "Under the cuff",
  free: "Without a cuff",
  addRestricted: "Add one under the cuff",
  addFree: "Add one without a cuff",
  up: "Earlier",
  upOf: (name: string): string => `Move “${name}” earlier`,
  down: "Later",
  downOf: (name: string): string => `Move “${name}” later`,
  removeOf: (name: string): string => `Remove “${name}”`,
  exerciseName: "Exercise",
  instructions: "How it is done",
  loadKg: "Load, kg",
  pctOneRm: "Load, % of 1RM",
  pctOneRmHint: "20 to 40 under the cuff (Patterson et al. 2019).",
  pctLop: "Pressure, % LOP",
  pctLopHint: "Leg 60 to 80, arm 40 to 50, passive from 70 (Patterson et al. 2019); never over 90.",
  goes: "Goes by",
  goesBy: { sets: "Sets", time: "Time", open: "Neither" },
  sets: "Sets",
  setsHint: "Repetitions of each, such as 30-15-15-15 or 3×10.",
  repS: "Repetition, s",
  repSHint: "2 s up and 2 s down are 4.",
  restS: "Rest, s",
  duration: "Time, min:s",
  durationHint: "Such as 5:00.",
  betweenSets: "Cuff between sets",
  between: { up: "stays up", down: "goes down" },
  inflations: "Inflations",
  reperfusion: "Pause after it, min:s",
  reperfusionHint: "At least 1:00 (Fit Cuffs); 3:00 after a limit was passed (VALD).",
  limit: "Limit, min:s",
  limitHint: "Left empty: its own time + 10 %.",
  limitReason: "Reason of a limit over 10 min",
  limitReasonHint: "Not needed where the plan has a source.",
  limits: "Limit, pause and alarm limits",
  limitLabel: (name: keyof typeof limitTable): string => {
    const { what, unit } = limitTable[name];
    return `${what.charAt(0).toUpperCase()}${what.slice(1)}, ${unit}`;
  },
  limitBounds: (name: keyof typeof limitTable): string => {
    const { least, most, usual, source } = limitTable[name];
    return `${least} to ${most}. Left empty: the clinic’s, usually ${usual}. Source: ${source}.`;
  },

  arithmetic: "What follows from it",
  example: "for example",
  pause: (time: string): string => `Pause of ${time} before the next inflation`,
  together: (time: string): string => `Each limb is under pressure for ${time} in a session.`,
  tooLong: (limit: string): string =>
    `That is over the ${limit} that the clinic allows one limb in a session.`,
  lopOf: (limb: string): string => `${limb}:`,

  wrong: (n: number): string => `${count(n, "field is", "fields are")} not right yet.`,

  progression: "When the load goes up",
  progressionOn: "The plan has a rule",
  sessions: "Good sessions running",
  allRepetitions: "All repetitions were done",
  painAtMost: "Pain at most, of 10",
  exertionAtMost: "Exertion at most, of 10",
  loadPct: "Then the load rises by, %",

  delete: "Delete this plan",
  deleteSure: "Delete it for good? Sessions that have begun keep what they have.",
  deleteYes: "Yes, delete it",
  fields: {
    name: "Name",
    source: "Source",
    explanation: "Explanation",
    perWeek: "Sessions a week",
    weeks: "Weeks",
    cuffs: "Limbs with a cuff",
    cuffWidthCm: "Cuff width",
    posture: "Posture",
    exercises: "Exercises",
    progression: "When the load goes up",
  } satisfies Record<keyof Programme, string>,
} as const;
