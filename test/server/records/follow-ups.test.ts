import { usualSettings } from "../../../shared/clinic/settings.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collection } from "../../../server/register/collection.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { followUpKind } from "../../../server/records/kinds.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { entryOf, pageOf, problemSchema } from "../../../shared/clinic/api.ts";
import { adverseEventSchema, followUpQuestions, followUpSchema } from "../../../shared/clinic/follow-up.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, type Reply, signedIn, startApi } from "../../support/api.ts";

const hour = 3_600_000;
let api: Api;
let now = 0;
beforeEach(async () => {
  now = 100 * hour;
  api = await startApi((register) =>
    recordRoutes(openClinic({ register, wall: () => wallTime(now), isInUse: () => false })),
  );
  const followUps = collection(api.register, followUpKind);
  const due = [10, 90, 99, 120];
  await followUps.write(
    due.map((at, i) =>
      followUps.change(
        `f${i}`,
        {
          ...{ patient: i < 2 ? "andrew" : "emma", session: "s", kind: "next-day", dueAt: at * hour },
          ...{ answered: null, cleared: null },
        },
        null,
        { by: "the class", at: wallTime(0) },
      ),
    ),
  );
});
afterEach(() => api.end());

const well = Object.fromEntries(Object.keys(followUpQuestions).map((question) => [question, "no"]));
const ask = (
  id: string,
  answers: object,
  more: Readonly<{ remark?: string; seen?: number }> = {},
): Promise<Reply> =>
  api.ask("POST", `/api/follow-ups/${id}/answers`, {
    body: { answers: { ...well, ...answers }, remark: more.remark ?? "" },
    ...(more.seen === undefined ? {} : { seen: more.seen }),
  });
const clear = (id: string, reason = "Seen by a doctor."): Promise<Reply> =>
  api.ask("POST", `/api/follow-ups/${id}/clearance`, { body: { reason } });
const listed = async (query: string): Promise<readonly string[]> =>
  pageOf(entryOf(followUpSchema))
    .parse((await api.ask("GET", `/api/follow-ups?${query}`)).body)
    .entries.map(({ id }) => id);
const events = async (query = "") =>
  pageOf(entryOf(adverseEventSchema))
    .parse((await api.ask("GET", `/api/adverse-events${query}`)).body)
    .entries.map(({ body }) => body);

describe("follow-ups", () => {
  test("are listed by what they wait for, in the order in which they came due", async () => {
    await ask("f0", {});
    await ask("f1", { "dark-urine": "yes" });
    expect(await listed("state=due")).toEqual(["f2"]);
    expect(await listed("state=red")).toEqual(["f1"]);
    expect(await listed("state=open")).toEqual(["f1", "f2", "f3"]);
    expect(await listed("state=all")).toEqual(["f3", "f2", "f1", "f0"]);
    expect(await listed("state=all&patient=emma")).toEqual(["f3", "f2"]);
    expect(await listed("state=all&limit=1")).toEqual(["f3"]);
    now = 120 * hour;
    expect(await listed("state=due")).toEqual(["f2", "f3"]);
    await clear("f1");
    expect(await listed("state=red")).toEqual([]);
    expect((await api.ask("GET", "/api/follow-ups?state=lost")).status).toBe(422);
  });

  test("an answer is stamped, and a second one does not overwrite it unseen", async () => {
    expect(await ask("f0", { bruising: "yes" }, { remark: "A little." })).toMatchObject({
      ...{ status: 200, etag: '"2"' },
      body: {
        body: { answered: { by: "Emily", at: now, remark: "A little.", answers: { bruising: "yes" } } },
      },
    });
    expect(await ask("f0", {})).toMatchObject({ status: 409, body: { present: { version: 2 } } });
    expect(await ask("f0", {}, { seen: 1 })).toMatchObject({
      status: 412,
      body: { present: { version: 2 } },
    });
    expect((await ask("f0", {}, { seen: 2 })).status).toBe(200);
    expect(await events()).toEqual([]);
  });

  test("every question has to be answered, with yes or no, and nothing is stamped by who asks", async () => {
    const half = await api.ask("POST", "/api/follow-ups/f0/answers", {
      body: { answers: { pain: "no", swelling: "maybe" }, at: 1 },
    });
    expect(problemSchema.parse(half.body).errors.map((e) => e.field)).toEqual(
      expect.arrayContaining(["answers.weakness", "answers.swelling", "at"]),
    );
    expect((await ask("nothing", {})).status).toBe(404);
  });

  test("a red answer is an adverse event, written together, and stands until it is cleared with a reason", async () => {
    await ask("f1", { "dark-urine": "yes", swelling: "yes" }, { remark: "Since last night." });
    expect(await events("?patient=andrew")).toEqual([
      {
        ...{ patient: "andrew", session: "s", at: now, by: "Emily", severity: "serious", done: "" },
        what: "Follow-up the next day: Dark urine; Swelling of the limb. Since last night.",
      },
    ]);
    expect((await ask("f1", {}, { seen: 2 })).status).toBe(409);
    expect(await clear("f1", " ")).toMatchObject({ status: 422 });
    api.as(signedIn("Jessica", "assistant"));
    expect((await clear("f1")).status).toBe(403);
    api.as(signedIn("Aidan", "physiotherapist"));
    expect(await clear("f1")).toMatchObject({
      body: { body: { cleared: { by: "Aidan", reason: "Seen by a doctor." } } },
    });
    expect((await clear("f1")).status).toBe(409);
  });

  test("red again after it was cleared is red again, whatever the clock says", async () => {
    await ask("f1", { pain: "yes" });
    await clear("f1");
    now -= 2 * hour;
    expect((await ask("f1", { warmth: "yes" }, { seen: 3 })).status).toBe(200);
    expect(await listed("state=red")).toEqual(["f1"]);
    expect(await events()).toHaveLength(1);
    now -= 2 * hour;
    await clear("f1");
    expect(await listed("state=red")).toEqual([]);
  });

  test("one that nobody answered is cleared with a reason, one that is not due is not", async () => {
    expect((await clear("f0")).status).toBe(200);
    expect((await clear("f3")).status).toBe(409);
  });
});

