/** Walls and tablets: how a screen asks to be let in, who lets it in, and how it is shut out again. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../../shared/clinic/api.ts";
import { deviceSchema, pairingStates } from "../../../shared/clinic/device.ts";
import { recordId } from "../../../shared/clinic/fields.ts";
import { may } from "../../../shared/clinic/rights.ts";
import { doorWords as words } from "../../../shared/view/door-words.ts";
import { problem, type Route, route } from "../../http/route.ts";
import { collection } from "../../register/collection.ts";
import type { Entry } from "../../register/register.ts";
import type { Door } from "../door.ts";
import { deviceKind, type KnownDevice } from "../kinds.ts";
import { digestOf, newToken } from "../tokens.ts";
import { addressOf, notWritten } from "./trouble.ts";

const deviceEntry = entryOf(deviceSchema);
const page = z.object({
  text: z.string().max(200).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const confirmation = z.object({
  code: z.string("the code must be text").trim().min(1, "type the code that the screen shows").max(40),
  ...deviceSchema.shape,
});

export const deviceRoutes = (door: Door): readonly Route[] => [
  route({
    method: "post",
    path: "/api/pairings",
    what: "Asks to be let in as a wall or tablet: shows a code that somebody who is signed in types.",
    right: null,
    answer: z.object({
      code: z.string(),
      expiresAt: z.number().describe("Milliseconds since 1970 UTC"),
    }),
    handle: ({ request }) => {
      const { at, wall } = door.now();
      const token = door.cookies.read(request.headers.cookie, "pairing");
      const asked = door.pairings.ask(token, addressOf(request), at);
      if (!asked.ok)
        return Promise.resolve(problem(429, words.tooManyPairings, { headers: { "Retry-After": "120" } }));
      const { code, expiresAt } = asked.pairing;
      return Promise.resolve({
        ...{ ok: true, status: 201 },
        body: { code, expiresAt: wall + Math.round(expiresAt - at) },
        headers: { "Set-Cookie": door.cookies.give("pairing", asked.token) },
      });
    },
  }),
  route({
    method: "get",
    path: "/api/pairings/mine",
    what: "What has become of it. Once it was confirmed, this browser is known from this answer on.",
    right: null,
    answer: z.object({ state: z.enum(pairingStates) }),
    handle: ({ request }) => {
      const token = door.cookies.read(request.headers.cookie, "pairing");
      const mine = door.pairings.collect(token, door.now().at);
      const cookies =
        mine.state === "paired"
          ? [
              ...[door.cookies.give("device", mine.deviceToken), door.cookies.take("pairing")],
              // A sign-in of before would make a wall somebody's.
              door.cookies.take("sign-in"),
            ]
          : [];
      return Promise.resolve({
        ok: true,
        body: { state: mine.state },
        headers: { "Set-Cookie": cookies },
      });
    },
  }),
  route({
    method: "post",
    path: "/api/pairings/confirm",
    what: "Lets the screen in that shows this code.",
    right: "review",
    body: confirmation,
    answer: deviceEntry,
    handle: ({ body: { code, ...device }, who }) =>
      door.ledger.alone(async () => {
        if (who.kind !== "staff" || !(may(who, "treat") || may(who, "administer")))
          return problem(403, words.mayNotPair);
        const waiting = door.pairings.waiting(code, door.now().at);
        if (waiting === null)
          return problem(422, `code: ${words.noSuchCode}`, {
            errors: [{ field: "code", detail: words.noSuchCode }],
          });
        const [id, token] = [randomUUID(), newToken()];
        const { devices, write } = door.ledger;
        const writer = { by: who.name, at: door.now().wall };
        const refused = notWritten(
          await write([devices.put(id, { ...device, digest: digestOf(token) }, writer)]),
          "code",
          "",
        );
        if (refused !== null) return refused;
        door.pairings.confirm(waiting, token);
        return { ok: true, status: 201, version: 1, body: { id, version: 1, ...writer, body: device } };
      }),
  }),
  route({
    method: "get",
    path: "/api/devices",
    what: "The walls and tablets that were let in.",
    right: "administer",
    query: page,
    answer: pageOf(deviceEntry),
    handle: async ({ query }) => {
      const read = await collection(door.ledger.register, deviceKind).page(query);
      if (!read.ok) return problem(503, words.notStored(read.error.detail));
      const there = read.value.entries.filter(({ id }) => door.ledger.devices.get(id));
      return { ok: true, body: { entries: there.map(shown), next: read.value.next } };
    },
  }),
  route({
    method: "delete",
    path: "/api/devices/:id",
    what: "Shuts a wall or tablet out: its connections end at once.",
    right: "administer",
    params: z.object({ id: recordId }),
    answer: z.undefined(),
    handle: async ({ params: { id }, who }) => {
      if (door.ledger.devices.get(id) === undefined) return problem(404, words.noDevice);
      const stored = await door.revoke(id, who.kind === "staff" ? who.name : "");
      return stored ? { ok: true, body: undefined, status: 204 } : problem(503, words.revokedUntilRestart);
    },
  }),
];

const shown = ({ id, version, at, by, body: { name, kind } }: Entry<KnownDevice>) => ({
  ...{ id, version, at, by },
  body: { name, kind },
});
