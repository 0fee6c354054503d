/** The first start: whoever holds the link that was printed there becomes the first administrator. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { meSchema } from "../../../shared/clinic/api.ts";
import { personName, text } from "../../../shared/clinic/fields.ts";
import type { ClinicSettings } from "../../../shared/clinic/settings.ts";
import { loginName, password, pin, type Staff } from "../../../shared/clinic/staff.ts";
import { doorWords as words } from "../../../shared/view/door-words.ts";
import { problem, type Route, route } from "../../http/route.ts";
import { settingsId, settingsKind } from "../../records/kinds.ts";
import { collection, type Writer } from "../../register/collection.ts";
import type { Door } from "../door.ts";
import type { Pending } from "../shelf.ts";
import { type AboutSite, welcome } from "./identity.ts";
import { busy, notWritten } from "./trouble.ts";

const firstPerson = z.object({
  token: z.string().max(100),
  name: personName,
  login: loginName,
  password,
  pin: pin.nullish().transform((value) => value ?? null),
  clinic: text(120, "the clinic's name"),
  room: text(120, "the room"),
});

export const setupRoute = (door: Door, about: AboutSite): Route =>
  route({
    method: "post",
    path: "/api/setup",
    what: "Makes the first person, who is administrator and physiotherapist, and signs them in. Works once.",
    right: null,
    body: firstPerson,
    answer: meSchema,
    handle: async ({ body, request }) => {
      const { people, secrets, ledger } = door;
      const link = door.setupLink();
      if (link === null) return problem(409, words.alreadySetUp);
      if (!secrets.free()) return busy();
      if (!link.take(body.token)) return problem(403, words.setupDone);
      const secret = {
        password: await secrets.hash(body.password),
        pin: body.pin === null ? null : await secrets.hash(body.pin),
      };
      const answer = await ledger.alone(async () => {
        const { wall } = door.now();
        const writer = { by: body.name, at: wall };
        // A class file may have named this person already; then that is who they are.
        const known = people.byName(body.name);
        const id = known?.id ?? randomUUID();
        const person: Staff = {
          ...{ name: body.name, login: body.login, active: true },
          roles: ["admin", "physiotherapist"],
        };
        const settings = await settingsChange(door, body, writer);
        if (!settings.ok) return problem(503, words.notStored(settings.error.detail));
        const letIn = await door.letIn(door.caller(request.headers), { id, body: person }, [
          ledger.staff.put(id, person, writer),
          ledger.secrets.put(id, secret, writer),
          settings.value,
        ]);
        const refused = notWritten(
          letIn.ok ? { ok: true, value: letIn.value.written } : letIn,
          "login",
          words.taken.login,
        );
        if (refused !== null || !letIn.ok) return refused ?? problem(503, "");
        return welcome(door, letIn.value, about);
      });
      if (!answer.ok) link.giveBack();
      return answer;
    },
  });

/** The clinic's name and its first room, beside what may have been chosen already. */
const settingsChange = async (
  { ledger }: Door,
  { clinic, room }: Readonly<{ clinic: string; room: string }>,
  writer: Writer,
): Promise<Readonly<{ ok: true; value: Pending }> | Readonly<{ ok: false; error: { detail: string } }>> => {
  const settings = collection(ledger.register, settingsKind);
  const standing = await settings.get(settingsId);
  if (!standing.ok) return standing;
  const before: ClinicSettings = standing.value?.body ?? settingsKind.schema.parse({ clinic, rooms: [room] });
  const rooms = [room, ...before.rooms.filter((other) => other.toLowerCase() !== room.toLowerCase())];
  return {
    ok: true,
    value: {
      change: settings.change(
        settingsId,
        { ...before, clinic, rooms },
        standing.value?.version ?? null,
        writer,
      ),
      apply: () => undefined,
    },
  };
};
