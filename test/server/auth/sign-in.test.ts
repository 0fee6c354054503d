/** Coming in over HTTP: the setup link, passwords, PINs and what each leaves behind, at a time that the test says. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { admitDemoStaff, demoPin } from "../../../server/auth/demo.ts";
import { settingsId, settingsKind, staffKind } from "../../../server/records/kinds.ts";
import { collection } from "../../../server/register/collection.ts";
import { staffId } from "../../../shared/ids.ts";
import { administrator, assistant, lockedTablet, pairedWall, password, pin } from "../../support/let-in.ts";
import { type OpenDoor, openDoor } from "../../support/open-door.ts";
import { type Answer, type Visitor, visitor } from "../../support/visitor.ts";

const hour = 3_600_000;
const first = { name: "Ada Admin", login: "ada", password, pin, clinic: "Clinic", room: "Studio" };

let house: OpenDoor;
beforeEach(async () => {
  house = await openDoor();
});
afterEach(() => house.close());

const who = async (one: Visitor): Promise<unknown> =>
  ((await one.ask("GET", "/api/me")).body as { who: unknown }).who;
const signIn = (one: Visitor, login: string, secret: string): Promise<Answer> =>
  one.ask("POST", "/api/sign-in", { login, password: secret });
const idOf = (name: string): string =>
  house.door().people.byName(name)?.id ?? expect.fail(`Nobody is called ${name}.`);

describe("the setup link", () => {
  const token = (): string => new URL(house.setupPath() ?? "/", house.url).searchParams.get("token") ?? "";

  test("makes the first person once, signs them in and makes this browser a tablet", async () => {
    const one = visitor(house.url);
    expect(await one.ask("GET", "/api/me")).toMatchObject({
      body: { who: { kind: "stranger" }, setUp: false },
    });
    const link = token();
    const answer = await one.ask("POST", "/api/setup", { token: link, ...first });
    expect(answer).toMatchObject({
      status: 200,
      body: { who: { kind: "staff", name: "Ada Admin", roles: ["admin", "physiotherapist"] }, setUp: true },
    });
    expect(answer.set.map((cookie) => cookie.replace(/=[^;]*/, ""))).toEqual([
      "cuffwatch-sign-in; Path=/; HttpOnly; SameSite=Strict",
      "cuffwatch-device; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000",
    ]);
    expect(house.setupPath()).toBeNull();
    expect(await visitor(house.url).ask("POST", "/api/setup", { token: link, ...first })).toMatchObject({
      status: 409,
    });
    await one.ask("POST", "/api/lock");
    expect(await who(one)).toMatchObject({ kind: "tablet" });
  });

  test("records the clinic's first settings as written by that person", async () => {
    await visitor(house.url).ask("POST", "/api/setup", { token: token(), ...first });
    expect(await collection(house.register(), settingsKind).get(settingsId)).toMatchObject({
      ok: true,
      value: { by: "Ada Admin", version: 1, body: { clinic: "Clinic", rooms: ["Studio"] } },
    });
  });

  test("lets one of two in who use it at once", async () => {
    const body = { token: token(), ...first };
    const answers = await Promise.all([1, 2].map(() => visitor(house.url).ask("POST", "/api/setup", body)));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 403]);
  });

  test("is another one at each start until it is used", async () => {
    const before = token();
    await house.restart();
    expect(token()).not.toBe(before);
    expect((await visitor(house.url).ask("POST", "/api/setup", { token: before, ...first })).status).toBe(
      403,
    );
    expect((await visitor(house.url).ask("POST", "/api/setup", { token: token(), ...first })).status).toBe(
      200,
    );
    await house.restart();
    expect(house.setupPath()).toBeNull();
  });

  test("still works after a form that was wrong, and says of every field what it is", async () => {
    const answer = await visitor(house.url).ask("POST", "/api/setup", {
      ...{
        token: token(),
        name: " ",
        login: "Ada Admin!",
        password: "short",
        pin: "12",
        clinic: "",
        room: "",
      },
    });
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { field: string }[] };
    expect(errors.map((e) => e.field).sort()).toEqual(["clinic", "login", "name", "password", "pin", "room"]);
    expect((await visitor(house.url).ask("POST", "/api/setup", { token: token(), ...first })).status).toBe(
      200,
    );
  });

  test("takes over the person whom a class file has named already", async () => {
    const { ledger } = house.door();
    const writer = { by: "class file", at: house.door().now().wall };
    const named = { name: "Ada Admin", login: "ada-a", roles: ["assistant" as const], active: true };
    await ledger.alone(() => ledger.write([ledger.staff.put("ada-a", named, writer)]));
    await administrator(house);
    expect(house.door().people.active()).toEqual([{ id: "ada-a", name: "Ada Admin" }]);
    expect(house.door().people.byLogin("ada")?.body.roles).toEqual(["admin", "physiotherapist"]);
  });
});

