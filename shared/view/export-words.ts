/** What is said of files that go out and come in. */
import type { PressureUnit, TimeUnit } from "../clinic/import-api.ts";

const mib = (bytes: number): string => `${String(Math.ceil(bytes / 1024 / 1024))} MiB`;

type Where = Readonly<{ line: number | null; field: string | null }>;

const placeOf = ({ line, field }: Where): string =>
  [...(line === null ? [] : [`line ${String(line)}`]), ...(field === null ? [] : [field])].join(", ") ||
  "the file";

/** As much of a cell as tells which one it is. */
const short = (cell: string): string => (cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);

/** Behind "is no time" and in a list to choose from. */
export const timeUnitNames = {
  s: "in seconds",
  ms: "in milliseconds",
  clock: "of a clock, such as 1:02:03.5",
  iso: "with a date, such as 2026-03-01T10:00:00Z",
} as const satisfies Record<TimeUnit, string>;

/** What a file turns out to be. */
const kinds = {
  empty: "empty",
  picture: "a picture",
  compressed: "a compressed file; unpack it first",
  zip: "a ZIP archive or a workbook; unpack it, or save the table as CSV",
  pdf: "a PDF",
  utf16: "text in UTF-16; save it as UTF-8",
  binary: "no text",
  html: "a web page",
  classFile: "a class file; those are taken over under Setup > Class file",
  fhir: "a FHIR bundle, which goes out and does not come back",
  json: "JSON that no export of a recording has made",
  text: "text of another kind",
} as const;

export const exportWords = {
  tooLarge: (found: number, most: number): string =>
    `The file is ${mib(found)} large; ${mib(most)} are taken at most.`,
  tooManyLines: (most: number): string =>
    `The file has more than ${most.toLocaleString("en")} facts, more than are taken at once.`,
  lineTooLong: (most: number): string => `is longer than ${mib(most)}`,
  cutOff: "The file is cut off: its last line does not close it. Take it from where it was made once more.",
  changed:
    "The file was changed or damaged on its way: its content does not fit the checksum in its last line. Take it from where it was made once more.",
  otherCount: (said: number, found: number): string =>
    `The last line tells of ${String(said)} facts, and there are ${String(found)}.`,
  notJson: "is no JSON in UTF-8",
  idsGoBack: (id: number, last: number): string =>
    `is ${String(id)}, not greater than ${String(last)} before it`,
  timeGoesBack: (at: number, last: number): string =>
    `is ${String(at)} ms, before ${String(last)} ms in the line before`,
  otherVersion: (found: string, known: number): string =>
    `The file is in version ${found} of its form; this server reads version ${String(known)}. Bring in a file of that version, or use the server that made it.`,
  noVersion: "(none)",
  noRecording: (kind: keyof typeof kinds): string => `This is no recording: it is ${kinds[kind]}.`,
  kinds,

  noTable: (kind: keyof typeof kinds): string =>
    `This is neither a recording nor a table: it is ${kinds[kind]}.`,
  oneColumn:
    "has one column only; a table has one of times and one of pressures, with a comma, a semicolon or a tab between",
  noColumns: (found: number): string =>
    `has ${String(found)} columns: choose one of them for the time and another for the pressure`,
  shortRow: (found: number): string => `has ${String(found)} columns, fewer than the lines before`,
  noMoment: (found: string, unit: TimeUnit): string => `"${short(found)}" is no time ${timeUnitNames[unit]}`,
  noNumber: (found: string): string => `"${short(found)}" is no number`,
  outOfRange: (found: number, lowest: number, highest: number): string =>
    `${String(Math.round(found))} mmHg is no pressure of a cuff (${String(lowest)} to ${String(highest)}): is the unit right?`,
  notInOrder: (found: string): string => `"${short(found)}" is not after the time in the line before`,
  tooLongSpan: (most: number): string => `is more than ${String(most / 3_600_000)} hours after the first`,
  tooManySamples: (most: number): string =>
    `There are more than ${most.toLocaleString("en")} samples, more than are taken at once.`,
  noSamples: (unit: PressureUnit, decimal: "point" | "comma"): string =>
    `There are no two samples in it (times, and pressures in ${unit} with a decimal ${decimal}).`,
  unfit: "does not fit the facts before it",
  nobody: "There is no session in this file: nobody has a place in it.",
  notOnePatient: (sessions: number): string =>
    `The file is of a whole class (sessions in it: ${String(sessions)}), so it cannot be put on one patient's record. Choose no patient: each session goes to whom the file names. Or bring in the file of that patient's session alone.`,
  undated: "The file does not say when it was recorded: say when it began, and bring it in again.",
  endsBefore: "This recording would end before it begins: its times and its dates do not fit each other.",
  inFuture:
    "This recording would end in the future: say when it really began, or correct the clock of where it was made.",
  tooMuch: "The file cannot be read: it takes more memory than is given to it.",
  somebody: "Brought in",
  /** `by` is "" for what was made here. */
  already: (by: string): string =>
    by === ""
      ? "This recording was made here: it is here already, or still under way. Nothing was taken in."
      : `This recording is here already: ${by} brought it in. Nothing was taken in.`,
  erased:
    "Somebody in this file was erased from the records here, and does not come back by a file. Nothing was taken in.",
  notKept: (why: string): string => `Nothing was taken in: the recording cannot be stored. ${why}`,
  /** "line 12, pressure". */
  place: placeOf,
  problem: (one: Where & Readonly<{ reason: string }>): string =>
    one.line === null && one.field === null ? one.reason : `${placeOf(one)}: ${one.reason}`,
  importedRoom: "Brought in",
  /** What the plan of a table is called. */
  importedPlan: "Recording brought in",

  badRow: {
    "too-wide": "has more than 200 columns: this is no table of measurements",
    "too-long": "is longer than 64 KiB: this is no table of measurements",
    quote: "has a quotation mark that is not closed, or that stands in the midst of a cell",
  },
} as const;
