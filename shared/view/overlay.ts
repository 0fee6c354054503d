/** Moments at which two sessions can be laid over each other: the first inflation, or a set that both had. */
import type { InflationMark, SetMark } from "../recording/marks.ts";
import type { Monotonic } from "../units.ts";

export type Laid = Readonly<{
  /** When the session began, in site time of its own log. */
  from: Monotonic;
  inflations: readonly Pick<InflationMark, "from">[];
  sets: readonly Pick<SetMark, "exercise" | "set" | "from">[];
  /** What its exercises are called, in their order. */
  exercises: readonly string[];
}>;

/** `set`: null for the first inflation. */
export type Beginning = Readonly<{
  key: string;
  set: Readonly<{ exercise: string; number: number }> | null;
  a: Monotonic;
  b: Monotonic;
}>;

/** Where both can begin; the first inflation comes first. One that was never inflated begins where the session did. */
export const beginnings = (a: Laid, b: Laid): readonly Beginning[] => [
  { key: "first", set: null, a: firstInflation(a) ?? a.from, b: firstInflation(b) ?? b.from },
  ...setsOf(a).flatMap(({ exercise, number, at }): readonly Beginning[] => {
    const same = setsOf(b).find(
      (s) => s.number === number && s.exercise.toLowerCase() === exercise.toLowerCase(),
    );
    return same === undefined
      ? []
      : [{ key: `${exercise}/${number}`, set: { exercise, number }, a: at, b: same.at }];
  }),
];

/** When the cuff went up first; null where it never did. */
export const firstInflation = ({ inflations }: Pick<Laid, "inflations">): Monotonic | null =>
  inflations.reduce<Monotonic | null>(
    (first, { from }) => (first === null || from < first ? from : first),
    null,
  );

type Named = Readonly<{ exercise: string; number: number; at: Monotonic }>;

const setsOf = ({ sets, exercises }: Laid): readonly Named[] => {
  const named = sets.flatMap(({ exercise, set: number, from: at }): readonly Named[] => {
    const name = exercises[exercise];
    return name === undefined ? [] : [{ exercise: name, number, at }];
  });
  // A set that was begun twice is laid at its first beginning.
  return named.filter(
    (one, i) => named.findIndex((s) => s.exercise === one.exercise && s.number === one.number) === i,
  );
};
