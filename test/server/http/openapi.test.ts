/** The document of the API, held against the OpenAPI 3.1 schema and against what the server does. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openApiRoutes } from "../../../server/http/openapi.ts";
import { importRoutes } from "../../../server/import-class.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { problemSchema } from "../../../shared/clinic/api.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, signedIn, startApi, stranger } from "../../support/api.ts";
import { administrator } from "../../support/let-in.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import { visitor } from "../../support/visitor.ts";

const operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
  requestBody: z.object({ required: z.literal(true) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string() })),
});
const documentSchema = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

let api: Api;
let document: z.output<typeof documentSchema>;
let raw: Record<string, unknown>;
let routeCount = 0;
beforeAll(async () => {
  api = await startApi((register) => {
    const clinic = openClinic({ register, wall: () => wallTime(5000), isInUse: () => false });
    const routes = openApiRoutes([...recordRoutes(clinic), ...importRoutes(clinic)]);
    routeCount = routes.length;
    return routes;
  });
  api.as(stranger);
  const answer = await api.ask("GET", "/api/openapi.json");
  expect(answer.status).toBe(200);
  raw = z.record(z.string(), z.unknown()).parse(answer.body);
  document = documentSchema.parse(answer.body);
});
afterAll(() => api.end());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => ({ path, method: method.toUpperCase(), op })),
  );
const addressOf = (path: string): string => path.replaceAll(/\{\w+\}/g, "nothing");

describe("/api/openapi.json", () => {
  test("is valid OpenAPI 3.1, every reference in it leads somewhere, and every operation has its own name", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(raw));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    const references = [...JSON.stringify(raw).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, name = ""] of references) expect(document.components.schemas).toHaveProperty(name);
    const ids = operations().map(({ op }) => op.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(routeCount);
  });

  test("says of every field that is sent what it must be", () => {
    expect(document.components.schemas["ProgrammeSent"]).toMatchObject({
      ...{ required: ["name", "cuffs", "exercises"], additionalProperties: false },
    });
    // A schema that says nothing is one that could not be printed.
    const silent = [...JSON.stringify(document.components.schemas).matchAll(/"(\w+)":\{\}/g)];
    expect(silent.map(([, name]) => name).filter((name) => name !== "default")).toEqual([]);
    expect(JSON.stringify(document.components.schemas)).toContain("Milliseconds since 1970 UTC");
    expect(document.components.schemas["Settings"]).toMatchObject({
      properties: { limits: { properties: { releaseSoonS: { type: "number", minimum: 15, maximum: 180 } } } },
    });
    // The name of a cuff, which the server brands as it reads it.
    expect(at(raw, "paths", "/api/import/class-file", "post", "requestBody")).toMatchObject({
      content: {
        "application/json": {
          schema: { properties: { basicCuffs: { items: { properties: { cuff: { type: "string" } } } } } },
        },
      },
    });
  });

  test("a stranger is let into nothing that asks for somebody", async () => {
    api.as(stranger);
    for (const { path, method, op } of operations()) {
      const open = op.security.some((way) => Object.keys(way).length === 0);
      const answer = await api.ask(method, addressOf(path), {
        seen: 1,
        ...(method === "GET" ? {} : { body: {} }),
      });
      expect(answer.status, `${method} ${path}`).toBe(open ? 200 : 401);
    }
  });

  test("rubbish is refused by every operation that takes a body, field by field", async () => {
    api.as(signedIn("Emily", "physiotherapist", "admin"));
    const rubbish = [
      null,
      1,
      "text",
      [],
      [{}],
      { rubbish: { deep: [] } },
      '{"__proto__":{"a":1},"constructor":1}',
    ];
    for (const { path, method, op } of operations()) {
      if (op.requestBody === undefined) continue;
      for (const body of rubbish) {
        const sent = typeof body === "string" && !body.startsWith("{") ? JSON.stringify(body) : body;
        const answer = await api.ask(method, addressOf(path), { body: sent, seen: 1 });
        const about = `${method} ${path} ${JSON.stringify(body)}`;
        expect(answer.status, about).toBe(422);
        expect(answer.type, about).toContain("application/problem+json");
        const { errors, detail } = problemSchema.parse(answer.body);
        expect(errors, about).not.toHaveLength(0);
        expect(detail, about).not.toBe("");
      }
    }
  });

  test("what comes back is what the document says", async () => {
    api.as(signedIn("Emily", "physiotherapist", "admin"));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "api", components: document.components });
    const made = await api.ask("POST", "/api/patients", { body: { givenName: "Andrew" } });
    const id = z.object({ id: z.string() }).parse(made.body).id;
    for (const [path, address] of [
      ["/api/patients", "/api/patients"],
      ["/api/patients/{id}", `/api/patients/${id}`],
      ["/api/patients/{id}/readiness", `/api/patients/${id}/readiness`],
      ["/api/settings", "/api/settings"],
      ["/api/presets", "/api/presets"],
    ] as const) {
      const { schema } = z
        .object({ schema: z.record(z.string(), z.unknown()) })
        .parse(at(raw, "paths", path, "get", "responses", "200", "content", "application/json"));
      const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
      const validate = ajv.compile(z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
      const { body } = await api.ask("GET", address);
      expect(validate(body), `${path}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });
});

describe("the whole server", () => {
  let server: TestServer;
  let whole: unknown;
  beforeAll(async () => {
    server = await startServer(null);
    whole = await (await fetch(`${server.url}/api/openapi.json`)).json();
  });
  afterAll(() => server.remove());
  const all = () =>
    Object.entries(documentSchema.parse(whole).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, op]) => ({ path, method: method.toUpperCase(), op })),
    );
  /** Whoever asks this is signed out by it, whatever else it says. */
  const leaves = ["/api/sign-out", "/api/lock"];
  const isOpen = (op: z.output<typeof operation>): boolean =>
    op.security.some((way) => Object.keys(way).length === 0);

  test("has a valid document, with every part of the API in it", async () => {
    const { valid, errors } = await new Validator().validate(z.record(z.string(), z.unknown()).parse(whole));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    const parts = ["/api/me", "/api/staff", "/api/patients", "/api/cuffs", "/api/class", "/api/commands"];
    expect(all().map(({ path }) => path)).toEqual(expect.arrayContaining(parts));
  });

  test("lets a stranger no further than 401, and answers rubbish of whoever may ask with what is wrong", async () => {
    const [nobody, admin] = [visitor(server.url), await administrator(server)];
    const headers = { "if-match": '"1"' };
    for (const { path, method, op } of all()) {
      const about = `${method} ${path}`;
      const sent = op.requestBody === undefined ? undefined : { rubbish: { deep: [1] } };
      const asked = await nobody.ask(method, addressOf(path), sent, headers);
      if (isOpen(op)) expect(asked.status, about).toBeLessThan(500);
      else expect(asked.status, about).toBe(401);
      if (sent === undefined || leaves.includes(path)) continue;
      const answer = await admin.ask(method, addressOf(path), sent, headers);
      expect(answer.status, about).toBeGreaterThanOrEqual(400);
      expect(answer.status, about).toBeLessThan(500);
      expect(problemSchema.parse(answer.body).detail, about).not.toBe("");
    }
  });
});

const at = (whole: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((part, key) => z.record(z.string(), z.unknown()).parse(part)[key], whole);
