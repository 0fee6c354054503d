/** Lines of a log to be read again, and what is played: a state to begin with, the lines after it, and what of them is missing. */
import type { State } from "../engine.ts";
import type { Monotonic } from "../units.ts";
import type { Hole, Line } from "./line.ts";

/** Some lines in order of their ids, each made when it is asked for. Site time never goes back from one to the next. */
export type Lines = Readonly<{
  length: number;
  id: (index: number) => number;
  at: (index: number) => Monotonic;
  line: (index: number) => Line;
}>;

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

/** Lines that stand in memory. */
export const linesOf = (lines: readonly Line[]): Lines => {
  const at = (index: number): Line => {
    const line = lines[index];
    if (line === undefined) throw new RangeError(`There is no line ${index} among ${lines.length}.`);
    return line;
  };
  return {
    length: lines.length,
    id: (index) => at(index).id,
    at: (index) => at(index).at,
    line: at,
  };
};

/** Lines that came in parts, one after the other. */
export const joinedLines = (parts: readonly Lines[]): Lines => {
  const begins: number[] = [];
  let length = 0;
  for (const part of parts) {
    begins.push(length);
    length += part.length;
  }
  const of = <T>(index: number, take: (lines: Lines, index: number) => T): T => {
    let [low, high] = [0, parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((begins[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const lines = parts[low];
    if (lines === undefined) throw new RangeError(`There is no line ${index} among ${length}.`);
    return take(lines, index - (begins[low] ?? 0));
  };
  return {
    length,
    id: (index) => of(index, (lines, i) => lines.id(i)),
    at: (index) => of(index, (lines, i) => lines.at(i)),
    line: (index) => of(index, (lines, i) => lines.line(i)),
  };
};

/** One line after the other. */
export function* each(lines: Lines): Generator<Line> {
  for (let i = 0; i < lines.length; i++) yield lines.line(i);
}

/** How many of the lines are of `moment` or before it. */
export const countUpTo = (lines: Lines, moment: Monotonic): number => {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines.at(middle) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
};
