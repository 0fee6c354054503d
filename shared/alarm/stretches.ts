/** How urgent an occurrence was from one moment to the next, for as long as its condition was there. */
import { after, earlier, type Monotonic } from "../units.ts";
import type { History } from "./history.ts";
import type { Priority } from "./policy.ts";

export type PriorityStretch = Readonly<{ from: Monotonic; to: Monotonic; priority: Priority }>;

/** In the order of time, without gaps, at least one; two that follow each other differ in priority. */
export const stretchesOf = ({
  raised,
  present,
  priority,
  transitions,
}: History): readonly PriorityStretch[] => {
  const end = after(raised.at, present);
  const found: PriorityStretch[] = [];
  for (const t of transitions) {
    if (t.kind !== "raised" && t.kind !== "changed") continue;
    const last = found.at(-1);
    if (last?.priority === t.priority) continue;
    const at = earlier(t.at, end);
    if (last !== undefined) found[found.length - 1] = { ...last, to: at };
    found.push({ from: at, to: end, priority: t.priority });
  }
  return found.length > 0 ? found : [{ from: raised.at, to: end, priority }];
};
