/** What is said of files that go out and come in. */
const mib = (bytes: number): string => `${String(Math.ceil(bytes / 1024 / 1024))} MiB`;

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
} as const;
