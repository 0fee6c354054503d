/** What recordings are read by: everything that opens facts happens elsewhere than on the floor's thread, and is asked for here. */
import type { Figures } from "../../shared/clinic/recording-record.ts";
import type { ClassId } from "../../shared/ids.ts";
import type { Span } from "../../shared/recording/span.ts";
import type { Monotonic } from "../../shared/units.ts";
import type { Archive } from "../store/archive.ts";
import type { FactsAsked } from "../store/archive-facts.ts";
import type { StoreResult } from "../store/store.ts";

/** What of a log is wanted: one patient's part in a class, or a class whole. */
export type Wanted = Readonly<{
  log: number;
  from: Monotonic;
  to: Monotonic;
  /** Whether more will come. */
  running: boolean;
}> &
  (Readonly<{ kind: "session"; span: Span }> | Readonly<{ kind: "class"; class: ClassId }>);

export type RecordingArchive = Readonly<{
  /** The lines as a container (shared/recording/container.ts); with `after` only those after that id. */
  facts: (wanted: Wanted, after: number | null) => Promise<StoreResult<Uint8Array>>;
  /** What a list, a trend and a summary say of a session. */
  figures: (wanted: Wanted & Readonly<{ kind: "session" }>) => Promise<StoreResult<Figures>>;
}>;

/** The thread of the archive as it is asked here. */
export const recordingArchive = (archive: Archive): RecordingArchive => ({
  facts: (wanted, after) => archive.facts(askedOf(wanted, after)),
  figures: (wanted) => archive.run("figures", askedOf(wanted, null), wanted.span),
});

/** What the archive is asked for something of a recording. */
export const askedOf = (wanted: Wanted, after: number | null): FactsAsked => {
  const { log, from, to, running } = wanted;
  const afterId = after === null ? {} : { afterId: after };
  if (wanted.kind === "class")
    return {
      ...{ stretch: { log, from, to, cuffs: null }, running, ...afterId },
      of: { kind: "class", class: wanted.class },
    };
  const { span } = wanted;
  const cuffs = span.worn.map((w) => ({ cuff: w.cuff, from: w.freeFrom, to: w.to ?? to }));
  return {
    ...{ stretch: { log, from, to, cuffs }, running, span, ...afterId },
    of: { kind: "session", session: span.session },
  };
};
