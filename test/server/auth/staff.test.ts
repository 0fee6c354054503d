/** Who may change the staff and let screens in, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  administrator,
  assistant,
  lockedTablet,
  pairedWall,
  password,
  pin,
  signedIn,
} from "../../support/let-in.ts";
import { type OpenDoor, openDoor } from "../../support/open-door.ts";
import { type Answer, type Visitor, visitor } from "../../support/visitor.ts";

let house: OpenDoor;
let admin: Visitor;
let physio: Visitor;
let asha: Visitor;
let tablet: Visitor;
let wall: Visitor;
beforeAll(async () => {
  house = await openDoor();
  admin = await administrator(house);
  physio = await signedIn(house, { name: "Pia Physio", login: "pia", roles: ["physiotherapist"] });
  asha = await assistant(house);
  tablet = await lockedTablet(house);
  wall = await pairedWall(house);
});
afterAll(() => house.close());

const idOf = (name: string): string =>
  house.door().people.byName(name)?.id ?? expect.fail(`Nobody is called ${name}.`);
const entry = z.object({ id: z.string(), version: z.number(), body: z.record(z.string(), z.unknown()) });
const take = async (person: object): Promise<z.output<typeof entry>> => {
  const answer = await admin.ask("POST", "/api/staff", { roles: ["assistant"], ...person });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return entry.parse(answer.body);
};
const put = (one: Visitor, id: string, version: number, person: object): Promise<Answer> =>
  one.ask("PUT", `/api/staff/${id}`, { active: true, ...person }, { "if-match": `"${version}"` });
const version = (name: string): number => house.door().people.byName(name)?.version ?? 0;
const fields = (answer: Answer): unknown =>
  z
    .object({ errors: z.array(z.object({ field: z.string() })) })
    .parse(answer.body)
    .errors.map((e) => e.field);

describe("rights", () => {
  const closed: [method: string, path: string, body?: object][] = [
    ["GET", "/api/staff"],
    ["POST", "/api/staff", { name: "Mallory", login: "mallory", roles: ["admin"] }],
    ["PUT", "/api/staff/x", { name: "Mallory", login: "mallory", roles: ["admin"] }],
    ["GET", "/api/devices"],
    ["DELETE", "/api/devices/x"],
  ];
  test.each(closed)("%s %s is an administrator's alone", async (method, path, body) => {
    const seen = { "if-match": '"1"' };
    for (const one of [physio, asha]) expect((await one.ask(method, path, body, seen)).status).toBe(403);
    for (const one of [tablet, wall, visitor(house.url)])
      expect((await one.ask(method, path, body, seen)).status).toBe(401);
  });

  test("an assistant cannot make themselves anything else", async () => {
    const id = idOf("Asha Assistant");
    const person = { name: "Asha Assistant", login: "asha", roles: ["admin"] };
    expect((await put(asha, id, version("Asha Assistant"), person)).status).toBe(403);
    expect(house.door().people.get(id)?.body.roles).toEqual(["assistant"]);
  });

  test("everybody chooses their own password and PIN, and an administrator another's", async () => {
    const [a, p] = [idOf("Asha Assistant"), idOf("Pia Physio")];
    expect((await asha.ask("PUT", `/api/staff/${p}/pin`, { pin: "1111" })).status).toBe(403);
    expect((await asha.ask("PUT", `/api/staff/${p}/password`, { password: "a new password" })).status).toBe(
      403,
    );
    expect((await asha.ask("PUT", `/api/staff/${a}/pin`, { pin: "1357" })).status).toBe(204);
    expect((await admin.ask("PUT", `/api/staff/${a}/pin`, { pin: null })).status).toBe(204);
    expect((await tablet.ask("GET", "/api/people")).body).toContainEqual({
      staff: a,
      name: "Asha Assistant",
      hasPin: false,
    });
    expect((await admin.ask("PUT", `/api/staff/${a}/pin`, { pin })).status).toBe(204);
    expect((await tablet.ask("PUT", `/api/staff/${a}/pin`, { pin })).status).toBe(401);
  });

  test("a new password ends the sign-ins of before elsewhere, not this one", async () => {
    const [one, two] = [visitor(house.url), visitor(house.url)];
    const person = await take({ name: "Ned New", login: "ned", password });
    for (const each of [one, two]) await each.ask("POST", "/api/sign-in", { login: "ned", password });
    const changed = await one.ask("PUT", `/api/staff/${person.id}/password`, {
      password: "another password",
    });
    expect(changed.status).toBe(204);
    expect((await one.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "staff" } });
    expect((await two.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "tablet" } });
    expect((await two.ask("POST", "/api/sign-in", { login: "ned", password })).status).toBe(401);
  });

  test.each<[string, Record<string, string>]>([
    ["another origin", { origin: "https://evil.example" }],
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a page of no origin", { origin: "null" }],
  ])("a page of %s gets nothing done with an administrator's cookies", async (_, headers) => {
    const asked: readonly (readonly [string, string, object])[] = [
      ["POST", "/api/staff", { name: "Mallory", login: "mallory", roles: ["admin"] }],
      ["POST", "/api/sign-out", {}],
      ["POST", "/api/lock", {}],
      ["POST", "/api/pairings/confirm", { code: "AAAAAA", name: "W", kind: "wall" }],
    ];
    for (const [method, path, body] of asked)
      expect((await admin.ask(method, path, body, headers)).status).toBe(403);
    expect((await admin.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "staff" } });
  });
});

describe("the staff", () => {
  test("have sign-in names and names of their own; a name that somebody left behind may be taken", async () => {
    const lena = await take({ name: "Lena M.", login: "lena" });
    const login = await admin.ask("POST", "/api/staff", {
      name: "Other",
      login: "LENA",
      roles: ["assistant"],
    });
    expect([login.status, fields(login)]).toEqual([409, ["login"]]);
    const name = await admin.ask("POST", "/api/staff", {
      name: " lena  m. ",
      login: "lena2",
      roles: ["assistant"],
    });
    expect([name.status, fields(name)]).toEqual([409, ["name"]]);
    const left = { name: "Lena M.", login: "lena", roles: ["assistant"], active: false };
    expect((await put(admin, lena.id, lena.version, left)).status).toBe(200);
    await take({ name: "Lena M.", login: "lena2" });
    const back = await put(admin, lena.id, lena.version + 1, { ...left, active: true });
    expect([back.status, fields(back)]).toEqual([409, ["name"]]);
  });

  test("are not changed over what somebody else has changed", async () => {
    const one = await take({ name: "Twice Edited", login: "twice" });
    const person = { name: "Once", login: "twice", roles: ["assistant"], active: true };
    expect((await put(admin, one.id, 1, person)).status).toBe(200);
    const late = await put(admin, one.id, 1, { ...person, name: "Late" });
    expect(late).toMatchObject({ status: 412, body: { present: { version: 2, body: { name: "Once" } } } });
    expect((await admin.ask("PUT", `/api/staff/${one.id}`, person)).status).toBe(428);
    expect((await put(admin, "nobody", 1, person)).status).toBe(404);
  });

  test("always have an administrator who can sign in", async () => {
    const id = idOf("Ada Admin");
    const stays = { name: "Ada Admin", login: "ada", roles: ["physiotherapist"] };
    const roles = await put(admin, id, version("Ada Admin"), stays);
    expect([roles.status, fields(roles)]).toEqual([409, ["roles"]]);
    const left = await put(admin, id, version("Ada Admin"), { ...stays, roles: ["admin"], active: false });
    expect([left.status, fields(left)]).toEqual([409, ["active"]]);
    // One without a password could let nobody in.
    await take({ name: "Second Admin", login: "second", roles: ["admin"] });
    expect((await put(admin, id, version("Ada Admin"), stays)).status).toBe(409);
  });

  test("who have left are out at once, everywhere", async () => {
    const person = await take({ name: "Gone Soon", login: "gone", password, pin });
    const theirs = visitor(house.url);
    await theirs.ask("POST", "/api/sign-in", { login: "gone", password });
    const left = { name: "Gone Soon", login: "gone", roles: ["assistant"], active: false };
    expect((await put(admin, person.id, person.version, left)).status).toBe(200);
    expect((await theirs.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "tablet" } });
    expect((await theirs.ask("POST", "/api/pin", { staff: person.id, pin })).status).toBe(404);
    expect((await theirs.ask("POST", "/api/sign-in", { login: "gone", password })).status).toBe(401);
    expect(JSON.stringify((await tablet.ask("GET", "/api/people")).body)).not.toContain("Gone Soon");
  });

  test("may have names in any script, and what looks like HTML", async () => {
    for (const [i, name] of ["李明", "Žofie 😀", "<b>Bob</b>", "n".repeat(500)].entries())
      expect(await take({ name, login: `script-${i}` })).toMatchObject({ body: { name } });
    const long = await admin.ask("POST", "/api/staff", {
      name: "n".repeat(501),
      login: "long",
      roles: ["admin"],
    });
    expect([long.status, fields(long)]).toEqual([422, ["name"]]);
  });
});

describe("screens", () => {
  const ask = async (): Promise<readonly [Visitor, string]> => {
    const screen = visitor(house.url);
    const { body } = await screen.ask("POST", "/api/pairings");
    return [screen, z.object({ code: z.string() }).parse(body).code];
  };
  const confirm = (one: Visitor, code: string): Promise<Answer> =>
    one.ask("POST", "/api/pairings/confirm", { code, name: "By the window", kind: "wall" });

  test("are let in by a physiotherapist or an administrator, by nobody else", async () => {
    const [screen, code] = await ask();
    expect((await confirm(asha, code)).status).toBe(403);
    for (const one of [tablet, wall, visitor(house.url), screen])
      expect((await confirm(one, code)).status).toBe(401);
    expect((await screen.ask("GET", "/api/pairings/mine")).body).toEqual({ state: "waiting" });
    expect((await confirm(physio, code)).status).toBe(201);
    const paired = await screen.ask("GET", "/api/pairings/mine");
    expect(paired.body).toEqual({ state: "paired" });
    expect(paired.set.join()).toMatch(
      /cuffwatch-device=[^;]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=/,
    );
    expect((await screen.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "wall" } });
    expect((await screen.ask("GET", "/api/pairings/mine")).body).toEqual({ state: "expired" });
  });

  test("show a code for ten minutes, and a wrong one is a wrong field", async () => {
    const [, code] = await ask();
    house.pass(10 * 60_000);
    for (const one of [code, "nobody", ""]) {
      const answer = await confirm(admin, one);
      expect([answer.status, fields(answer)]).toEqual([422, ["code"]]);
    }
  });

  test("that were shut out are strangers at once and after a restart", async () => {
    const screen = await pairedWall(house);
    const { who } = z
      .object({ who: z.object({ device: z.string() }) })
      .parse((await screen.ask("GET", "/api/me")).body);
    expect((await admin.ask("DELETE", `/api/devices/${who.device}`)).status).toBe(204);
    expect((await screen.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "stranger" } });
    expect((await admin.ask("DELETE", `/api/devices/${who.device}`)).status).toBe(404);
    await house.restart();
    expect((await screen.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "stranger" } });
  });

  test("on which somebody signs in are walls no longer", async () => {
    const screen = await pairedWall(house);
    await screen.ask("POST", "/api/sign-in", { login: "ada", password });
    await screen.ask("POST", "/api/lock");
    expect((await screen.ask("GET", "/api/me")).body).toMatchObject({ who: { kind: "tablet" } });
  });
});
