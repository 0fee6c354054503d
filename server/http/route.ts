/**
 * One route of the API as data: who may use it, what it takes, what it answers. The same description serves the request, refuses what
 * does not fit with a problem (RFC 9457) that names every field, and is printed at `/api/openapi.json`.
 */
import { type Request, type Response, Router } from "express";
import type { z } from "zod";
import { may, type Principal, type Right } from "../../shared/clinic/rights.ts";
import { commandWords } from "../../shared/view/command-words.ts";
import { fieldWords } from "../../shared/view/field-words.ts";
import { readBody, readBytes } from "./body.ts";
import { type BytesOf, type FileBody, type FileOf, sendFile } from "./file.ts";
import { sendProblem } from "./problem.ts";
import { isSameOrigin } from "./same-origin.ts";

export type FieldProblem = Readonly<{ field: string; detail: string }>;

/** A refusal; `detail` is a sentence for a person, `more` are members of the problem's own. */
export type Problem = Readonly<{
  ok: false;
  status: number;
  detail: string;
  errors?: readonly FieldProblem[];
  more?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
}>;

/** What a route answers; without a body the status is 204. `version` becomes the ETag. */
export type Answered<Body> =
  | Readonly<{
      ok: true;
      body: Body;
      status?: 200 | 201 | 204;
      version?: number;
      headers?: Readonly<Record<string, string | readonly string[]>>;
    }>
  | Problem;

/** What was asked, parsed. */
export type Asked<Params, Query, Body> = Readonly<{
  params: Params;
  query: Query;
  body: Body;
  who: Principal;
  /** The version that the asker has seen (`If-Match`); null where the route does not ask for one. */
  seen: number | null;
  request: Request;
}>;

type Described<Params, Query, Body, Answer> = Readonly<{
  method: "get" | "post" | "put" | "delete";
  /** As Express has it: `/api/patients/:id`. */
  path: string;
  /** What it does, as a sentence for the document. */
  what: string;
  /** Null: nobody has to be known here. */
  right: Right | null;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body> | BytesOf<Body>;
  answer: z.ZodType<Answer> | FileOf<Answer>;
  /** Changes what exists, so the version that was seen must be named in `If-Match`. */
  ifMatch?: boolean;
  /** In bytes, where a body may be larger than usual. */
  largestBody?: number;
  handle: (asked: Asked<Params, Query, Body>) => Promise<Answered<Answer>>;
}>;

/** A route of any kind, as a table holds it. */
export type Route = Omit<Described<unknown, unknown, unknown, unknown>, "handle"> &
  Readonly<{ serve: (request: Request, who: Principal) => Promise<Answered<unknown>> }>;

/** A route from its description: what does not fit its schemas never reaches its handler. */
export const route = <Params, Query, Body, Answer>({
  handle,
  ...described
}: Described<Params, Query, Body, Answer>): Route => ({
  ...described,
  serve: async (request, who) => {
    const errors: FieldProblem[] = [];
    const parse = <T>(schema: z.ZodType<T> | undefined, value: unknown, root: string): T | undefined => {
      const parsed = schema?.safeParse(value, { error: fieldWords });
      if (parsed?.success === false) errors.push(...fieldProblems(parsed.error, root));
      return parsed?.data;
    };
    const params = parse(described.params, request.params, "address") as Params;
    const query = parse(described.query, request.query, "query") as Query;
    const body =
      described.body !== undefined && "bytes" in described.body
        ? (request.body as Body)
        : (parse(described.body, request.body, "body") as Body);
    const [first] = errors;
    if (first !== undefined) return problem(422, `${first.field}: ${first.detail}`, { errors });
    const seen = versionOf(request.headers["if-match"]);
    if (described.ifMatch === true && seen === null) return problem(428, sayVersion);
    return handle({ params, query, body, who, seen, request });
  },
});

const sayVersion =
  'Say which version you have seen, as If-Match: "3". It stands in the ETag of what you have read.';

/** Serves the routes; `who` tells who asks. */
export const routesRouter = (routes: readonly Route[], who: (request: Request) => Principal): Router => {
  const router = Router();
  for (const one of routes)
    router[one.method](one.path, async (request, response) => {
      response.set("Cache-Control", "no-store");
      const asker = who(request);
      // Nothing is read from somebody who may not ask.
      const refusal =
        whyRefused(one.right, request, asker) ??
        (one.body === undefined ? null : await readAs(one.body, one.largestBody, { request, response }));
      const answered = refusal ?? (await one.serve(request, asker));
      if (!answered.ok) refuse(response, answered);
      else await send(response, answered, one.answer);
    });
  return router;
};

const readAs = (
  body: NonNullable<Route["body"]>,
  largest: number | undefined,
  { request, response }: Readonly<{ request: Request; response: Response }>,
): Promise<Problem | null> =>
  "bytes" in body
    ? readBytes(request, response, { media: body.media, largest })
    : readBody(request, response, expectedOf(body, largest));

const expectedOf = (body: z.ZodType, largest: number | undefined) => ({
  largest,
  mayBeEmpty: body.safeParse(undefined).success,
});

/** Answers with a problem. */
export const refuse = (response: Response, { status, detail, errors, more, headers = {} }: Problem): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendProblem(response, status, detail, { ...(errors === undefined ? {} : { errors }), ...more });
};

/** Why somebody may not ask this at all; null where they may. */
export const whyRefused = (right: Right | null, request: Request, who: Principal): Problem | null => {
  if (!isSameOrigin(request.headers)) return problem(403, "Only pages of this server may ask this.");
  if (right === null || may(who, right)) return null;
  return who.kind === "staff" ? problem(403, commandWords.mayNot) : problem(401, "Sign in first.");
};

export const problem = (
  status: number,
  detail: string,
  more: Omit<Problem, "ok" | "status" | "detail"> = {},
): Problem => ({ ok: false, status, detail, ...more });

/** So many wrong fields are told at once; nobody reads more. */
const mostErrors = 100;

/** What is wrong, field by field; `root` names the whole where no field is to blame. */
export const fieldProblems = (error: z.ZodError, root: string): readonly FieldProblem[] =>
  error.issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({ path: [...issue.path, key.slice(0, 100)], detail: issue.message }))
        : [{ path: issue.path, detail: issue.message }],
    )
    .slice(0, mostErrors)
    .map(({ path, detail }) => ({ field: path.length === 0 ? root : path.map(String).join("."), detail }));

/** The version in an `If-Match` header, null where there is none. */
const versionOf = (header: string | undefined): number | null => {
  const [, version] = /^(?:W\/)?"(\d{1,15})"$/.exec(header ?? "") ?? [];
  return version === undefined ? null : Number(version);
};

const send = async (
  response: Response,
  { body, status = 200, version, headers = {} }: Answered<unknown> & { ok: true },
  answer: Route["answer"],
): Promise<void> => {
  for (const [name, value] of Object.entries(headers))
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  if (version !== undefined) response.set("ETag", `"${version}"`);
  if ("file" in answer) await sendFile(response.status(status), body as FileBody, answer.media);
  else if (status === 204) response.status(204).end();
  else response.status(status).json(body);
};
