/** `/api/import/recording`: recordings that were made elsewhere, looked at first and then taken in whole. */
import { shownName } from "../../shared/clinic/patient.ts";
import {
  importAnswer,
  type ImportAnswer,
  importQuery,
  type ImportWishes,
} from "../../shared/clinic/import-api.ts";
import type { SiteId } from "../../shared/ids.ts";
import { factsLimits } from "../../shared/recording/facts-file.ts";
import type { Line } from "../../shared/recording/line.ts";
import { exportWords as words } from "../../shared/view/export-words.ts";
import type { Erased } from "../erasure/ledger.ts";
import { bytesOf } from "../http/file.ts";
import { type Answered, problem, type Problem, type Route, route } from "../http/route.ts";
import type { Log } from "../log.ts";
import { found, unreadable, writerOf } from "../records/answers.ts";
import { type Clinic, settingsOf } from "../records/clinic.ts";
import type { Closer } from "../recordings/closer.ts";
import type { Writer } from "../register/collection.ts";
import type { Written } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import type { Beginning, Context } from "./prepared.ts";
import { ownBytes, readElsewhere, type Reading, type Records } from "./reading.ts";

/** Where logs are kept that were made elsewhere. */
export type OtherLogs = Readonly<{
  /** All of it or, on an error, nothing; answers with the log's number. */
  appendLog: (
    groups: AsyncIterable<readonly Line[]>,
    keyframes?: readonly Beginning[],
  ) => Promise<StoreResult<number>>;
  removeLog: (log: number) => Promise<StoreResult<null>>;
}>;

export type ImportOptions = Readonly<{
  clinic: Pick<Clinic, "register" | "recordings" | "classes" | "patients" | "settings" | "inTurn" | "wall">;
  logs: OtherLogs;
  /** What is under way here, or over and not yet kept. */
  closer: Pick<Closer, "unkept" | "unkeptClasses">;
  /** Whoever was erased is not to come back by a file. */
  erased: () => StoreResult<readonly Erased[]>;
  site: SiteId;
  log: Log;
}>;

