/** What would have been raised otherwise: occurrences as they were, held against those of the same recording judged again. */
import type { History } from "../alarm/history.ts";
import { after, between, type Millis, millis } from "../units.ts";

export type Difference =
  | Readonly<{ is: "only-then"; then: History }>
  | Readonly<{ is: "only-now"; now: History }>
  /** Both, of which one was raised later, lasted longer, or was more urgent; what is positive is so of `now`. */
  | Readonly<{ is: "otherwise"; then: History; now: History; laterMs: Millis; longerMs: Millis }>;

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
    if (laterMs !== 0 || longerMs !== 0 || then.priority !== now.priority)
      found.push({ is: "otherwise", then, now, laterMs, longerMs });
  }
  for (const now of left) found.push({ is: "only-now", now });
  return found.toSorted((a, b) => raisedAt(a) - raisedAt(b));
};

const raisedAt = (d: Difference): number => (d.is === "only-now" ? d.now : d.then).raised.at;

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
