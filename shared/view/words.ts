/** Every word that a person reads on a wall, a tablet or a replay: another language is another file like this. */
import type { ConditionId, Priority } from "../alarm/policy.ts";
import type { TilePhase } from "./tile.ts";

export const words = {
  toRelease: "to release",
  toReleaseUnconfirmed: "to release, unconfirmed",
  overLimit: "over the limit",
  overLimitUnconfirmed: "over the limit, unconfirmed",
  untilNext: "until next inflation",
  ready: "Ready",
  inflating: "Inflating",
  done: "Done",
  noData: "No data",
  neverHeard: "this cuff was never heard",
  measuring: "Measuring",
  releasingLabel: "letting the pressure out",
  pressureDown: "pressure down: is the cuff off?",
  cuffDown: "cuff down",
  restricted: "restricted",
  checkCuff: "check the cuff",
  over: "is over",
  nobodyAnswered: "nobody answered",
  unconfirmedCheck: "unconfirmed, check the cuff",
  basic: "basic cuff",
  old: (time: string): string => `${time} old`,
  going: (name: string): string => `${name} is going`,
  set: (set: number, of: number): string => (of > 0 ? `set ${set}/${of}` : `set ${set}`),
  rep: (rep: number, of: number | undefined): string =>
    of === undefined ? `rep ${rep}` : `rep ${rep}/${of}`,
  rest: (time: string): string => `rest ${time}`,
  doneOf: (done: number, of: number): string => `done ${done} of ${of}`,
  of: (time: string): string => `of ${time}`,
  left: (time: string): string => `${time} left`,
  saysOffline: (time: string): string => `${time}, link ended`,
  silentFor: (time: string): string => `silent for ${time}`,
  ofMmhg: (pressure: string, limit: string): string => `${pressure} of ${limit} mmHg`,
  still: (pressure: string): string => `still ${pressure} mmHg`,
  was: (pressure: string, level: string): string => `${pressure} mmHg, was ${level}`,
  cuffAndPlan: (cuff: string, plan: string): string => `cuff ${cuff}, plan ${plan}`,
  planned: (target: string): string => `target ${target}`,
  offTargetThen: (pressure: string, target: string): string => `was ${pressure} mmHg, target ${target}`,
  neverHeardShort: "never heard",
  theRoom: "Room",
  pauseOf: (pause: string, needed: string): string => `pause ${pause} of ${needed}`,
  longerThan: (time: string): string => `over ${time}`,
  peaks: (pressure: string, lop: string): string => `up to ${pressure}, LOP ${lop}`,
  frozenAt: (pressure: string): string => `always ${pressure} mmHg`,
  apartBy: (seconds: string): string => `${seconds} s apart`,
  percent: (pct: string): string => `${pct} %`,
  fault: (code: string): string => (code === "" ? "the cuff reports a fault" : `fault ${code}`),
  pain: (score: string): string => `pain ${score} of 10`,
  painShort: "pain",
  refill: (seconds: string): string => `refill ${seconds} s`,
  refillShort: "slow refill",
  twoOfOne: "two cuffs use this name",
  notStored: "what happens now is not stored",
  noSoundAnywhere: "no screen has its sound on",
  saidOff: "said to be off",
  offTarget: (pressure: string, target: string): string => `${pressure} mmHg, target ${target}`,
  upFor: (pressure: string, time: string): string => `${pressure} mmHg for ${time}`,
  target: (mmHg: number): string => `of ${mmHg}`,
  ofLop: (pct: number): string => `${pct} % LOP`,
  limb: { thigh: "thigh", arm: "arm" },
  side: { left: "L", right: "R" },
  both: "L + R",
  unassigned: "On no patient",
  mmHg: "mmHg",
} as const;

/** What a phase is called beside its sign. */
export const phaseName: Readonly<Record<TilePhase, string>> = {
  ready: "Ready",
  inflating: "Inflating",
  working: "Working",
  resting: "Resting",
  measuring: "Measuring",
  releasing: "Releasing",
  reperfusing: "Reperfusing",
  done: "Done",
  "no-data": "No data",
};

/** The name of each condition on a tile, in the strip and in lists. */
export const conditionName: Readonly<Record<ConditionId, string>> = {
  overrun: "RELEASE",
  "full-occlusion": "FULL OCCLUSION",
  "release-failed": "NOT RELEASED",
  "pressure-lost": "PRESSURE LOST",
  silent: "NO SIGNAL",
  "target-differs": "WRONG TARGET",
  "pressure-high": "PRESSURE HIGH",
  "pressure-low": "Below prescription",
  "inflated-unassigned": "ON NO PATIENT",
  "measuring-too-long": "MEASURING TOO LONG",
  "stop-advised": "STOP ADVISED",
  "cuff-fault": "CUFF FAULT",
  "peaks-over-lop": "Peaks over LOP",
  "sensor-frozen": "SENSOR FROZEN",
  "reperfusion-short": "TOO SOON",
  "session-overrun": "SESSION LIMIT",
  "two-of-one": "TWO CUFFS",
  "clock-disagrees": "Clocks disagree",
  battery: "Battery low",
  "not-recording": "NOT RECORDING",
  "nobody-listening": "NOBODY LISTENS",
  "release-soon": "Release soon",
};

