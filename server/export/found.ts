/** Recordings as they are found, to be made into files by the thread of the archive. */
import { recordingWords as words } from "../../shared/view/recording-words.ts";
import { problem, type Problem } from "../http/route.ts";
import { askedOf } from "../recordings/archive.ts";
import type { Finder } from "../recordings/find.ts";
import type { Archive } from "../store/archive.ts";
import type { FactsAsked } from "../store/archive-facts.ts";
import type { PatientArchiveOptions, Takeable } from "./patient-archive.ts";
import type { Exportable, ExportableClass, ExportOptions } from "./routes.ts";
import type { ShownRecording } from "./known.ts";

export const exportable = (
  find: Pick<Finder, "session" | "class">,
  archive: Pick<Archive, "run">,
): Pick<ExportOptions, "find" | "findClass"> => ({
  find: async (session): Promise<Exportable | Problem> => {
    const found = await foundSession(find, session);
    if (!found.ok) return found;
    const { asked, shown } = found;
    return {
      ok: true,
      shown,
      make: (format, known) => archive.run("exportSession", asked, { format, known, span: asked.span }),
    };
  },
  findClass: async (id): Promise<ExportableClass | Problem> => {
    const read = await find.class(id);
    if (!read.ok) return read;
    const { wanted, removed } = read;
    if (removed !== null) return problem(410, words.removed[removed.why]);
    const shown = await read.shown();
    if (!shown.ok) return shown;
    return {
      ...{ ok: true, shown: { class: id, body: shown.body.entry.body } },
      make: (known) => archive.run("exportClass", askedOf(wanted, null), known),
    };
  },
});

/** The same for the archive of everything that is known of a patient. */
export const takeable =
  (find: Pick<Finder, "session">, archive: Pick<Archive, "run">): PatientArchiveOptions["find"] =>
  async (session): Promise<Takeable | Problem> => {
    const found = await foundSession(find, session);
    if (!found.ok) return found;
    const { asked, shown } = found;
    return {
      ok: true,
      shown,
      make: (known) => archive.run("exportWhole", asked, { known, span: asked.span }),
    };
  };

type FoundSession = Readonly<{ ok: true; shown: ShownRecording; asked: FactsAsked }>;

const foundSession = async (
  find: Pick<Finder, "session">,
  session: string,
): Promise<FoundSession | Problem> => {
  const read = await find.session(session);
  if (!read.ok) return read;
  const { wanted, removed } = read;
  if (removed !== null) return problem(410, words.removed[removed.why]);
  const shown = await read.shown();
  if (!shown.ok) return shown;
  const { running, entry } = shown.body;
  return { ok: true, shown: { session, running, body: entry.body }, asked: askedOf(wanted, null) };
};
