/** `/api/follow-ups`: what is asked the next day and after 72 hours, what was answered, and what was cleared. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { maybeText, recordId, text } from "../../shared/clinic/fields.ts";
import {
  type AdverseEvent,
  type FollowUp,
  followUpAnswers,
  followUpQuestions,
  followUpSchema,
} from "../../shared/clinic/follow-up.ts";
import { blocks, followUpState, redAnswers } from "../../shared/clinic/follow-up-rules.ts";
import { recordWords as words } from "../../shared/view/record-words.ts";
import { problem, type Route, route } from "../http/route.ts";
import type { Writer } from "../register/collection.ts";
import type { Change, Entry } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import { byId, conflict, found, listed, paging, save, unreadable, writerOf } from "./answers.ts";
import type { Clinic } from "./clinic.ts";
import { inTime } from "./kinds.ts";

const followUpEntry = entryOf(followUpSchema);

/** What can be asked for, and by which word it is found (`standing` in kinds.ts). */
const states = { due: "unasked", red: "red", open: "open", all: "" } as const;

const answersBody = z.strictObject({ answers: followUpAnswers, remark: maybeText(2000, "the remark") });

export const followUpRoutes = (clinic: Clinic): readonly Route[] => {
  const { followUps, wall } = clinic;
  return [
    route({
      method: "get",
      path: "/api/follow-ups",
      what: "Follow-ups as they come due. `due`: to be asked now, or missed; `red`: answered red and not cleared; `open`: those, and what is still to come; `all`: the newest first.",
      right: "review",
      query: paging.omit({ text: true }).extend({
        state: z.enum(Object.keys(states) as [keyof typeof states]).default("open"),
        patient: recordId.optional(),
      }),
      answer: pageOf(followUpEntry),
      handle: async ({ query: { state, patient, ...page } }) =>
        listed(
          await followUps.page({
            ...{ ...page, text: states[state], descending: state === "all" },
            ...(patient === undefined ? {} : { owner: patient }),
            ...(state === "due" ? { to: inTime(wall() + 1) } : {}),
          }),
        ),
    }),
    route({
      method: "get",
      path: "/api/follow-ups/:id",
      what: "One follow-up.",
      right: "review",
      params: byId,
      answer: followUpEntry,
      handle: async ({ params }) => {
        const read = await found(followUps, params.id, "follow-up");
        return read.ok ? { ok: true, body: read.entry, version: read.entry.version } : read;
      },
    }),
    route({
      method: "post",
      path: "/api/follow-ups/:id/answers",
      what: "What the patient answered; by whom and when is stamped. A red answer is an adverse event too. To correct answers, say in If-Match which version you have seen; red ones stand until they are cleared.",
      right: "plan",
      params: byId,
      body: answersBody,
      answer: followUpEntry,
      handle: ({ params: { id }, body, seen, who }) =>
        clinic.inTurn(async () => {
          const standing = await found(followUps, id, "follow-up");
          if (!standing.ok) return standing;
          const { entry } = standing;
          if (seen !== null && seen !== entry.version) return conflict(entry);
          if (followUpState(entry.body, wall()) === "red") return problem(409, words.redStands);
          if (seen === null && entry.body.answered !== null)
            return problem(409, words.answeredAlready(entry.body.answered.by), { more: { present: entry } });
          const writer = writerOf(who, wall());
          const red = redAnswers(body.answers).length > 0;
          const answered: FollowUp = {
            ...entry.body,
            answered: { ...body, ...writer },
            // Nothing that was cleared before was known to be red, whatever the clock says.
            cleared: red ? null : entry.body.cleared,
          };
          const event = red ? await eventOf(clinic, { ...entry, body: answered }, writer) : null;
          if (event?.ok === false) return unreadable(event);
          return save(followUps, {
            ...{ id, body: answered, seen: entry.version, writer },
            besides: event === null ? [] : [event.value],
          });
        }),
    }),
    route({
      method: "post",
      path: "/api/follow-ups/:id/clearance",
      what: "Clears a red or missing answer, with a reason: the next session may begin.",
      right: "plan",
      params: byId,
      body: z.strictObject({ reason: text(2000, "the reason") }),
      answer: followUpEntry,
      handle: ({ params: { id }, body, seen, who }) =>
        clinic.inTurn(async () => {
          const standing = await found(followUps, id, "follow-up");
          if (!standing.ok) return standing;
          const { entry } = standing;
          if (seen !== null && seen !== entry.version) return conflict(entry);
          if (!blocks(followUpState(entry.body, wall()))) return problem(409, words.nothingToClear);
          const writer = writerOf(who, wall());
          // A clock that was set back must not make a clearance older than what it clears.
          const at = Math.max(writer.at, entry.body.answered?.at ?? 0);
          const cleared = { by: writer.by, at, reason: body.reason };
          return save(followUps, { id, body: { ...entry.body, cleared }, seen: entry.version, writer });
        }),
    }),
  ];
};

/** The adverse event that red answers are: one for each follow-up, told anew when it is answered red again. */
const eventOf = async (
  { adverseEvents }: Clinic,
  { id, body }: Entry<FollowUp>,
  writer: Writer,
): Promise<StoreResult<Change>> => {
  const event = redEvent(id, body, writer);
  const before = await adverseEvents.get(event.id);
  if (!before.ok) return before;
  const told = { ...event.body, done: before.value?.body.done ?? "" };
  return { ok: true, value: adverseEvents.change(event.id, told, before.value?.version ?? null, writer) };
};

/**
 * What is written down of red answers, and under which id. How grave it is nobody has looked into yet, and each red answer is a sign of
 * rhabdomyolysis or a clot.
 */
export const redEvent = (
  id: string,
  { patient, session, kind, answered }: FollowUp,
  { by, at }: Writer,
): Readonly<{ id: string; body: AdverseEvent }> => {
  const red = redAnswers(answered?.answers ?? {}).map((question) => followUpQuestions[question].text);
  const what = [words.followUpEvent(kind, red), answered?.remark ?? ""].filter((part) => part !== "");
  return {
    id: createHash("sha256").update(`follow-up ${id}`).digest("base64url"),
    body: {
      ...({ patient, session, at: answered?.at ?? at, severity: "serious", by } as const),
      ...{ what: what.join(" ").slice(0, 2000), done: "" },
    },
  };
};
