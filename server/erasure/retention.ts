/**
 * Removes recordings that are older than the clinic keeps them, once a day. What was done in a session stays on record; what was measured
 * goes. Nothing of a patient on legal hold is touched, and nothing while a class is under way.
 */
import type { State } from "../../shared/engine.ts";
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
  recordings: Pick<Recordings, "removeLines">;
  state: () => State;
  log: Log;
}>;

const lookEveryMs = 3_600_000;
/** How many sessions are removed at once: rewriting the store for each alone would take long. */
const atOnce = 50;

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

/** Removes what has outlived its time; answers how many sessions. */
export const removeOutlived = async (
  options: Omit<RetentionOptions, "state" | "log">,
): Promise<StoreResult<number>> => {
  const { clinic, recordings } = options;
  const settings = await settingsOf(clinic);
  if (!settings.ok) return settings;
  const months = settings.value.body.keepRecordingsMonths;
  if (months === null) return { ok: true, value: 0 };
  const to = inTime(Math.max(0, monthsBefore(clinic.wall(), months)));
  let count = 0;
  for (let cursor: string | undefined; ;) {
    const page = await clinic.recordings.page({ to, cursor, limit: atOnce });
    if (!page.ok) return page;
    const gone = [];
    for (const entry of page.value.entries) {
      if (entry.body.removed !== null) continue;
      const { patient } = entry.body;
      const owner = patient === null ? null : await clinic.patients.get(patient);
      if (owner?.ok === false) return owner;
      if ((owner?.value?.body.hold ?? null) === null) gone.push(entry);
    }
    if (gone.length > 0) {
      const removed = await recordings.removeLines(
        gone.map(({ id, body }) => removalOf(wantedOf(id, body), "outlived")),
      );
      if (!removed.ok) return removed;
      const at = clinic.wall();
      const written = await clinic.recordings.write(
        gone.map(({ id, body, version }) =>
          clinic.recordings.change(id, { ...body, removed: { why: "outlived", at } }, version, {
            by: "",
            at,
          }),
        ),
      );
      if (!written.ok) return written;
      count += gone.length;
    }
    if (page.value.next === null) return { ok: true, value: count };
    cursor = page.value.next;
  }
};

/** Looks every hour, and removes once a day while no class is under way. Gives back how to stop it. */
export const startRetention = (options: RetentionOptions): (() => void) => {
  const { clinic, state, log } = options;
  let lastDay = -1;
  const look = async (): Promise<void> => {
    const day = Math.floor(clinic.wall() / 86_400_000);
    if (day === lastDay || state().class.running !== null) return;
    lastDay = day;
    const removed = await clinic.inTurn(() => removeOutlived(options));
    if (!removed.ok) log.error({ error: removed.error.detail }, "old recordings cannot be removed");
    else if (removed.value > 0)
      log.info({ count: removed.value }, "recordings that were kept long enough are removed");
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  void look();
  return () => clearInterval(timer);
};
