/** `/api/recordings/:session/export/…`: one session in formats that other programs read. */
import { z } from "zod";
import type { SiteId } from "../../shared/ids.ts";
import { reportWords as words } from "../../shared/view/report-words.ts";
import { fileName, fileOf } from "../http/file.ts";
import { problem, type Problem, type Route, route } from "../http/route.ts";
import { unreadable } from "../records/answers.ts";
import type { Clinic } from "../records/clinic.ts";
import type { StoreResult } from "../store/store.ts";
import { edfMedia } from "./edf/file.ts";
import type { Known } from "./exported.ts";
import { fhirMedia } from "./fhir/bundle.ts";
import { knownOf, type ShownRecording } from "./known.ts";

/** The formats that are made of facts and of what the register knows. */
export type ExportFormat = "fhir" | "edf";

/** A session that was found; `make` writes the file elsewhere than on the floor's thread. */
export type Exportable = Readonly<{
  ok: true;
  shown: ShownRecording;
  make: (format: ExportFormat, known: Known) => Promise<StoreResult<Uint8Array>>;
}>;

export type ExportOptions = Readonly<{
  clinic: Clinic;
  site: SiteId;
  /** A session by its id, or why there is none to be read. */
  find: (session: string) => Promise<Exportable | Problem>;
}>;

const formats = {
  fhir: { media: fhirMedia, ending: "fhir.json", what: "One session as a FHIR R4 bundle (docs/fhir.md)." },
  edf: { media: edfMedia, ending: "edf", what: "One session as an EDF+ file (docs/edf.md)." },
} as const satisfies Readonly<
  Record<ExportFormat, Readonly<{ media: string; ending: string; what: string }>>
>;

export const exportRoutes = ({ clinic, site, find }: ExportOptions): readonly Route[] =>
  (["fhir", "edf"] as const).map((format) => {
    const { media, ending, what } = formats[format];
    return route({
      method: "get",
      path: `/api/recordings/:session/export/${format}`,
      what,
      right: "export",
      params: z.object({ session: z.string().max(64) }),
      answer: fileOf(media),
      handle: async ({ params: { session } }) => {
        const found = await find(session);
        if (!found.ok) return found;
        const known = await knownOf(clinic, site, found.shown);
        if (!known.ok) return unreadable(known);
        const content = await found.make(format, known.value);
        if (!content.ok) return problem(503, words.unreadable(content.error.detail));
        return { ok: true, body: { content: content.value, name: nameOf(found.shown, ending) } };
      },
    });
  });

/** "cuffwatch-2026-03-03-station-3-….edf": nobody's name, since files lie about. */
const nameOf = ({ session, body }: ShownRecording, ending: string): string => {
  const day = new Date(body.startedAt).toISOString().slice(0, 10);
  return fileName(["cuffwatch", day, words.station(body.station), session], ending);
};
