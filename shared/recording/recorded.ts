/** What is played: a state to begin with, the lines after it, and what of them is missing. */
import { checkpointFormat, thaw } from "../checkpoint.ts";
import { newState, type State } from "../engine.ts";
import { later, type Monotonic } from "../units.ts";
import type { Recording } from "./container.ts";
import type { Hole, Line } from "./line.ts";
import type { Lines } from "./lines.ts";

export type { Lines };

/** What a player plays, a trace is drawn from, and figures are taken of. */
export type Recorded = Readonly<{
  /** As it was before the first line. */
  start: State;
  lines: Lines;
  holes: readonly Hole[];
  /** What is shown of it; lines may lie before, so that a state can be folded, and after, where a cuff told later what it had kept. */
  from: Monotonic;
  to: Monotonic;
}>;

/** A recording as it came. One whose first state is of another version is played from what its lines tell. */
export const recordedOf = ({ head, lines }: Recording): Recorded => {
  const { site, start, holes, from, to } = head;
  const thawed = start?.format === checkpointFormat ? thaw(start.state, site) : null;
  return { start: thawed ?? newState(site), lines, holes, from, to: later(from, to) };
};

/** One line after the other. */
export function* each(lines: Lines): Generator<Line> {
  for (let i = 0; i < lines.length; i++) yield lines.line(i);
}

/** Those that hold no pressures, which are few: what happened, and what people did. */
export function* eachBesides(lines: Lines): Generator<Line> {
  for (const i of lines.besides) yield lines.line(i);
}

/** How many of the lines are of `moment` or before it. */
export const countUpTo = (lines: Lines, moment: Monotonic): number => lines.indexAfter(moment);
