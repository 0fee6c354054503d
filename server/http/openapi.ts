/** The document of the API (OpenAPI 3.1), printed from the same routes and schemas that serve it. */
import { z } from "zod";
import { problemSchema } from "../../shared/clinic/api.ts";
import type { Right } from "../../shared/clinic/rights.ts";
import { type Schema, type Schemas, schemasIn } from "./openapi-schemas.ts";
import { type Route, route } from "./route.ts";

/** JSON, as the document is made of it. */
export type Json = Readonly<Record<string, unknown>>;

const problemType = "application/problem+json";
/** Who may do what (shared/clinic/rights.ts), for somebody who reads the document. */
const rightWords: Readonly<Record<Right, string>> = {
  watch: "everybody whom the clinic knows, walls and tablets too",
  answer: "everybody of the staff, and a tablet by a tapped name",
  note: "everybody of the staff, and a tablet by a tapped name",
  guide: "assistants and physiotherapists",
  identify: "everybody of the staff who has signed in",
  treat: "physiotherapists",
  review: "everybody of the staff who has signed in",
  export: "physiotherapists and administrators",
  plan: "physiotherapists",
  administer: "administrators",
};

/** The route that answers the document of `routes`; its own stands in it too. */
export const openApiRoutes = (routes: readonly Route[]): readonly Route[] => {
  const all: Route[] = [...routes];
  // Nothing of it changes while the server runs.
  let made: Json | null = null;
  all.push(
    route({
      method: "get",
      path: "/api/openapi.json",
      what: "This document.",
      right: null,
      answer: z.record(z.string(), z.unknown()),
      handle: () => Promise.resolve({ ok: true, body: (made ??= openApiOf(all)) }),
    }),
  );
  return all;
};

export const openApiOf = (routes: readonly Route[]): Json => {
  const schemas = schemasIn();
  const problem = schemas.answered(problemSchema);
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of routes) {
    const path = (paths[one.path.replace(/:(\w+)/g, "{$1}")] ??= {});
    path[one.method] = operationOf(one, schemas, problem);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Cuffwatch",
      version: "1",
      license: { name: "MIT", identifier: "MIT" },
      description:
        "The clinic's records and its class. Whoever asks is known by the cookie of a sign-in or of a paired device. Errors are problem details (RFC 9457) that name every wrong field. What is changed is named with the version that was seen (If-Match), which stands in the ETag of what was read.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(schemas.components),
      securitySchemes: {
        "sign-in": {
          ...{ type: "apiKey", in: "cookie", name: "cuffwatch-sign-in" },
          description: "A person who has signed in. Under TLS the name begins with __Host-.",
        },
        device: {
          ...{ type: "apiKey", in: "cookie", name: "cuffwatch-device" },
          description: "A wall or tablet that the clinic knows.",
        },
      },
      headers: {
        Version: {
          description: 'The version of what is answered, such as "3".',
          schema: { type: "string", pattern: '^"\\d+"$' },
        },
      },
    },
  };
};

const tagOf = ({ path }: Route): string => path.split("/")[2]?.replace(/\..*$/, "") ?? "api";

const operationOf = (one: Route, schemas: Schemas, problem: Schema): Json => ({
  operationId: operationIdOf(one),
  tags: [tagOf(one)],
  summary: one.what,
  description:
    one.right === null
      ? "Nobody has to be known for this."
      : `Needs the right "${one.right}": ${rightWords[one.right]}.`,
  security: one.right === null ? [{}] : [{ "sign-in": [] }, { device: [] }],
  ...parametersOf(one, schemas),
  ...(one.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content:
            "bytes" in one.body
              ? Object.fromEntries(one.body.media.map((media) => [media, {}]))
              : { "application/json": { schema: schemas.asked(one.body) } },
        },
      }),
  responses: responsesOf(one, schemas, problem),
});

/** "get /api/patients/:id/lop" is `getPatientsIdLop`. */
const operationIdOf = ({ method, path }: Route): string =>
  method +
  path
    .replace(/^\/api/, "")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

const parametersOf = (one: Route, schemas: Schemas): Json => {
  const inPath = [...one.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    ...{ name, in: "path", required: true },
    schema: schemas.fieldsOf(one.params)[name]?.schema ?? { type: "string" },
  }));
  const inQuery = Object.entries(schemas.fieldsOf(one.query)).map(([name, { schema, required }]) => ({
    ...{ name, in: "query", required },
    schema,
  }));
  const seen = {
    ...{ name: "If-Match", in: "header", required: true },
    description: "The version that was seen, as it stands in the ETag.",
    schema: { type: "string", pattern: '^"\\d+"$' },
  };
  const parameters = [...inPath, ...inQuery, ...(one.ifMatch === true ? [seen] : [])];
  return parameters.length === 0 ? {} : { parameters };
};

const responsesOf = (one: Route, schemas: Schemas, problem: Schema): Json => {
  const error = (description: string): Json => ({
    description,
    content: { [problemType]: { schema: problem } },
  });
  const { answer } = one;
  const empty = !("file" in answer) && answer.safeParse(undefined).success;
  const made = one.method === "post" && one.body !== undefined && !one.path.includes(":");
  return {
    ...(empty
      ? { 204: { description: "Done." } }
      : {
          [made ? "2XX" : "200"]: {
            description: made ? "What was made, or what came of it." : "The answer.",
            ...("file" in answer
              ? { content: { [answer.media]: {} } }
              : {
                  headers: { ETag: { $ref: "#/components/headers/Version" } },
                  content: { "application/json": { schema: schemas.answered(answer) } },
                }),
          },
        }),
    ...(one.right === null
      ? {}
      : {
          401: error("Nobody has signed in, or the device is not known."),
          403: error("Whoever asks may not do this."),
        }),
    ...(one.path.includes(":") ? { 404: error("There is no such record.") } : {}),
    ...(one.method === "get" ? {} : { 409: error("Something else stands in the way.") }),
    ...(one.ifMatch === true
      ? {
          412: error("Somebody has changed it meanwhile; `present` is what stands there now."),
          428: error("The version that was seen was not named."),
        }
      : {}),
    ...(one.body !== undefined && "bytes" in one.body
      ? { 413: error("The file is too large."), 415: error("The file is of another media type.") }
      : {}),
    422: error("Fields are wrong; `errors` names each."),
    503: error("The records cannot be read or written."),
  };
};
