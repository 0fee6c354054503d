/** `/api/recordings` and `/api/classes`: what was recorded, and what is being recorded now in the same shape. */
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { moment, recordId } from "../../shared/clinic/fields.ts";
import {
  factsType,
  oneClassSchema,
  oneRecordingSchema,
  runningSchema,
} from "../../shared/clinic/recording-api.ts";
import { classRecordSchema, recordingSchema } from "../../shared/clinic/recording-record.ts";
import { recordingWords as words } from "../../shared/view/recording-words.ts";
import { fileOf } from "../http/file.ts";
import { problem, type Route, route } from "../http/route.ts";
import { listed, paging } from "../records/answers.ts";
import { inTime } from "../records/kinds.ts";
import { createFinder, type FinderOptions, type ToRead } from "./find.ts";
import { summaryRoute } from "./summary.ts";

const bySession = z.object({ session: z.string().max(64) });
const byClass = z.object({ id: z.string().max(64) });
const following = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe("Only the lines after this id: the last one that was read of a session under way"),
});
const momentAsked = z.coerce.number().pipe(moment).optional();

export const recordingRoutes = (options: FinderOptions): readonly Route[] => {
  const { clinic, archive } = options;
  const find = createFinder(options);
  const facts = async (read: ToRead, after: number | undefined) => {
    if (!read.ok) return read;
    const { removed } = read;
    if (removed !== null) return problem(410, words.removed[removed.why]);
    const content = await archive.facts(read.wanted, after ?? null);
    return content.ok
      ? { ok: true as const, body: { content: content.value, name: null } }
      : problem(503, words.unreadable(content.error.detail));
  };
  return [
    route({
      method: "get",
      path: "/api/recordings",
      what: "Recordings of sessions, the newest first.",
      right: "review",
      query: paging.extend({
        patient: recordId.optional(),
        from: momentAsked.describe("Begun at this moment or later, in milliseconds since 1970 UTC"),
        to: momentAsked.describe("Begun before this moment"),
      }),
      answer: pageOf(entryOf(recordingSchema)),
      handle: async ({ query: { patient, from, to, ...page } }) =>
        listed(
          await clinic.recordings.page({
            ...{ ...page, descending: true },
            ...(patient === undefined ? {} : { owner: patient }),
            ...(from === undefined ? {} : { from: inTime(from) }),
            ...(to === undefined ? {} : { to: inTime(to) }),
          }),
        ),
    }),
    route({
      method: "get",
      path: "/api/recordings/running",
      what: "The class and the sessions that are under way and can be followed.",
      right: "review",
      answer: runningSchema,
      handle: () => Promise.resolve({ ok: true, body: find.running() }),
    }),
    route({
      method: "get",
      path: "/api/recordings/:session",
      what: "One session's recording; of a session that is under way as it would be if it ended now.",
      right: "review",
      params: bySession,
      answer: oneRecordingSchema,
      handle: async ({ params }) => {
        const read = await find.session(params.session);
        return read.ok ? read.shown() : read;
      },
    }),
    route({
      method: "get",
      path: "/api/recordings/:session/facts",
      what: "Everything that was recorded of one session, in Cuffwatch's own form.",
      right: "review",
      params: bySession,
      query: following,
      answer: fileOf(factsType),
      handle: async ({ params, query }) => facts(await find.session(params.session), query.after),
    }),
    route({
      method: "get",
      path: "/api/classes",
      what: "Classes that were recorded, the newest first.",
      right: "review",
      query: paging,
      answer: pageOf(entryOf(classRecordSchema)),
      handle: async ({ query }) => listed(await clinic.classes.page({ ...query, descending: true })),
    }),
    route({
      method: "get",
      path: "/api/classes/:id",
      what: "One class, with everybody who was in it; also while it is under way.",
      right: "review",
      params: byClass,
      answer: oneClassSchema,
      handle: async ({ params }) => {
        const read = await find.class(params.id);
        return read.ok ? read.shown() : read;
      },
    }),
    route({
      method: "get",
      path: "/api/classes/:id/facts",
      what: "Everything that was recorded of one class, in Cuffwatch's own form.",
      right: "review",
      params: byClass,
      query: following,
      answer: fileOf(factsType),
      handle: async ({ params, query }) => facts(await find.class(params.id), query.after),
    }),
    summaryRoute(clinic),
  ];
};
