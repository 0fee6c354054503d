/** What the page of the cuffs says, and what the server answers about them. */
import type { CuffsLive, TurnedAway } from "../clinic/cuff-live.ts";
import { millis } from "../units.ts";
import { lasting } from "./duration.ts";

/** How simulated cuffs are started against this broker, down at first; `address` is null before it is known. */
const simulatedCuffs = (address: string | null): string => {
  const isUsual = address === null || address === "mqtt://127.0.0.1:1883";
  return `npm run cuffs -- --scenario ready${isUsual ? "" : ` --url ${address}`}`;
};

export const cuffWords = {
  // What the server answers.
  nameTaken: "Another cuff has this name already. Two cuffs of one name would be taken for one.",
  inUse: (what: string, station: string): string =>
    `This cuff is in the class, at station ${station}: ${what} once it is down and its patient has finished.`,
  inflated: (what: string): string => `This cuff is inflated: ${what} once it is down.`,
  firstWhileInflated: (cuffs: readonly string[]): string =>
    `The first credentials put out whatever is connected without, and ${cuffs.join(", ")} ${cuffs.length === 1 ? "is" : "are"} inflated: make them once every cuff is down. Release ${cuffs.length === 1 ? "it, or say on the floor that it is" : "them, or say on the floor that they are"} off.`,
  removeIt: "remove it",
  renameIt: "change its name",
  remapIt: "change where its numbers come from",
  retireIt: "take it out of use",
  toFloor: "To the floor",
  makeCredentials: "make new credentials",
  revokeCredentials: "revoke its credentials",
  renameNeedsNoCredentials:
    "Its credentials are for its present name. Revoke them, change the name, and make new ones.",
  retiredHasNone: "This cuff is out of use. Take it into use again before you make credentials for it.",
  noCredentials: "This cuff has no credentials.",
  notInForce: (why: string): string =>
    `This is written, but does not hold yet: the cuffs could not be read again (${why}). Restart the server.`,
  tooManyPreviews: "Too many topics are being looked at. Wait a minute, and try again.",

  // What the page says.
  title: "Cuffs",
  add: "Add a cuff",
  empty: "No cuff is registered yet.",
  emptyWhat:
    "Switch a cuff on and point it at the broker below. It appears here as soon as it speaks; then add it, and give it credentials of its own.",
  emptyTry: (address: string | null): string =>
    `Without a cuff at hand, simulated ones speak the same language, and stay down until you press Enter: ${simulatedCuffs(address)}`,
  broker: "Broker",
  brokerAt: (addresses: readonly string[], site: string): string =>
    `${addresses.join(" or ")}, site “${site}”`,
  outOfReach: "Cuffs on the network cannot reach this address: start the server with --mqtt-host 0.0.0.0",
  brokerAway: "The broker is away: nothing is heard.",
  strangersMayIn: "Any program on this machine can connect as a cuff until the first cuff is paired.",
  strangersMayNot: "Only cuffs with credentials are let in.",
  externalDecides:
    "This broker decides by itself who is let in. Its files are in the data folder, under mosquitto.",
  lost: (since: string): string =>
    `The server does not answer. What stands here was heard ${since} ago and longer.`,
  heard: "Heard",
  ago: (time: string): string => `${time} ago`,
  /** How long ago something was heard, in milliseconds. */
  sinceHeard: (ms: number): string => (ms < 2000 ? "just now" : `${lasting(millis(ms))} ago`),
  never: "never",
  offline: "says it is offline",
  pressure: (mmhg: number): string => `${mmhg} mmHg`,
  battery: "Battery",
  firmware: "Firmware",
  model: "Model",
  calibration: "Calibration",
  place: "Place",
  station: (station: string, patient: string): string => `Station ${station}, ${patient}`,
  noStation: "in no class",
  isInflated: "inflated",
  unknown: "unknown",
  simulated: "SIMULATED",
  retired: "out of use",
  quality: {
    full: "full",
    basic: "basic",
    none: "not heard yet",
  },
  qualityWhat: {
    full: "speaks the contract: own clock, phases, sequence",
    basic: "says plain numbers; the server times it by itself",
    none: "nothing was heard of it yet",
  },
  paired: (when: string, by: string): string => `Paired ${when} by ${by}`,
  notPaired: "No credentials",
  pair: "Pair",
  pairAnew: "New credentials",
  revoke: "Revoke",
  identify: "Identify",
  identified: "Sent. Look for the cuff that blinks.",
  edit: "Change",
  strangers: "Heard, and not registered",
  strangersWhat: "These speak under names that no cuff here has. Add each that is yours.",
  register: "Add",
  turnedAway: "Not let in",
  turnedAwayLine: (user: string | null, why: string, from: string, count: number): string =>
    `${user === null ? "Somebody" : `“${user}”`} ${why}, from ${from}${count > 1 ? `, ${count} times` : ""}`,

  // The form.
  addTitle: "Add a cuff",
  editTitle: (name: string): string => `Change ${name}`,
  name: "Name on the label",
  nameHint: "As people read it: “Thigh, large, red”.",
  cuff: "Name in its topics",
  cuffHint: "1 to 32 of a-z, 0-9 and -. It is also its user name.",
  width: "Width in cm",
  widthHint: "The limb occlusion pressure depends on it.",
  serial: "Serial number",
  due: "Calibration due",
  speaks: "How it speaks",
  speaksFull: "The cuffs’ contract (bfr/v1/…)",
  speaksBasic: "Plain numbers (ESPHome, Tasmota, a gateway)",
  outOfUse: "Out of use",
  outOfUseHint: "It keeps its place in the records, and is let in no more.",
  remove: "Remove this cuff",
  removeSure: "Remove it for good?",
  keep: "Keep it",
  fieldsWrong: (count: number): string =>
    count === 1 ? "Nothing was saved: one field is wrong." : `Nothing was saved: ${count} fields are wrong.`,
  showPresent: "Show what stands there now",

  // Plain numbers.
  topic: "Topic",
  topicHint: "The whole topic, as the cuff publishes it.",
  path: "Place in the JSON",
  pathHint: "Keys joined by dots, such as BMP280.Pressure; empty where the message is the number itself.",
  unit: "Unit",
  interval: "A value every … ms",
  intervalHint: "1000 at most. After three without a value, and 3 s at least, the cuff counts as silent.",
  topicsHeard: "Heard in the last minutes",
  noTopics: "Nothing yet outside the contract. Switch the cuff on.",
  notAllowedYet: (cuff: string): string => `from ${cuff}, let through once this is saved`,
  preview: "What arrives",
  previewEmpty: "Name a topic, or choose one that is heard.",
  previewFine: (time: string): string => `This can be supervised: a value every ${time}.`,

  // Pairing.
  pairTitle: (name: string): string => `Credentials for ${name}`,
  pairWhat:
    "The server makes a password for this cuff alone. It is shown once: type it into the cuff, or scan the code.",
  pairAnewWhat:
    "This cuff has credentials. New ones make the old void at once and end its connection: it stays silent until the new ones are in it.",
  pairFirst:
    "These are the first credentials here. From now on only cuffs with credentials are let in; whatever is connected without is put out.",
  make: "Make credentials",
  revokeWhat: "Revoking ends its connection at once. It is let in again only with new credentials.",
  user: "User name",
  password: "Password",
  address: "Broker",
  site: "Site",
  once: "The password is not shown again once this is closed.",
  copy: "Copy all",
  copied: "Copied",
  copyByHand: "The text is marked: copy it with the keyboard or a long press.",
  qr: (name: string): string => `QR code with the credentials of ${name}`,
  simulatedTakes:
    "A simulated cuff takes it at its next start; those of several stand between the same quotes, with spaces:",
  simulatedStart: (user: string, password: string, address: string | null): string =>
    `CUFF_PASSWORDS="${user}=${password}" ${simulatedCuffs(address)}`,
  done: "I have it",
} as const;

/** When a calibration is due, in words that do not need a colour; days as in "2026-03-01". */
export const calibrationLine = (
  due: string | null,
  today: string,
): Readonly<{ text: string; overdue: boolean }> => {
  if (due === null) return { text: "no date", overdue: false };
  if (due < today) return { text: `overdue since ${due}`, overdue: true };
  return { text: `due ${due}`, overdue: false };
};

/** Why somebody was not let in, as a person reads it. */
export const whyTurnedAway = (why: TurnedAway["why"]): string => {
  switch (why) {
    case "no-credentials":
      return "gave no user name";
    case "unknown":
      return "gave a user name that no cuff here has credentials for";
    case "wrong-password":
      return "gave a wrong password";
    case "too-many":
      return "came with too many at once";
  }
};

/** Whether the server's own broker can be reached from its own machine alone; another broker's address is not the server's to change. */
export const isOutOfReach = ({ kind, addresses }: CuffsLive["broker"]): boolean =>
  kind === "embedded" && addresses.every((address) => /^mqtts?:\/\/(127\.|localhost:|\[::1\])/.test(address));
