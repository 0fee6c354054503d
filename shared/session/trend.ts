/** Where a level is going, and whether it has jumped: from marks of it, one every few seconds. */
import { between, type Monotonic, seconds } from "../units.ts";

/** The mean pressure of exercise and that of its valleys, and the level without motion; null where it cannot be told. */
export type Mark = Readonly<{
  at: Monotonic;
  exercised: number | null;
  valley: number | null;
  level: number | null;
}>;

/** Level is noted this often, for so long, and a trend needs this much of it. */
const markEvery = seconds(3);
const markFor = seconds(90);
const trendOver = seconds(30);

/** The marks with one more, where it is time for one and it says anything. */
export const marked = (marks: readonly Mark[], mark: Mark): readonly Mark[] => {
  const last = marks.at(-1);
  if (mark.exercised === null && mark.level === null) return marks;
  if (last !== undefined && between(last.at, mark.at) < markEvery) return marks;
  return [...marks.filter((m) => between(m.at, mark.at) <= markFor), mark];
};

/** mmHg a millisecond, from the medians of the first and the last third of the marks; null before they say anything. */
export const slopeOf = (marks: readonly Mark[]): number | null => {
  const known = marks.filter((m) => m.level !== null);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined || between(first.at, last.at) < trendOver) return null;
  const third = Math.max(2, Math.floor(known.length / 3));
  const [old, young] = [known.slice(0, third), known.slice(-third)];
  const middle = (some: readonly Mark[], of: (m: Mark) => number) => median(some.map(of));
  const rise = middle(young, (m) => m.level ?? 0) - middle(old, (m) => m.level ?? 0);
  return rise / (middle(young, (m) => m.at) - middle(old, (m) => m.at));
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The newest valley that is no younger than `until` and no older than `since`; null where there is none. */
export const valleyBefore = (marks: readonly Mark[], until: Monotonic, since: Monotonic): number | null => {
  for (let i = marks.length - 1; i >= 0; i--) {
    const m = marks[i];
    if (m === undefined || m.at < since) return null;
    if (m.at <= until && m.valley !== null) return m.valley;
  }
  return null;
};
