import { afterEach, describe, expect, test, vi } from "vitest";
import { cardsFor } from "../../client/start/cards.ts";
import { ask } from "../../client/desk/ask.ts";
import { openPages } from "../../client/desk/pages.ts";
import { chosenBy, differs, problemsIn, typedOf, unsaved } from "../../client/setup/limits.ts";
import { linesOf } from "../../client/setup/imported.ts";
import { Settings } from "../../client/setup/settings.svelte.ts";
import { limitNames, limitTable } from "../../shared/alarm/limits.ts";
import type { Me } from "../../shared/clinic/api.ts";
import { may, type Right, type Role } from "../../shared/clinic/rights.ts";
import { type ClinicSettings, settingsSchema } from "../../shared/clinic/settings.ts";
import { staffId } from "../../shared/ids.ts";
import { limitGroups, limitLabel, mayDo } from "../../shared/view/setup-words.ts";

describe("the limits as they are typed", () => {
  test("each stands in one group, under a label of its own that names no setting of the file", () => {
    const grouped = limitGroups.flatMap((group) => group.names);
    expect([...grouped].sort()).toEqual([...limitNames].sort());
    const labels = limitNames.map(limitLabel);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.filter((label) => limitNames.some((name) => label.includes(name)))).toEqual([]);
  });

  test("usual values and empty fields choose nothing", () => {
    const typed = { ...typedOf({}), painOver: " ", releaseSoonS: "60" };
    expect([chosenBy(typed), problemsIn(typed), unsaved(typed, {})]).toEqual([{}, [], 0]);
  });

  test("what differs is chosen, with a comma or a point", () => {
    const typed = { ...typedOf({ painOver: 6 }), releaseSoonS: "90", lostForS: "2,5" };
    expect(chosenBy(typed)).toEqual({ painOver: 6, releaseSoonS: 90, lostForS: 2.5 });
    expect(unsaved(typed, { painOver: 6 })).toBe(2);
    expect([differs("painOver", typed), differs("pauseForS", typed)]).toEqual([true, false]);
  });

  test("what is out of bounds, or fits no other limit, is said beside its own field", () => {
    expect(problemsIn({ ...typedOf({}), releaseSoonS: "500" })).toEqual([
      { field: "limits.releaseSoonS", detail: expect.stringContaining("15 to 180 s") as string },
    ]);
    expect(problemsIn({ ...typedOf({}), batteryEmptyPct: "30" })).toEqual([
      { field: "limits.batteryEmptyPct", detail: "a nearly empty battery must be below a low one" },
    ]);
    expect(problemsIn({ ...typedOf({}), painOver: "a lot", refillOverS: "1e" }).map((p) => p.field)).toEqual([
      "limits.painOver",
      "limits.refillOverS",
    ]);
  });

  test("each bound itself may be chosen", () => {
    for (const bound of ["least", "most"] as const) {
      const typed = Object.fromEntries(limitNames.map((name) => [name, String(limitTable[name][bound])]));
      const about = problemsIn({ ...typedOf({}), ...typed }).filter((p) => !p.field.includes("battery"));
      expect(about).toEqual([]);
    }
  });
});

test("a role says in words what it may do, and an assistant does not plan", () => {
  expect(mayDo("assistant")).toContain("answer alarms and release");
  expect(mayDo("assistant")).not.toContain("write patients");
  expect(mayDo("admin")).toContain("manage staff");
});

test("what became of a class file is counted by what it is", () => {
  const of = (kind: string, n: number) => Array.from({ length: n }, (_, i) => ({ kind, id: `${kind} ${i}` }));
  expect(
    linesOf({ made: [...of("patient", 2), ...of("cuff", 1)], changed: [], left: of("something new", 1) }),
  ).toEqual(["New: 2 patients, 1 cuff", "Left as it is here: 1 record"]);
  expect(linesOf({ made: [], changed: [], left: [] })).toEqual([]);
});

