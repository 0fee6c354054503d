/** A run of the floor as it would be recorded. */
import { epoch } from "../../shared/ids.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesFrom } from "../../shared/recording/lines.ts";
import type { Recorded } from "../../shared/recording/recorded.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { wallTime } from "../../shared/units.ts";
import { at, classOf, floorOf, type Run } from "./floor.ts";

/** The wall clock at second 0. */
const began = 1_700_000_000_000;

/** Facts as lines, each stored at its own moment. */
export const linesOfFacts = (facts: readonly Fact[]): readonly Line[] =>
  facts.map((fact, i) => ({
    ...{ id: i + 1, epoch: epoch("e"), at: fact.at, wall: wallTime(began + fact.at), fact },
  }));

/** What is recorded of `run`, which began with the floor `start`: the class of one unless said otherwise. */
export const recordedFrom = (
  { facts }: Run,
  to: number,
  { state: start } = floorOf(classOf()),
): Recorded => ({
  ...{ start, lines: linesFrom(linesOfFacts(facts)), holes: [] },
  ...{ from: at(0), to: at(to) },
});
