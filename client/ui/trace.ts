/** The geometry of a trace: from moments and pressures to the points of a line, without a canvas. */
import { type TraceRing, traceSpan } from "./trace-ring.ts";

export type Band = Readonly<{ low: number; high: number; target: number }>;

/** What a line is drawn on; a canvas fits. */
export type Pen = Readonly<{
  moveTo: (x: number, y: number) => void;
  lineTo: (x: number, y: number) => void;
}>;

/** Readings further apart than this are not joined: a basic cuff may speak once a second. */
const gap = 2500;
/** The highest pressure a trace can show without a target, and above everything else with one, in mmHg. */
const top = 300;

/**
 * Where a pressure lies, in pixels from the top. The prescribed band takes the middle of the height, so that a drift is seen
 * from afar; what lies below is pressed together into the lowest sixth, where an empty cuff lies on the ground, and what lies above
 * into the highest twelfth.
 */
export const pressureY = (band: Band | null, height: number): ((mmHg: number) => number) => {
  const reach = band === null ? 0 : 2.2 * (band.high - band.target);
  const knots: readonly (readonly [mmHg: number, share: number])[] =
    band === null
      ? [
          [0, 0],
          [top, 1],
        ]
      : [
          [0, 0],
          [Math.max(1, band.target - reach), 1 / 6],
          [band.target + reach, 11 / 12],
          [Math.max(top, band.target + 2 * reach), 1],
        ];
  return (mmHg) => {
    const held = Math.max(0, Math.min(mmHg, knots.at(-1)?.[0] ?? top));
    for (let i = 1; i < knots.length; i++) {
      const [fromP, fromShare] = knots[i - 1] ?? [0, 0];
      const [toP, toShare] = knots[i] ?? [top, 1];
      if (held <= toP)
        return height * (1 - fromShare - ((held - fromP) / (toP - fromP)) * (toShare - fromShare));
    }
    return 0;
  };
};

/**
 * Draws the last minute up to `now` on `pen`, newest at the right edge. A missing reading and a silence break the line; it ends
 * where the last reading stands, however long ago. Of several readings in one column of pixels the lowest and the highest are kept.
 * Returns the last point, or null where there is nothing.
 */
export const drawTrace = (
  ring: TraceRing,
  pen: Pen,
  frame: Readonly<{ now: number; width: number; y: (mmHg: number) => number }>,
): Readonly<{ x: number; y: number }> | null => {
  const { now, width, y } = frame;
  let last: { x: number; y: number } | null = null;
  let column = NaN;
  let [lowest, highest, newest, newestX] = [0, 0, 0, 0];
  let before = -Infinity;
  let joined = false;

  const put = (x: number, mmHg: number): void => {
    last = { x, y: y(mmHg) };
    if (joined) pen.lineTo(x, last.y);
    else pen.moveTo(x, last.y);
    joined = true;
  };
  const finishColumn = (): void => {
    if (Number.isNaN(column)) return;
    if (lowest !== newest) put(newestX, lowest);
    if (highest !== newest) put(newestX, highest);
    put(newestX, newest);
    column = NaN;
  };

  ring.each(now - traceSpan, (at, mmHg) => {
    if (Number.isNaN(mmHg) || at - before > gap) {
      finishColumn();
      joined = false;
    }
    before = at;
    if (Number.isNaN(mmHg)) return;
    const x = width * (1 - (now - at) / traceSpan);
    if (Math.floor(x) !== column) {
      finishColumn();
      column = Math.floor(x);
      lowest = highest = mmHg;
    }
    lowest = Math.min(lowest, mmHg);
    highest = Math.max(highest, mmHg);
    newest = mmHg;
    newestX = x;
  });
  finishColumn();
  return last;
};
