/** Every file that is made of one session, and the one that is made of a class: what the thread of the archive writes. */
import type { ClassId } from "../../shared/ids.ts";
import { edfFile, edfMedia } from "./edf/file.ts";
import type { Exported } from "./exported.ts";
import { fhirFile, fhirMedia } from "./fhir/bundle.ts";
import { eventsOf, factsOf, type FactsOf, samplesOf } from "./taken-home.ts";

export const csvMedia = "text/csv; charset=utf-8; header=present";
export const ndjsonMedia = "application/x-ndjson";

type Format = Readonly<{
  media: string;
  /** Of its name. */
  ending: string;
  what: string;
  write: (exported: Exported) => Uint8Array;
}>;

export const formats = {
  fhir: {
    ...{ media: fhirMedia, ending: "fhir.json", write: fhirFile },
    what: "One session as a FHIR R4 bundle (docs/fhir.md).",
  },
  edf: { media: edfMedia, ending: "edf", write: edfFile, what: "One session as an EDF+ file (docs/edf.md)." },
  csv: {
    ...{ media: csvMedia, ending: "samples.csv", write: samplesOf },
    what: "Every pressure of one session as a table (RFC 4180); the dictionary tells of its columns.",
  },
  "events.csv": {
    ...{ media: csvMedia, ending: "events.csv", write: eventsOf },
    what: "Alarms, answers, sets, notes and inflations of one session as a table (RFC 4180).",
  },
  ndjson: {
    ...{ media: ndjsonMedia, ending: "ndjson" },
    what: "The facts of one session, one a line, to be brought in again without loss (docs/recording-format.md). Nothing of the register goes with them.",
    write: ({ recorded, session, ...known }) =>
      factsOf({ ...known, recorded, of: { kind: "session", session }, patient: null }),
  },
} as const satisfies Readonly<Record<string, Format>>;
export type ExportFormat = keyof typeof formats;
export const exportFormats = Object.keys(formats) as readonly ExportFormat[];

/** The file in memory of its own, which can be handed to another thread. */
export const fileIn = (format: ExportFormat, exported: Exported): Uint8Array<ArrayBuffer> =>
  new Uint8Array(formats[format].write(exported));

/** What is told of a class beside its facts. */
export type KnownOfClass = Omit<FactsOf, "recorded" | "of" | "patient"> & Readonly<{ class: ClassId }>;

export const classFactsIn = ({
  class: of,
  ...about
}: KnownOfClass & Pick<FactsOf, "recorded">): Uint8Array<ArrayBuffer> =>
  new Uint8Array(factsOf({ ...about, of: { kind: "class", class: of }, patient: null }));
