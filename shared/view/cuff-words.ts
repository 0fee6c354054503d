/** What the page of the cuffs says, and what the server answers about them. */
import type { TurnedAway } from "../clinic/cuff-live.ts";

export const cuffWords = {
  // What the server answers.
  nameTaken: "Another cuff has this name already. Two cuffs of one name would be taken for one.",
  inUse: (what: string, station: string): string =>
    `This cuff is in the class, at station ${station}: ${what} once it is down and its patient has finished.`,
  inflated: (what: string): string => `This cuff is inflated: ${what} once it is down.`,
  removeIt: "remove it",
  renameIt: "change its name",
  remapIt: "change where its numbers come from",
  retireIt: "take it out of use",
  makeCredentials: "make new credentials",
  revokeCredentials: "revoke its credentials",
  renameNeedsNoCredentials:
    "Its credentials are for its present name. Revoke them, change the name, and make new ones.",
  retiredHasNone: "This cuff is out of use. Take it into use again before you make credentials for it.",
  noCredentials: "This cuff has no credentials.",
  notInForce: (why: string): string =>
    `This is written, but does not hold yet: the cuffs could not be read again (${why}). Restart the server.`,
  unheard: "This cuff has not been heard since it was switched on.",
  noBroker: "There is no broker, so the cuff cannot be reached.",
  tooManyPreviews: "Too many topics are being looked at. Wait a minute, and try again.",
} as const;

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
