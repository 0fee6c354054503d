/** How the figures of a summary read. */
import type { Summary, Summed } from "../../shared/clinic/summary.ts";
import { millis } from "../../shared/units.ts";
import { lasting } from "../../shared/view/duration.ts";
import { priorityWord } from "../../shared/view/log-words.ts";
import { summaryWords as words } from "../../shared/view/progress-words.ts";

export const priorities = ["high", "medium", "low"] as const;

export const alarmsIn = ({ responses }: Pick<Summed, "responses">): number =>
  priorities.reduce((all, priority) => all + responses[priority].raised, 0);

/** "2 / 5 / 1": high, medium and low. */
export const byPriority = ({ responses }: Pick<Summed, "responses">): string =>
  priorities.map((priority) => responses[priority].raised).join(" / ");

/** "12 s"; a dash where nobody answered. */
export const timeText = (ms: number | null): string => (ms === null ? words.unknown : lasting(millis(ms)));

/** "1 serious, 2 mild"; "" where there was none. */
export const eventsText = ({ adverseEvents }: Pick<Summed, "adverseEvents">): string =>
  (["serious", "moderate", "mild"] as const)
    .flatMap((severity) =>
      adverseEvents[severity] === 0 ? [] : [`${adverseEvents[severity]} ${words.eventCounts[severity]}`],
    )
    .join(", ");

type OneClass = Summary["classes"][number];

/** The priorities of which there were alarms, with how soon they were answered: "Low: 30 s, 1 min 2 s". */
export const timesOf = ({ responses }: Pick<OneClass, "responses">): readonly string[] =>
  priorities.flatMap((priority) => {
    const { raised, medianMs, p90Ms } = responses[priority];
    return raised === 0 ? [] : [`${priorityWord[priority]}: ${timeText(medianMs)}, ${timeText(p90Ms)}`];
  });

/** What a row of the table says of a class, each in a line that needs no head above it. */
export const cardLines = (one: OneClass): readonly string[] => {
  const { card } = words;
  const name = (priority: (typeof priorities)[number]): string => priorityWord[priority].toLowerCase();
  const answered = priorities.flatMap((priority) => {
    const { raised, medianMs, p90Ms } = one.responses[priority];
    if (raised === 0) return [];
    return medianMs === null
      ? [card.nobody(name(priority))]
      : [card.answeredIn(name(priority), timeText(medianMs), timeText(p90Ms))];
  });
  const events = eventsText(one);
  return [
    card.done(one.sessions, one.patients),
    card.restricted(lasting(millis(one.restrictedMs))),
    card.alarms(alarmsIn(one) === 0 ? ["0"] : priorities.map((p) => `${name(p)} ${one.responses[p].raised}`)),
    ...(answered.length === 0 ? [] : [card.answered(answered)]),
    card.early(one.outcomes["stopped-early"]),
    card.events(events === "" ? "0" : events),
  ];
};
