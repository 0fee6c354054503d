/** What a cell of a table says: a number, a moment, or nothing of the kind. */
import type { decimals, PressureUnit, TimeUnit } from "../../shared/clinic/import-api.ts";

export type Decimal = (typeof decimals)[number];

/** A plain number; NaN for anything else, so that no formula and no text is taken for one. */
export const numberIn = (cell: string, decimal: Decimal): number => {
  const text = cell.trim();
  const plain = decimal === "comma" && !text.includes(".") ? text.replace(",", ".") : text;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : NaN;
};

const clock = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)$/;
const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** A moment in milliseconds, on whatever line of time the table has; NaN where it is none. */
export const momentIn = (cell: string, unit: TimeUnit, decimal: Decimal): number => {
  const text = cell.trim();
  switch (unit) {
    case "ms":
      return numberIn(text, decimal);
    case "s":
      return numberIn(text, decimal) * 1000;
    case "clock": {
      const [, hours = "0", mins = "", secs = ""] = clock.exec(text) ?? [];
      return mins === "" || Number(mins) > 59
        ? NaN
        : (Number(hours) * 60 + Number(mins)) * 60_000 + Number(secs.replace(",", ".")) * 1000;
    }
    case "iso": {
      if (!iso.test(text)) return NaN;
      const plain = text.replace(" ", "T").replace(",", ".").replace(/\s/, "").toUpperCase();
      // Without a zone only the distances count, and those are the same in any.
      return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(plain.slice(10)) ? plain : `${plain}Z`);
    }
  }
};

/** Which unit a column of moments has by its name and by some of its cells. */
export const timeUnitOf = (name: string, cells: readonly string[], decimal: Decimal): TimeUnit => {
  const first = cells.find((cell) => cell.trim() !== "")?.trim() ?? "";
  if (iso.test(first)) return "iso";
  if (clock.test(first)) return "clock";
  if (/(^|[^a-z])(ms|msec|millis\w*)([^a-z]|$)/i.test(name)) return "ms";
  if (/(^|[^a-z])(s|sec|secs|seconds?|sek|sekunden)([^a-z]|$)/i.test(name)) return "s";
  const numbers = cells.map((cell) => numberIn(cell, decimal)).filter((n) => !Number.isNaN(n));
  const steps = numbers.slice(1).map((n, i) => n - (numbers[i] ?? 0));
  // Whole numbers far apart: nobody records a pressure every five seconds and more.
  return numbers.every(Number.isInteger) && median(steps) >= 5 ? "ms" : "s";
};

export const pressureUnitOf = (name: string): PressureUnit => {
  if (/kpa/i.test(name)) return "kPa";
  return /cm\s*h\s*(2|₂)\s*o/i.test(name) ? "cmH2O" : "mmHg";
};

/** How many mmHg one of each is (at 0 °C and 4 °C, as conventional). */
export const mmhgIn: Readonly<Record<PressureUnit, number>> = { mmHg: 1, kPa: 7.500_617, cmH2O: 0.735_559 };

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
