/** `/api/me` and what changes it: signing in and out, locking a tablet, switching its user with a PIN. */
import { z } from "zod";
import { type Me, meSchema } from "../../../shared/clinic/api.ts";
import { loginName, pin } from "../../../shared/clinic/staff.ts";
import { doorWords as words } from "../../../shared/view/door-words.ts";
import { type Answered, type Asked, problem, type Route, route } from "../../http/route.ts";
import type { Caller } from "../browsers.ts";
import type { Door, LetIn } from "../door.ts";
import { addressOf, busy, notWritten, tryOnce } from "./trouble.ts";

/** What `/api/me` tells beside who it is. */
export type AboutSite = () => Pick<Me, "simulated" | "unencrypted">;

export const meOf = (door: Door, caller: Caller, about: AboutSite): Me => {
  const who = door.whoIs(caller, false);
  return {
    who: who.kind === "staff" ? { ...who, roles: [...who.roles] } : who,
    setUp: door.setupLink() === null,
    demo: door.demo,
    ...about(),
  };
};

/** The answer to whoever has just been let in. */
export const welcome = (door: Door, { cookies, caller }: LetIn, about: AboutSite): Answered<Me> => ({
  ok: true,
  body: meOf(door, caller, about),
  headers: { "Set-Cookie": cookies },
});

const signIn = z.object({
  login: loginName.or(z.string().max(64)),
  password: z.string("the password must be text").min(1, "the password must not be empty").max(256),
});
const pinSwitch = z.object({ staff: z.string().max(64), pin });

export const identityRoutes = (door: Door, about: AboutSite): readonly Route[] => [
  route({
    method: "get",
    path: "/api/me",
    what: "Who this browser is here.",
    right: null,
    answer: meSchema,
    handle: ({ request }) => {
      const caller = door.caller(request.headers);
      const token = door.cookies.read(request.headers.cookie, "device");
      // Browsers keep a cookie for 400 days at most; a wall that runs on must not be a stranger after them.
      const kept = token === null || caller.device === null ? [] : [door.cookies.give("device", token)];
      return answered({ ok: true, body: meOf(door, caller, about), headers: { "Set-Cookie": kept } });
    },
  }),
  route({
    method: "post",
    path: "/api/sign-in",
    what: "Signs in with a password; this browser is a tablet of the clinic from then on.",
    right: null,
    body: signIn,
    answer: meSchema,
    handle: (asked) => withPassword(door, asked, about),
  }),
  route({
    method: "post",
    path: "/api/pin",
    what: "Switches who is signed in on a tablet that the clinic knows.",
    right: null,
    body: pinSwitch,
    answer: meSchema,
    handle: (asked) => withPin(door, asked, about),
  }),
  route({
    method: "post",
    path: "/api/lock",
    what: "Leaves a tablet with nobody signed in; it stays known.",
    right: null,
    answer: meSchema,
    handle: async ({ request }) => {
      const caller = door.caller(request.headers);
      const cookies = await door.lock(caller);
      return {
        ok: true,
        body: meOf(door, { ...caller, signIn: null }, about),
        headers: { "Set-Cookie": cookies },
      };
    },
  }),
  route({
    method: "post",
    path: "/api/sign-out",
    what: "Ends the sign-in and every connection of this browser.",
    right: null,
    body: z
      .object({
        forget: z.boolean().default(false).describe("The clinic does not know this browser any more"),
      })
      .default({ forget: false }),
    answer: z.undefined(),
    handle: async ({ request, body }) => ({
      ok: true,
      body: undefined,
      status: 204,
      headers: { "Set-Cookie": await door.signOut(door.caller(request.headers), body.forget) },
    }),
  }),
  route({
    method: "get",
    path: "/api/people",
    what: "Who works here: who can be tapped on a tablet, and who has a PIN.",
    right: "answer",
    answer: z.array(z.object({ staff: z.string(), name: z.string(), hasPin: z.boolean() })),
    handle: () =>
      answered({
        ok: true,
        body: door.people
          .active()
          .map(({ id, name }) => ({ staff: id, name, hasPin: door.people.secretOf(id).pin !== null })),
      }),
  }),
];

const withPassword = async (
  door: Door,
  { body, request }: Asked<unknown, unknown, z.output<typeof signIn>>,
  about: AboutSite,
): Promise<Answered<Me>> => {
  const { people, secrets, tries } = door;
  const caller = door.caller(request.headers);
  const login = body.login.trim().toLowerCase();
  if (!secrets.free()) return busy();
  const tried =
    caller.device === null || door.demo
      ? [
          { attempts: tries.name, key: login },
          { attempts: tries.address, key: addressOf(request) },
        ]
      : [{ attempts: tries.name, key: `${login} ${caller.device}` }];
  const tooSoon = tryOnce(tried, door.now().at);
  if (tooSoon !== null) return tooSoon;
  const person = people.byLogin(login);
  const right = await secrets.matches(
    body.password,
    person === undefined ? null : people.secretOf(person.id).password,
  );
  if (!right || person?.body.active !== true) return problem(401, words.wrongPassword);
  for (const { attempts, key } of tried) attempts.succeeded(key);
  if (caller.device !== null) tries.pin.succeeded(`${person.id} ${caller.device}`);
  return signedIn(door, caller, person.id, about);
};

const withPin = async (
  door: Door,
  { body, request, who }: Asked<unknown, unknown, z.output<typeof pinSwitch>>,
  about: AboutSite,
): Promise<Answered<Me>> => {
  const { people, secrets, tries } = door;
  const caller = door.caller(request.headers);
  if (who.kind === "wall" || who.kind === "stranger") return problem(403, words.notATablet);
  const person = people.get(body.staff);
  if (person?.body.active !== true) return problem(404, words.noPerson);
  const { name } = person.body;
  const { pin: stored } = people.secretOf(person.id);
  if (stored === null) return problem(403, words.noPin(name));
  if (!secrets.free()) return busy();
  const key = `${person.id} ${caller.device ?? ""}`;
  const tooSoon = tryOnce([{ attempts: tries.pin, key }], door.now().at);
  if (tooSoon !== null) return door.demo ? tooSoon : problem(403, words.pinLocked(name));
  if (!(await secrets.matches(body.pin, stored)))
    return problem(401, words.wrongPin(name, tries.pin.left(key)));
  tries.pin.succeeded(key);
  return signedIn(door, caller, person.id, about);
};

const signedIn = (door: Door, caller: Caller, staff: string, about: AboutSite): Promise<Answered<Me>> =>
  door.ledger.alone(async () => {
    // Read anew: whoever was sent away while the password was worked out does not come in.
    const person = door.people.get(staff);
    if (person?.body.active !== true) return problem(401, words.wrongPassword);
    const letIn = await door.letIn(caller, person);
    if (!letIn.ok) return problem(503, words.notStored(letIn.error.detail));
    return (
      notWritten({ ok: true, value: letIn.value.written }, "login", "") ?? welcome(door, letIn.value, about)
    );
  });

const answered = <T>(value: T): Promise<T> => Promise.resolve(value);