describe("a password", () => {
  beforeEach(async () => {
    await administrator(house);
  });

  test("signs in and makes the browser a known tablet", async () => {
    const one = visitor(house.url);
    expect(await signIn(one, " ADA ", password)).toMatchObject({
      status: 200,
      body: { who: { name: "Ada Admin" } },
    });
    expect((await one.ask("GET", "/api/people")).status).toBe(200);
  });

  test("that is wrong and a name that is nobody's are answered alike", async () => {
    const answers = [
      await signIn(visitor(house.url), "ada", "not this one"),
      await signIn(visitor(house.url), "nobody", "not this one"),
    ];
    expect(answers.map((a) => [a.status, a.set])).toEqual([
      [401, []],
      [401, []],
    ]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  test("that was wrong too often has to wait, longer each time, and is told how long; then it works", async () => {
    const stranger = visitor(house.url);
    for (let i = 0; i < 5; i++) expect((await signIn(stranger, "ada", "wrong one")).status).toBe(401);
    const refused = await signIn(stranger, "ada", password);
    expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
    expect((refused.body as { detail: string }).detail).toBe(
      "Too many wrong tries. You can try again in 1 s.",
    );
    house.pass(1000);
    expect((await signIn(stranger, "ada", "wrong one")).status).toBe(401);
    expect((await signIn(stranger, "ada", password)).headers["retry-after"]).toBe("2");
    house.pass(2000);
    expect((await signIn(stranger, "ada", password)).status).toBe(200);
  });

  test("tried by a stranger for a name holds nobody up at a tablet that the clinic knows", async () => {
    const tablet = await lockedTablet(house);
    const stranger = visitor(house.url);
    for (let i = 0; i < 6; i++) await signIn(stranger, "ada", "wrong one");
    expect((await signIn(stranger, "ada", password)).status).toBe(429);
    expect((await signIn(tablet, "ada", password)).status).toBe(200);
  });

  test("tried from one address for many names has to wait as well", async () => {
    const stranger = visitor(house.url);
    for (let i = 0; i < 20; i++) expect((await signIn(stranger, `name-${i}`, "wrong one")).status).toBe(401);
    expect((await signIn(stranger, "ada", password)).status).toBe(429);
    house.pass(1000);
    expect((await signIn(stranger, "ada", password)).status).toBe(200);
  });

  test("of somebody who has none lets nobody in", async () => {
    const admin = await administrator(house);
    await admin.ask("POST", "/api/staff", { name: "Tapped Only", login: "tapped", roles: ["assistant"] });
    for (const secret of ["", "null", password]) {
      const { status } = await signIn(visitor(house.url), "tapped", secret);
      expect(status).toBe(secret === "" ? 422 : 401);
    }
  });
});

describe("a PIN", () => {
  let tablet: Visitor;
  let ada: string;
  const type = (on: Visitor, digits: string): Promise<Answer> =>
    on.ask("POST", "/api/pin", { staff: ada, pin: digits });
  beforeEach(async () => {
    tablet = await lockedTablet(house);
    ada = idOf("Ada Admin");
  });

  test("switches the user of a known tablet, and of nothing else", async () => {
    expect(await type(tablet, pin)).toMatchObject({ status: 200, body: { who: { name: "Ada Admin" } } });
    for (const other of [visitor(house.url), await pairedWall(house)])
      expect(await type(other, pin)).toMatchObject({ status: 403, set: [] });
  });

  test("that was wrong five times needs the password on that tablet, for that person alone", async () => {
    const [another] = [await lockedTablet(house), await assistant(house)];
    for (const left of ["4 tries are", "3 tries are", "2 tries are", "1 try is", "password is needed"])
      expect(((await type(tablet, "0000")).body as { detail: string }).detail).toContain(left);
    expect((await type(tablet, pin)).status).toBe(403);
    house.pass(24 * hour);
    expect((await type(tablet, pin)).status).toBe(403);
    expect((await type(another, pin)).status).toBe(200);
    const asha = { staff: idOf("Asha Assistant"), pin };
    expect((await tablet.ask("POST", "/api/pin", asha)).status).toBe(200);
    expect((await signIn(tablet, "ada", password)).status).toBe(200);
    expect((await type(tablet, pin)).status).toBe(200);
  });

  test("can be tried five times at most, also all at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => type(tablet, String(1000 + i))));
    expect(answers.filter((a) => a.status === 401)).toHaveLength(5);
    expect(answers.filter((a) => a.status === 403)).toHaveLength(15);
  });

  test("that was wrong too often leaves the tablet a tablet: its name list and its rights at the cuff", async () => {
    for (let i = 0; i < 6; i++) await type(tablet, "0000");
    expect(await who(tablet)).toMatchObject({ kind: "tablet" });
    expect((await tablet.ask("GET", "/api/people")).body).toContainEqual({
      staff: ada,
      name: "Ada Admin",
      hasPin: true,
    });
  });
});

describe("a sign-in", () => {
  test("survives a restart, and ends after twelve hours in which nobody used it", async () => {
    const admin = await administrator(house);
    house.pass(11 * hour);
    await admin.ask("POST", "/api/pairings/confirm", { code: "AAAAAA", name: "W", kind: "wall" });
    await house.restart();
    house.pass(11 * hour);
    expect(await who(admin)).toMatchObject({ kind: "staff" });
    house.pass(2 * hour);
    expect(await who(admin)).toMatchObject({ kind: "tablet" });
    await house.restart();
    expect(await who(admin)).toMatchObject({ kind: "tablet" });
  });

  test("ends when its tablet is locked, signed out or forgotten, for good", async () => {
    const admin = await administrator(house);
    const stale = admin.cookie();
    const withStale = async (): Promise<unknown> =>
      (
        (await visitor(house.url).ask("GET", "/api/me", undefined, { cookie: stale })).body as {
          who: unknown;
        }
      ).who;
    expect((await admin.ask("POST", "/api/lock")).status).toBe(200);
    expect(await withStale()).toMatchObject({ kind: "tablet" });
    await signIn(admin, "ada", password);
    expect((await admin.ask("POST", "/api/sign-out")).status).toBe(204);
    expect(await who(admin)).toMatchObject({ kind: "tablet" });
    await signIn(admin, "ada", password);
    expect((await admin.ask("POST", "/api/sign-out", { forget: true })).status).toBe(204);
    expect(admin.cookie()).toBe("");
    expect(await withStale()).toEqual({ kind: "stranger" });
    await house.restart();
    expect(await withStale()).toEqual({ kind: "stranger" });
  });

  test("of before ends when somebody else signs in on that tablet", async () => {
    const tablet = await lockedTablet(house);
    await signIn(tablet, "ada", password);
    const [before] = tablet
      .cookie()
      .split("; ")
      .filter((c) => c.includes("sign-in"));
    await assistant(house);
    await tablet.ask("POST", "/api/pin", { staff: idOf("Asha Assistant"), pin });
    expect(await who(tablet)).toMatchObject({ name: "Asha Assistant" });
    const old = await visitor(house.url).ask("GET", "/api/me", undefined, { cookie: before ?? "" });
    expect(old.body).toMatchObject({ who: { kind: "stranger" } });
  });
});

test("no secret and no token is in an answer, in the log, or readable in the register", async () => {
  const admin = await administrator(house);
  const tablet = await lockedTablet(house);
  await signIn(tablet, "ada", "a wrong password");
  await signIn(tablet, "ada", password);
  const answers = await Promise.all(
    ["/api/me", "/api/people", "/api/staff", "/api/devices"].map((path) => admin.ask("GET", path)),
  );
  const told = JSON.stringify(answers.map((a) => a.body)) + house.logged();
  expect(told).not.toMatch(/argon2|digest/);
  const tokens = [admin, tablet].flatMap((one) =>
    one
      .cookie()
      .split("; ")
      .map((c) => c.split("=")[1] ?? ""),
  );
  const kinds = ["secret", "sign-in", "device", "staff"] as const;
  const stored = await Promise.all(kinds.map((kind) => house.register().list({ kind, limit: 100 })));
  for (const secret of [...tokens, password, `"${pin}"`, "a wrong password"]) {
    expect(told).not.toContain(secret);
    expect(JSON.stringify(stored)).not.toContain(secret);
  }
});

test("somebody whom a class file brings while the server runs is there at once", async () => {
  const tablet = await lockedTablet(house);
  const records = collection(house.register(), staffKind);
  const late = { name: "Late Comer", login: "late", roles: ["physiotherapist" as const], active: true };
  await records.write([
    records.change("late", late, null, { by: "class file", at: house.door().now().wall }),
  ]);
  await house.door().staffChanged();
  expect((await tablet.ask("GET", "/api/people")).body).toContainEqual({
    ...{ staff: "late", name: "Late Comer", hasPin: false },
  });
  const admin = await administrator(house);
  expect((await admin.ask("PUT", "/api/staff/late/password", { password })).status).toBe(204);
  expect((await signIn(tablet, "late", password)).status).toBe(200);
});

describe("in a demonstration", () => {
  test("every browser counts as a tablet, and cookies are not those of a clinic beside it", async () => {
    const demo = await openDoor({ demo: true });
    try {
      const one = visitor(demo.url);
      expect(await who(one)).toEqual({ kind: "tablet", device: "demo" });
      const answer = await one.ask("POST", "/api/setup", {
        ...first,
        token: new URL(demo.setupPath() ?? "/", demo.url).searchParams.get("token"),
      });
      expect(answer.set.join()).toContain("cuffwatch-demo-sign-in=");
    } finally {
      await demo.close();
    }
  });

  test("the class's staff have a PIN that its pages tell, a role each, and no password", async () => {
    const demo = await openDoor({ demo: true });
    try {
      const staff = [
        { id: staffId("a"), name: "Ada A." },
        { id: staffId("b"), name: "Ben B." },
        { id: staffId("c"), name: "Cleo C." },
      ];
      for (let start = 0; start < 2; start++) {
        expect(await admitDemoStaff(demo.register(), { staff }, demo.door().now().wall)).toMatchObject({
          ok: true,
        });
        await demo.restart();
      }
      expect(demo.setupPath()).toBeNull();
      const one = visitor(demo.url);
      const roles = [["admin", "physiotherapist"], ["physiotherapist"], ["assistant"]];
      for (const [i, { id }] of staff.entries())
        expect(await one.ask("POST", "/api/pin", { staff: id, pin: demoPin })).toMatchObject({
          body: { who: { kind: "staff", staff: id, roles: roles[i] } },
        });
      expect((await signIn(visitor(demo.url), "a", demoPin)).status).toBe(401);
    } finally {
      await demo.close();
    }
  });

  test("a PIN that was wrong too often waits for a minute, since there is no password", async () => {
    const demo = await openDoor({ demo: true });
    try {
      const staff = [{ id: staffId("a"), name: "Ada A." }];
      await admitDemoStaff(demo.register(), { staff }, demo.door().now().wall);
      await demo.restart();
      const one = visitor(demo.url);
      const type = (pin: string): Promise<Answer> => one.ask("POST", "/api/pin", { staff: "a", pin });
      for (let i = 0; i < 5; i++) expect((await type("0000")).status).toBe(401);
      expect(await type(demoPin)).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
      demo.pass(60_000);
      expect((await type(demoPin)).status).toBe(200);
    } finally {
      await demo.close();
    }
  });
});
