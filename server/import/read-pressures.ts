/**
 * Reads a table of pressure over time, as any cuff, pump or logger may write it. What it took for what is told, so that a person can correct it;
 * a table with anything in it that cannot be understood is not taken at all.
 */
import type { ImportWishes, Understood } from "../../shared/clinic/import-api.ts";
import { exportWords as words } from "../../shared/view/export-words.ts";
import { type FileProblem, whatItIs } from "../export/facts-in.ts";
import { type Decimal, median, mmhgIn, momentIn, numberIn, pressureUnitOf, timeUnitOf } from "./cells.ts";
import { isRow, type Row, type RowProblem, rowsOf, type Separator } from "./rows.ts";

export type Pressures = Readonly<{
  understood: Understood;
  /** From the first sample, in whole milliseconds, never going back. */
  ms: readonly number[];
  /** In mmHg; null where the cell is empty. */
  mmhg: readonly (number | null)[];
  /** When the first was taken, on the wall clock in ms; null where the table does not say it. */
  startedAt: number | null;
}>;
export type ReadPressures =
  | Readonly<{ ok: true; value: Pressures }>
  | Readonly<{ ok: false; problems: readonly FileProblem[]; understood: Understood | null }>;

export type TableLimits = Readonly<{ bytes: number; samples: number; spanMs: number }>;
const MiB = 1024 * 1024;
export const tableLimits: TableLimits = { bytes: 32 * MiB, samples: 500_000, spanMs: 12 * 3_600_000 };

/** So many wrong lines are told at once. */
const mostProblems = 20;
/** So many rows tell what the table is. */
const lookedAt = 40;
/** Beyond these a sensor is broken or the unit is another, in mmHg (the cuffs' own contract). */
const range = { lowest: -20, highest: 600 } as const;
const gapFromMs = 3000;

type Wishes = Pick<
  ImportWishes,
  "separator" | "decimal" | "timeColumn" | "timeUnit" | "pressureColumn" | "pressureUnit"
>;

export const readPressures = (
  bytes: Uint8Array,
  wishes: Wishes = {},
  limits: TableLimits = tableLimits,
): ReadPressures => {
  if (bytes.length > limits.bytes) return none(words.tooLarge(bytes.length, limits.bytes));
  const is = whatItIs(bytes);
  if (is !== "text" || bytes.includes(0)) return none(words.noTable(is === "text" ? "binary" : is));
  const text = decoded(bytes);
  const head = headOf(text, wishes);
  if ("reason" in head) return { ok: false, problems: [head], understood: null };
  return samplesIn(text, head, limits);
};

/** UTF-8, or what older programs write: only names could differ, and those are shown. */
const decoded = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

type Head = Omit<Understood, "intervalMs" | "gaps" | "lowestMmhg" | "highestMmhg">;

const headOf = (text: string, wishes: Wishes): Head | FileProblem => {
  const separator = wishes.separator ?? separatorOf(text);
  const rows = firstRows(text, separator);
  const bad = rows.find((row) => !isRow(row));
  if (bad !== undefined && !isRow(bad)) return rowProblem(bad);
  const [first, ...others] = rows.filter(isRow);
  if (first === undefined) return problem(words.noTable("empty"));
  if (first.cells.length < 2) return problem(words.oneColumn, first.line);
  const decimal = wishes.decimal ?? decimalOf(separator, others.length === 0 ? [first] : others);
  const header = first.cells.some((cell) => cell.trim() !== "" && !isMeasure(cell, decimal));
  const columns = first.cells.map((cell) => cell.trim().slice(0, 100));
  const named = (pattern: RegExp): number => (header ? columns.findIndex((name) => pattern.test(name)) : -1);
  const time = wishes.timeColumn ?? or(named(timeName), 0);
  const pressure = wishes.pressureColumn ?? or(named(pressureName), time === 0 ? 1 : 0);
  const most = columns.length - 1;
  if (time > most || pressure > most || time === pressure)
    return problem(words.noColumns(columns.length), first.line);
  const cells = (header ? others : [first, ...others]).map((row) => row.cells[time] ?? "");
  return {
    ...{ separator, decimal, header, columns },
    time: {
      column: time,
      unit: wishes.timeUnit ?? timeUnitOf(header ? (columns[time] ?? "") : "", cells, decimal),
    },
    pressure: {
      column: pressure,
      unit: wishes.pressureUnit ?? pressureUnitOf(header ? (columns[pressure] ?? "") : ""),
    },
  };
};

const timeName =
  /^(time|t|zeit|timestamp|date|datum|elapsed|sec|ms|clock|uhrzeit|temps|tiempo)([^a-z]|$)|time/i;
const pressureName = /press|druck|mmhg|kpa|cm\s*h\s*2\s*o|^p([^a-z]|$)|cuff_p/i;
const or = (found: number, otherwise: number): number => (found === -1 ? otherwise : found);

const firstRows = (text: string, separator: Separator): readonly (Row | RowProblem)[] => {
  const rows: (Row | RowProblem)[] = [];
  for (const row of rowsOf(text, separator)) {
    rows.push(row);
    if (rows.length === lookedAt) break;
  }
  return rows;
};