describe("the settings", () => {
  test("are the usual ones at version 0 until somebody chooses, and never overwritten unseen", async () => {
    expect(await api.ask("GET", "/api/settings")).toMatchObject({
      etag: '"0"',
      body: { rooms: ["Room"], limits: {}, reviewLopAfterDays: 28 },
    });
    const body = {
      ...usualSettings,
      clinic: "Knee & Co",
      rooms: ["Hall", "Gym"],
      limits: { releaseSoonS: 90 },
    };
    expect(await api.ask("PUT", "/api/settings", { body, seen: 0 })).toMatchObject({
      status: 200,
      etag: '"1"',
    });
    expect(await api.ask("PUT", "/api/settings", { body, seen: 0 })).toMatchObject({ status: 412 });
    expect(await api.ask("PUT", "/api/settings", { body, seen: 1 })).toMatchObject({ etag: '"2"' });
  });

  test.each<[string, object, string]>([
    ["no room", { rooms: [] }, "rooms"],
    ["a room twice", { rooms: ["Hall", "hall"] }, "rooms"],
    ["a limit that is too wide", { limits: { releaseSoonS: 900 } }, "limits.releaseSoonS"],
    ["a limit that is none", { limits: { courage: 1 } }, "limits.courage"],
    ["half a day", { reviewLopAfterDays: 0.5 }, "reviewLopAfterDays"],
  ])("with %s are refused at the field", async (_name, body, field) => {
    const answer = await api.ask("PUT", "/api/settings", { body: { ...usualSettings, ...body }, seen: 0 });
    expect(problemSchema.parse(answer.body)).toMatchObject({ status: 422, errors: [{ field }] });
  });

  test("are sent whole: nothing that is left out is filled in, and so taken back unseen", async () => {
    const body = { ...usualSettings, limits: { releaseSoonS: 90 } };
    expect((await api.ask("PUT", "/api/settings", { body, seen: 0 })).status).toBe(200);
    const left = await api.ask("PUT", "/api/settings", { body: {}, seen: 1 });
    expect([left.status, problemSchema.parse(left.body).errors.map((e) => e.field)]).toEqual([
      422,
      Object.keys(usualSettings),
    ]);
    expect((await api.ask("PUT", "/api/settings", { seen: 1 })).status).toBe(400);
    expect(await api.ask("GET", "/api/settings")).toMatchObject({ etag: '"1"', body });
  });

  test("are an administrator's", async () => {
    api.as(signedIn("Aidan", "physiotherapist"));
    expect((await api.ask("PUT", "/api/settings", { body: {}, seen: 0 })).status).toBe(403);
  });
});
