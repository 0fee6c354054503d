/** Recordings as they are found, to be made into files by the thread of the archive. */
import { recordingWords as words } from "../../shared/view/recording-words.ts";
import { problem, type Problem } from "../http/route.ts";
import { askedOf } from "../recordings/archive.ts";
import type { Finder } from "../recordings/find.ts";
import type { Archive } from "../store/archive.ts";
import type { Exportable, ExportableClass, ExportOptions } from "./routes.ts";

export const exportable = (
  find: Pick<Finder, "session" | "class">,
  archive: Pick<Archive, "run">,
): Pick<ExportOptions, "find" | "findClass"> => ({
  find: async (session): Promise<Exportable | Problem> => {
    const read = await find.session(session);
    if (!read.ok) return read;
    const { wanted, removed } = read;
    if (removed !== null) return problem(410, words.removed[removed.why]);
    const shown = await read.shown();
    if (!shown.ok) return shown;
    const { running, entry } = shown.body;
    return {
      ...{ ok: true, shown: { session, running, body: entry.body } },
      make: (format, known) => archive.run("exportSession", askedOf(wanted, null), { format, known }),
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
