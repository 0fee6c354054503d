/** Every word of running a class on the tablet, and what of it the wall shows. */
import type { NotDown } from "../class/confirmed-down.ts";
import type { Outcome } from "../class/visit.ts";
import type { CheckQuestion } from "../plan/screening.ts";
import { becauseNotDown } from "./class-refusal-words.ts";

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const classWords = {
  // No class is running.
  none: "No class is running",
  noneWhat: "Start one to put patients on stations.",
  room: "Room",
  otherRoom: "Another room",
  roomName: "Name of the room",
  sound: "Sound of the room",
  soundWhy:
    "Alarms are only worth something where they are heard. Play the test, and listen for it in the room.",
  screensSound: (n: number): string =>
    n === 0
      ? "No screen sounds: turn the sound on at the wall first."
      : plural(n, "screen sounds", "screens sound"),
  playTest: "Play the test sound",
  testPlayed: "The test is played now. Did you hear it in the room?",
  heard: "Heard",
  notHeard: "Not heard",
  notHeardWhat:
    "It is recorded that the test was not heard. Turn the wall’s sound on, and stay close to the patients.",
  start: "Start class",
  startNeeds: "Choose a room, and say whether you heard the test.",
  endClass: "End class",
  endHold: "Hold to end the class",
  endShort: "Hold for one second to end the class.",
  endRefused: (n: number): string =>
    `${plural(n, "patient is", "patients are")} still on a station. Finish each session first.`,
  theClass: "The class",
  running: (time: string): string => `Class, ${time}`,
  justBegun: "just begun",
  wallNone: "No class is running",
  wallNoneWhat: "It is started on a tablet.",

  // Who may.
  needsSignIn: "sign in",

  // Seating.
  addPatient: "Add a patient",
  seatTitle: "Put a patient on a station",
  station: "Station",
  moreNumbers: "More numbers",
  patient: "Patient",
  findPatient: "Find a patient by name or number",
  noPatient: (text: string): string => `Nobody is found for “${text}”.`,
  noPatients: "There are no patients yet.",
  newPatient: "New patient",
  seatedAlready: (station: string): string => `on station ${station}`,
  change: "Change",
  plan: "Plan",
  noPlan: "This patient has no plan yet.",
  makePlan: "Make one at the desk",
  cuff: "Cuff",
  cuffFor: (limb: string): string => `Cuff for the ${limb}`,
  noCuff: "No cuff is heard that is on nobody. Switch one on.",
  blink: "Blink",
  blinkOf: (cuff: string): string => `Blink ${cuff}`,
  basicCuff: "basic",
  upNow: "under pressure now ·",
  lop: "Limb occlusion pressure",
  noLop:
    "No limb occlusion pressure fits this limb and cuff: there is no target, and 100 % cannot be judged.",
  lopOf: (mmHg: number, method: string, day: string): string => `${mmHg} mmHg, ${method}, ${day}`,
  arithmetic: (pct: number, lop: number, target: number): string =>
    `${pct} % of ${lop} mmHg = ${target} mmHg`,
  noTarget: (pct: number): string => `${pct} % LOP: no target without a limb occlusion pressure`,
  obstacles: "In the way",
  openRecord: "Open the patient’s page",
  seat: (station: string): string => `Seat at ${station}`,
  seatNeeds: "Choose a patient and a cuff for each limb.",
  close: "Close",
  reading: "Reading …",

  // The check.
  check: "Check before the session",
  checkOpen: "Make the check",
  allNo: "All no",
  othersNo: "All others no",
  answerAll: "Answer all six questions.",
  yes: "Yes",
  no: "No",
  checkSave: "Done",
  red: "Stop: this session must not begin.",
  redAdvice:
    "Clear it with a physiotherapist or a doctor. With chest pain, a swollen limb or dark urine: care today.",
  redSaved: "Stopped at the check",
  record: "Record and stop",
  override: "Set aside with a reason",
  overrideWhy: "Why it may begin all the same",
  overrideDo: "Set aside and go on",
  wasRed: (answers: string): string =>
    `An earlier answer stopped this session (${answers}). It stays on record.`,
  wasRedWhy: "Why it is no longer so",
  overrideOnly: "Only a physiotherapist who is signed in can set this aside.",
  overridden: (by: string, reason: string): string => `Set aside by ${by}: ${reason}`,
  notChecked: "not checked yet",

  // Sets.
  exerciseOf: (n: number, of: number): string => `Exercise ${n} of ${of}`,
  free: "without a cuff",
  load: (kg: number): string => `${kg} kg`,
  oneRm: (pct: number): string => `${pct} % 1RM`,
  ofLop: (pct: number): string => `${pct} % LOP`,
  set: (n: number, of: number): string => `Set ${n} of ${of}`,
  repetitions: (n: number): string => plural(n, "repetition", "repetitions"),
  startSet: (n: number): string => `Start set ${n}`,
  startTimed: "Start",
  setDone: "Set done",
  timedDone: "Done",
  done: "done",
  uncounted: "Without sets or time",
  leftOf: (time: string): string => `${time} left`,
  overBy: (time: string): string => `${time} over`,
  fewer: "One repetition fewer",
  oneMore: "One repetition more",
  reps: "Repetitions done",
  byCuff: "counted by the cuff",
  byPlan: "as planned",
  rest: (time: string): string => `rest ${time}`,
  restOver: "rest is over",
  next: (name: string): string => `Next: ${name}`,
  waitFor: (time: string): string => `Reperfusion: ${time} until the cuff may go up again`,
  exerciseDone: "Exercise done",
  allDone: "All exercises are done",
  goOn: (name: string): string => `Go on to ${name}`,
  upWithout: (cuff: string): string => `${cuff} is up, and this exercise is without one: it has no target.`,
  upRelease: "Release it.",
  upGoOn: (name: string): string =>
    `Release it, or go on to ${name}: its time runs on, and it gets a target.`,
  upEndSet: (name: string): string => `Release it, or end this set and go on to ${name}.`,
  upNoTarget: "up without a target",
  setsDone: (done: number, of: number): string => `${done} of ${plural(of, "set", "sets")} done`,
  setsDoneShort: (done: number, of: number): string => `${done}/${of} sets done`,

  // More.
  more: "More",
  less: "Less",
  exercises: "Exercises",
  beginShort: "Begin",
  begin: (name: string): string => `Begin ${name}`,
  now: "now",
  swap: "Swap a cuff",
  swapFrom: (cuff: string): string => `${cuff} comes off. Which cuff takes its place?`,
  swapDo: (from: string, to: string): string => `Swap ${from} for ${to}`,
  targetStays: (target: number, lop: number): string =>
    `The target stays ${target} mmHg, by a limb occlusion pressure of ${lop} mmHg.`,
  widthUnknown:
    "Whether that fits this cuff cannot be told: a width is not on record. Measure again with this cuff.",
  exertion: "Exertion",
  exertionShort: "RPE",
  exertionWhy: "Exertion (RPE), 0 to 10",
  exertionOf: (score: number): string => `exertion ${score} of 10`,
  exertionSaid: (score: number, ago: string): string => `exertion ${score}, ${ago}`,
  remark: "Remark",
  remarkWhat: "What should be remembered of this session",
  remarkSave: "Keep remark",
  finish: "Finish",
  finishTitle: "Finish the session",
  finishDo: "Finish session",
  outcome: "How did it end?",
  outcomes: {
    completed: "Completed",
    "stopped-early": "Stopped early",
    "not-started": "Not started",
  } satisfies Record<Outcome, string>,
  reason: "Why",
  reasonNeeded: "Say why in a few words.",
  followUps: (nextDay: string, later: string): string => `Follow-up is asked on ${nextDay} and ${later}.`,
  noFollowUp: "No follow-up: nothing was done under a cuff.",
  stillUp: (cuff: string, why: NotDown): string =>
    `${cuff} ${becauseNotDown[why]}. Release it, or say at the cuff that it is off.`,
  unconfirmed: (cuff: string, why: NotDown): string =>
    `${cuff} ${becauseNotDown[why]}. Look whether it is off.`,
  seenOff: (cuff: string): string => `Hold: I have seen that ${cuff} is off`,
  seenOffDone: (cuff: string): string => `${cuff}: seen to be off`,
  seenOffShort: "Look at the limb, then hold for one second.",

  // Release all.
  releaseAll: "Release all",
  releaseAllHold: "Keep holding …",
  releaseAllShort: "Hold for one second: it releases every cuff of the class.",
  releaseTitle: "Release all",
  releasedBy: (by: string, time: string): string => `${by} released all, ${time}.`,
  toLoosen: (n: number): string => `${n} to loosen`,
  releaseNoLink: "No link: nothing can be sent from here. Loosen every cuff by hand.",
  noLinkShow: (n: number): string =>
    n === 1 ? "No link: 1 cuff to loosen by hand" : `No link: ${n} cuffs to loosen by hand`,
  stillToLoosen: (n: number): string =>
    n === 1 ? "1 cuff is not known to be down:" : `${n} cuffs are not known to be down:`,
  allDown: "Every cuff is down.",
  allSeen: (cuffs: readonly string[]): string =>
    `Every cuff is down, or was seen to be off here: ${cuffs.join(", ")}.`,
  how: {
    "by-hand": "Loosen it by hand",
    look: "It is not confirmed from here: loosen it, and look",
    up: "It was not released: loosen it by hand",
    venting: "Letting its pressure out",
  },
  isOff: "Hold: cuff is off",
  asLastHeard: "As last heard",
  back: "Back to the class",
} as const;

/** What to do about a red answer, beside the question itself. */
export const redAdvice: Readonly<Record<CheckQuestion, string>> = {
  changed: "Find out what has changed, and whether the method may still be used.",
  "calf-pain": "It may be a clot: no cuff on this limb. Care today.",
  "chest-pain": "No exercise. Care at once.",
  "dark-urine": "It may be rhabdomyolysis: no exercise. Care today.",
  unwell: "Not today. Another day, once well.",
  "blood-pressure": "No cuff today. Measure again at rest, and tell the doctor.",
};
