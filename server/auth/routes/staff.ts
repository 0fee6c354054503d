/** `/api/staff`: the people who work here, written by an administrator; and everybody's own password and PIN. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../../shared/clinic/api.ts";
import { recordId } from "../../../shared/clinic/fields.ts";
import { may, type Principal } from "../../../shared/clinic/rights.ts";
import { password, pin, type Staff, staffSchema } from "../../../shared/clinic/staff.ts";
import { doorWords as words } from "../../../shared/view/door-words.ts";
import { type Answered, type Problem, problem, type Route, route } from "../../http/route.ts";
import { wholeOf } from "../../http/whole.ts";
import { staffKind } from "../../records/kinds.ts";
import { collection } from "../../register/collection.ts";
import type { Entry } from "../../register/register.ts";
import type { Caller } from "../browsers.ts";
import type { Door } from "../door.ts";
import type { Secret } from "../kinds.ts";
import { busy, changed, conflict, notWritten } from "./trouble.ts";

/** A person as an administrator sees them: whether they can sign in, and never with what. */
const staffEntry = z.object({
  ...entryOf(staffSchema).shape,
  hasPassword: z.boolean(),
  hasPin: z.boolean(),
});
type StaffEntry = z.output<typeof staffEntry>;

const params = z.object({ id: recordId });
const page = z.object({
  text: z.string().max(200).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const newPerson = staffSchema.extend({
  password: password.nullish().transform((value) => value ?? null),
  pin: pin.nullish().transform((value) => value ?? null),
});

export const staffRoutes = (door: Door): readonly Route[] => [
  route({
    method: "get",
    path: "/api/staff",
    what: "The people who work here, and those who have left.",
    right: "administer",
    query: page,
    answer: pageOf(staffEntry),
    handle: async ({ query }) => {
      const read = await collection(door.ledger.register, staffKind).page(query);
      if (!read.ok) return problem(503, words.notStored(read.error.detail));
      const { entries, next } = read.value;
      return { ok: true, body: { entries: entries.map((one) => shown(door, one)), next } };
    },
  }),
  route({
    method: "post",
    path: "/api/staff",
    what: "Takes a person on. Without a password they can be tapped on a tablet and cannot sign in.",
    right: "administer",
    body: newPerson,
    answer: staffEntry,
    handle: async ({ body: { password: chosen, pin: chosenPin, ...person }, who }) => {
      if (!door.secrets.free()) return busy();
      const secret = {
        password: chosen === null ? null : await door.secrets.hash(chosen),
        pin: chosenPin === null ? null : await door.secrets.hash(chosenPin),
      };
      return write(door, who, { id: randomUUID(), person, seen: null, secret });
    },
  }),
  route({
    method: "put",
    path: "/api/staff/:id",
    what: "Changes a person: name, sign-in name, roles, whether they still work here.",
    right: "administer",
    params,
    body: wholeOf(staffSchema),
    answer: staffEntry,
    ifMatch: true,
    handle: async ({ params: { id }, body: person, who, seen }) => {
      const answer = await write(door, who, { id, person, seen });
      // Whoever has left is out everywhere; their tablets stay the clinic's.
      if (answer.ok && !person.active) await door.endSignIns(id, nameOf(who));
      return answer;
    },
  }),
  route({
    method: "put",
    path: "/api/staff/:id/password",
    what: "Chooses a password: one's own, or another's as an administrator. Ends their sign-ins elsewhere.",
    right: "review",
    params,
    body: z.object({ password }),
    answer: z.undefined(),
    handle: async ({ params: { id }, body, who, request }) =>
      choose(door, who, { id, secret: body, here: door.caller(request.headers) }),
  }),
  route({
    method: "put",
    path: "/api/staff/:id/pin",
    what: "Chooses a PIN, or null for none: one's own, or another's as an administrator.",
    right: "review",
    params,
    body: z.object({ pin: pin.nullable() }),
    answer: z.undefined(),
    handle: ({ params: { id }, body, who }) => choose(door, who, { id, secret: body, here: null }),
  }),
];

type Wanted = Readonly<{ id: string; person: Staff; seen: number | null; secret?: Secret }>;

const write = (door: Door, who: Principal, wanted: Wanted): Promise<Answered<StaffEntry>> =>
  door.ledger.alone(async () => {
    const { id, person, seen, secret } = wanted;
    const refused = unfit(door, wanted);
    if (refused !== null) return refused;
    const { staff, secrets, write } = door.ledger;
    const writer = { by: nameOf(who), at: door.now().wall };
    const written = await write([
      staff.put(id, person, writer, seen ?? undefined),
      ...(secret === undefined ? [] : [secrets.put(id, secret, writer)]),
    ]);
    const trouble = notWritten(written, "login", words.taken.login);
    if (trouble !== null) return trouble;
    const entry = door.people.get(id);
    if (entry === undefined) return problem(404, words.noPerson);
    return { ok: true, status: seen === null ? 201 : 200, body: shown(door, entry), version: entry.version };
  });

/** What stands against a person as they are to be written. */
const unfit = ({ people }: Door, { id, person, seen }: Wanted): Problem | null => {
  const standing = people.get(id);
  if (seen !== null && standing === undefined) return problem(404, words.noPerson);
  if (seen !== null && standing?.version !== seen) return changed(standing ?? null);
  const byLogin = people.byLogin(person.login);
  if (byLogin !== undefined && byLogin.id !== id) return conflict("login", words.taken.login);
  const byName = person.active ? people.byName(person.name) : undefined;
  if (byName !== undefined && byName.id !== id) return conflict("name", words.taken.name);
  const stays = person.active && person.roles.includes("admin");
  if (
    standing?.body.active === true &&
    standing.body.roles.includes("admin") &&
    !stays &&
    !people.otherAdministrator(id)
  )
    return conflict(person.active ? "roles" : "active", words.lastAdministrator);
  return null;
};

const choose = async (
  door: Door,
  who: Principal,
  {
    id,
    secret,
    here,
  }: Readonly<{
    id: string;
    secret: Readonly<{ password: string } | { pin: string | null }>;
    here: Caller | null;
  }>,
): Promise<Answered<undefined>> => {
  if (!(who.kind === "staff" && who.staff === id) && !may(who, "administer"))
    return problem(403, words.ownOnly);
  if (door.people.get(id) === undefined) return problem(404, words.noPerson);
  if (!door.secrets.free()) return busy();
  const hashed =
    "password" in secret
      ? { password: await door.secrets.hash(secret.password) }
      : { pin: secret.pin === null ? null : await door.secrets.hash(secret.pin) };
  const { ledger, people } = door;
  const refused = await ledger.alone(async () =>
    notWritten(
      await ledger.write([
        ledger.secrets.put(
          id,
          { ...people.secretOf(id), ...hashed },
          { by: nameOf(who), at: door.now().wall },
        ),
      ]),
      "password",
      "",
    ),
  );
  if (refused !== null) return refused;
  // Whoever knew the old one and has signed in by it is out.
  if (here !== null) await door.endSignIns(id, nameOf(who), here);
  return { ok: true, body: undefined, status: 204 };
};

const shown = ({ people }: Door, entry: Entry<Staff>): StaffEntry => {
  const { password: hasPassword, pin: hasPin } = people.secretOf(entry.id);
  const { id, version, at, by } = entry;
  const { roles, ...body } = entry.body;
  return {
    ...{ id, version, at, by },
    body: { ...body, roles: [...roles] },
    hasPassword: hasPassword !== null,
    hasPin: hasPin !== null,
  };
};

const nameOf = (who: Principal): string => (who.kind === "staff" ? who.name : "");
