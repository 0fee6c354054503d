/** Which part of a recording is shown: zooming and moving, in site time, without a canvas. */

export type Range = Readonly<{ from: number; to: number }>;

/** No less is shown, in ms: single readings can be told apart then. */
const least = 2000;
/** A bar is never narrower than this, in CSS pixels. */
const leastWide = 2;

/** `range` within `whole`, as long as it fits. */
const within = ({ from, to }: Range, whole: Range): Range => {
  const length = Math.min(whole.to - whole.from, Math.max(Math.min(least, whole.to - whole.from), to - from));
  const begins = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: begins, to: begins + length };
};

/** `factor` times as much is shown; `fixed` stays where it is. */
export const zoomed = (range: Range, factor: number, fixed: number, whole: Range): Range => {
  const length = range.to - range.from;
  const wanted = Math.min(whole.to - whole.from, Math.max(least, length * factor));
  const share = length === 0 ? 0.5 : (fixed - range.from) / length;
  const from = fixed - share * wanted;
  return within({ from, to: from + wanted }, whole);
};

/** Moved by `by` ms, as far as there is something to show. */
export const moved = ({ from, to }: Range, by: number, whole: Range): Range => {
  const most = whole.to - whole.from;
  const held = Math.max(-most, Math.min(most, by));
  return within({ from: from + held, to: to + held }, whole);
};

/** The same range once the recording has become longer: what showed the end goes on showing it. */
export const grown = (range: Range, was: Range, is: Range): Range => {
  if (range.from === was.from && range.to === was.to) return is;
  return range.to >= was.to ? moved(range, is.to - was.to, is) : range;
};

/** Moved just so far that `at` is shown. */
export const showing = (range: Range, at: number, whole: Range): Range => {
  if (at >= range.from && at <= range.to) return range;
  return moved(range, at - (range.from + 0.2 * (range.to - range.from)), whole);
};

/** What zooming leaves where it is: `at` while it is shown, or else the middle. */
export const centreOf = ({ from, to }: Range, at: number): number =>
  from <= at && at <= to ? at : (from + to) / 2;

/** Where `at` lies in `width` pixels. */
export const xOf = ({ from, to }: Range, at: number, width: number): number =>
  to === from ? 0 : ((at - from) / (to - from)) * width;

/** Where a bar lies in `width` pixels: never narrower than can be seen. Null where nothing of it is in sight. */
export type Box = Readonly<{ left: number; width: number }>;
export const boxIn = (range: Range, from: number, to: number, width: number): Box | null => {
  const [a, b] = [xOf(range, from, width), xOf(range, to, width)];
  const left = Math.max(0, a);
  return b < 0 || a > width ? null : { left, width: Math.max(leastWide, Math.min(width, b) - left) };
};
/** The moment at `x` of `width` pixels. */
export const atX = ({ from, to }: Range, x: number, width: number): number =>
  width === 0 ? from : from + (x / width) * (to - from);

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((s) => s * 1000);

/** Round moments, counted from `zero`, at which a time axis of `width` pixels has its marks, at least `apart` pixels from each other. */
export const ticks = (range: Range, zero: number, width: number, apart = 90): readonly number[] => {
  const per = (range.to - range.from) / Math.max(1, width / apart);
  const step = steps.find((s) => s >= per) ?? steps.at(-1) ?? 1000;
  const first = Math.ceil((range.from - zero) / step) * step + zero;
  const count = Math.max(0, Math.floor((range.to - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step);
};

/** Half of the widest label of a moment and half of its neighbour's, in CSS pixels. */
const labelled = 40;

/** Those marks of a time axis of `width` pixels whose label is not under that of the cursor, which stands at `cursor` pixels if it is shown. */
export const besides = (
  marks: readonly number[],
  range: Range,
  width: number,
  cursor: number | null,
): readonly number[] =>
  cursor === null ? marks : marks.filter((at) => Math.abs(xOf(range, at, width) - cursor) > labelled);
