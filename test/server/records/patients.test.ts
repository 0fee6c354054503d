import { writtenPatient } from "../../../server/records/patients.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collection } from "../../../server/register/collection.ts";
import { patientKind } from "../../../server/records/kinds.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { entryOf, pageOf, problemSchema } from "../../../shared/clinic/api.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { screeningQuestions } from "../../../shared/plan/screening.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, type Reply, signedIn, startApi } from "../../support/api.ts";

const whole = (record: object): object => writtenPatient.parse(record);

const patientEntry = entryOf(patientSchema);
const patientPage = pageOf(patientEntry);

let api: Api;
let now = 1_000_000;
let inUse: string[] = [];
beforeEach(async () => {
  now = 1_000_000;
  inUse = [];
  api = await startApi((register) =>
    recordRoutes(
      openClinic({
        register,
        wall: () => wallTime(now),
        isInUse: (kind, id) => inUse.includes(`${kind} ${id}`),
      }),
    ),
  );
});
afterEach(() => api.end());

const made = async (body: object): Promise<string> => {
  const answer = await api.ask("POST", "/api/patients", { body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return patientEntry.parse(answer.body).id;
};
const listOf = async (query = ""): Promise<readonly string[]> =>
  patientPage
    .parse((await api.ask("GET", `/api/patients${query}`)).body)
    .entries.map(({ body }) => `${body.givenName} ${body.familyName}`.trim());
const fieldsOf = (reply: Reply): readonly string[] =>
  problemSchema.parse(reply.body).errors.map((e) => e.field);

describe("a patient's record", () => {
  test("is made, read, changed and removed, each version told by its ETag", async () => {
    const created = await api.ask("POST", "/api/patients", {
      body: { givenName: "  Žofie ", familyName: "Nováková", number: "A-17", born: "1990-02-28" },
    });
    expect(created).toMatchObject({
      ...{ status: 201, etag: '"1"' },
      body: { version: 1, by: "Emily", at: 1_000_000, body: { givenName: "Žofie", screening: null } },
    });
    const { id } = patientEntry.parse(created.body);
    now = 2_000_000;
    const body = { givenName: "Žofie", familyName: "Nová", number: "A-17" };
    const changed = await api.ask("PUT", `/api/patients/${id}`, { body: whole(body), seen: 1 });
    expect(changed).toMatchObject({ status: 200, etag: '"2"', body: { version: 2, at: 2_000_000 } });
    expect(await api.ask("GET", `/api/patients/${id}`)).toMatchObject({
      ...{ status: 200, etag: '"2"', body: { body: { familyName: "Nová", born: null } } },
    });
    expect((await api.ask("DELETE", `/api/patients/${id}`, { seen: 1 })).status).toBe(412);
    expect((await api.ask("DELETE", `/api/patients/${id}`, { seen: 2 })).status).toBe(204);
    expect((await api.ask("GET", `/api/patients/${id}`)).status).toBe(404);
  });

  test("two who edit the same version: the second is told what stands there now, and by whom", async () => {
    const id = await made({ givenName: "Andrew" });
    await api.ask("PUT", `/api/patients/${id}`, { body: whole({ givenName: "Andrew B" }), seen: 1 });
    api.as(signedIn("Aidan", "physiotherapist"));
    const second = await api.ask("PUT", `/api/patients/${id}`, {
      body: whole({ givenName: "Andrew C" }),
      seen: 1,
    });
    expect(second).toMatchObject({
      status: 412,
      type: expect.stringContaining("application/problem+json") as string,
      body: { present: { version: 2, by: "Emily", body: { givenName: "Andrew B" } } },
    });
    expect(problemSchema.parse(second.body).detail).toContain("Emily has changed this meanwhile");
  });

  test("twenty who edit at once: one is written, nineteen are told, and nothing is lost", async () => {
    const id = await made({ givenName: "Andrew" });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        api.ask("PUT", `/api/patients/${id}`, { body: whole({ givenName: `Andrew ${i}` }), seen: 1 }),
      ),
    );
    expect(answers.map((a) => a.status).sort((a, b) => a - b)).toEqual([200, ...Array<number>(19).fill(412)]);
  });

  test("no change without the version that was seen", async () => {
    const id = await made({ givenName: "Andrew" });
    expect((await api.ask("PUT", `/api/patients/${id}`, { body: whole({ givenName: "B" }) })).status).toBe(
      428,
    );
    expect((await api.ask("DELETE", `/api/patients/${id}`)).status).toBe(428);
  });

  test("no two have the same record number, however it is written", async () => {
    await made({ givenName: "Andrew", number: "A-17" });
    const other = await api.ask("POST", "/api/patients", { body: { givenName: "Emma", number: "a-17" } });
    expect(other.status).toBe(409);
    expect(fieldsOf(other)).toEqual(["number"]);
    await made({ givenName: "Emma" });
    await made({ givenName: "Emma" });
  });

  test("what the server stamps is not taken from what is sent", async () => {
    const body = {
      givenName: "Andrew",
      explanation: { text: "", given: { at: 1, by: "Somebody" } },
      by: "Else",
    };
    const answer = await api.ask("POST", "/api/patients", { body });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual(["explanation", "by"]);
  });

  test("the explanation is stamped when it is given, anew when it is another one", async () => {
    const id = await made({ givenName: "Andrew" });
    const explain = (text: string, given: boolean, seen: number): Promise<Reply> =>
      api.ask("POST", `/api/patients/${id}/explanation`, { body: { text, given }, seen });
    expect(await explain("A cuff slows the blood.", false, 1)).toMatchObject({
      body: { body: { explanation: { text: "A cuff slows the blood.", given: null } } },
    });
    now = 2_000_000;
    const given = { at: 2_000_000, by: "Emily" };
    expect(await explain("A cuff slows the blood.", true, 2)).toMatchObject({
      body: { body: { explanation: { given } } },
    });
    now = 3_000_000;
    expect(await explain("A cuff slows the blood.", true, 3)).toMatchObject({
      body: { body: { explanation: { given } } },
    });
    expect(await explain("And it may hurt.", true, 4)).toMatchObject({
      body: { body: { explanation: { given: { at: 3_000_000 } } } },
    });
    await api.ask("PUT", `/api/patients/${id}`, { body: whole({ givenName: "Andrew" }), seen: 5 });
    expect(await api.ask("GET", `/api/patients/${id}`)).toMatchObject({
      body: { body: { explanation: { text: "And it may hurt.", given: { by: "Emily" } } } },
    });
  });

  test("a red screening is set aside with a reason, and asked anew with the next answers", async () => {
    const id = await made({ givenName: "Andrew" });
    const screen = (answers: object, seen: number): Promise<Reply> =>
      api.ask("POST", `/api/patients/${id}/screening`, { body: { answers }, seen });
    const override = (reason: string, seen: number): Promise<Reply> =>
      api.ask("POST", `/api/patients/${id}/screening-override`, { body: { reason }, seen });
    expect((await override("It is long ago.", 1)).status).toBe(409);
    await screen({ pregnancy: "no" }, 1);
    expect((await override("It is long ago.", 2)).status).toBe(409);
    await screen({ thromboembolism: "yes" }, 2);
    expect(await override("  ", 3)).toMatchObject({ status: 422 });
    expect(await override("It is long ago.", 3)).toMatchObject({
      body: {
        body: {
          screening: { by: "Emily", override: { by: "Emily", at: 1_000_000, reason: "It is long ago." } },
        },
      },
    });
    expect(await screen({ thromboembolism: "yes" }, 4)).toMatchObject({
      body: { body: { screening: { override: null } } },
    });
    expect(fieldsOf(await screen({ hair: "yes" }, 5))).toEqual(["answers.hair"]);
    expect(fieldsOf(await screen({ angina: "perhaps" }, 5))).toEqual(["answers.angina"]);
  });

  test("says what stands in the way of a session", async () => {
    const id = await made({ givenName: "Andrew" });
    const kinds = async (): Promise<unknown> => (await api.ask("GET", `/api/patients/${id}/readiness`)).body;
    expect(await kinds()).toMatchObject({
      obstacles: [{ kind: "screening-open" }, { kind: "not-explained" }],
    });
    const answers = Object.fromEntries(Object.keys(screeningQuestions).map((q) => [q, "no"]));
    await api.ask("POST", `/api/patients/${id}/screening`, { body: { answers }, seen: 1 });
    await api.ask("POST", `/api/patients/${id}/explanation`, { body: { text: "", given: true }, seen: 2 });
    expect(await kinds()).toEqual({ obstacles: [] });
    expect((await api.ask("GET", "/api/patients/nobody/readiness")).status).toBe(404);
  });

  test("a patient in the class cannot be removed", async () => {
    const id = await made({ givenName: "Andrew" });
    inUse = [`patient ${id}`];
    const answer = await api.ask("DELETE", `/api/patients/${id}`, { seen: 1 });
    expect(answer).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("in the class") as string },
    });
  });
});

