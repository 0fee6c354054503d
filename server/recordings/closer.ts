/**
 * Keeps a record of the recording of every session, and of every class, that is over. The facts are the truth: a record that is missing,
 * since the server ended between the two or the disk failed, is made good from them.
 */
import type { ClassState } from "../../shared/class/seat.ts";
import type { Outcome, RunningClass } from "../../shared/class/visit.ts";
import type { ClassRecord } from "../../shared/clinic/recording-record.ts";
import { ownLog } from "../../shared/recording/line.ts";
import type { Span } from "../../shared/recording/span.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { type Monotonic, wallTime } from "../../shared/units.ts";
import type { Log } from "../log.ts";
import type { WallBeside } from "../steady-wall.ts";
import type { Clinic } from "../records/clinic.ts";
import { inTime } from "../records/kinds.ts";
import type { Change, RecordKind, Written } from "../register/register.ts";
import { readKinds } from "../store/read-kinds.ts";
import type { RareKind, Store, StoreResult } from "../store/store.ts";
import type { RecordingArchive, Wanted } from "./archive.ts";
import { createAttendance, type EndedClass, type EndedSession } from "./attendance.ts";
import { type BothClocks, classRecordOf, inClass, recordingOf } from "./record.ts";

export type CloserOptions = Readonly<{
  clinic: Pick<Clinic, "recordings" | "classes" | "patients" | "register" | "inTurn" | "wall">;
  store: Pick<Store, "readKind">;
  archive: Pick<RecordingArchive, "figures">;
  /** Resolves once all that was recorded so far is stored, or cannot be. */
  stored: () => Promise<boolean>;
  /** The class as it was restored, before anything happened to it. */
  start: ClassState;
  log: Log;
}>;

export type Closer = Readonly<{
  /** Told of every step. */
  told: (facts: readonly Fact[], wall: WallBeside) => void;
  /** Makes good what is missing of the last week, and since the newest recording that was kept. Resolves once it is kept, or it is known that it cannot be now. */
  makeGood: () => Promise<void>;
  /** Sessions that are under way, or over and not yet kept. */
  unkept: () => readonly Unkept[];
  /** The class that is under way, and any that is over and not yet kept. */
  unkeptClasses: () => readonly UnkeptClass[];
  /** Resolves once everything that is over is kept, or it is known that it cannot be now. */
  kept: () => Promise<void>;
  stop: () => void;
}>;

/** A session that has no record yet; `known` is null while it is under way. */
export type Unkept = Readonly<{ span: Span; outcome: Outcome | null; known: BothClocks | null }>;

export type UnkeptClass = Readonly<{
  class: RunningClass;
  sessions: readonly Span[];
  known: BothClocks | null;
}>;

type Closing = Readonly<{ known: BothClocks }> &
  (Readonly<{ is: "session"; session: EndedSession }> | Readonly<{ is: "class"; class: EndedClass }>);

const lookBackMs = 7 * 24 * 3_600_000;
const clockMayBeOffMs = 3_600_000;
const tryAgainAfterMs = 30_000;
const recordingsAtATime = 100;
/** What a class is folded from, as far as it tells who was in it. */
export const classKinds = [
  ...["roster", "class-started", "class-ended", "patient-seated", "cuff-swapped", "finished"],
] as const satisfies readonly RareKind[];

