/** Every word of replaying a session or a class: its page, its player, its trace and what happened in it. */
import type { Outcome } from "../class/visit.ts";
import type { Hole } from "../recording/line.ts";
import type { EndReason } from "../session/fact.ts";

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Of two cuffs, which. */
const cuff = (side: string): string => (side === "" ? "Cuff" : `Cuff ${side}`);

export const reviewWords = {
  // The pages.
  session: "Session",
  class: "Class",
  sessionOf: (name: string): string => `Session of ${name}`,
  classIn: (room: string): string => `Class in ${room}`,
  opening: "Opening the recording …",
  noRecording: "There is no such recording. It may have been erased, or the address is wrong.",
  damaged: (why: string): string => `This recording cannot be read: ${why}. Nothing of it is shown.`,
  links: "More about this",
  toPatient: "Patient",
  toClass: "Class",
  toSession: (name: string): string => `Open the session of ${name}`,
  began: "Began",
  lasted: "Lasted",
  soFar: (time: string): string => `${time} so far`,
  plan: "Plan",
  cuffs: "Cuffs",
  cuffOn: (limb: string, cuff: string): string => `${limb}: ${cuff}`,
  outcome: "Outcome",
  underWay: "under way",
  outcomes: {
    completed: "completed",
    "stopped-early": "stopped early",
    "not-started": "not started",
  } satisfies Record<Outcome, string>,
  reason: (outcome: string, reason: string): string => (reason === "" ? outcome : `${outcome}: ${reason}`),
  patients: "Patients",
  source: {
    imported: "This recording was brought here as a file; it was not made by this server.",
    demonstration: "SIMULATED: made up by simulated cuffs.",
  },

  // Live and replay.
  replay: "REPLAY",
  replayWhat: "What you see is the past.",
  behind: (time: string): string => `What you see is ${time} old. The session goes on.`,
  live: "Live",
  isLive: "LIVE",
  isLiveWhat: "You follow it as it happens, up to a second late.",
  backToLive: "Back to live",
  back: "−2 min",
  backLabel: "Back by two minutes",
  lost: "NOT CONNECTED",
  lostFor: (time: string): string => `Nothing new has come for ${time}. Look at the wall or the tablet.`,

  // The player.
  player: "Player",
  play: "Play",
  pause: "Pause",
  speed: "Speed",
  times: (speed: number): string => `${speed}×`,
  stepBack: "One second back (with Shift: one sample)",
  stepOn: "One second on (with Shift: one sample)",
  toAlarm: { before: "Alarm before (P)", after: "Next alarm (N)" },
  alarmShort: { before: "Alarm", after: "Alarm" },
  position: "Position",
  positionText: (clock: string, wall: string): string => `${clock} of the session, ${wall}`,
  ofAll: (all: string): string => `of ${all}`,
  keys: "Keys",
  keysWhat: [
    ["Space", "play or pause"],
    [", and .", "one second back or on; with Shift one sample"],
    ["P and N", "the alarm before, the next alarm"],
    ["L", "back to live, while it goes on"],
    ["+ and −", "zoom the trace"],
    ["← and →", "move along the trace; on the position’s bar one second back or on"],
    ["Home and End", "its beginning and its end; on the bar those of the recording"],
    ["0", "the whole trace"],
  ] as const,

  // The tile.
  wall: "As the wall showed it",
  wallNow: "As the wall shows it",
  nothingThen: "The wall did not show this patient at this moment.",

  // The trace.
  trace: "Pressure",
  traceOf: (cuff: string, limb: string): string => (limb === "" ? cuff : `${limb}, ${cuff}`),
  traceKeys:
    "Plus and minus zoom, arrows move, Home and End go to the beginning and the end, 0 shows the whole.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  earlier: "Earlier",
  later: "Later",
  whole: "Whole",
  shown: (from: string, to: string): string => `${from} to ${to}`,
  level: (mmHg: string): string => `${mmHg} mmHg`,
  noLevel: "no reading",
  summaryOf: (
    cuff: string,
    { samples, lowest, highest, missing, backfilled }: Readonly<Record<string, string>>,
  ): string =>
    `Pressure of ${cuff}: ${samples ?? ""} readings, ${lowest ?? ""} to ${highest ?? ""} mmHg. Without readings: ${missing ?? ""}. Told later by the cuff: ${backfilled ?? ""}.`,
  noReadings: (cuff: string): string => `No readings of ${cuff} in this recording.`,
  legend: "How to read it",
  legendOf: {
    live: "as it was heard",
    backfilled: "told later by the cuff: dashed",
    missing: "no readings: hatched",
    band: "target band",
  },
  holes: {
    damaged: "damaged on the disk",
    erased: "erased",
    outlived: "no longer kept",
  } satisfies Record<Hole["why"], string>,
  hole: (why: string): string => `Missing: ${why}`,
  lanes: {
    occlusion: "Occlusion",
    sets: "Sets",
    alarms: "Alarms, reminders",
    notes: "Answers, notes",
  },
  set: (number: number): string => `Set ${number}`,
  setOf: (number: number, repetitions: number | null): string =>
    repetitions === null
      ? `Set ${number}`
      : `Set ${number} · ${plural(repetitions, "repetition", "repetitions")}`,
  inflation: (number: number, time: string): string => `Inflation ${number}, ${time}`,

  // What happened.
  marks: "What happened",
  marksNone: "Nothing but readings.",
  only: "Show",
  all: "Everything",
  onlyAlarms: "Alarms only",
  unverified: "unverified",
  by: (name: string): string => `by ${name}`,
  alarmStates: {
    present: "raised, nobody going",
    acknowledged: "somebody is going",
    latched: "over, unanswered",
    closed: "over",
  },
  alarmOver: (name: string): string => `${name} is over`,
  alarmRose: (name: string, priority: string): string => `${name} is now ${priority}`,
  alarmReminded: (name: string): string => `Every tablet was reminded: nobody is going to ${name}`,
  goesTo: (by: string, name: string): string => `${by} is going to ${name}`,
  tookBack: (by: string, name: string): string => `${by} is no longer going to ${name}`,
  inflated: (number: number, side: string): string => `${cuff(side)} up, inflation ${number}`,
  deflated: (time: string, side: string): string => `${cuff(side)} down after ${time}`,
  deflatedOnly: (side: string): string => `${cuff(side)} down`,
  endedBy: {
    "cuff-says": "",
    released: "released",
    "cuff-off": "said to be off",
  } satisfies Record<EndReason, string>,
  unconfirmed: "nobody could measure it",
  ordered: { release: "Release ordered", "cuff-off": "Said that the cuff is off" },
  pain: (score: number): string => `Pain ${score} of 10`,
  refill: (seconds: number): string => `Capillary refill ${seconds} s`,
  symptom: (name: string, present: boolean): string => (present ? name : `${name}: gone`),
  exertion: (score: number): string => `Exertion (RPE) ${score} of 10`,
  remark: (text: string): string => `“${text}”`,
  seated: (station: string): string => `Seated at station ${station}`,
  checked: "Check passed",
  checkedRed: (red: string): string => `Check: ${red}`,
  exercise: (name: string): string => `Exercise: ${name}`,
  setEnded: (number: number, repetitions: number | null): string =>
    repetitions === null
      ? `Set ${number} done`
      : `Set ${number} done, ${plural(repetitions, "repetition", "repetitions")}`,
  swapped: (from: string, to: string): string => `${from} was swapped for ${to}`,
  finished: (outcome: string): string => `Finished: ${outcome}`,
  classStarted: "Class started",
  classEnded: "Class ended",
  allReleased: "All released",
  wasAway: (time: string): string => `The server was away for ${time}`,
  notStored: "What happened was not stored from here",
  storedAgain: "What happened was stored again",
  soundPaused: "Sound paused",
  soundResumed: "Sound on again",
  duty: (by: string): string => `${by} took duty`,
  offline: "The cuff’s link ended",
  fault: (code: string): string => `The cuff reports a fault: ${code}`,
} as const;
