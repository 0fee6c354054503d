/** `alarms`: how well the engine's alarms do on seeded simulated cuffs, in process and on virtual time (docs/alarms.md). */
import { seedOf } from "../../devices/random.ts";
import type { Figure } from "./figure.ts";
import { modelNames } from "./alarms/person.ts";
import { figuresOf, pageOf } from "./alarms/report.ts";
import { doneInThreads, type Portion } from "./alarms/work.ts";

/** People a model: a healthy session of a quarter of an hour each, and eight faults tried on it. */
const people = { whole: 440, short: 12 } as const;
const classesOfOverruns = { whole: 10, short: 1 } as const;
const portionSize = 22;

export const portionsOf = (size: keyof typeof people, seed: number): Portion[] => [
  ...Array.from({ length: classesOfOverruns[size] }, (_, n): Portion => ({
    kind: "overruns",
    seed: seedOf(seed, n),
  })),
  ...modelNames.flatMap((model) =>
    Array.from({ length: Math.ceil(people[size] / portionSize) }, (_, n): Portion => {
      const from = n * portionSize;
      return { kind: "people", model, from, count: Math.min(portionSize, people[size] - from), seed };
    }),
  ),
];

/** The whole of it, or the short run that a continuous integration can afford; figures and a page for people. */
export const alarms = async (
  { short, seed }: Readonly<{ short: boolean; seed: number }>,
  note: (line: string) => void,
): Promise<Readonly<{ figures: readonly Figure[]; page: string }>> => {
  const done = await doneInThreads(portionsOf(short ? "short" : "whole", seed), note);
  const figures = figuresOf(done, seed);
  return { figures, page: pageOf(figures, done) };
};
