/**
 * What a floor was at any moment of a recording. Playing folds the recorded facts with the same `apply` as the server did; states share most
 * of themselves, so that one is kept every few hundred lines and every other moment is reached from the nearest before it.
 */
import { apply, rebuilt, type State } from "../engine.ts";
import { allCuffs } from "../session/cuffs.ts";
import type { CuffState } from "../session/cuff-state.ts";
import { later, type Monotonic } from "../units.ts";
import type { Hole } from "./line.ts";
import { inTurn, type Lines } from "./lines.ts";
import { countUpTo, type Recorded } from "./recorded.ts";

/** The floor at a moment. Whatever grows old by time alone is to be asked with `at`, as a wall asks it. */
export type Moment = Readonly<{
  at: Monotonic;
  state: State;
  /** How many lines were played up to it. */
  played: number;
}>;

export type Player = Readonly<{
  /** What is shown; `to` moves on while a session under way is followed. */
  from: () => Monotonic;
  to: () => Monotonic;
  lines: () => Lines;
  holes: readonly Hole[];
  /**
   * The floor at `moment`: all lines of it and before have been played. The next moment costs the lines between; one before costs no more
   * than the distance of two kept states, once it was played or prepared.
   */
  seek: (moment: Monotonic) => Moment;
  /** Plays this many more lines for later seeks; answers whether all have been. */
  prepare: (lines: number) => boolean;
  /** Lines that have come since, of a recording that is still going on, which is shown up to `to`. */
  append: (lines: Lines, to: Monotonic) => void;
}>;

type Kept = Readonly<{ played: number; state: State }>;

/** A state is kept after this many lines: folding as many takes a few milliseconds. */
const keptEvery = 500;

export const createPlayer = ({ start, lines: first, holes, from, to: last }: Recorded): Player => {
  const parts = [first];
  let lines = first;
  let to = last;
  /** The n-th was reached after n × `keptEvery` lines. */
  const kept: State[] = [start];
  let farthest: Kept = { played: 0, state: start };
  let present: Kept = farthest;

  const playOn = ({ played, state: before }: Kept, until: number): Kept => {
    let state = before;
    for (let i = played; i < until; i++) {
      state = apply(state, lines.line(i).fact);
      if ((i + 1) % keptEvery === 0) kept[(i + 1) / keptEvery] ??= state;
    }
    const reached = { played: until, state };
    if (until > farthest.played) farthest = reached;
    return reached;
  };
  /** The last state that was kept before so many lines were played. */
  const nearest = (played: number): Kept => {
    const n = Math.min(Math.floor(played / keptEvery), kept.length - 1);
    const near: Kept = { played: n * keptEvery, state: kept[n] ?? start };
    const others = [present, farthest].filter((k) => k.played <= played && k.played > near.played);
    return others.reduce((a, b) => (b.played > a.played ? b : a), near);
  };

  return {
    from: () => from,
    to: () => to,
    lines: () => lines,
    holes,
    seek: (moment) => {
      const played = countUpTo(lines, moment);
      present = playOn(nearest(played), played);
      return { at: moment, played, state: withHoles(present.state, holes, moment) };
    },
    prepare: (count) => {
      const until = Math.min(lines.length, farthest.played + count);
      playOn(farthest, until);
      return until === lines.length;
    },
    append: (more, until) => {
      parts.push(more);
      lines = inTurn(parts);
      to = later(to, until);
    },
  };
};

/** Nothing that was read before a hole is the present pressure in it: what is not known must not look new. */
const withHoles = (state: State, holes: readonly Hole[], moment: Monotonic): State => {
  const reached = holes.filter((hole) => hole.from <= moment);
  if (reached.length === 0) return state;
  const doubted = (c: CuffState): CuffState => {
    const since = reached
      .filter((hole) => hole.cuff === null || hole.cuff === c.cuff)
      .reduce<Monotonic | null>((a, hole) => later(a ?? hole.from, hole.from), c.resumedAt);
    return since === c.resumedAt ? c : { ...c, resumedAt: since };
  };
  return rebuilt(state, allCuffs(state.cuffs).map(doubted));
};

/** The stretches at a moment of which lines are missing. */
export const holesAt = (holes: readonly Hole[], moment: Monotonic): readonly Hole[] =>
  holes.filter((hole) => hole.from <= moment && moment <= hole.to);
