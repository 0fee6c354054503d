/** What stands in the setup: staff, walls and tablets, limits, the clinic, the class file and the state of the server. */
import { type LimitName, limitTable } from "../alarm/limits.ts";
import { may, type Right, rights, type Role } from "../clinic/rights.ts";
import { staffId } from "../ids.ts";

/** The parts of the setup, in their order. */
export const setupParts = ["staff", "screens", "limits", "clinic", "import", "system"] as const;
export type SetupPart = (typeof setupParts)[number] | "you";

export const partWords: Readonly<Record<SetupPart, Readonly<{ title: string; what: string }>>> = {
  staff: { title: "Staff", what: "Who works here, what each may do, passwords and PINs" },
  screens: { title: "Walls and tablets", what: "Let a screen in by its code, and shut it out again" },
  limits: { title: "Limits", what: "What the alarms are held to, where it comes from, and what you changed" },
  clinic: { title: "Clinic", what: "Name, rooms, and what a wall shows of a patient" },
  import: { title: "Class file", what: "Take over patients, plans, cuffs and staff from a class file" },
  system: { title: "State of the server", what: "Cuffs, recording and storage, as they are now" },
  you: { title: "You", what: "Your own password and PIN" },
};

const rightWords: Readonly<Record<Right, string>> = {
  watch: "see the class",
  answer: "answer alarms and release",
  note: "note what is seen at a patient",
  guide: "begin and finish sets",
  identify: "have a cuff blink",
  treat: "run a class: seat, check and finish patients, take duty",
  review: "read patients, plans and the alarm log, replay sessions",
  export: "take recordings out and bring some in",
  plan: "write patients and plans, clear a block",
  administer: "manage staff, screens, cuffs, limits and what is kept of recordings",
};

/** What a role may do, as a list in words. */
export const mayDo = (role: Role): string =>
  rights
    .filter((right) => may({ kind: "staff", staff: staffId(""), name: "", roles: [role] }, right))
    .map((right) => rightWords[right])
    .join("; ");

/** Limits that are chosen together stand together. */
export const limitGroups: readonly Readonly<{ title: string; names: readonly LimitName[] }>[] = [
  {
    title: "Time under pressure",
    names: ["releaseSoonS", "overrunHighAfterS", "releaseWithinS", "sessionLimitMin"],
  },
  {
    title: "Too much pressure",
    names: ["fullOcclusionForS", "absoluteCapMmhg", "measuringForS", "peaksInARow"],
  },
  {
    title: "Off target",
    names: [
      ...(["settingPct", "settingMmhg", "settingForS", "exercisePct", "exerciseMmhg"] as const),
      ...(["restPct", "restMmhg", "restForS", "driftAheadS", "pumpForS"] as const),
    ],
  },
  { title: "Pressure that is lost", names: ["lostPct", "lostForS"] },
  {
    title: "Cuff, battery and clock",
    names: [
      ...(["silentAfterS", "silentDownAfterS", "frozenForS", "frozenBasicForS", "clockApartS"] as const),
      ...(["unassignedForS", "batteryLowPct", "batteryEmptyPct"] as const),
    ],
  },
  { title: "What the patient says", names: ["painOver", "refillOverS"] },
  {
    title: "Sound and people",
    names: ["unheardForS", "silencesHighS", "silencesS", "pauseForS", "remindAfterS"],
  },
];

/** Limits whose description in the table leans on the one before it. */
const standsAlone: Readonly<Partial<Record<LimitName, string>>> = {
  settingPct:
    "how far the cuff’s own set pressure may be off the plan’s, as a share; the greater of the two counts",
  settingMmhg: "how far the cuff’s own set pressure may be off the plan’s, in mmHg",
  exercisePct:
    "how far the pressure may be off its target in exercise, as a share; the greater of the two counts",
  exerciseMmhg: "how far the pressure may be off its target in exercise, in mmHg",
  restPct: "how far the pressure may be off its target at rest, as a share; the greater of the two counts",
  restMmhg: "how far the pressure may be off its target at rest, in mmHg",
  frozenBasicForS: "how long a basic cuff that sends whole mmHg may read exactly the same",
};

/** What a limit is, as the label of its field. */
export const limitLabel = (name: LimitName): string => {
  const what = standsAlone[name] ?? limitTable[name].what;
  return what.charAt(0).toUpperCase() + what.slice(1);
};

