/**
 * What today's engine would have raised, and under other limits: everything that came from outside is told to it once more, and what
 * it decided then it decides anew. Nothing of it is ever written back: no code takes it.
 */
import { historiesOf, type History, type ToldAlarm } from "../alarm/history.ts";
import { type State, step } from "../engine.ts";
import { type Fact, isAboutAlarm } from "../session/fact.ts";
import { before, between, later, type Monotonic, wallTime } from "../units.ts";
import { inputOf } from "./given.ts";
import type { Line } from "./line.ts";
import { factWith, type OtherLimits, stateWith } from "./other-limits.ts";
import { each, type Recorded } from "./recorded.ts";

export type Judged = Readonly<{
  /** Where it begins, to be played; and the facts as they would have been, with ids of their own. */
  start: State;
  lines: readonly Line[];
  /** In the order in which they would have been raised. */
  occurrences: readonly History[];
}>;

/** The recording judged again; without `other`, by today's engine under the limits that it had. */
export const judgeAgain = (recorded: Recorded, other: OtherLimits = {}): Judged => {
  const start = stateWith(recorded.start, other);
  const lines: Line[] = [];
  let state = start;
  /** Facts about who sits where that the engine has decided itself and that come as recorded ones next. */
  let seatedAnew = 0;
  let last: Line | null = null;

  const take = (input: Parameters<typeof step>[1], beside: Line): void => {
    const next = step(state, input);
    state = next.state;
    for (const fact of next.facts) lines.push(lineOf(fact, beside, lines.length + 1));
    seatedAnew += next.facts.filter(isRoster).length - (input.kind === "roster" ? 1 : 0);
  };

  for (const line of each(recorded.lines)) {
    const fact = factWith(line.fact, other);
    if (isRoster(fact) && seatedAnew > 0) {
      seatedAnew -= 1;
      continue;
    }
    // The server was there until the gap, and met what was due; what came due in the gap is judged as of its return.
    if (fact.kind === "resumed")
      take({ kind: "tick", at: later(before(fact.at, fact.gap), last?.at ?? state.at) }, line);
    const input = inputOf(fact, stateDueAt(state, fact));
    if (input !== null) take(input, line);
    last = line;
  }
  if (last !== null) take({ kind: "tick", at: later(recorded.to, last.at) }, last);
  return { start, lines, occurrences: occurrencesIn(lines, recorded.to) };
};

const isRoster = (fact: Fact): boolean => fact.kind === "roster";

/** Whether a cuff is still known is asked once time has done its part. */
const stateDueAt = (state: State, fact: Fact): State =>
  fact.kind === "forgotten" ? step(state, { kind: "tick", at: fact.at }).state : state;

/** A fact on the clocks of the line beside which it was decided. */
const lineOf = (fact: Fact, { epoch, at, wall }: Line, id: number): Line => ({
  ...{ id, epoch, fact, at: fact.at },
  wall: wallTime(wall + between(at, fact.at)),
});

/** Every occurrence in some lines; what is open lasts until `now`. */
export const occurrencesIn = (lines: Iterable<Line>, now: Monotonic): readonly History[] => {
  const told: ToldAlarm[] = [];
  let wall = wallTime(0);
  for (const { id, wall: then, at, fact } of lines) {
    wall = wallTime(then + between(at, now));
    if (isAboutAlarm(fact)) told.push({ id, wall: then, fact });
  }
  return historiesOf(told, { at: now, wall }).histories;
};
