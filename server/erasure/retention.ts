/**
 * Removes recordings that are older than the clinic keeps them, once a day. What was done in a session stays on record; what was measured
 * goes. Nothing of a patient on legal hold is touched, and nothing while a class is under way.
 */
import type { State } from "../../shared/engine.ts";
import type { RecordingRecord } from "../../shared/clinic/recording-record.ts";
import type { Log } from "../log.ts";
import type { Clinic } from "../records/clinic.ts";
import { settingsOf } from "../records/clinic.ts";
import { inTime } from "../records/kinds.ts";
import type { Recordings } from "../store/recordings.ts";
import type { StoreResult } from "../store/store.ts";
import { wantedOf } from "../recordings/record.ts";
import { removalOf } from "./parts.ts";

export type RetentionOptions = Readonly<{
  clinic: Pick<Clinic, "recordings" | "patients" | "settings" | "inTurn" | "wall">;
  recordings: Pick<Recordings, "removeLines" | "scrub" | "isScrubbed">;
  state: () => State;
  log: Log;
}>;

const lookEveryMs = 3_600_000;
/** How many sessions are removed at once: whoever wants to write something waits for as many, and a class that begins too. */
const atOnce = 10;

/** `months` before a moment, by the calendar, in milliseconds since 1970 UTC. */
export const monthsBefore = (moment: number, months: number): number => {
  const then = new Date(moment);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  // The 31st of a shorter month is its last day.
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, last));
  return then.getTime();
};

/** How many sessions are gone, and whether everything that is to go is. */
export type Outlived = Readonly<{ count: number; done: boolean }>;

/** When the clinic got a recording: one that was brought in counts from then on, however old it was. */
const keptSince = ({ source, file, startedAt }: RecordingRecord): number =>
  source === "imported" && file !== null ? Math.max(file.at, startedAt) : startedAt;

/** Removes what has outlived its time, some at a time, and stops before the next of them where a class has begun. */
export const removeOutlived = async (
  options: Omit<RetentionOptions, "log">,
): Promise<StoreResult<Outlived>> => {
  const { clinic, state } = options;
  const settings = await settingsOf(clinic);
  if (!settings.ok) return settings;
  const months = settings.value.body.keepRecordingsMonths;
  if (months === null) return { ok: true, value: { count: 0, done: true } };
  const before = Math.max(0, monthsBefore(clinic.wall(), months));
  let count = 0;
  for (let cursor: string | undefined; ;) {
    // In a turn of its own: whoever wants to write something else need not wait for all of it.
    const page = await clinic.inTurn(() => removePage(options, before, cursor));
    if (!page.ok) return page;
    if (page.value === "class-began") return { ok: true, value: { count, done: false } };
    count += page.value.count;
    if (page.value.next === null) break;
    cursor = page.value.next;
  }
  return { ok: true, value: { count, done: state().class.running === null } };
};

type PageDone = Readonly<{ count: number; next: string | null }>;

const removePage = async (
  { clinic, recordings, state }: Omit<RetentionOptions, "log">,
  before: number,
  cursor: string | undefined,
): Promise<StoreResult<PageDone | "class-began">> => {
  if (state().class.running !== null) return { ok: true, value: "class-began" };
  const page = await clinic.recordings.page({ to: inTime(before), cursor, limit: atOnce });
  if (!page.ok) return page;
  const { entries, next } = page.value;
  const gone = [];
  for (const entry of entries) {
    if (entry.body.removed !== null || keptSince(entry.body) >= before) continue;
    const { patient } = entry.body;
    const owner = patient === null ? null : await clinic.patients.get(patient);
    if (owner?.ok === false) return owner;
    if ((owner?.value?.body.hold ?? null) === null) gone.push(entry);
  }
  if (gone.length === 0) return { ok: true, value: { count: 0, next } };
  if (state().class.running !== null) return { ok: true, value: "class-began" };
  const removed = await recordings.removeLines(
    gone.map(({ id, body }) => removalOf(wantedOf(id, body), "outlived")),
  );
  if (!removed.ok) return removed;
  const at = clinic.wall();
  const written = await clinic.recordings.write(
    gone.map(({ id, body, version }) =>
      clinic.recordings.change(id, { ...body, removed: { why: "outlived", at } }, version, { by: "", at }),
    ),
  );
  return written.ok ? { ok: true, value: { count: gone.length, next } } : written;
};

/** What is called every hour: removes once a day while no class is under way, and rewrites the file once all of it is gone. */
export const retentionOf = (options: RetentionOptions): (() => Promise<void>) => {
  const { clinic, recordings, state, log } = options;
  let lastDay = -1;
  let looking = false;
  const look = async (): Promise<void> => {
    const day = Math.floor(clinic.wall() / 86_400_000);
    if (day === lastDay || state().class.running !== null) return;
    const removed = await removeOutlived(options);
    if (!removed.ok) {
      log.error({ error: removed.error.detail }, "old recordings cannot be removed");
      return;
    }
    const { count, done } = removed.value;
    if (count > 0) log.info({ count }, "recordings that were kept long enough are removed");
    if (!done) return;
    const scrubbed = await clinic.inTurn(async () =>
      state().class.running === null ? scrubIfNeeded(recordings) : null,
    );
    if (scrubbed === null) return;
    if (!scrubbed.ok) {
      log.error({ error: scrubbed.error.detail }, "removed recordings are not overwritten yet");
      return;
    }
    lastDay = day;
  };
  return async () => {
    if (looking) return;
    looking = true;
    try {
      await look();
    } catch (error) {
      log.error({ error: String(error) }, "old recordings cannot be removed");
    } finally {
      looking = false;
    }
  };
};

const scrubIfNeeded = async (recordings: RetentionOptions["recordings"]): Promise<StoreResult<null>> => {
  const is = await recordings.isScrubbed();
  if (!is.ok) return is;
  return is.value ? { ok: true, value: null } : recordings.scrub();
};

/** Looks at once and every hour. Gives back how to stop it. */
export const startRetention = (options: RetentionOptions): (() => void) => {
  const look = retentionOf(options);
  const timer = setInterval(() => void look(), lookEveryMs);
  void look();
  return () => clearInterval(timer);
};
