/**
 * Columns of which most rows say what the row before said: kept as runs. Reading one costs what it has runs, not rows, and finding a row
 * nothing where rows are asked for one after the other.
 */
import type { z } from "zod";
import { type ByteReader, type ByteWriter, isWhole } from "./bytes.ts";

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
    if (row >= (starts[this.#run + 1] ?? 0)) this.#run += 1;
    if (row < (starts[this.#run] ?? Infinity) || row >= (starts[this.#run + 1] ?? 0))
      this.#run = this.#find(row);
    return this.#values[this.#run];
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

/** Writes whole numbers as runs: how many rows, and the difference to the run before. */
const writeRuns = (out: ByteWriter, values: readonly number[]): void => {
  let last = 0;
  for (let row = 0; row < values.length;) {
    const value = values[row] ?? 0;
    let end = row + 1;
    while (end < values.length && values[end] === value) end += 1;
    out.whole(end - row);
    out.signed(value - last);
    last = value;
    row = end;
  }
};

/** Runs of `rows` rows. */
const readRuns = (from: ByteReader, rows: number): { starts: number[]; values: number[] } => {
  const starts = [0];
  const values: number[] = [];
  let row = 0;
  let last = 0;
  while (row < rows && from.fault === null) {
    const count = from.whole();
    last += from.signed();
    if (count === 0 || count > rows - row || !isWhole(last)) from.fail("the rows of a column do not add up");
    row += count;
    starts.push(row);
    values.push(last);
  }
  return { starts, values };
};

/** Writes values of any kind: each different one once, in JSON, and runs of which it was. Undefined is a value as well. */
export const writeWords = (out: ByteWriter, values: readonly unknown[]): void => {
  const places = new Map<string, number>();
  const different: unknown[] = [];
  let lastValue: unknown = different;
  let lastPlace = 0;
  const rows = values.map((value) => {
    if (value === lastValue) return lastPlace;
    lastValue = value;
    if (value === undefined) return (lastPlace = 0);
    const text = JSON.stringify(value);
    const known = places.get(text);
    if (known !== undefined) return (lastPlace = known);
    different.push(value);
    places.set(text, different.length);
    return (lastPlace = different.length);
  });
  out.json(different);
  writeRuns(out, rows);
};

/** Words of `rows` rows, each as `schema` wants it; undefined where none was written. */
export const readWords = <T>(from: ByteReader, rows: number, schema: z.ZodType<T>): Runs<T | undefined> => {
  const { starts, places, words } = readPlaces(from, rows, schema);
  return new Runs(
    starts,
    places.map((place) => (place === 0 ? undefined : words[place - 1])),
  );
};

/** The same of a column in which no row may be without a word. */
export const readSaid = <T>(from: ByteReader, rows: number, schema: z.ZodType<T>): Runs<T> => {
  const { starts, places, words } = readPlaces(from, rows, schema);
  const said = places.flatMap((place) => words.slice(place - 1, place));
  if (said.length < places.length) from.fail("a row lacks a value that every row has");
  return new Runs(starts, said);
};

type Places<T> = Readonly<{ starts: readonly number[]; places: readonly number[]; words: readonly T[] }>;

const readPlaces = <T>(from: ByteReader, rows: number, schema: z.ZodType<T>): Places<T> => {
  const different = from.json();
  const { starts, values: places } = readRuns(from, rows);
  const words: T[] = [];
  for (const found of Array.isArray(different) ? different : []) {
    const word = schema.safeParse(found);
    if (word.success) words.push(word.data);
    else from.fail("a value in it is not what it should be");
  }
  if (places.some((place) => place < 0 || place > words.length))
    from.fail("a row names a value that is not there");
  return { starts, places, words };
};

/** How the numbers of a column are written: as runs of whole ones, or each by itself. */
const asRuns = 0;
const asDoubles = 1;

/** Writes numbers that are expected to change seldom; exact, whatever they are. */
export const writeNumbers = (out: ByteWriter, values: readonly number[]): void => {
  if (values.every(isWhole)) {
    out.byte(asRuns);
    writeRuns(out, values);
  } else {
    out.byte(asDoubles);
    for (const value of values) out.double(value);
  }
};

export const readNumbers = (from: ByteReader, rows: number): Runs<number> => {
  const how = from.byte();
  if (how === asRuns) {
    const { starts, values } = readRuns(from, rows);
    return new Runs(starts, values);
  }
  if (how !== asDoubles || rows * 8 > from.left) {
    from.fail("a column is written in a way that is not known");
    return new Runs<number>([0], []);
  }
  return new Runs(
    Array.from({ length: rows + 1 }, (_, row) => row),
    Array.from({ length: rows }, () => from.double()),
  );
};
