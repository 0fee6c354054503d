/** The peaks of the repetitions, held against the limb occlusion pressure. A repetition runs from one rise through the cuff's own level to the next. */
import { repetitionAtLeast, unbroken } from "../alarm/policy.ts";
import { between, type Mmhg, type Monotonic } from "../units.ts";

export type Peaks = Readonly<{
  /** Repetitions running that have reached the LOP, the present one included; and how many running have not. */
  running: number;
  clean: number;
  /** The highest of those that have, mmHg. */
  top: number;
  /** When the present repetition rose through the level, its highest so far, and whether it is above the level now. */
  roseAt: Monotonic | null;
  highest: number;
  above: boolean;
  lastAt: Monotonic | null;
}>;

export const noPeaks: Peaks = {
  running: 0,
  clean: 0,
  top: 0,
  roseAt: null,
  highest: 0,
  above: false,
  lastAt: null,
};

/** A pulse or noise moves the pressure by less than this about its level, mmHg. */
const ripple = 3;

/** The peaks after one more reading; `level` is the cuff's own, null before it is known. */
export const peaked = (
  p: Peaks,
  value: Mmhg,
  at: Monotonic,
  { level, lop }: Readonly<{ level: Mmhg | null; lop: Mmhg | null }>,
): Peaks => {
  if (level === null || lop === null) return noPeaks;
  const from = p.lastAt !== null && between(p.lastAt, at) >= unbroken ? noPeaks : p;
  const rises = !from.above && value > level + ripple;
  const isNext = rises && (from.roseAt === null || between(from.roseAt, at) >= repetitionAtLeast);
  const begun = isNext ? finished(from, at, lop) : from;
  const above = rises || (from.above && value >= level - ripple);
  const highest = Math.max(begun.highest, value);
  const reaches = begun.highest < lop && value >= lop && begun.roseAt !== null;
  return {
    ...begun,
    above,
    highest,
    running: begun.running + (reaches ? 1 : 0),
    clean: reaches ? 0 : begun.clean,
    top: value >= lop ? Math.max(begun.top, value) : begun.top,
    lastAt: at,
  };
};

/** The repetition before is over, and another begins. */
const finished = (p: Peaks, at: Monotonic, lop: Mmhg): Peaks =>
  p.roseAt === null || p.highest >= lop
    ? { ...p, roseAt: at, highest: 0 }
    : { ...p, roseAt: at, highest: 0, running: 0, top: 0, clean: p.clean + 1 };
