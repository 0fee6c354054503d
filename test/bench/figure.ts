/** Figures as the benches give them: a table for people, a line of JSON for each with `--json`. */

export type Unit =
  "ms" | "%" | "1/s" | "h/min" | "tasks" | "×" | "faults" | "alarms" | "share" | "h" | "kB" | "B";

/** One number; `with` is what it was measured under. */
export type Figure = Readonly<{
  bench: string;
  figure: string;
  value: number;
  unit: Unit;
  with: Readonly<Record<string, string | number>>;
}>;

/** A share is told more exactly: whether it is 0.95 must not depend on rounding. */
const decimalsOf = (unit: Unit): number => (unit === "share" ? 4 : 2);
/** What is small is told in a table with more decimals than one. */
const shownDecimalsOf = (unit: Unit): number => (unit === "B" ? 3 : 1);

/** One line of JSON, its number rounded to what can be told apart. */
export const jsonLine = ({ bench, figure, value, unit, with: under }: Figure): string =>
  JSON.stringify({ bench, figure, value: Number(value.toFixed(decimalsOf(unit))), unit, with: under });

/**
 * A table with a row for each figure and a column for each value of `across`, such as the subjects. A figure that one of
 * them lacks shows "–".
 */
export const table = (figures: readonly Figure[], across: string): string => {
  const columns = [...new Set(figures.map((f) => String(f.with[across] ?? "")))];
  const rows = [...new Set(figures.map((f) => f.figure))].map((name) => {
    const own = figures.filter((f) => f.figure === name);
    const cells = columns.map((column) => {
      const found = own.find((f) => String(f.with[across] ?? "") === column);
      return found === undefined ? "–" : `${found.value.toFixed(shownDecimalsOf(found.unit))} ${found.unit}`;
    });
    return [name, ...cells];
  });
  const lines = [["", ...columns], ...rows];
  const widths = lines[0]?.map((_, c) => Math.max(...lines.map((line) => line[c]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
};
