/**
 * Columns in which most rows say what the row before said, kept as runs. Reading one costs what it has runs, not rows, and finding a row
 * nothing where rows are asked for one after the other.
 */
import type { Coder } from "./coder.ts";
import { Column } from "./whole.ts";

/** Values by row, in runs. */
export class Runs<T> {
  /** The first row of each run, and the number of rows at the end. */
  readonly #starts: readonly number[];
  readonly #values: readonly T[];
  #run = 0;

  /** `starts` has one entry more than `values` and grows from 0. */
  constructor(starts: readonly number[], values: readonly T[]) {
    this.#starts = starts;
    this.#values = values;
  }

  /** The value at `row`; undefined outside. */
  at(row: number): T | undefined {
    const starts = this.#starts;
    if (row >= (starts[this.#run + 1] ?? Infinity)) this.#run += 1;
    if (row < (starts[this.#run] ?? Infinity) || row >= (starts[this.#run + 1] ?? 0))
      this.#run = this.#find(row);
    return this.#values[this.#run];
  }

  /** The same rows with other values. */
  as<U>(other: (value: T) => U): Runs<U> {
    return new Runs(this.#starts, this.#values.map(other));
  }

  /** Whether `holds` of all values. */
  every(holds: (value: T) => boolean): boolean {
    return this.#values.every(holds);
  }

  #find(row: number): number {
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle + 1] ?? Infinity) <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Writes whole numbers as runs: how many rows more than one, and the difference to the run before. */
export const writeRuns = (coder: Coder, values: readonly number[]): void => {
  const counts = new Column();
  const changes = new Column();
  let last = 0;
  for (let row = 0; row < values.length;) {
    const value = values[row] ?? 0;
    let end = row + 1;
    while (end < values.length && values[end] === value) end += 1;
    counts.code(coder, end - row - 1);
    changes.code(coder, value - last);
    last = value;
    row = end;
  }
};

/** The runs of `rows` rows, or null where they do not add up. */
export const readRuns = (coder: Coder, rows: number): Runs<number> | null => {
  const counts = new Column();
  const changes = new Column();
  const starts = [0];
  const values: number[] = [];
  let row = 0;
  let last = 0;
  while (row < rows) {
    const count = 1 + counts.code(coder, 0);
    last += changes.code(coder, 0);
    if (count < 1 || count > rows - row || !Number.isSafeInteger(last)) return null;
    row += count;
    starts.push(row);
    values.push(last);
  }
  return new Runs(starts, values);
};
