/** What nobody should send, sent all the same: every answer is a problem in words, and nothing is half-saved. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openClinic } from "../../../server/records/clinic.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { entryOf, pageOf, problemSchema } from "../../../shared/clinic/api.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, type Reply, signedIn, startApi, stranger } from "../../support/api.ts";

const patientEntry = entryOf(patientSchema);

let api: Api;
beforeAll(async () => {
  api = await startApi((register) =>
    recordRoutes(openClinic({ register, wall: () => wallTime(1_000_000), isInUse: () => false })),
  );
});
afterAll(() => api.end());

const fieldsOf = (reply: Reply): readonly string[] =>
  problemSchema.parse(reply.body).errors.map((e) => e.field);
const listOf = async (query = ""): Promise<readonly string[]> =>
  pageOf(patientEntry)
    .parse((await api.ask("GET", `/api/patients${query}`)).body)
    .entries.map(({ body }) => `${body.givenName} ${body.familyName}`);

describe("a list of patients", () => {
  test.each([
    ["cursor=rubbish", "cursor"],
    ["cursor=", "cursor"],
    [`cursor=${Buffer.from("[1,2]").toString("base64url")}`, "cursor"],
    ["limit=0", "limit"],
    ["limit=1000", "limit"],
    ["limit=1&limit=2", "limit"],
    ["limit=NaN", "limit"],
    ["sort=name", "sort"],
    ["text[$like]=x", "text[$like]"],
  ])("refuses ?%s by its name", async (query, field) => {
    const answer = await api.ask("GET", `/api/patients?${query}`);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });
});

test("whatever is searched for and whatever cursor is given, the answer is a list or a problem", async () => {
  const place = fc
    .tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }))
    .map((pair) => Buffer.from(JSON.stringify(pair)).toString("base64url"));
  const query = fc.record(
    {
      text: fc.string({ unit: "binary", maxLength: 220 }),
      cursor: fc.oneof(fc.string(), place),
      limit: fc.string(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const params = new URLSearchParams(asked).toString();
      for (const list of ["patients", "programmes", "follow-ups", "adverse-events"])
        expect([200, 422]).toContain((await api.ask("GET", `/api/${list}?${params}`)).status);
    }),
    { numRuns: 40 },
  );
});

describe("names of any kind", () => {
  test.each([
    ["Arabic", "محمد", "الأحمد"],
    ["emoji of several parts", "👩‍👩‍👧‍👦", "🏳️‍🌈"],
    ["HTML", "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>"],
    ["500 characters", "x".repeat(500), "y".repeat(500)],
    ["signs of SQL", "Robert'); DROP TABLE record;--", "100%_\\"],
    ["a script from right to left, and a mark on a letter", "محمد", "a\u0301"],
  ])("%s: kept as typed, and found", async (_name, givenName, familyName) => {
    const made = await api.ask("POST", "/api/patients", { body: { givenName, familyName } });
    const { id } = patientEntry.parse(made.body);
    const read = patientEntry.parse((await api.ask("GET", `/api/patients/${id}`)).body);
    expect(read.body).toMatchObject({ givenName, familyName });
    const hits = await listOf(`?text=${encodeURIComponent(familyName.slice(0, 200))}`);
    expect(hits).toContain(`${givenName} ${familyName}`);
  });

  test.each<[string, unknown, string]>([
    ["501 characters", { givenName: "x".repeat(501) }, "givenName"],
    ["only spaces", { givenName: " \t " }, "givenName"],
    ["a zero byte", { givenName: "Andrew\u0000" }, "givenName"],
    ["half a character", { givenName: "Andrew \ud83d" }, "givenName"],
    ["a number", { givenName: 7 }, "givenName"],
    ["nothing", {}, "givenName"],
    ["a limb that is none", { givenName: "A", limbs: [{ limb: "head", side: "left" }] }, "limbs.0.limb"],
    ["a limb twice", { givenName: "A", limbs: Array(2).fill({ limb: "arm", side: "left" }) }, "limbs.1"],
    ["a day that is none", { givenName: "A", born: "1990-02-30" }, "born"],
    ["an unknown key", { givenName: "A", admin: true }, "admin"],
    ["null", null, "body"],
    ["a list", [], "body"],
    ["text", '"text"', "body"],
    ["a prototype", '{"givenName":"A","__proto__":{"admin":true}}', "__proto__"],
    ["a constructor", '{"givenName":"A","constructor":{"prototype":{}}}', "constructor"],
  ])("%s is refused at its field", async (_name, body, field) => {
    const before = await listOf();
    const answer = await api.ask("POST", "/api/patients", { body });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
    expect(await listOf()).toEqual(before);
  });
});

describe("a body that is none", () => {
  const post = async (body: string, headers: Record<string, string>): Promise<string> => {
    const answer = await api.ask("POST", "/api/patients", { body, headers });
    expect(answer.type).toContain("application/problem+json");
    const { status, detail } = problemSchema.parse(answer.body);
    expect(status).toBe(answer.status);
    return `${status} ${detail}`;
  };
  test("is refused by what it is instead", async () => {
    expect(await post("{", {})).toBe(
      "400 The body is not JSON: in line 1, column 2, expected a name in double quotes or }, found the end of the file.",
    );
    expect(await post("givenName=A", { "Content-Type": "application/x-www-form-urlencoded" })).toMatch(
      /^415 /,
    );
    expect(await post("{}", { "Content-Type": "application/json; charset=latin1" })).toMatch(/^415 /);
    expect(await post(`{"notes":"${"x".repeat(300_000)}"}`, {})).toBe(
      "413 The body is too large: 256 KiB are read at most.",
    );
    expect(await post("{}", { "Content-Encoding": "nonsense" })).toMatch(/^415 /);
    expect(await post("not zipped", { "Content-Encoding": "gzip" })).toMatch(/^400 /);
  });
  test("a deep one and one of many keys are answered at once", async () => {
    expect(await post("[".repeat(100_000) + "]".repeat(100_000), {})).toMatch(/^422 /);
    const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, 1]));
    const many = await api.ask("POST", "/api/patients", { body: keys });
    expect(problemSchema.parse(many.body).errors).toHaveLength(100);
  });
  test("of a stranger nothing is read, and of a colleague without the right neither", async () => {
    api.as(stranger);
    expect(await post("{", {})).toBe("401 Sign in first.");
    api.as(signedIn("Jessica", "assistant"));
    expect(await post("{", {})).toMatch(/^403 /);
    api.as(signedIn("Emily", "physiotherapist", "admin"));
  });
  test("a page of another server may ask nothing", async () => {
    const answer = await api.ask("GET", "/api/patients", { headers: { Origin: "http://evil.example" } });
    expect(answer.status).toBe(403);
  });
});