export const createCloser = (options: CloserOptions): Closer => {
  const { clinic, store, archive, stored, start, log } = options;
  const attendance = createAttendance(start);
  const closing = new Map<string, Closing>();
  let again: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  let stopped = false;

  const add = (one: Closing): void => {
    closing.set(idOf(one), one);
  };
  /** One after the other, sessions before the class that they were in. */
  const work = (): Promise<void> => {
    working ??= (async () => {
      const tried = new Set<string>();
      for (;;) {
        const next = [...closing.values()].find((one) => !tried.has(idOf(one)));
        if (next === undefined || stopped) return;
        tried.add(idOf(next));
        const kept = await keep(next).catch(failedWith);
        if (kept.ok) closing.delete(idOf(next));
        else
          log.error(
            { [next.is]: idOf(next), error: kept.error.detail },
            "a recording's record cannot be kept",
          );
      }
    })().finally(() => {
      working = null;
      if (closing.size === 0 || stopped) return;
      again ??= setTimeout(() => {
        again = null;
        void work();
      }, tryAgainAfterMs);
    });
    return working;
  };

  const keep = async (one: Closing): Promise<StoreResult<unknown>> => {
    if (!(await stored())) return notStored;
    return one.is === "session" ? keepSession(one.session, one.known) : keepClass(one.class, one.known);
  };
  const keepSession = async (session: EndedSession, known: BothClocks): Promise<StoreResult<unknown>> => {
    const figures = await archive.figures(wantedOfSpan(session, session.to, false));
    if (!figures.ok) return figures;
    const { to, outcome } = session;
    const record = recordingOf({ span: session, to, outcome, known, figures: figures.value });
    const { recordings } = clinic;
    const change = recordings.change(session.session, record, null, { by: "", at: clinic.wall() });
    return writeOnce("recording", session.session, change);
  };
  const keepClass = async (ended: EndedClass, known: BothClocks): Promise<StoreResult<unknown>> => {
    const { id } = ended.class;
    const record = classRecordOf({ class: ended.class, to: ended.to, known }, []);
    const sessions = await sessionsOf(ended, record);
    if (!sessions.ok) return sessions;
    const body = { ...record, sessions: sessions.value };
    return writeOnce("class", id, clinic.classes.change(id, body, null, { by: "", at: clinic.wall() }));
  };
  /** Whoever was in the class: those seen here, and those whose recordings tell so, who had gone before the server was started anew. */
  const sessionsOf = async (
    { class: { id }, sessions }: EndedClass,
    { startedAt, endedAt }: ClassRecord,
  ): Promise<StoreResult<ClassRecord["sessions"]>> => {
    const all = new Map(sessions.map((span) => [String(span.session), inClass(span)]));
    const range = { from: inTime(startedAt - clockMayBeOffMs), to: inTime(endedAt + clockMayBeOffMs) };
    for (let cursor: string | undefined; ;) {
      const page = await clinic.recordings.page({ ...range, cursor, limit: recordingsAtATime });
      if (!page.ok) return page;
      for (const { id: session, body } of page.value.entries)
        if (body.class === id && !all.has(session))
          all.set(session, { session, patient: body.patient, name: body.name, station: body.station });
      if (page.value.next === null) break;
      cursor = page.value.next;
    }
    return { ok: true, value: [...all.values()].toSorted((a, b) => Number(a.station) - Number(b.station)) };
  };
  const writeOnce = (kind: RecordKind, id: string, change: Change): Promise<StoreResult<Written | null>> =>
    clinic.inTurn(async () => {
      const before = await clinic.register.history(kind, id);
      // What was written once stands, also where it was taken away since.
      if (!before.ok) return before;
      if (before.value.length === 0) return clinic.register.write([change]);
      const [standing] = before.value;
      const source = sourceOf(standing?.body);
      if (source !== null && source !== "recorded")
        log.error(
          { value: id, kind: source },
          "a recording that was made here has no record: another stands there",
        );
      return { ok: true, value: null };
    });

  return {
    told: (facts, wall) => {
      let any = false;
      for (const fact of facts) {
        const ended = attendance.take(fact);
        const known = { at: fact.at, wall: wall(fact.at) };
        for (const session of ended.sessions) add({ is: "session", session, known });
        for (const one of ended.classes) add({ is: "class", class: one, known });
        any ||= ended.sessions.length + ended.classes.length > 0;
      }
      if (any) void work();
    },
    makeGood: async () => {
      const now = clinic.wall();
      const since = await goodUntil(clinic);
      if (!since.ok) {
        log.error({ error: since.error.detail }, "the recordings that are kept cannot be looked through");
        return;
      }
      const from = wallTime(Math.max(0, Math.min(now - lookBackMs, since.value - clockMayBeOffMs)));
      const range = { from, to: wallTime(now + clockMayBeOffMs) };
      const read = await readKinds(store, classKinds, range);
      if (!read.ok) {
        log.error({ error: read.error.detail }, "recordings cannot be looked through for what is missing");
        return;
      }
      const past = createAttendance({ ...start, running: null, seats: [] });
      for (const { fact, at, wall } of read.value) {
        const ended = past.take(fact);
        for (const session of ended.sessions) {
          if (attendance.open().some((span) => span.session === session.session)) continue;
          if (!(await isMissing(clinic, "recording", session.session))) continue;
          // Somebody who was erased since must not come back by a record.
          if (session.patient !== null && (await isErased(clinic, session.patient))) continue;
          add({ is: "session", session, known: { at, wall } });
        }
        for (const one of ended.classes)
          if (
            attendance.running()?.class.id !== one.class.id &&
            (await isMissing(clinic, "class", one.class.id))
          )
            add({ is: "class", class: one, known: { at, wall } });
      }
      await work();
    },
    unkept: () => [
      ...attendance.open().map((span) => ({ span, outcome: null, known: null })),
      ...[...closing.values()].flatMap((one) =>
        one.is === "session" ? [{ span: one.session, outcome: one.session.outcome, known: one.known }] : [],
      ),
    ],
    unkeptClasses: () => {
      const under = attendance.running();
      const over = [...closing.values()].flatMap((one) =>
        one.is === "class" ? [{ ...one.class, known: one.known }] : [],
      );
      return under === null ? over : [{ ...under, known: null }, ...over];
    },
    kept: async () => {
      await working;
    },
    stop: () => {
      stopped = true;
      if (again !== null) clearTimeout(again);
    },
  };
};

