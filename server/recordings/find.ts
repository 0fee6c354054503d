/** A recording by its id, wherever it is: in the records, still to be kept, or under way. */
import type { OneClass, OneRecording, Running } from "../../shared/clinic/recording-api.ts";
import type { ClassRecord, RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { ownLog } from "../../shared/recording/line.ts";
import type { Monotonic, WallTime } from "../../shared/units.ts";
import { recordingWords as words } from "../../shared/view/recording-words.ts";
import { type Answered, problem, type Problem } from "../http/route.ts";
import { unreadable } from "../records/answers.ts";
import type { Clinic } from "../records/clinic.ts";
import type { Entry, RecordKind } from "../register/register.ts";
import type { RecordingArchive, Wanted } from "./archive.ts";
import { type Closer, wantedOfSpan } from "./closer.ts";
import { classRecordOf, inClass, recordingOf, wantedOf, wantedOfClass } from "./record.ts";

export type FinderOptions = Readonly<{
  clinic: Clinic;
  archive: RecordingArchive;
  closer: Pick<Closer, "unkept" | "unkeptClasses">;
  now: () => Monotonic;
  wall: () => WallTime;
}>;

/** What can be read, or why nothing can. */
export type Readable<Shown> =
  | Readonly<{
      ok: true;
      wanted: Wanted;
      removed: RecordingRecord["removed"];
      shown: () => Promise<Answered<Shown>>;
    }>
  | Problem;
export type ToRead = Readable<unknown>;

export type Finder = Readonly<{
  session: (id: string) => Promise<Readable<OneRecording>>;
  class: (id: string) => Promise<Readable<OneClass>>;
  running: () => Running;
}>;

export const createFinder = ({ clinic, archive, closer, now, wall }: FinderOptions): Finder => {
  const clocks = () => ({ at: now(), wall: wall() });
  /** It was there once, or never was. */
  const gone = async (kind: RecordKind, id: string, never: string): Promise<Problem> => {
    const history = await clinic.register.history(kind, id);
    if (!history.ok) return unreadable(history);
    return history.value.length > 0 ? problem(410, words.taken) : problem(404, never);
  };
  const recorded = async (id: string): Promise<Readable<OneRecording>> => {
    const kept = await clinic.recordings.get(id);
    if (!kept.ok) return unreadable(kept);
    const entry = kept.value;
    if (entry === null) return gone("recording", id, words.noSession);
    const shown = () => Promise.resolve(shownAs({ running: false, entry }));
    return { ok: true, wanted: wantedOf(id, entry.body), removed: entry.body.removed, shown };
  };
  const recordedClass = async (id: string): Promise<Readable<OneClass>> => {
    const kept = await clinic.classes.get(id);
    if (!kept.ok) return unreadable(kept);
    const entry = kept.value;
    if (entry === null) return gone("class", id, words.noClass);
    const shown = () => Promise.resolve(shownAs({ running: false, entry }));
    return { ok: true, wanted: wantedOfClass(id, entry.body), removed: entry.body.removed, shown };
  };
  return {
    session: async (id) => {
      // What happened here comes before what a file told of the same session.
      const unkept = closer.unkept().find(({ span }) => span.session === id);
      if (unkept === undefined) return recorded(id);
      const { span, known, outcome } = unkept;
      const running = known === null;
      const at = known ?? clocks();
      const to = span.to ?? at.at;
      const wanted = wantedOfSpan(span, to, running);
      return {
        ...{ ok: true, wanted, removed: null },
        shown: async () => {
          const figures = await archive.figures(wanted);
          if (!figures.ok) return problem(503, words.unreadable(figures.error.detail));
          const body = recordingOf({ span, to, outcome, known: at, figures: figures.value });
          return shownAs({ running, entry: unwritten(id, body, at.wall) });
        },
      };
    },
    class: async (id) => {
      const unkept = closer.unkeptClasses().find((one) => one.class.id === id);
      if (unkept === undefined) return recordedClass(id);
      const { class: of, sessions } = unkept;
      const running = unkept.known === null;
      const known = unkept.known ?? clocks();
      const range = { log: ownLog, from: of.startedAt, to: known.at };
      const body: ClassRecord = classRecordOf({ class: of, to: known.at, known }, sessions.map(inClass));
      const shown = () => Promise.resolve(shownAs({ running, entry: unwritten(id, body, known.wall) }));
      return { ok: true, wanted: { kind: "class", class: of.id, ...range, running }, removed: null, shown };
    },
    running: () => {
      const under = closer.unkeptClasses().find(({ known }) => known === null);
      const { at, wall: present } = clocks();
      const startedAt = (from: Monotonic): number => Math.max(0, Math.round(present - (at - from)));
      return {
        class:
          under === undefined
            ? null
            : { id: under.class.id, room: under.class.room, startedAt: startedAt(under.class.startedAt) },
        sessions: closer
          .unkept()
          .filter(({ known }) => known === null)
          .map(({ span }) => ({
            ...inClass(span),
            ...{ programme: span.programme, startedAt: startedAt(span.from) },
          })),
      };
    },
  };
};

const shownAs = <Body>(body: Body): Answered<Body> => ({ ok: true, body });

/** What no record is kept of yet. */
const unwritten = <Body>(id: string, body: Body, at: WallTime): Entry<Body> => ({
  ...{ id, version: 0, at, by: "", owner: null, body },
});
