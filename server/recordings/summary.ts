/** `/api/summary`: what the classes and the clinic did in a stretch of time, from the records alone. */
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { moment } from "../../shared/clinic/fields.ts";
import { createSumming, type KnownClass, type Summary, summarySchema } from "../../shared/clinic/summary.ts";
import { recordingWords as words } from "../../shared/view/recording-words.ts";
import { type Route, route } from "../http/route.ts";
import { unreadable, wrongFields } from "../records/answers.ts";
import type { Clinic } from "../records/clinic.ts";
import { inTime } from "../records/kinds.ts";
import type { Collection } from "../register/collection.ts";
import type { Entry } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";

/** Few enough that the floor is not kept waiting while they are taken in. */
const recordsAtATime = 50;
/** A class began this long before its last session at most. */
const longestClassMs = 24 * 3_600_000;

const momentAsked = z.coerce.number().pipe(moment);

export const summaryRoute = (clinic: Clinic): Route =>
  route({
    method: "get",
    path: "/api/summary",
    what: "Sessions, restricted time, alarms and how soon they were answered, early stops and adverse events, by class and for the clinic.",
    right: "review",
    query: z.strictObject({
      from: momentAsked.describe("Milliseconds since 1970 UTC"),
      to: momentAsked.describe("Milliseconds since 1970 UTC; not included"),
    }),
    answer: summarySchema,
    handle: async ({ query }) => {
      if (query.from >= query.to) return wrongFields([{ field: "to", detail: words.endsBeforeItBegins }]);
      const summary = await summaryOf(clinic, query);
      return summary.ok ? { ok: true, body: summary.value } : unreadable(summary);
    },
  });

const summaryOf = async (
  { recordings, classes, adverseEvents }: Clinic,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<StoreResult<Summary>> => {
  const range = { from: inTime(from), to: inTime(to) };
  const summing = createSumming();
  const known = new Map<string, KnownClass>();
  const taken = await each(recordings, range, summing.take);
  if (!taken.ok) return taken;
  const events = await each(adverseEvents, range, ({ body }) => summing.event(body));
  if (!events.ok) return events;
  const near = { from: inTime(Math.max(0, from - longestClassMs)), to: range.to };
  const named = await each(classes, near, ({ id, body }) =>
    known.set(id, { room: body.room, startedAt: body.startedAt }),
  );
  if (!named.ok) return named;
  const summed: Summary["classes"] = [];
  for (const one of summing.classes((id) => known.get(id) ?? null)) {
    summed.push(one);
    // Years of classes: whoever waits for the floor comes in between.
    if (summed.length % recordsAtATime === 0) await setImmediate();
  }
  return { ok: true, value: { from, to, clinic: summing.clinic(), classes: summed } };
};

/** Takes every record of a range in turn, a few at a time. */
const each = async <Body>(
  records: Collection<Body>,
  range: Readonly<{ from: string; to: string }>,
  take: (entry: Entry<Body>) => void,
): Promise<StoreResult<null>> => {
  for (let cursor: string | undefined; ;) {
    const page = await records.page({ ...range, cursor, limit: recordsAtATime });
    if (!page.ok) return page;
    for (const entry of page.value.entries) take(entry);
    if (page.value.next === null) return { ok: true, value: null };
    cursor = page.value.next;
  }
};
