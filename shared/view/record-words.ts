/** What the clinic's records say to people: refusals and remarks, in sentences. */
import type { FollowUpKind } from "../clinic/follow-up.ts";

/** What can be asked for by its id. */
export type RecordName = "patient" | "plan" | "limb occlusion pressure" | "follow-up" | "cuff";

export const recordWords = {
  unreadable: (why: string) => `The records cannot be read: ${why}`,
  unwritable: (why: string) => `Nothing was saved: ${why}`,
  none: (what: RecordName) => `There is no such ${what}. Somebody may have removed it.`,
  changedMeanwhile: (by: string) => `${by} has changed this meanwhile. Look at it as it is now, then decide.`,
  goneMeanwhile: "Somebody has removed this meanwhile.",
  takenElsewhere: "Another record has this already.",
  numberTaken: "Another patient has this record number.",
  noSuchPatient: "there is no such patient",
  twice: (what: string) => `${what} stands there twice`,
  future: "lies in the future",
  cursor: "must be the `next` of the page before, as it was given",

  patientInClass: "This patient is in the class. Finish the session first.",
  planInClass: "This plan is being carried out in the class. Finish the session first.",
  lopInClass: "This limb occlusion pressure is in use in the class. Finish the session first.",
  patientHeld: (reason: string): string =>
    `What is known of this patient is held (${reason}). An administrator lifts the hold first.`,
  patientTreated: "There is a record of this patient's treatment, so the patient cannot be removed.",

  nothingRed: "No answer is red, so there is nothing to set aside.",

  lopNotForBorn: "an estimate goes by age: write the date of birth into the patient's record first",
  lopNotForSex: "an estimate goes by sex: write it into the patient's record first",
  lopOtherAge: (age: number) => `the patient was ${age} years old then`,
  lopOtherSex: (sex: string) => `the patient's record says ${sex}`,
  lopFrom: "say what the estimate was made from",
  lopFromOnly: "only an estimate is made from these",
  lopEstimate: (mmhg: number) => `the formula gives ${mmhg} mmHg`,
  noEstimate: {
    arm: "the formula is for the thigh; an arm's has to be measured",
    "narrow-cuff": "for a narrow cuff there is no estimate; it has to be measured",
    "other-width": "the formula is for a cuff 18 cm wide; it has to be measured",
  },
  targetOverCap: (target: number, cap: number) =>
    `the target of ${target} mmHg is not under the clinic's own cap of ${cap} mmHg`,

  redStands: "A red answer stands until a physiotherapist has cleared it.",
  answeredAlready: (by: string) =>
    `${by} has recorded answers already. Look at them first; to correct them, say which version you have seen.`,
  nothingToClear: "Neither a red nor a missing answer is there to be cleared.",
  followUpEvent: (kind: FollowUpKind, red: readonly string[]) =>
    `Follow-up ${kind === "next-day" ? "the next day" : "after 72 hours"}: ${red.join("; ")}.`,

  classFile: "the class file",
  pressureOfClassFile:
    "Taken from the class file, which says neither when nor in which posture nor with which cuff it was measured. Check it before you rely on it.",
  demoExplanation:
    "A demonstration: the cuff holds back part of the blood for a few minutes. The limb feels tight and tired. Pain, numbness, a cold limb, dizziness: say so at once, and the cuff is released.",
  rosterStale: "the class could not be told of a change in the records",
} as const;