/** The language of this catalogue, for the voice that reads it aloud. */
export const language = "en";

/** What is said aloud of an alarm after its burst: "Station 3. Release."; what concerns the room is said without a place. */
export const spokenAlarm = ({
  station,
  cuff,
  condition,
}: Readonly<{ station: string | null; cuff: string | null; condition: ConditionId }>): string => {
  const name = conditionName[condition];
  const what = `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()}.`;
  if (cuff === null) return what;
  const who = `${station === null ? words.unassigned : `Station ${station}`}.`;
  return who === what ? what : `${who} ${what}`;
};

/** What a screen reader says for the shape of an alarm. */
export const priorityName: Readonly<Record<Priority, string>> = {
  high: "High alarm",
  medium: "Medium alarm",
  low: "Low alarm",
};

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What stands around the tiles of a wall. */
export const wallWords = {
  title: "Cuffwatch wall",
  nextRelease: "Next release",
  nobody: "nobody is under pressure",
  overdue: (time: string): string => `${time} over`,
  apart: (first: string, second: string, time: string): string =>
    `${first} and ${second} within ${time}, get help`,
  startLater: (who: string, time: string): string => `start ${who} in ${time}`,
  simulated: "SIMULATED",
  simulatedWhy: "These cuffs are simulated",
  noBroker: "No broker: no cuff can be heard",
  notRecording: "Not recording: what happens now is not being stored",
  open: "Open to the network without passwords. Anybody here can see and answer for this class.",
  linkLost: (time: string): string => `No link to the server for ${time}`,
  lostSpoken: "No link to the server",
  stood: (time: string): string => `This screen stood still for ${time}; asking the server`,
  stoodWhat: "Every pressure is old until it answers.",
  linkNever: "Not connected to the server yet",
  linkLostWhat: "Go to the patients. The clocks run on; every pressure is old.",
  linkNeverWhat: "Nothing is known of any patient until it answers.",
  linkState: { live: "live", asking: "asking", lost: "no link", never: "no link" },
  soundOn: "sound on",
  soundOff: "sound off",
  armWhy: "Sound is off on this screen: alarms are silent here.",
  arm: "Turn sound on",
  armed: "The sound that you hear is the test.",
  noAlarms: "No alarms",
  more: (n: number): string => `+${n} more`,
  patients: (n: number): string => count(n, "patient", "patients"),
  restricted: (n: number): string => `${n} restricted`,
  empty: "No patient is on a station yet.",
  alarms: "Alarms by urgency",
  tiles: "Patients",
} as const;

/** What stands on the tablet's page. */
export const floorWords = {
  title: "Cuffwatch floor",
  who: "Who are you?",
  whoWhy: "Your name goes with what you answer. Nobody is signed in: it is recorded as unverified.",
  you: (name: string): string => `You are ${name}`,
  change: "Change",
  going: "I’m going",
  takeBack: "Take back",
  youGo: "You are going",
  cuffOff: "Cuff is off",
  release: "Hold to release",
  releaseHold: "Keep holding …",
  releasing: "Releasing: the pressure is not down yet",
  released: "Done: the pressure is down",
  holdLonger: "Hold for one second to release.",
  sent: "Sent …",
  done: "Done",
  unrecorded: "Done, but it could not be recorded",
  noLink: "Not sent: there is no link to the server.",
  stoodStill: "Not sent: this screen had stood still. Look at it again, then decide.",
  noAnswer: "The server did not answer within 5 s. It may not have been done: look at the cuff.",
  notUnderstood: "The server’s answer was not understood. Look at the cuff.",
  byHand: "This cuff cannot be released from here: loosen it by hand.",
  calm: "No alarms",
  classList: "Class, most urgent first",
  cuff: (side: string): string => `${side} cuff`,
  close: "Close",
  pause: "Pause sound for 2 min",
  paused: "Sound paused",
} as const;

/** The first page. */
export const startWords = {
  title: "Cuffwatch",
  what: "Real-time supervision of blood flow restriction training: every cuff of a class on one wall.",
  caution:
    "Cuffwatch supports supervision. It replaces neither the cuff’s own limits nor a person who watches.",
  wall: "Wall",
  wallWhat: "For the screen in the room, read from across it",
  floor: "Floor",
  floorWhat: "For the tablet or phone in your hand",
} as const;
