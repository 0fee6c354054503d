/** `/api/recordings/:session/export/…` and `/api/classes/:id/export/…`: what was recorded, in formats that other programs read. */
import { z } from "zod";
import type { ClassRecord } from "../../shared/clinic/recording-record.ts";
import { classId, type SiteId } from "../../shared/ids.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import { reportWords as words } from "../../shared/view/report-words.ts";
import { fileName, fileOf } from "../http/file.ts";
import { problem, type Problem, type Route, route } from "../http/route.ts";
import { unreadable } from "../records/answers.ts";
import type { Clinic } from "../records/clinic.ts";
import type { StoreResult } from "../store/store.ts";
import { dictionaryCsv } from "./dictionary.ts";
import type { Known } from "./exported.ts";
import {
  csvMedia,
  type ExportFormat,
  exportFormats,
  formats,
  type KnownOfClass,
  ndjsonMedia,
} from "./files.ts";
import { knownOf, type ShownRecording } from "./known.ts";

/** A session that was found; `make` writes the file elsewhere than on the floor's thread. */
export type Exportable = Readonly<{
  ok: true;
  shown: ShownRecording;
  make: (format: ExportFormat, known: Known) => Promise<StoreResult<Uint8Array>>;
}>;

/** A class that was found. */
export type ExportableClass = Readonly<{
  ok: true;
  shown: Readonly<{ class: string; body: ClassRecord }>;
  make: (known: KnownOfClass) => Promise<StoreResult<Uint8Array>>;
}>;

export type ExportOptions = Readonly<{
  clinic: Clinic;
  site: SiteId;
  /** A session by its id, or why there is none to be read. */
  find: (session: string) => Promise<Exportable | Problem>;
  findClass: (id: string) => Promise<ExportableClass | Problem>;
}>;

export const exportRoutes = (options: ExportOptions): readonly Route[] => [
  ...exportFormats.map((format) => sessionRoute(options, format)),
  route({
    method: "get",
    path: "/api/recordings/:session/export/dictionary.csv",
    what: "What each column of the tables of a session means; the same for every session.",
    right: "export",
    params: bySession,
    answer: fileOf(csvMedia),
    handle: () =>
      Promise.resolve({
        ok: true,
        body: { content: Buffer.from(dictionaryCsv()), name: "cuffwatch-dictionary.csv" },
      }),
  }),
  classRoute(options),
];

const bySession = z.object({ session: z.string().max(64) });

const sessionRoute = ({ clinic, site, find }: ExportOptions, format: ExportFormat): Route => {
  const { media, ending, what } = formats[format];
  return route({
    method: "get",
    path: `/api/recordings/:session/export/${format}`,
    what,
    right: "export",
    params: bySession,
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
};

const classRoute = ({ clinic, site, findClass }: ExportOptions): Route =>
  route({
    method: "get",
    path: "/api/classes/:id/export/ndjson",
    what: "The facts of a whole class, one a line, to be brought in again without loss (docs/recording-format.md).",
    right: "export",
    params: z.object({ id: z.string().max(64) }),
    answer: fileOf(ndjsonMedia),
    handle: async ({ params: { id } }) => {
      const found = await findClass(id);
      if (!found.ok) return found;
      const { source, from, startedAt } = found.shown.body;
      const clocks = { at: monotonic(from), wall: wallTime(startedAt) };
      const content = await found.make({ class: classId(id), site, source, clocks, madeAt: clinic.wall() });
      if (!content.ok) return problem(503, words.unreadable(content.error.detail));
      const name = fileName(["cuffwatch", dayOf(startedAt), "class", id], "ndjson");
      return { ok: true, body: { content: content.value, name } };
    },
  });

const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

/** "cuffwatch-2026-03-03-station-3-….edf": nobody's name, since files lie about. */
const nameOf = ({ session, body }: ShownRecording, ending: string): string =>
  fileName(["cuffwatch", dayOf(body.startedAt), words.station(body.station), session], ending);
