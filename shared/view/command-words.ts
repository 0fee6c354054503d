/** What a person is told whose command cannot be carried out, whatever the class is like: who may give it, and whether it reaches a cuff. */
const noBroker = "There is no broker, so this cuff cannot be reached.";
const unheard = "This cuff has not been heard since it was switched on.";

export const commandWords = {
  malformed: (what: string): string => `This screen asked for something unknown (${what}). Reload it.`,
  wallOnlyShows: "A wall only shows. Use a tablet.",
  notKnown: "This browser is not known here. Sign in.",
  signInFirst: "Sign in for this. Alarms, releases and notes go by a tapped name.",
  mayNot: "You may not do this. Ask somebody who may, or an administrator for the right.",
  notStaff: "Nobody of that name is on the staff of this class.",
  restarted: "The server was restarted meanwhile: look at the screen again, then decide.",
  tooLate: "This came too late to be acted on: look at the screen again, then decide.",
  noSound: "No screen has its sound on. Tap a wall first.",
  noBroker,
  noBrokerToRelease: `${noBroker} Loosen it by hand.`,
  unheard,
  unheardToRelease: `${unheard} Loosen it by hand.`,
  noSuchCuff: "There is no cuff of that name here.",
  cannotIdentify: "This cuff cannot show which one it is. Go by its label.",
} as const;
