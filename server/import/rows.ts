/** Rows of a table in a text, with the line on which each begins: whatever program wrote it, and whatever else it may be. */
import type { separators } from "../../shared/clinic/import-api.ts";

export type Separator = (typeof separators)[number];
export const signOf: Readonly<Record<Separator, string>> = { comma: ",", semicolon: ";", tab: "\t" };

/** More columns, or a longer cell, and it is no table of measurements. */
export const mostColumns = 200;
const longestRow = 64 * 1024;

export type Row = Readonly<{ line: number; cells: readonly string[] }>;
export type RowProblem = Readonly<{ line: number; why: "too-wide" | "too-long" | "quote" }>;
export type ReadRow = Row | RowProblem;

export const isRow = (row: ReadRow): row is Row => "cells" in row;

/** One row after the other, without empty lines; ends with the first that is none. */
export function* rowsOf(text: string, separator: Separator): Generator<ReadRow, undefined> {
  const sign = signOf[separator];
  let line = 1;
  for (let from = 0; from < text.length;) {
    const begin = line;
    let end = endOfLine(text, from);
    let isOpen = hasOddQuotes(text.slice(from, Math.min(end, from + longestRow)));
    // A line end within quotes belongs to the cell.
    while (isOpen && end < text.length && end - from <= longestRow) {
      line += 1;
      const next = endOfLine(text, end + 1);
      if (hasOddQuotes(text.slice(end, Math.min(next, end + longestRow)))) isOpen = false;
      end = next;
    }
    if (end - from > longestRow) {
      yield { line: begin, why: "too-long" };
      return;
    }
    const row = text.slice(from, end).replace(/\r$/, "");
    from = end + 1;
    line += 1;
    if (row.trim() === "") continue;
    const cells = row.includes('"') ? quoted(row, separator) : row.split(sign);
    if (cells === null) {
      yield { line: begin, why: "quote" };
      return;
    }
    if (cells.length > mostColumns) {
      yield { line: begin, why: "too-wide" };
      return;
    }
    yield { line: begin, cells };
  }
}

const endOfLine = (text: string, from: number): number => {
  const at = text.indexOf("\n", from);
  return at === -1 ? text.length : at;
};

const hasOddQuotes = (text: string): boolean => text.includes('"') && text.split('"').length % 2 === 0;

/** A cell is quoted, with quotes doubled, or holds no quote; then a separator or the end follows. */
const cellOf: Readonly<Record<Separator, RegExp>> = {
  comma: /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y,
  semicolon: /(?:"((?:[^"]|"")*)"|([^";]*))(;|$)/y,
  tab: /(?:"((?:[^"]|"")*)"|([^"\t]*))(\t|$)/y,
};

/** The cells of a row with quotes in it; null where one is not closed, or stands in the midst of a cell. */
const quoted = (row: string, separator: Separator): readonly string[] | null => {
  const cell = cellOf[separator];
  const cells: string[] = [];
  cell.lastIndex = 0;
  for (;;) {
    const found = cell.exec(row);
    if (found === null) return null;
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === "") return cells;
  }
};
