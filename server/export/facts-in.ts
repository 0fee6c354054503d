/**
 * Reads a recording that was taken home as NDJSON. It is read whole or refused whole: a file that was cut off, changed on its way, made by
 * another version or by another program says why, with the line and the field.
 */
import { createHash } from "node:crypto";
import { firstIssue } from "../../shared/cuff/message.ts";
import { readLine } from "../../shared/recording/fact-schema.ts";
import {
  type FactsHeader,
  type FactsTrailer,
  factsFormat,
  factsLimits,
  factsVersion,
  type FileLimits,
  headerSchema,
  trailerSchema,
} from "../../shared/recording/facts-file.ts";
import type { Line } from "../../shared/recording/line.ts";
import { exportWords as words } from "../../shared/view/export-words.ts";

/** Why a file was refused. `line` counts from 1; null where no line is to blame. */
export type FileProblem = Readonly<{ line: number | null; field: string | null; reason: string }>;
export type ReadFile<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; problem: FileProblem }>;
export type FactsFile = Readonly<{ header: FactsHeader; lines: readonly Line[] }>;

export const refused = (
  reason: string,
  line: number | null = null,
  field: string | null = null,
): { ok: false; problem: FileProblem } => ({ ok: false, problem: { line, field, reason } });

/** The facts in a file. Never throws, whatever is in it. */
export const readFacts = (bytes: Uint8Array, limits: FileLimits = factsLimits): ReadFile<FactsFile> => {
  if (bytes.length > limits.bytes) return refused(words.tooLarge(bytes.length, limits.bytes));
  // What an editor puts before the first letter of a file that it saves.
  if (byteOrderMark.every((b, i) => bytes[i] === b)) return refused(words.changed, 1);
  const header = readHeader(bytes, limits);
  if (!header.ok) return header;
  const ends = lineEnds(bytes, limits.lines + 2);
  if (ends === null) return refused(words.tooManyLines(limits.lines));
  const [before, last] = [ends.at(-2), ends.at(-1)];
  const trailer =
    before === undefined || last !== bytes.length - 1 ? null : readTrailer(bytes.subarray(before + 1, last));
  if (trailer === null || before === undefined) return refused(words.cutOff, ends.length);
  const lines = readLines(bytes, ends.slice(0, -1), limits);
  // A line that can be named says more than that something, somewhere, is not as it was.
  if (!lines.ok) return lines;
  const sha256 = createHash("sha256")
    .update(bytes.subarray(0, before + 1))
    .digest("hex");
  if (sha256 !== trailer.sha256) return refused(words.changed, ends.length, "sha256");
  if (trailer.facts !== lines.value.length)
    return refused(words.otherCount(trailer.facts, lines.value.length), ends.length, "facts");
  return { ok: true, value: { header: header.value, lines: lines.value } };
};

/** Whether a file says of itself that it is one of ours, of whatever version. */
export const looksLikeFacts = (bytes: Uint8Array): boolean => {
  const first = parseUtf8(bytes.subarray(0, 200));
  return (
    first
      ?.replace(/^\ufeff/, "")
      .trimStart()
      .startsWith(`{"format":"${factsFormat}"`) === true
  );
};

const readHeader = (bytes: Uint8Array, { headerBytes }: FileLimits): ReadFile<FactsHeader> => {
  const end = bytes.indexOf(newline);
  if ((end === -1 ? bytes.length : end) > headerBytes) return refused(words.noRecording(whatItIs(bytes)), 1);
  const value = parseJsonLine(bytes.subarray(0, end === -1 ? bytes.length : end));
  if (!isObject(value) || value.format !== factsFormat) return refused(words.noRecording(whatItIs(bytes)), 1);
  if (value.version !== factsVersion)
    return refused(words.otherVersion(said(value.version), factsVersion), 1, "version");
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [field = "", reason = ""] = firstIssue(parsed.error).split(/: (.*)/s);
  return refused(reason, 1, field);
};

const readTrailer = (line: Uint8Array): FactsTrailer | null => {
  const parsed = trailerSchema.safeParse(parseJsonLine(line));
  return parsed.success ? parsed.data : null;
};

/** The lines between the first and the last. */
const readLines = (
  bytes: Uint8Array,
  ends: readonly number[],
  { lineBytes }: FileLimits,
): ReadFile<readonly Line[]> => {
  const lines: Line[] = [];
  let last: Line | null = null;
  for (let n = 1; n < ends.length; n++) {
    const [begin, end] = [(ends[n - 1] ?? 0) + 1, ends[n] ?? 0];
    const number = n + 1;
    if (end - begin > lineBytes) return refused(words.lineTooLong(lineBytes), number);
    const value = parseJsonLine(bytes.subarray(begin, end));
    if (value === undefined) return refused(words.notJson, number);
    const read = readLine(value);
    if (!read.ok) return refused(read.problem.reason, number, read.problem.field);
    const { line } = read;
    if (last !== null && line.id <= last.id) return refused(words.idsGoBack(line.id, last.id), number, "id");
    if (last !== null && line.at < last.at)
      return refused(words.timeGoesBack(line.at, last.at), number, "at");
    lines.push(line);
    last = line;
  }
  return { ok: true, value: lines };
};

const newline = 10;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/** Where each line ends; null where there are more than `most`. */
const lineEnds = (bytes: Uint8Array, most: number): readonly number[] | null => {
  const ends: number[] = [];
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
    if (ends.length === most) return null;
    ends.push(at);
  }
  return ends;
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const parseUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};

/** What a line holds; undefined where it is no JSON in UTF-8. */
const parseJsonLine = (line: Uint8Array): unknown => {
  const text = parseUtf8(line);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const said = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).slice(0, 40) : words.noVersion;

/** What a file begins with that is none of ours: most mistakes are a file of another kind. */
export const whatItIs = (bytes: Uint8Array): keyof typeof words.kinds => {
  const begins = (...signature: readonly number[]): boolean => signature.every((b, i) => bytes[i] === b);
  if (bytes.length === 0) return "empty";
  if (begins(0x89, 0x50, 0x4e, 0x47) || begins(0xff, 0xd8, 0xff) || begins(0x47, 0x49, 0x46))
    return "picture";
  if (begins(0x1f, 0x8b) || begins(0x28, 0xb5, 0x2f, 0xfd)) return "compressed";
  if (begins(0x50, 0x4b, 3, 4)) return "zip";
  if (begins(0x25, 0x50, 0x44, 0x46)) return "pdf";
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return "utf16";
  const head = bytes.subarray(0, 4096);
  if (head.includes(0)) return "binary";
  const text = new TextDecoder().decode(head).trimStart();
  if (text.startsWith("<")) return "html";
  if (text.startsWith("{") && text.includes('"stations"')) return "classFile";
  if (text.startsWith("{") && text.includes('"resourceType"')) return "fhir";
  return text.startsWith("{") || text.startsWith("[") ? "json" : "text";
};
