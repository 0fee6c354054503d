/** The keys of a plot that has a time axis. */
import { moved, type Range, zoomed } from "./range.ts";

export type Shown = Readonly<{
  range: () => Range;
  whole: () => Range;
  /** What stays where it is when somebody zooms without pointing anywhere. */
  centre: () => number;
  show: (range: Range) => void;
}>;

/** By how much one press zooms. */
const step = 1.5;

/** Does what a key (`KeyboardEvent.key`) is for and tells whether it was one of the plot's. */
export const plotKeys =
  ({ range, whole, centre, show }: Shown) =>
  (key: string): boolean => {
    const { from, to } = range();
    const zoom = (factor: number): void => show(zoomed({ from, to }, factor, centre(), whole()));
    const pan = (by: number): void => show(moved({ from, to }, by, whole()));
    const keys: Readonly<Record<string, () => void>> = {
      "+": () => zoom(1 / step),
      "=": () => zoom(1 / step),
      "-": () => zoom(step),
      "0": () => show(whole()),
      ArrowLeft: () => pan(-0.2 * (to - from)),
      ArrowRight: () => pan(0.2 * (to - from)),
      Home: () => pan(-Infinity),
      End: () => pan(Infinity),
    };
    const act = Object.hasOwn(keys, key) ? keys[key] : undefined;
    act?.();
    return act !== undefined;
  };
