/** What would have been raised otherwise: occurrences as they were, held against those of the same recording judged again. */
import type { History } from "../alarm/history.ts";
import type { Priority } from "../alarm/policy.ts";
import { type PriorityStretch, stretchesOf } from "../alarm/stretches.ts";
import { after, between, type Millis, millis } from "../units.ts";

export type Difference =
  | Readonly<{ is: "only-then"; then: History }>
  | Readonly<{ is: "only-now"; now: History }>
  /** Both, of which one was raised later, lasted longer, or was more urgent at some time; what is positive is so of `now`. */
  | Readonly<{
      is: "otherwise";
      then: History;
      now: History;
      laterMs: Millis;
      longerMs: Millis;
      becomes: readonly Becomes[];
    }>;

/** A priority that both came to have, and how much later `now` did: a priority that both were raised with is not among these. */
export type Becomes = Readonly<{ priority: Priority; laterMs: Millis }>;

/** In the order in which they were raised. What is the same in both is not among them. */
export const differences = (
  asRaised: readonly History[],
  judgedAgain: readonly History[],
): readonly Difference[] => {
  const left = new Set(judgedAgain);
  const found: Difference[] = [];
  for (const then of asRaised) {
    const now = partnerOf(then, left);
    if (now === null) {
      found.push({ is: "only-then", then });
      continue;
    }
    left.delete(now);
    const [laterMs, longerMs] = [between(then.raised.at, now.raised.at), millis(now.present - then.present)];
    const [was, is] = [stretchesOf(then), stretchesOf(now)];
    if (laterMs !== 0 || longerMs !== 0 || !areSame(was, is))
      found.push({ is: "otherwise", then, now, laterMs, longerMs, becomes: becomesOf(was, is) });
  }
  for (const now of left) found.push({ is: "only-now", now });
  return found.toSorted((a, b) => raisedAt(a) - raisedAt(b));
};

const raisedAt = (d: Difference): number => (d.is === "only-now" ? d.now : d.then).raised.at;

/** Equally urgent at every moment. */
const areSame = (was: readonly PriorityStretch[], is: readonly PriorityStretch[]): boolean =>
  was.length === is.length &&
  was.every(({ from, priority }, i) => is[i]?.from === from && is[i].priority === priority);

/** The most urgent first. */
const becomesOf = (was: readonly PriorityStretch[], is: readonly PriorityStretch[]): readonly Becomes[] =>
  (["high", "medium", "low"] as const).flatMap((priority) => {
    const [a, b] = [was, is].map((side) => side.find((s) => s.priority === priority));
    if (a === undefined || b === undefined || (a === was[0] && b === is[0])) return [];
    const laterMs = between(a.from, b.from);
    return laterMs === 0 ? [] : [{ priority, laterMs }];
  });

/** The occurrence of the same condition of the same cuff that was there at the same time, the nearest of several; else the same one later. */
const partnerOf = (then: History, among: ReadonlySet<History>): History | null => {
  const same = [...among].filter(
    (o) => o.condition === then.condition && o.cuff === then.cuff && inflationOf(o) === inflationOf(then),
  );
  const overlaps = (o: History): boolean => o.raised.at <= endOf(then) && then.raised.at <= endOf(o);
  const distance = (o: History): number => Math.abs(between(then.raised.at, o.raised.at));
  const near = same.filter(overlaps).toSorted((a, b) => distance(a) - distance(b))[0];
  return near ?? same.find((o) => o.id === then.id && distance(o) < sameWithin) ?? null;
};

/** An occurrence that was raised by this much later is another one, unless it overlaps. */
const sameWithin = 120_000;

const endOf = ({ raised, present }: History): number => after(raised.at, present);

/** Its id says of which cuff, condition and inflation it is; what stands last only counts them. */
const inflationOf = ({ id }: History): string => id.slice(0, id.lastIndexOf("/"));
