/** The header of an EDF+ file, field by field in the order and width in which the format has them (edfplus.info, 2.1). */

export type SignalHeader = Readonly<{
  label: string;
  transducer: string;
  dimension: string;
  physicalMin: string;
  physicalMax: string;
  digitalMin: number;
  digitalMax: number;
  prefiltering: string;
  samples: number;
}>;

export type FileHeader = Readonly<{
  /** Local date and time of the clinic, as parts of a date in UTC that reads as they do. */
  begins: Date;
  patientCode: string;
  /** Session and device, in this order. */
  recording: readonly [string, string];
  kind: "EDF+C" | "EDF+D";
  records: number;
  recordS: number;
  signals: readonly SignalHeader[];
}>;

export const headerOf = (file: FileHeader): Uint8Array => {
  const { begins, patientCode, recording, kind, records, recordS, signals } = file;
  const [session, device] = recording;
  const every = (width: number, of: (s: SignalHeader) => string | number): string =>
    signals.map((s) => field(of(s), width)).join("");
  const text = [
    field("0", 8),
    // Sex, birth date and name are left out: X stands for what is not told.
    field(`${word(patientCode)} X X X`, 80),
    field(`Startdate ${longDate(begins)} ${word(session)} X ${word(device)}`, 80),
    field(shortDate(begins), 8),
    field([begins.getUTCHours(), begins.getUTCMinutes(), begins.getUTCSeconds()].map(two).join("."), 8),
    field(256 * (signals.length + 1), 8),
    field(kind, 44),
    field(records, 8),
    field(recordS, 8),
    field(signals.length, 4),
    every(16, (s) => s.label),
    every(80, (s) => s.transducer),
    every(8, (s) => s.dimension),
    every(8, (s) => s.physicalMin),
    every(8, (s) => s.physicalMax),
    every(8, (s) => s.digitalMin),
    every(8, (s) => s.digitalMax),
    every(80, (s) => s.prefiltering),
    every(8, (s) => s.samples),
    every(32, () => ""),
  ].join("");
  return new TextEncoder().encode(text);
};

/** Printable ASCII and nothing else may stand in a header; letters with marks lose them. */
const field = (value: string | number, width: number): string =>
  String(value)
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\x20-\x7e]/g, "_")
    .slice(0, width)
    .padEnd(width);

/** A part of a field whose parts are told apart by spaces. */
const word = (text: string): string => text.trim().replaceAll(/\s+/g, "_") || "X";

const two = (n: number): string => String(n).padStart(2, "0");
const shortDate = (d: Date): string =>
  [d.getUTCDate(), d.getUTCMonth() + 1, d.getUTCFullYear() % 100].map(two).join(".");
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const longDate = (d: Date): string =>
  `${two(d.getUTCDate())}-${months[d.getUTCMonth()] ?? "X"}-${d.getUTCFullYear()}`;
