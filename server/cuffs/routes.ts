/** `/api/cuffs`: the clinic's cuffs as records, what is heard of them, and what can be done to them. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import {
  type CuffsLive,
  cuffsLiveSchema,
  previewAsked,
  previewSchema,
  topicsSchema,
} from "../../shared/clinic/cuff-live.ts";
import { cuffRecordSchema } from "../../shared/clinic/cuff-record.ts";
import { commandTopic } from "../../shared/cuff/topic.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import { commandWords } from "../../shared/view/command-words.ts";
import { cuffWords as words } from "../../shared/view/cuff-words.ts";
import { type Answered, problem, type Route, route } from "../http/route.ts";
import { wholeOf } from "../http/whole.ts";
import {
  byId,
  found,
  foundAsSeen,
  listed,
  paging,
  remove,
  save,
  shown,
  writerOf,
} from "../records/answers.ts";
import { commandTo, whyNotIdentified } from "../to-cuff.ts";
import { settled } from "./settled.ts";
import { credentialRoutes } from "./credential-routes.ts";
import type { CuffDesk } from "./desk.ts";
import { whyInUse, whyNotChanged } from "./in-use.ts";
import { liveOf } from "./live.ts";

const entry = entryOf(cuffRecordSchema);
const unique = { field: "cuff", detail: words.nameTaken };

/** Every route about cuffs, to be served with the others. */
export const cuffRoutes = (desk: CuffDesk): readonly Route[] => [
  ...heardRoutes(desk),
  ...recordRoutes(desk),
  ...credentialRoutes(desk),
];

const heardRoutes = (desk: CuffDesk): readonly Route[] => [
  route({
    method: "get",
    path: "/api/cuffs/live",
    what: "What every cuff says of itself now, who else was heard, and who was not let in.",
    right: "review",
    answer: cuffsLiveSchema,
    handle: (): Promise<Answered<CuffsLive>> => {
      const { broker, gate, roll } = desk;
      const { kind, detail } = broker.state();
      return Promise.resolve({
        ok: true,
        body: {
          site: desk.site,
          broker: {
            kind: gate === null ? "external" : "embedded",
            up: kind === "up",
            detail,
            addresses: [...desk.addresses()],
            strangersMayIn: gate?.strangersMayIn ?? null,
          },
          ...liveOf({
            state: desk.state(),
            now: desk.now(),
            cuffs: roll.cuffs(),
            credentialOf: roll.credentialOf,
            lopOf: (cuff) => desk.lops.of(cuff),
          }),
          turnedAway: [...(gate?.turnedAwayOfLate() ?? [])],
        },
      });
    },
  }),
  route({
    method: "get",
    path: "/api/topics",
    what: "Topics outside the contract that were heard in the last minutes, with the last of what they carried.",
    right: "administer",
    answer: topicsSchema,
    handle: () => Promise.resolve({ ok: true, body: { topics: desk.topics.list() } }),
  }),
  route({
    method: "post",
    path: "/api/cuffs/preview",
    what: "What a basic cuff's mapping makes of what is heard; listens to its topic for a minute.",
    right: "administer",
    body: previewAsked,
    answer: previewSchema,
    handle: ({ body }) =>
      Promise.resolve(
        desk.watch(body.topic)
          ? { ok: true, body: desk.topics.preview(body) }
          : problem(503, words.tooManyPreviews),
      ),
  }),
  route({
    method: "post",
    path: "/api/cuffs/:id/identify",
    what: "Tells a cuff to show itself, where it can; 204 once it is sent.",
    right: "identify",
    params: byId,
    answer: z.undefined(),
    handle: async ({ params }) => {
      const read = await found(desk.roll.records, params.id, "cuff");
      if (!read.ok) return read;
      const { cuff } = read.entry.body;
      if (desk.broker.state().kind !== "up") return problem(409, commandWords.noBroker);
      const heard = cuffIn(desk.state().cuffs, cuff);
      const why = whyNotIdentified(heard);
      const message = commandTo(heard, "identify", desk.now());
      if (why !== null || message === null) return problem(409, why ?? commandWords.unheard);
      const text = JSON.stringify(message);
      desk.broker.publish(commandTopic(desk.site, cuff), text, { qos: 1, retain: false });
      return { ok: true, status: 204, body: undefined };
    },
  }),
];

const recordRoutes = (desk: CuffDesk): readonly Route[] => [
  route({
    method: "get",
    path: "/api/cuffs",
    what: "The cuffs, in the order of their names.",
    right: "review",
    query: paging,
    answer: pageOf(entry),
    handle: async ({ query }) => listed(await desk.roll.records.page(query)),
  }),
  route({
    method: "post",
    path: "/api/cuffs",
    what: "Registers a cuff.",
    right: "administer",
    body: cuffRecordSchema,
    answer: entry,
    handle: async ({ body, who }) =>
      settled(
        desk,
        await save(desk.roll.records, {
          ...{ id: randomUUID(), body, seen: null, unique },
          writer: writerOf(who, desk.wall()),
        }),
      ),
  }),
  route({
    method: "get",
    path: "/api/cuffs/:id",
    what: "One cuff.",
    right: "review",
    params: byId,
    answer: entry,
    handle: async ({ params }) => {
      const read = await found(desk.roll.records, params.id, "cuff");
      return read.ok ? shown(read.entry) : read;
    },
  }),
  route({
    method: "put",
    path: "/api/cuffs/:id",
    what: "Changes a cuff. Of one that is in the class only what its supervision does not hang on.",
    right: "administer",
    params: byId,
    body: wholeOf(cuffRecordSchema),
    answer: entry,
    ifMatch: true,
    handle: async ({ params: { id }, body, seen, who }) => {
      const { records, credentialOf } = desk.roll;
      const read = await foundAsSeen(records, { id, seen, what: "cuff" });
      if (!read.ok) return read;
      const refusal = whyNotChanged(desk.state(), read.entry.body, body, credentialOf(id) !== undefined);
      if (refusal !== null) return refusal;
      const writer = writerOf(who, desk.wall());
      return settled(desk, await save(records, { id, body, seen, writer, unique }));
    },
  }),
  route({
    method: "delete",
    path: "/api/cuffs/:id",
    what: "Removes a cuff and its credentials, unless it is in the class.",
    right: "administer",
    params: byId,
    answer: z.undefined(),
    ifMatch: true,
    handle: async ({ params: { id }, seen, who }) => {
      const { records, credentials, credentialOf } = desk.roll;
      const read = await foundAsSeen(records, { id, seen, what: "cuff" });
      if (!read.ok) return read;
      const refusal = whyInUse(desk.state(), read.entry.body.cuff, words.removeIt);
      if (refusal !== null) return refusal;
      const writer = writerOf(who, desk.wall());
      const held = credentialOf(id);
      return settled(
        desk,
        await remove(records, [
          records.removal(id, read.entry.version, writer),
          ...(held === undefined ? [] : [credentials.removal(id, held.version, writer)]),
        ]),
      );
    },
  }),
];
