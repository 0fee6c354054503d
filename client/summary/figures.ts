/** How the figures of a summary read. */
import type { Summed } from "../../shared/clinic/summary.ts";
import { millis } from "../../shared/units.ts";
import { lasting } from "../../shared/view/duration.ts";
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
