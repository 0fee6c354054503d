/** What the server says to whoever wants to come in. */
import { wayInWords } from "./way-in-words.ts";

export const doorWords = {
  tabletOf: (name: string): string => `Tablet of ${name}`,
  setupDone:
    "This link has been used, or belongs to an earlier start. The newest one stands where the server was started.",
  alreadySetUp: "This server has been set up. Sign in.",
  wrongPassword: "The name or the password is wrong.",
  wait: wayInWords.lockedFor,
  busy: "Too many people sign in at once. Try again in a moment.",
  wrongPin: (name: string, left: number): string =>
    left === 0
      ? `That is not the PIN of ${name}. On this tablet the password is needed now.`
      : `That is not the PIN of ${name}. ${left} ${left === 1 ? "try is" : "tries are"} left on this tablet.`,
  pinLocked: (name: string): string =>
    `Too many wrong PINs for ${name} on this tablet. Sign in with the password here once; then the PIN works again.`,
  noPin: (name: string): string => `${name} has no PIN. Sign in with the password, then choose one.`,
  noSuchPerson: "Nobody of that name works here.",
  notATablet: "A PIN works only on a tablet that the clinic knows. Sign in with the password.",
  taken: {
    login: "somebody else signs in by this name",
    name: "somebody else is called that; alarms are answered by name, so each has to be another",
  },
  lastAdministrator: "somebody has to stay administrator, or nobody could let people in any more",
  ownOnly: "You may change your own; another's only as an administrator.",
  noPerson: "There is nobody of this id on the staff.",
  noDevice: "There is no wall or tablet of this id.",
  changed: "Somebody else has changed this meanwhile.",
  notStored: (why: string): string => `This could not be stored: ${why}`,
  revokedUntilRestart:
    "It is shut out now, but that could not be stored: after a restart of the server it would be let in again.",
  tooManyPairings: "Too many screens ask to be let in at once. Try again in a few minutes.",
  noSuchCode: "no screen shows this code now; a code is good for ten minutes",
  mayNotPair: "Only a physiotherapist or an administrator may let a screen in.",
} as const;
