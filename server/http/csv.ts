/** Tables as CSV (RFC 4180) that a spreadsheet cannot be made to calculate with. */

export type Cell = string | number | boolean | null;

/**
 * What makes a spreadsheet take a text for a formula (OWASP, "CSV injection"): one of these signs, also in full width, and also behind spaces
 * and characters that nobody sees, which some programs cut off as they read.
 */
const startsFormula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/**
 * One row, with its line end. A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are numbers, also
 * below zero. Null is an empty cell.
 */
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const csvCell = (cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = startsFormula.test(cell) ? `'${cell}` : cell;
  // Quoted whole, so that no other separator of a spreadsheet cuts a formula out of it.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
