/** The alarms of a session as rows of its report, each with what was measured and who answered. */
import type { History } from "../alarm/history.ts";
import { countsAsAlarm, type Priority } from "../alarm/policy.ts";
import type { CuffId } from "../ids.ts";
import type { Account } from "../recording/account.ts";
import type { Millis, Monotonic } from "../units.ts";
import { lasting } from "./duration.ts";
import { readingText } from "./log-line.ts";
import { priorityWord } from "./log-words.ts";
import { reportWords as words } from "./report-words.ts";
import { conditionName } from "./words.ts";

export type AlarmRow = Readonly<{
  /** As it stands beside the trace, from 1. */
  number: number;
  at: Monotonic;
  cuff: CuffId | null;
  priority: Priority;
  /** The word of the highest priority that it had, and from when where it rose to it. */
  urgency: string;
  time: string;
  name: string;
  reading: string;
  cuffName: string;
  lasted: string;
  answer: string;
}>;

type Shown = Readonly<{ clock: (at: Monotonic) => string; cuffName: (cuff: CuffId) => string }>;

export const alarmRows = ({ alarms }: Account, { clock, cuffName }: Shown): readonly AlarmRow[] =>
  alarms
    .filter(({ condition }) => countsAsAlarm(condition))
    .map((history, i) => {
      const { condition, priority, cuff, raised, present, transitions } = history;
      const [first] = transitions;
      return {
        ...{ number: i + 1, at: raised.at, cuff, priority, time: clock(raised.at) },
        name: conditionName[condition],
        urgency: urgencyOf(history, clock),
        reading: first?.kind === "raised" ? readingText({ condition, ...first }) : "",
        cuffName: cuff === null ? words.nothing : cuffName(cuff),
        lasted: lasting(present),
        answer: answerOf(history),
      };
    });

/** What only reminded of a release, in a sentence, with who answered; "" where nothing did. */
export const reminderLine = ({ alarms }: Account): string => {
  const reminders = alarms.filter(({ condition }) => !countsAsAlarm(condition));
  if (reminders.length === 0) return "";
  const answered = reminders.filter(({ response }) => response !== null);
  const by = new Set(answered.flatMap((history) => answerIn(history)?.by ?? []));
  return words.reminders(reminders.length, {
    besides: reminders.length < alarms.length,
    ...{ answered: answered.length, by: [...by] },
  });
};

const rank: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2 };

/** As many as there is room for, the most urgent ones, in the order of their numbers. */
export const mostUrgent = (rows: readonly AlarmRow[], most: number): readonly AlarmRow[] =>
  rows
    .toSorted((a, b) => rank[a.priority] - rank[b.priority] || a.number - b.number)
    .slice(0, most)
    .toSorted((a, b) => a.number - b.number);

const urgencyOf = ({ priority, transitions }: History, clock: Shown["clock"]): string => {
  const [first] = transitions.flatMap((t) =>
    (t.kind === "raised" || t.kind === "changed") && t.priority === priority ? [t] : [],
  );
  const word = priorityWord[priority];
  return first?.kind === "changed" ? words.priorityFrom(word, clock(first.at)) : word;
};

const answerOf = (history: History): string => {
  const answer = answerIn(history);
  if (answer === null) return history.state === "closed" ? words.endedByItself : words.unanswered;
  return words.answeredBy(answer.by, lasting(answer.after));
};

/** Who answered first, and how long after it was raised; null where nobody did. */
const answerIn = ({ response, transitions }: History): Readonly<{ by: string; after: Millis }> | null => {
  const [answered] = transitions.flatMap((t) => (t.kind === "acknowledged" ? [t] : []));
  if (answered === undefined || response === null) return null;
  return { by: answered.verified ? answered.by : `${answered.by} (${words.notSignedIn})`, after: response };
};
