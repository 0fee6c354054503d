/** What stands on the way in: signing in, the first start, the PIN on a tablet, and the screen of a wall that nobody knows yet. */
import type { Role } from "../clinic/rights.ts";

/** What a person with a role is called. */
export const roleWords: Readonly<Record<Role, string>> = {
  admin: "Administrator",
  physiotherapist: "Physiotherapist",
  assistant: "Assistant",
};

/** "1 s", "2 min 05 s": how long it is until something may be tried again. */
const wait = (s: number): string =>
  s < 100 ? `${s} s` : `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;

export const wayInWords = {
  title: "Sign in",
  login: "Login",
  loginHint: "The short name that an administrator gave you",
  password: "Password",
  signIn: "Sign in",
  signingIn: "Signing in …",
  withPassword: "Sign in with a password",
  withPin: "People on this tablet",
  withPinWhy: "Tap your name, then type your PIN.",
  noPin: "no PIN yet",
  demoPins: "Demonstration: every PIN is 1234.",
  lockedFor: (s: number): string => `Too many wrong tries. You can try again in ${wait(s)}.`,
  tryAgain: "You can try again now.",
  cuffsGoOn:
    "Nobody has to sign in to answer an alarm: on a tablet that the clinic knows, tapping a name is enough.",
  toFloor: "Answer alarms without signing in",
  notSetUp: "This server is not set up yet",
  notSetUpWhat:
    "Open the link that was printed when the server was started: it ends in /setup?token=… and works once. Whoever can see the server’s window or its log finds it there. Starting the server again prints a new one.",

  pinOf: (name: string): string => `PIN of ${name}`,
  pin: "PIN",
  digits: (n: number): string => `${n} of 4 to 8 digits`,
  enter: "OK",
  back: "Delete the last digit",
  other: "Somebody else",
  pinTooShort: "A PIN has 4 digits at least.",
  asUnverified: "Go on without the PIN",
  asUnverifiedWhy: "Recorded as unverified",

  who: "Who are you?",
  whoWhy: "Tap your name, then type your PIN.",
  whoUnverified: "Without a PIN you are not signed in: what you answer is recorded as unverified.",
  actWhy: "Your name goes with what you answer. You are not signed in: recorded as unverified.",
  rightTitle: "Who does this?",
  rightWhy: "This is recorded under the name of whoever is signed in. Tap your name, then type your PIN.",
  rightMissing: (name: string): string =>
    `${name} may not do this. Somebody with the right to do it has to sign in.`,
  nobodyWithPin:
    "Nobody here has a PIN yet. Sign in with a password, or let an administrator set one in Setup > Staff.",
  signedIn: (name: string): string => `${name} is signed in`,
  unverified: "not signed in",
  lock: "Lock",
  lockWhy: "Once locked nobody is: the class stays on the screen, and alarms can still be answered.",
  signOut: "Sign out",
  pairWall: "Let a wall or tablet in",
  otherPages: "Patients, plans and more",
  lockFailed: "This tablet could not be locked: the server does not answer. Try again.",
  close: "Close",

  unencrypted:
    "Not encrypted: others on this network can read what is sent here, passwords and names included.",

  start: {
    demo: "This is a demonstration. Sign in as anybody with the PIN 1234 to see patients, plans, the alarm log and the setup.",
    hello: (name: string): string => `Hello, ${name}`,
    cards: {
      "sign-in": ["Sign in", "With a password, or with your PIN on a tablet of the clinic"],
      wall: ["Wall", "For the screen in the room, read from across it"],
      floor: ["Floor", "For the tablet or phone in your hand: the class, and every alarm"],
      patients: ["Patients", "Who trains, their screening and what they were told"],
      plans: ["Plans", "Exercises, pressures and limits, from presets or your own"],
      sessions: ["Sessions", "What was recorded, to be replayed, and what is under way"],
      summary: ["Summary", "Sessions, restricted time, alarms and response times of classes and clinic"],
      "follow-up": ["Follow-up", "Who is to be asked how it went, the next day and after 72 h"],
      alarms: ["Alarm log", "What was raised, who went, and how noisy it was"],
      cuffs: ["Cuffs", "Pair, name and check them"],
      setup: ["Setup", "Staff, walls and tablets, limits, the clinic"],
    },
  },
  pairing: {
    title: "Cuffwatch wall",
    code: "Code of this screen",
    how: "Let this screen in",
    steps: [
      "On a tablet or computer on which you are signed in, open Setup > Walls and tablets.",
      "Type this code and give the screen a name.",
    ],
    address: (host: string): string => `${host}/setup/screens`,
    then: "The class appears here by itself.",
    left: (s: number): string => `This code can be used for ${wait(Math.max(0, s))} more`,
    asking: "Asking the server for a code …",
    noServer: "The server does not answer. A code appears here as soon as it does.",
    refused: "The server gives no code",
    confirmed: "Let in. The class appears …",
    shutOut: "This screen was taken out of the class",
    shutOutWhat: "It shows no patient and sounds no alarm. Watch the class on another screen.",
    quiet: "I have seen it: be quiet",
    notSetUp: "The clinic has not been set up yet. Do that first, then let this screen in.",
  },

  shutOut: "This browser is not let in any more",
  shutOutWhat:
    "It shows no patient and sounds no alarm. Watch the class on another screen, or sign in again here.",
  wallHere: "This screen is paired as a wall",
  wallHereWhat:
    "A wall shows the class and answers nothing. Sign in to use this browser as a tablet, or open the wall.",
  toWall: "Open the wall",
} as const;

/** The first start, in three short steps. */
export const firstStartWords = {
  title: "Set up Cuffwatch",
  lead: "About a minute. Everything can be changed later.",
  isNot:
    "Cuffwatch supports supervision. It replaces neither the cuff’s own limits nor a person who watches, and it is no medical device.",
  you: "You",
  youWhy: "You become the first administrator and physiotherapist of this clinic.",
  name: "Your name, as others see it",
  nameHint: "Such as Aidan R.",
  login: "Login",
  loginHint: "Small letters, digits, . _ @ and -, such as aidan",
  password: "Password",
  passwordHint: "8 characters at least; a sentence is a good one",
  pin: "PIN (4 to 8 digits)",
  pinHint: "Signs you in quickly on a shared tablet; you can leave it out",
  clinic: "Your clinic",
  clinicName: "Name of the clinic",
  room: "Room of the classes",
  roomHint: "It stands on the wall; more rooms can be added later",
  go: "Set up",
  going: "Setting up …",
  done: (clinic: string): string => `${clinic} is set up`,
  doneWhy: "You are signed in. What next?",
  next: {
    cuff: ["Add a cuff", "Its name, and the credentials by which it connects"],
    patient: ["Add a patient", "Who trains, and what they were told"],
    wall: ["Let a wall in", "The screen in the room, by the code that it shows at /wall"],
    floor: ["Open the floor", "The class on the tablet or phone in your hand"],
  },
  demo: "Only looking? Stop this server and run",
  demoCommand: "npm run demo",
  demoWhat: "a whole class with simulated cuffs, in a folder of its own.",
  noToken: "The link is not complete",
  noTokenWhat:
    "Use the whole link that was printed when the server was started: it ends in /setup?token=… Starting the server again prints a new one.",
  signIn: "Sign in",
  used: "This clinic is set up already",
  usedWhat:
    "The link works once, and it was used. Sign in with the login and password that were chosen then.",
  wrongToken: "This link does not work",
  wrongTokenWhat:
    "Each start of the server prints a new link, and the older ones end. Use the newest, or start the server again.",
} as const;
