/** The alarms of a session as rows of its report, each with what was measured and who answered. */
import type { History } from "../alarm/history.ts";
import type { Priority } from "../alarm/policy.ts";
import type { CuffId } from "../ids.ts";
import type { Account } from "../recording/account.ts";
import type { Monotonic } from "../units.ts";
import { lasting } from "./duration.ts";
import { readingText } from "./log-line.ts";
import { reportWords as words } from "./report-words.ts";
import { conditionName } from "./words.ts";

export type AlarmRow = Readonly<{
  /** As it stands beside the trace, from 1. */
  number: number;
  at: Monotonic;
  cuff: CuffId | null;
  priority: Priority;
  time: string;
  name: string;
  reading: string;
  cuffName: string;
  lasted: string;
  answer: string;
}>;

type Shown = Readonly<{ clock: (at: Monotonic) => string; cuffName: (cuff: CuffId) => string }>;

/** What reminds of a release that is due soon is no alarm that anybody has to answer for. */
export const alarmRows = ({ alarms }: Account, { clock, cuffName }: Shown): readonly AlarmRow[] =>
  alarms
    .filter(({ condition }) => condition !== "release-soon")
    .map((history, i) => {
      const { condition, priority, cuff, raised, present, transitions } = history;
      const [first] = transitions;
      return {
        ...{ number: i + 1, at: raised.at, cuff, priority, time: clock(raised.at) },
        name: conditionName[condition],
        reading: first?.kind === "raised" ? readingText({ condition, ...first }) : "",
        cuffName: cuff === null ? words.nothing : cuffName(cuff),
        lasted: lasting(present),
        answer: answerOf(history),
      };
    });

const rank: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2 };

/** As many as there is room for, the most urgent ones, in the order of their numbers. */
export const mostUrgent = (rows: readonly AlarmRow[], most: number): readonly AlarmRow[] =>
  rows
    .toSorted((a, b) => rank[a.priority] - rank[b.priority] || a.number - b.number)
    .slice(0, most)
    .toSorted((a, b) => a.number - b.number);

const answerOf = ({ response, transitions, state }: History): string => {
  const [answered] = transitions.flatMap((t) => (t.kind === "acknowledged" ? [t] : []));
  if (answered === undefined || response === null)
    return state === "closed" ? words.endedByItself : words.unanswered;
  const by = answered.verified ? answered.by : `${answered.by} (${words.notSignedIn})`;
  return words.answeredBy(by, lasting(response));
};
