/**
 * Whether the screen itself stood still. A tab that was frozen shows in its steady clock; a machine that slept may show only in
 * the wall clock, which somebody may also have set: which of the two it was, only the server can tell (docs/decisions/011).
 */

/** A screen's own clocks, in milliseconds: a steady one, which need not count sleep, and the wall clock. */
export type LocalClock = Readonly<{ now: () => number; wall: () => number }>;

/** The page does something at least this often; a longer pause means that it stood still. */
const frozenAfter = 1500;
/** The wall clock is ahead by more than this in one go only after a sleep, or when it was set. */
const missedAfter = 1000;

/** `stood`: how long the page certainly stood still, or null; `missed`: what only the wall clock says has passed beside that, or 0. */
export type Standstill = Readonly<{ stood: number | null; missed: number }>;

/** To be asked whenever the page does something; says what has happened since it was asked last. */
export const createStandstillWatch = (clock: LocalClock): (() => Standstill) => {
  let ranAt = clock.now();
  let ranWall = clock.wall();
  return () => {
    const ran = clock.now() - ranAt;
    const missed = clock.wall() - ranWall - ran;
    ranAt += ran;
    ranWall += ran + missed;
    return { stood: ran > frozenAfter ? ran : null, missed: missed > missedAfter ? missed : 0 };
  };
};
