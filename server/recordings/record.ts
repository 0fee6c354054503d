/** From what was to what is kept of it: the records of a session's recording and of a class's, and back to what of the log they mean. */
import type { ClassRecord, Figures, RecordingRecord } from "../../shared/clinic/recording-record.ts";
import type { RunningClass } from "../../shared/class/visit.ts";
import { classId, cuffId, patientId, sessionId, stationId } from "../../shared/ids.ts";
import { ownLog } from "../../shared/recording/line.ts";
import type { Span } from "../../shared/recording/span.ts";
import type { Outcome } from "../../shared/class/visit.ts";
import { monotonic, type Monotonic, type WallTime } from "../../shared/units.ts";
import type { Wanted } from "./archive.ts";

/** A moment on both clocks: the wall clock of any other moment of a session is reckoned from it, since that clock may have been set meanwhile. */
export type BothClocks = Readonly<{ at: Monotonic; wall: WallTime }>;

const wallOf =
  (known: BothClocks) =>
  (then: Monotonic): number =>
    Math.max(0, Math.round(known.wall - (known.at - then)));

type Made = Readonly<{
  span: Span;
  to: Monotonic;
  outcome: Outcome | null;
  known: BothClocks;
  figures: Figures;
}>;

export const recordingOf = ({ span, to, outcome, known, figures }: Made): RecordingRecord => {
  const wall = wallOf(known);
  return {
    ...{ patient: span.patient, name: span.name, station: span.station, class: span.class },
    ...{ programme: span.programme, outcome, figures },
    cuffs: span.worn.map((w) => ({ ...w.limb, cuff: w.cuff, from: w.from, to: w.to ?? to })),
    ...{ log: ownLog, from: span.from, to, startedAt: wall(span.from), endedAt: wall(to) },
    ...{ source: "recorded", removed: null, file: null },
  };
};

type MadeClass = Readonly<{ class: RunningClass; to: Monotonic; known: BothClocks }>;

export const classRecordOf = (
  { class: { room, by, startedAt: from }, to, known }: MadeClass,
  sessions: ClassRecord["sessions"],
): ClassRecord => {
  const wall = wallOf(known);
  return {
    ...{ room, by, sessions },
    ...{ log: ownLog, from, to, startedAt: wall(from), endedAt: wall(to), source: "recorded", removed: null },
  };
};

/** Who was in a class, as its record names them. */
export const inClass = (span: Span): ClassRecord["sessions"][number] => ({
  ...{ session: span.session, patient: span.patient, name: span.name, station: span.station },
});

/** What a session's recording means of its log. */
export const wantedOf = (id: string, body: RecordingRecord): Wanted & Readonly<{ kind: "session" }> => {
  const [from, to] = [monotonic(body.from), monotonic(body.to)];
  const span: Span = {
    session: sessionId(id),
    patient: body.patient === null ? null : patientId(body.patient),
    class: body.class === null ? null : classId(body.class),
    ...{ station: stationId(body.station), name: body.name, programme: body.programme, from, to },
    worn: body.cuffs.map(({ cuff, limb, side, ...w }) => ({
      ...{ cuff: cuffId(cuff), limb: { limb, side }, from: monotonic(w.from), to: monotonic(w.to) },
      freeFrom: monotonic(w.from),
    })),
  };
  return { kind: "session", log: body.log, from, to, running: false, span };
};

export const wantedOfClass = (id: string, body: ClassRecord): Wanted => ({
  ...{ kind: "class", class: classId(id), log: body.log },
  ...{ from: monotonic(body.from), to: monotonic(body.to), running: false },
});
