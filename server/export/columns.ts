/** Tables that are made from one list of columns: their head, their rows, and what each column means. */
import { type Cell, csvRow } from "../http/csv.ts";

/** One column; its unit stands in its name as well, so that no table is read without it. */
export type Column<Row> = Readonly<{
  name: string;
  /** "" where there is none. */
  unit: string;
  /** What stands there, for the data dictionary. */
  what: string;
  of: (row: Row) => Cell;
}>;

export const headOf = <Row>(columns: readonly Column<Row>[]): string =>
  csvRow(columns.map(({ name }) => name));

export const rowOf = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  csvRow(columns.map(({ of }) => of(row)));

/** A moment on the wall clock, ISO 8601 in UTC; empty where the clock said nothing that is one. */
export const utc = (wall: number): string | null => {
  const date = new Date(wall);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

/** Whole milliseconds. */
export const whole = (ms: number): number => Math.round(ms) || 0;

/** A row of the data dictionary. */
type Told = Readonly<{ file: string; column: Readonly<{ name: string; unit: string; what: string }> }>;

const dictionaryColumns: readonly Column<Told>[] = [
  { name: "file", unit: "", what: "", of: ({ file }) => file },
  { name: "column", unit: "", what: "", of: ({ column }) => column.name },
  { name: "unit", unit: "", what: "", of: ({ column }) => column.unit },
  { name: "meaning", unit: "", what: "", of: ({ column }) => column.what },
];

/** What each column of these files means, as a table. */
export const dictionaryOf = (
  files: readonly Readonly<{ file: string; columns: readonly Told["column"][] }>[],
): string =>
  headOf(dictionaryColumns) +
  files
    .flatMap(({ file, columns }) => columns.map((column) => rowOf(dictionaryColumns, { file, column })))
    .join("");
