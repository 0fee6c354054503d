/** When a tablet that nobody touches is locked by itself. */

/** Untouched for this long, in milliseconds. */
export const lockAfter = 5 * 60_000;
/** A lock that the server could not be told of is tried again after this long, in milliseconds. */
const againAfter = 10_000;

export type AutoLock = Readonly<{
  /** A finger or a key went down: nothing is locked before it is let go. */
  down: (now: number) => void;
  up: (now: number) => void;
  /** Whether it is to be locked now. */
  due: (now: number) => boolean;
}>;

export const createAutoLock = (now: number): AutoLock => {
  let next = now + lockAfter;
  let held = false;
  const touch = (at: number, down: boolean): void => {
    next = at + lockAfter;
    held = down;
  };
  return {
    down: (at) => touch(at, true),
    up: (at) => touch(at, false),
    due: (at) => {
      if (held || at < next) return false;
      next = at + againAfter;
      return true;
    },
  };
};