/** What a part of a class that has no record yet means of the log. */
export const wantedOfSpan = (
  span: Span,
  to: Monotonic,
  running: boolean,
): Wanted & Readonly<{ kind: "session" }> => ({
  ...{ kind: "session", log: ownLog, from: span.from, to, running, span },
});

const idOf = (one: Closing): string => (one.is === "session" ? one.session.session : one.class.class.id);

/** When the newest recording began that was made and kept here, on the wall clock; 0 where there is none. */
const goodUntil = async ({ recordings }: CloserOptions["clinic"]): Promise<StoreResult<number>> => {
  for (let cursor: string | undefined; ;) {
    const page = await recordings.page({ descending: true, cursor, limit: recordingsAtATime });
    if (!page.ok) return page;
    const newest = page.value.entries.find(({ body }) => body.source === "recorded");
    if (newest !== undefined) return { ok: true, value: newest.body.startedAt };
    if (page.value.next === null) return { ok: true, value: 0 };
    cursor = page.value.next;
  }
};

/** Where a record says that its recording is from; null where it does not, such as one that was taken away. */
const sourceOf = (body: unknown): string | null =>
  typeof body === "object" && body !== null && "source" in body ? String(body.source) : null;

const isMissing = async (
  { register }: CloserOptions["clinic"],
  kind: RecordKind,
  id: string,
): Promise<boolean> => {
  const history = await register.history(kind, id);
  return history.ok && history.value.length === 0;
};

const isErased = async ({ patients }: CloserOptions["clinic"], id: string): Promise<boolean> => {
  const patient = await patients.get(id);
  return patient.ok && patient.value === null;
};

const notStored: StoreResult<never> = {
  ok: false,
  error: { kind: "io", detail: "The facts of it are not stored yet." },
};
const failedWith = (error: unknown): StoreResult<never> => ({
  ok: false,
  error: { kind: "io", detail: String(error) },
});