describe("the list of patients", () => {
  test("is in the order of family names, in pages that join, and is searched by name, number and condition", async () => {
    await made({ givenName: "Žofie", familyName: "Nováková", number: "A-17" });
    await made({ givenName: "Ada", familyName: "Álvarez", condition: "Patellofemoral pain, left" });
    await made({ givenName: "明", familyName: "李" });
    await made({ givenName: "Zoë" });
    const all = await listOf();
    expect(all).toEqual(["Ada Álvarez", "Žofie Nováková", "Zoë", "明 李"]);
    expect(await listOf("?text=novak%20zof")).toEqual(["Žofie Nováková"]);
    expect(await listOf("?text=a-17")).toEqual(["Žofie Nováková"]);
    expect(await listOf("?text=PATELLO")).toEqual(["Ada Álvarez"]);
    expect(await listOf(`?text=${encodeURIComponent("李")}`)).toEqual(["明 李"]);
    const joined: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const at = `/api/patients?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`;
      const page = patientPage.parse((await api.ask("GET", at)).body);
      joined.push(...page.entries.map(({ body }) => `${body.givenName} ${body.familyName}`.trim()));
      cursor = page.next;
    }
    expect(joined).toEqual(all);
  });
});

test("a search among 10,000 patients takes no longer than anybody notices", async () => {
  const patients = collection(api.register, patientKind);
  const writer = { by: "Emily", at: wallTime(now) };
  const last = ["Nováková", "Smith", "García", "李", "O’Neil"];
  for (let from = 0; from < 10_000; from += 500) {
    const some = Array.from({ length: 500 }, (_, i) => {
      const body = {
        givenName: `Ada ${from + i}`,
        familyName: last[i % 5],
        condition: "Patellofemoral pain, left",
      };
      return patients.change(`p${from + i}`, patientSchema.parse(body), null, writer);
    });
    await patients.write(some);
  }
  const began = performance.now();
  expect(await listOf("?text=novakova%209995")).toEqual(["Ada 9995 Nováková"]);
  expect(await listOf("?text=nobody%20anywhere")).toEqual([]);
  expect(await listOf("?text=patello&limit=200")).toHaveLength(200);
  // Some 10 ms each on a small machine; a busy one is given its time.
  expect(performance.now() - began).toBeLessThan(1500);
});
