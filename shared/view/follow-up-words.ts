/** What stands on the page of follow-ups and adverse events, and what is said to a patient whose answer is red. */
import type { AdverseEvent, FollowUpKind } from "../clinic/follow-up.ts";
import type { FollowUpState } from "../clinic/follow-up-rules.ts";

export const followUpWords = {
  kinds: { "next-day": "Next day", "72-hours": "72 hours" } satisfies Record<FollowUpKind, string>,
  states: {
    waiting: "not due yet",
    due: "to be asked",
    missing: "missed",
    answered: "answered",
    red: "red",
    cleared: "cleared",
  } satisfies Record<FollowUpState, string>,
  /** Said for every red answer, whoever asks. */
  advice:
    "Seek care the same day: a doctor or the emergency department, not the next appointment. Short of breath or chest pain: call an ambulance. Say that the limb was trained under a pressure cuff, and when.",
  severities: { mild: "Mild", moderate: "Moderate", serious: "Serious" } satisfies Record<
    AdverseEvent["severity"],
    string
  >,
} as const;

export const followUpPageWords = {
  title: "Follow-up",
  due: "To be asked now",
  dueNone: "Nobody has to be asked now.",
  red: "Red answers",
  redNone: "No red answer is open.",
  waiting: "Later",
  earlier: "Answered or cleared",
  none: "No follow-up yet.",
  dueSince: (when: string): string => `due ${when}`,
  blocks: "Blocks the next session.",
  allNo: "No to everything",
  allNoFor: (patient: string): string => `No to everything for ${patient}`,
  ask: "Ask each",
  askFor: (patient: string): string => `Ask ${patient} each question`,
  remark: "Remark",
  save: "Save the answers",
  noToTheRest: "No to the rest",
  answeredBy: (when: string, by: string): string => `answered ${when}, ${by}`,
  yesTo: "Yes to",
  noToAll: "No to everything",
  advice: "Red answer",
  clearWhat: "A red or missing answer blocks the next session until a physiotherapist has looked into it.",
  clear: "Clear",
  clearFor: (patient: string): string => `Clear the follow-up of ${patient}`,
  clearReason: "What was found, and why the next session may be done",
  clearSave: "Clear it",
  clearedBy: (when: string, by: string, reason: string): string => `cleared ${when}, ${by}: ${reason}`,
  unknownPatient: "A patient whose record is gone",
  yes: "yes",
  no: "no",

  events: "Adverse events",
  eventsNone: "None recorded.",
  addEvent: "Record an adverse event",
  eventPatient: "Patient",
  eventSearch: "Search a patient by name or number",
  eventChange: "Another patient",
  eventWhat: "What happened",
  eventSeverity: "How serious",
  eventDone: "What was done",
  eventAt: "When",
  eventSave: "Save the event",
  eventLine: (when: string, by: string): string => `${when}, recorded by ${by}`,
} as const;