export const setupWords = {
  title: "Setup",
  parts: "Parts of the setup",
  all: "All parts of the setup",
  you: {
    password: "New password",
    passwordHint: "8 characters at least; signs you out on other tablets",
    pin: "New PIN (4 to 8 digits)",
    pinHint: "For a shared tablet",
    savePassword: "Save password",
    savePin: "Save PIN",
    noPin: "Have no PIN",
    saved: "Saved.",
  },
  staff: {
    add: "Add a person",
    edit: (name: string): string => `Change ${name}`,
    name: "Name, as others see it",
    nameHint: "Such as Lena M.: alarms are answered under this name",
    login: "Login",
    loginHint: "Small letters, digits, . _ @ and -",
    password: "Password",
    passwordHint: "Can be left out: then they are tapped by name and cannot sign in",
    pin: "PIN (4 to 8 digits)",
    pinHint: "Can be left out",
    roles: "Roles",
    active: "Works here",
    activeHint: "Somebody who has left keeps their place in every record and signs in no more.",
    left: "has left",
    noPassword: "no password",
    noPin: "no PIN",
    you: "you",
    secrets: (name: string): string => `Password and PIN of ${name}`,
    none: "Nobody is on the staff yet.",
  },
  screens: {
    confirm: "Let a screen in",
    confirmWhy: "Open /wall on the screen in the room. It shows a code of six characters.",
    code: "Code on the screen",
    name: "Name",
    nameHint: "So that you find it again, such as Wall by the window",
    kind: "What it is",
    kinds: { wall: "Wall: shows the class, does nothing", tablet: "Tablet: people act on it" },
    kind1: { wall: "Wall", tablet: "Tablet" },
    go: "Let in",
    done: (name: string): string => `${name} is let in. The class appears on it in a moment.`,
    list: "Screens that are let in",
    none: "No wall or tablet was let in yet.",
    since: (when: string, by: string): string => `since ${when}, by ${by}`,
    revoke: "Shut out",
    revokeSure: "Really shut out?",
    revokeWhy: "It shows nothing and sounds nothing from then on.",
    keep: "Keep",
    revoked: (name: string): string => `${name} is shut out.`,
  },
  limits: {
    lead: "Every limit has a usual value that is right where nobody has chosen another. A change holds at once, in the class that is running too.",
    bounds: (least: number, most: number, unit: string): string => `${least} to ${most} ${unit}`,
    usual: (n: number, unit: string): string => `usually ${n} ${unit}`,
    changed: "changed",
    plan: "a plan may have its own",
    source: (source: string): string => `Source: ${source}`,
    reset: "Usual value",
    nothing: "Nothing is changed from the usual values.",
    differ: (n: number): string =>
      `${n} ${n === 1 ? "limit differs" : "limits differ"} from the usual value.`,
    unsaved: (n: number): string =>
      n === 1 ? "1 change is not saved yet" : `${n} changes are not saved yet`,
    discard: "Take back",
    number: (bounds: string): string => `must be a number from ${bounds}`,
  },
  clinic: {
    name: "Name of the clinic",
    rooms: "Rooms",
    room: (n: number): string => `Room ${n}`,
    addRoom: "Add a room",
    removeRoom: (room: string): string => `Remove ${room === "" ? "this room" : room}`,
    numbersOnly: "Walls show station numbers only",
    numbersOnlyHint: "Nobody’s name stands on a wall then.",
    review: "Limb occlusion pressure is to be measured again after (days)",
    reviewHint: "1 to 365; usually 28 (chosen here; no figure is published)",
  },
  import: {
    lead: "A class file holds a room, its staff, plans, patients and cuffs as JSON. What it names is added to what is here; what somebody has changed here stays as it is. Staff come in only with a password or PIN that you give them.",
    file: "Class file (JSON)",
    go: "Take over",
    reading: "Taking over …",
    notJson: "This file is not JSON, so it is no class file. Choose another.",
    tooLarge: "This file is larger than any class file (2 MB). Choose another.",
    done: "The class file was taken over.",
    same: "Everything in this file is here already.",
    outcome: { made: "New", changed: "Changed by the file", left: "Left as it is here" },
    kinds: {
      patient: ["patient", "patients"],
      staff: ["person of the staff", "people of the staff"],
      programme: ["plan", "plans"],
      lop: ["limb occlusion pressure", "limb occlusion pressures"],
      cuff: ["cuff", "cuffs"],
      settings: ["set of settings", "sets of settings"],
    },
    others: ["record", "records"],
    wrong: "Nothing was taken over. What is wrong in the file:",
  },
  system: {
    all: "All is well",
    notAll: "Something is not well",
    asOf: (time: string): string => `as of ${time}`,
    noAnswer: "The server does not answer. What stands here is old.",
    broker: "Connection to the cuffs",
    engine: "Judging of alarms",
    storage: "Recording",
    waiting: (n: number): string =>
      n === 0 ? "Nothing waits to be stored." : `${n} facts wait to be stored.`,
    dropped: (n: number): string => `${n} facts could not be stored.`,
    cuffs: "Cuffs",
    counts: { known: "known", live: "heard now", inflated: "inflated", silent: "silent in the class" },
    unknown: "Heard, and on no patient",
    refused: "Messages that were refused",
    refusedNone: "None since the start.",
    ok: "well",
    bad: "not well",
    alarms: "Alarm figures",
  },
} as const;
