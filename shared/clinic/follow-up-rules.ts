/** When a follow-up is due, what its answers mean, and when it stands in the way of the next session (docs/clinical.md). */
import { type FollowUp, type FollowUpKind, type FollowUpQuestion, followUpQuestions } from "./follow-up.ts";

const hourMs = 3_600_000;

/**
 * Next day: after 16 h, so that whoever trained in the evening is on the list when the clinic opens. 72 hours: then, and not before,
 * since rhabdomyolysis may show as late as that.
 */
const dueAfterMs: Readonly<Record<FollowUpKind, number>> = {
  "next-day": 16 * hourMs,
  "72-hours": 72 * hourMs,
};

/** After a day on the list nobody may have asked at all: it moves from what is to be asked to what was missed. */
const missingAfterMs = 24 * hourMs;

/** When it is to be asked, by the wall clock, where the session ended at `endedAt`. */
export const dueAt = (kind: FollowUpKind, endedAt: number): number => endedAt + dueAfterMs[kind];

export type FollowUpState = "waiting" | "due" | "missing" | "answered" | "red" | "cleared";

type Answers = Readonly<Partial<Record<FollowUpQuestion, "yes" | "no">>>;
const asked = Object.keys(followUpQuestions) as FollowUpQuestion[];

/** What was answered with yes that has to be seen by a doctor the same day. */
export const redAnswers = (answers: Answers): readonly FollowUpQuestion[] =>
  asked.filter((q) => followUpQuestions[q].red && answers[q] === "yes");

/** What was answered with yes, red or not. */
export const yesAnswers = (answers: Answers): readonly FollowUpQuestion[] =>
  asked.filter((q) => answers[q] === "yes");

/**
 * How a follow-up stands at `now` (wall clock). A clearance counts for what was known when it was given: red answers that come after it are
 * red again.
 */
export const followUpState = (
  { dueAt: due, answered, cleared }: Pick<FollowUp, "dueAt" | "answered" | "cleared">,
  now: number,
): FollowUpState => {
  if (answered !== null && redAnswers(answered.answers).length > 0)
    return cleared !== null && cleared.at >= answered.at ? "cleared" : "red";
  if (cleared !== null) return "cleared";
  if (answered !== null) return "answered";
  if (now < due) return "waiting";
  return now < due + missingAfterMs ? "due" : "missing";
};

/**
 * Whether the next session has to wait. What is due blocks from that moment, not only once it is missing: the patient who has come
 * can be asked on the spot, with one tap where all is well, and nobody goes under a cuff on top of damage that was not asked for.
 */
export const blocks = (state: FollowUpState): boolean => {
  switch (state) {
    case "due":
    case "missing":
    case "red":
      return true;
    case "waiting":
    case "answered":
    case "cleared":
      return false;
  }
};
