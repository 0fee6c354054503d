/** A lived class as a server gives it to browsers: one session, or the class whole, as a container. */
import { freeze, checkpointFormat } from "../../shared/checkpoint.ts";
import type { ClassRecord, RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { recordingSchema } from "../../shared/clinic/recording-record.ts";
import { encodeChunk } from "../../shared/recording/chunk.ts";
import { type Head, openRecording, packRecording } from "../../shared/recording/container.ts";
import { figuresOf } from "../../shared/recording/figures.ts";
import type { Line } from "../../shared/recording/line.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import { type Span, spansOf } from "../../shared/recording/span.ts";
import type { Monotonic } from "../../shared/units.ts";
import type { LivedClass } from "./lived-class.ts";

const frequent: ReadonlySet<string> = new Set(["samples", "basic-sample", "status", "meta", "event"]);

const chunksOf = (lines: readonly Line[]): readonly Uint8Array[] => {
  const part = ({ fact }: Line): string =>
    "cuff" in fact && frequent.has(fact.kind) ? String(fact.cuff) : "";
  return [...Map.groupBy(lines, part).values()].map(encodeChunk);
};

export type Wanted = Readonly<{ to: Monotonic; running: boolean; after?: number; holes?: Head["holes"] }>;

const packed = (
  of: Head["of"],
  lived: LivedClass,
  lines: readonly Line[],
  { to, running, after = 0, holes = [] }: Wanted,
): Uint8Array =>
  packRecording(
    {
      ...{
        of,
        site: lived.start.site,
        log: 0,
        from: lived.lines[0]?.at ?? to,
        to,
        running,
        holes: [...holes],
      },
      start: after > 0 ? null : { afterId: 0, format: checkpointFormat, state: freeze(lived.start) },
      lastId: lived.lines.findLast((line) => line.at <= to)?.id ?? 0,
    },
    chunksOf(lines.filter((line) => line.id > after && line.at <= to)),
  );

export const spanAt = (lived: LivedClass, station: string): Span => {
  const span = spansOf(lived.lines).find((s) => s.station === station);
  if (span === undefined) throw new Error(`Nobody sits at ${station}.`);
  return span;
};

export const packedSession = (lived: LivedClass, span: Span, wanted: Wanted): Uint8Array =>
  packed(
    { kind: "session", session: span.session },
    lived,
    [...ownLines(span, lived.start, lived.lines)],
    wanted,
  );

export const packedClass = (lived: LivedClass, wanted: Wanted): Uint8Array =>
  packed({ kind: "class", class: classIn(lived) }, lived, lived.lines, wanted);

const classIn = ({ end }: LivedClass) => {
  const { running } = end.class;
  if (running === null) throw new Error("No class is running.");
  return running.id;
};

/** What the records say of one session. */
export const recordOf = (lived: LivedClass, span: Span, to: Monotonic): RecordingRecord => {
  const opened = openRecording(packedSession(lived, span, { to, running: false }));
  if (!opened.ok) throw new Error(opened.error.detail);
  const seat = lived.end.class.seats.find((s) => s.visit.session === span.session);
  return recordingSchema.parse({
    ...{ patient: span.patient, name: span.name, station: span.station, class: span.class },
    programme: seat?.visit.programme ?? "",
    cuffs: span.worn.map((w) => ({ ...w.limb, cuff: w.cuff, from: w.from, to: w.to ?? to })),
    figures: figuresOf(recordedOf(opened.value), span),
    ...whereOf(lived, to),
    file: null,
  });
};

export const classRecordOf = (lived: LivedClass, to: Monotonic): ClassRecord => ({
  ...{ room: "Gym", by: "Aidan R." },
  sessions: spansOf(lived.lines).map(({ session, patient, name, station }) => ({
    ...{ session, patient, name, station },
  })),
  ...whereOf(lived, to),
});

const whereOf = ({ lines }: LivedClass, to: Monotonic) => {
  const [first] = lines;
  if (first === undefined) throw new Error("Nothing was recorded.");
  const startedAt = first.wall;
  return {
    ...{ log: 0, from: first.at, to, startedAt, endedAt: startedAt + (to - first.at) },
    source: "recorded" as const,
    removed: null,
  };
};