/** That by which every row has as many cells as the others, and more than one. */
const separatorOf = (text: string): Separator => {
  const fits = (separator: Separator): boolean => {
    const rows = firstRows(text, separator).filter(isRow);
    const wide = rows[0]?.cells.length ?? 0;
    return wide > 1 && rows.every((row) => row.cells.length === wide);
  };
  return (["semicolon", "tab", "comma"] as const).find(fits) ?? "comma";
};

const decimalOf = (separator: Separator, rows: readonly Row[]): Decimal => {
  const cells = rows.flatMap((row) => row.cells);
  const has = (decimal: RegExp): boolean => cells.some((cell) => decimal.test(cell.trim()));
  return separator !== "comma" && has(/^[+-]?\d*,\d+$/) && !has(/^[+-]?\d*\.\d+$/) ? "comma" : "point";
};

const isMeasure = (cell: string, decimal: Decimal): boolean =>
  !Number.isNaN(numberIn(cell, decimal)) ||
  (["clock", "iso"] as const).some((unit) => !Number.isNaN(momentIn(cell, unit, decimal)));

const samplesIn = (text: string, head: Head, limits: TableLimits): ReadPressures => {
  const { separator, decimal, time, pressure } = head;
  const ms: number[] = [];
  const mmhg: (number | null)[] = [];
  const problems: FileProblem[] = [];
  let origin: number | null = null;
  let last = -Infinity;
  let midnights = 0;
  let isHead = head.header;
  for (const row of rowsOf(text, separator)) {
    if (!isRow(row)) {
      problems.push(rowProblem(row));
      break;
    }
    if (isHead) {
      isHead = false;
      continue;
    }
    if (ms.length >= limits.samples) {
      problems.push(problem(words.tooManySamples(limits.samples), row.line));
      break;
    }
    const read = rowIn(row, head);
    if ("reason" in read) problems.push(read);
    else {
      let at = read.at + midnights * dayMs;
      // A clock that has passed midnight begins anew.
      if (time.unit === "clock" && at < last - dayMs / 2) {
        midnights += 1;
        at += dayMs;
      }
      origin ??= at;
      if (at <= last)
        problems.push(problem(words.notInOrder(row.cells[time.column] ?? ""), row.line, "time"));
      else if (at - origin > limits.spanMs)
        problems.push(problem(words.tooLongSpan(limits.spanMs), row.line, "time"));
      else {
        last = at;
        ms.push(Math.round(at - origin));
        mmhg.push(read.mmhg);
      }
    }
    if (problems.length >= mostProblems) break;
  }
  const understood = { ...head, ...figuresIn(ms, mmhg) };
  if (problems.length === 0 && ms.length < 2) problems.push(problem(words.noSamples(pressure.unit, decimal)));
  if (problems.length > 0) return { ok: false, problems, understood };
  return { ok: true, value: { understood, ms, mmhg, startedAt: beganAt(origin, head) } };
};

const dayMs = 86_400_000;

const rowIn = (
  { line, cells }: Row,
  { decimal, time, pressure }: Head,
): Readonly<{ at: number; mmhg: number | null }> | FileProblem => {
  const [when, value] = [cells[time.column], cells[pressure.column]];
  if (when === undefined || value === undefined) return problem(words.shortRow(cells.length), line);
  const at = momentIn(when, time.unit, decimal);
  if (Number.isNaN(at)) return problem(words.noMoment(when, time.unit), line, "time");
  if (value.trim() === "") return { at, mmhg: null };
  const found = numberIn(value, decimal);
  if (Number.isNaN(found)) return problem(words.noNumber(value), line, "pressure");
  const mmhg = Math.round(found * mmhgIn[pressure.unit] * 10) / 10;
  return mmhg < range.lowest || mmhg > range.highest
    ? problem(words.outOfRange(mmhg, range.lowest, range.highest), line, "pressure")
    : { at, mmhg };
};

const figuresIn = (
  ms: readonly number[],
  mmhg: readonly (number | null)[],
): Pick<Understood, "intervalMs" | "gaps" | "lowestMmhg" | "highestMmhg"> => {
  const steps = ms.slice(1).map((at, i) => at - (ms[i] ?? 0));
  let lowest: number | null = null;
  let highest: number | null = null;
  for (const p of mmhg) {
    if (p === null) continue;
    lowest = lowest === null || p < lowest ? p : lowest;
    highest = highest === null || p > highest ? p : highest;
  }
  const gaps = steps.filter((step) => step > gapFromMs).length;
  return { intervalMs: median(steps), gaps, lowestMmhg: lowest, highestMmhg: highest };
};

/** Numbers so large are milliseconds, or seconds, since 1970. */
const beganAt = (origin: number | null, { time }: Head): number | null => {
  const isDate =
    time.unit === "iso" || ((time.unit === "ms" || time.unit === "s") && (origin ?? 0) > 946_684_800_000);
  return origin !== null && isDate ? Math.round(origin) : null;
};

const problem = (reason: string, line: number | null = null, field: string | null = null): FileProblem => ({
  ...{ line, field, reason },
});
const none = (reason: string): ReadPressures => ({
  ok: false,
  problems: [problem(reason)],
  understood: null,
});
const rowProblem = ({ line, why }: RowProblem): FileProblem => problem(words.badRow[why], line);