describe("where the first page leads", () => {
  const me = (who: Me["who"]): Me => ({
    who,
    ...{ setUp: true, demo: false, simulated: false, unencrypted: false },
  });
  const role =
    (...roles: Role[]) =>
    (right: Right): boolean =>
      may({ kind: "staff", staff: staffId("a"), name: "A", roles }, right);

  test.each([
    ["a stranger", me({ kind: "stranger" }), ["sign-in", "wall"]],
    ["a tablet", me({ kind: "tablet", device: "t" }), ["floor", "sign-in", "wall"]],
    ["a wall", me({ kind: "wall", device: "w" }), ["wall", "sign-in"]],
    ["whom nobody knows yet", null, ["wall", "floor", "alarms"]],
  ])("%s", (_, who, cards) => expect(cardsFor(who, () => false)).toEqual(cards));

  test("members of staff, each to what their roles open", () => {
    expect(openPages(role("assistant"))).not.toContain("setup");
    expect(openPages(role("physiotherapist"))).toContain("setup");
    expect(openPages(role("physiotherapist"))).not.toContain("cuffs");
    expect(openPages(role("admin"))).toEqual([
      ...["floor", "wall", "patients", "plans", "sessions", "summary"],
      ...["follow-up", "alarms", "cuffs", "setup"],
    ]);
  });
});

describe("the clinic's settings", () => {
  afterEach(() => vi.unstubAllGlobals());
  const some: ClinicSettings = settingsSchema.parse({ clinic: "North", rooms: ["Gym"] });
  /** A server in memory that keeps one record and its version. */
  const serve = () => {
    const server = { version: 3, body: some, sent: [] as unknown[] };
    const json = (status: number, body: unknown): Response =>
      new Response(JSON.stringify(body), { status, headers: { ETag: `"${server.version}"` } });
    vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
      if (init.method === "GET") return Promise.resolve(json(200, server.body));
      const seen = new Headers(init.headers).get("If-Match");
      if (seen !== `"${server.version}"`)
        return Promise.resolve(json(412, { title: "x", status: 412, detail: "changed" }));
      const body: unknown = JSON.parse(typeof init.body === "string" ? init.body : "");
      server.sent.push(body);
      server.version += 1;
      server.body = settingsSchema.parse(body);
      return Promise.resolve(json(200, server.body));
    });
    return server;
  };

  test("are saved whole, with the version that was read, again and again", async () => {
    const server = serve();
    const settings = new Settings();
    await settings.read();
    expect(await settings.save({ limits: { painOver: 6 } })).toBe(true);
    expect(await settings.save({ clinic: "South" })).toBe(true);
    expect(server.sent.at(-1)).toEqual({ ...some, limits: { painOver: 6 }, clinic: "South" });
    expect(settings.done).toBe(true);
  });

  test("are never written over somebody else's change: theirs is shown and said", async () => {
    const server = serve();
    const settings = new Settings();
    await settings.read();
    server.version = 4;
    server.body = { ...some, clinic: "West" };
    expect(await settings.save({ clinic: "South" })).toBe(false);
    expect([server.sent, settings.saved?.clinic, settings.done]).toEqual([[], "West", false]);
    expect(settings.problem).toContain("Somebody else has changed this");
    expect(await settings.save({ clinic: "South" })).toBe(true);
  });
});

describe("a question to the API", () => {
  afterEach(() => vi.unstubAllGlobals());
  test.each([
    ["30", 30],
    ["", null],
    ["Wed, 21 Oct 2026 07:28:00 GMT", null],
  ])("knows from Retry-After %j when it may be asked again", async (header, seconds) => {
    const body = JSON.stringify({ title: "x", status: 429, detail: "Locked." });
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(body, { status: 429, headers: { "Retry-After": header } })),
    );
    const reply = await ask(settingsSchema, "POST", "/api/sign-in", { body: {} });
    expect(reply).toMatchObject({ ok: false, status: 429, detail: "Locked.", retryAfterS: seconds });
  });
});