export const importRecordingRoutes = (options: ImportOptions): readonly Route[] => {
  const { clinic } = options;
  let last: Promise<unknown> = Promise.resolve();
  /** One file after the other: two large ones at once would take the memory of both. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return [
    route({
      method: "post",
      path: "/api/import/recording",
      what: "Takes in a recording that was made elsewhere: facts as NDJSON (docs/recording-format.md), or a table of pressure over time. With dry=1 it says what it would be and takes nothing in.",
      right: "export",
      query: importQuery,
      body: bytesOf("application/octet-stream", "application/x-ndjson", "text/csv", "text/plain"),
      largestBody: factsLimits.bytes,
      answer: importAnswer,
      handle: ({ query, body, who }) =>
        alone(async () => {
          const context = await contextOf(options, query, writerOf(who, clinic.wall()));
          if (!context.ok) return context;
          let reading: Reading;
          try {
            reading = await readElsewhere({ bytes: ownBytes(body), wishes: query, context: context.value });
          } catch (error) {
            options.log.warn({ error: String(error) }, "a file that was brought in could not be read");
            return problem(422, words.tooMuch);
          }
          try {
            return await taken(options, reading, query, context.value);
          } finally {
            await reading.close();
          }
        }),
    }),
  ];
};

const contextOf = async (
  { clinic, site }: ImportOptions,
  { patient, name }: ImportWishes,
  { by, at }: Writer,
): Promise<Readonly<{ ok: true; value: Context }> | Problem> => {
  const settings = await settingsOf(clinic);
  if (!settings.ok) return unreadable(settings);
  const { limits } = settings.value.body;
  const about = { site, by, at, limits };
  if (patient === undefined) return { ok: true, value: { ...about, name: name ?? words.somebody } };
  const known = await found(clinic.patients, patient, "patient");
  return known.ok ? { ok: true, value: { ...about, name: shownName(known.entry.body) } } : known;
};

/** What becomes of a file that was read. */
const taken = async (
  options: ImportOptions,
  reading: Reading,
  { dry, patient }: ImportWishes,
  context: Context,
): Promise<Answered<ImportAnswer>> => {
  const { records } = reading;
  const gone = records === null ? null : erasedIn(options, records);
  if (gone !== null) return gone;
  const already = records === null ? null : await alreadyHere(options, records, context.at);
  if (already !== null && !already.ok) return already;
  const answer = { ...reading.answer, already: already?.value ?? null };
  if (dry !== undefined) return { ok: true, body: answer };
  const [first] = answer.problems;
  if (records === null)
    return problem(422, first === undefined ? words.tooMuch : words.problem(first), {
      errors: answer.problems.map((p) => ({ field: words.place(p), detail: p.reason })),
    });
  if (answer.already !== null) return hereAlready(answer.already);
  if (answer.undated)
    return problem(422, words.undated, { errors: [{ field: "startedAt", detail: words.undated }] });
  const written = await write(options, reading, records, { patient: patient ?? null, context });
  return written ?? { ok: true, status: 201, body: { ...answer, imported: true } };
};

/** Who brought the same session in, or recorded it, and when; null where nobody did. */
const alreadyHere = async (
  { clinic, closer }: ImportOptions,
  { recordings, class: ofClass }: Records,
  at: number,
): Promise<Readonly<{ ok: true; value: ImportAnswer["already"] }> | Problem> => {
  // What has no record yet is here too: a record made from a file would stand in the way of its own.
  const here = new Set<string>([
    ...closer.unkept().map(({ span }) => span.session),
    ...closer.unkeptClasses().map((one) => one.class.id),
  ]);
  const asked = [
    ...recordings.map(({ id }) => ["recording", id] as const),
    ...(ofClass === null ? [] : [["class", ofClass.id] as const]),
  ];
  for (const [kind, id] of asked) {
    if (here.has(id)) return { ok: true, value: { session: id, by: "", at } };
    const history = await clinic.register.history(kind, id);
    if (!history.ok) return unreadable(history);
    const [one] = history.value;
    if (one !== undefined) return { ok: true, value: { session: id, by: one.by, at: one.at } };
  }
  return { ok: true, value: null };
};

const hereAlready = (already: NonNullable<ImportAnswer["already"]>): Problem =>
  problem(409, words.already(already.by), { more: { already } });

/** Why a file is refused in which somebody is, or a session of somebody's, who was erased here; null where nobody is. */
const erasedIn = ({ erased }: ImportOptions, { recordings, patients }: Records): Problem | null => {
  const all = erased();
  if (!all.ok) return unreadable(all);
  const named = new Set(patients);
  const sessions = new Set(recordings.map(({ id }) => id));
  return all.value.some((one) => named.has(one.patient) || one.sessions?.some((id) => sessions.has(id)))
    ? problem(409, words.erased)
    : null;
};

/** Why none of this may be written now; null where it may. */
const refusedBy = async (options: ImportOptions, records: Records, at: number): Promise<Problem | null> => {
  const gone = erasedIn(options, records);
  if (gone !== null) return gone;
  const already = await alreadyHere(options, records, at);
  if (!already.ok) return already;
  return already.value === null ? null : hereAlready(already.value);
};

/** Keeps the log and its records; null once that is done. */
const write = async (
  options: ImportOptions,
  reading: Reading,
  records: Records,
  { patient: wished, context }: Readonly<{ patient: string | null; context: Context }>,
): Promise<Problem | null> => {
  const { clinic, logs, log: told } = options;
  const { beginning, recordings, class: ofClass } = records;
  const appended = await logs.appendLog(reading.lines(), beginning === null ? [] : [beginning]);
  if (!appended.ok) return problem(503, words.notKept(appended.error.detail));
  const log = appended.value;
  const known = async (id: string | null): Promise<string | null> => {
    if (id === null) return null;
    const read = await clinic.patients.get(id);
    return read.ok && read.value !== null ? id : null;
  };
  const kept = await clinic.inTurn(async (): Promise<Problem | StoreResult<Written>> => {
    // Storing the log has taken a while: the same session may have begun meanwhile.
    const refused = await refusedBy(options, records, context.at);
    if (refused !== null) return refused;
    const changes = [];
    for (const { id, body } of recordings)
      // Somebody of another clinic's register is nobody of this one's.
      changes.push(
        clinic.recordings.change(
          id,
          { ...body, log, patient: await known(wished ?? body.patient) },
          null,
          context,
        ),
      );
    if (ofClass !== null) {
      const sessions = [];
      for (const one of ofClass.body.sessions) sessions.push({ ...one, patient: await known(one.patient) });
      changes.push(clinic.classes.change(ofClass.id, { ...ofClass.body, sessions, log }, null, context));
    }
    return clinic.recordings.write(changes);
  });
  if (kept.ok && kept.value.is === "written") return null;
  const removed = await logs.removeLog(log);
  if (!removed.ok)
    told.error({ value: log, error: removed.error.detail }, "a log without a record could not be removed");
  if (kept.ok) return problem(409, words.already(context.by));
  return "error" in kept ? unreadable(kept) : kept;
};
