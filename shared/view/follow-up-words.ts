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
