/** `/api/cuffs/:id/credentials`: made by the server, shown once, void from the moment at which others are made. */
import { z } from "zod";
import { type Credentials, credentialsSchema } from "../../shared/clinic/cuff-live.ts";
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";
import { cuffWords as words } from "../../shared/view/cuff-words.ts";
import { problem, type Route, route } from "../http/route.ts";
import { byId, found, refusalOf, remove, writerOf } from "../records/answers.ts";
import { settled } from "./settled.ts";
import type { CuffDesk } from "./desk.ts";
import { whyInflated, whyStrangersStay } from "./in-use.ts";
import { hashOf, newPassword } from "./password.ts";

export const credentialRoutes = (desk: CuffDesk): readonly Route[] => [
  route({
    method: "post",
    path: "/api/cuffs/:id/credentials",
    what: "Makes new MQTT credentials for a cuff and shows them this once; those before are void at once.",
    right: "administer",
    params: byId,
    answer: credentialsSchema,
    handle: async ({ params: { id }, who }) => {
      const { records, credentials } = desk.roll;
      const read = await found(records, id, "cuff");
      if (!read.ok) return read;
      const { body } = read.entry;
      if (body.retired) return problem(409, words.retiredHasNone);
      const refusal =
        whyInflated(desk.state(), body.cuff, words.makeCredentials) ??
        (desk.gate?.strangersLeaveNext === true ? whyStrangersStay(desk.state()) : null);
      if (refusal !== null) return refusal;
      const password = newPassword();
      const hash = await hashOf(password);
      const seen = desk.roll.credentialOf(id)?.version ?? null;
      const credential = { cuff: body.cuff, hash };
      const change = credentials.change(id, credential, seen, writerOf(who, desk.wall()));
      return (
        refusalOf(await credentials.write([change])) ??
        settled(desk, { ok: true, status: 201, body: shownOnce(desk, body, password) })
      );
    },
  }),
  route({
    method: "delete",
    path: "/api/cuffs/:id/credentials",
    what: "Revokes a cuff's credentials and ends its connection.",
    right: "administer",
    params: byId,
    answer: z.undefined(),
    handle: async ({ params: { id }, who }) => {
      const read = await found(desk.roll.records, id, "cuff");
      if (!read.ok) return read;
      const held = desk.roll.credentialOf(id);
      if (held === undefined) return problem(409, words.noCredentials);
      const refusal = whyInflated(desk.state(), read.entry.body.cuff, words.revokeCredentials);
      if (refusal !== null) return refusal;
      const { credentials } = desk.roll;
      const removal = credentials.removal(id, held.version, writerOf(who, desk.wall()));
      return settled(desk, await remove(credentials, [removal]));
    },
  }),
];

const shownOnce = (desk: CuffDesk, { cuff, basic }: CuffRecord, password: string): Credentials => {
  const addresses = [...desk.addresses()];
  const topic = basic?.topic ?? null;
  const qr = {
    ...{ v: 1, broker: addresses, site: desk.site, user: cuff, password },
    ...(topic === null ? {} : { topic }),
  };
  return { user: cuff, password, addresses, site: desk.site, topic, qr: JSON.stringify(qr) };
};
