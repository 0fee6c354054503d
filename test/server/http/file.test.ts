/** Files over HTTP: what a route sends as one, and what it takes as one. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { bytesOf, type FileBody, fileName, fileOf } from "../../../server/http/file.ts";
import { openApiOf } from "../../../server/http/openapi.ts";
import { problem, type Route, route } from "../../../server/http/route.ts";
import { problemSchema } from "../../../shared/clinic/api.ts";
import { type Api, signedIn, startApi, stranger } from "../../support/api.ts";

const bytes = Buffer.from([0, 1, 2, 250, 251, 13, 10]);
let sent: FileBody = { content: bytes, name: null };
let stopped = false;
const pieces = async function* (failAfter: number) {
  try {
    for (let i = 0; i < 3; i += 1) {
      if (i === failAfter) throw new Error("the disk is gone");
      yield await Promise.resolve(Buffer.from(`piece ${i}\n`));
    }
  } finally {
    stopped = true;
  }
};

const routes: readonly Route[] = [
  route({
    method: "get",
    path: "/api/things/:id/file",
    what: "A thing as a file.",
    right: "export",
    params: z.object({ id: z.string() }),
    answer: fileOf("application/vnd.cuffwatch.thing"),
    handle: ({ params: { id } }) =>
      Promise.resolve(id === "none" ? problem(404, "There is no such thing.") : { ok: true, body: sent }),
  }),
  route({
    method: "post",
    path: "/api/things",
    what: "Takes a thing in.",
    right: "export",
    query: z.strictObject({ name: z.string().max(100).optional() }),
    body: bytesOf("application/x-ndjson", "text/csv"),
    largestBody: 2 * 1024 * 1024,
    answer: z.object({ size: z.number(), first: z.number() }),
    handle: ({ body }) => Promise.resolve({ ok: true, body: { size: body.length, first: body[0] ?? -1 } }),
  }),
];

let api: Api;
beforeAll(async () => {
  api = await startApi(() => routes);
});
afterAll(() => api.end());

const get = (id = "one") => fetch(`${api.url}/api/things/${id}/file`);
const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>) => {
  const answer = await fetch(`${api.url}/api/things`, { method: "POST", body, headers });
  const said: unknown = await answer.json();
  return answer.ok ? said : `${answer.status} ${problemSchema.parse(said).detail}`;
};

describe("a route that answers a file", () => {
  test("sends its bytes as they are, and nothing of it is kept on the way", async () => {
    sent = { content: bytes, name: null };
    const answer = await get();
    expect(answer.headers.get("content-type")).toBe("application/vnd.cuffwatch.thing");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-disposition")).toBeNull();
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  test("sends a part of a larger buffer alone", async () => {
    sent = { content: new Uint8Array(bytes.buffer, bytes.byteOffset + 2, 3), name: null };
    expect(Buffer.from(await (await get()).arrayBuffer())).toEqual(bytes.subarray(2, 5));
  });

  test("names it in any script, with an ASCII name beside it", async () => {
    sent = { content: bytes, name: fileName(["cuffwatch", 'Žofie "محمد" 🦵', "2026-03-01"], "csv") };
    expect((await get()).headers.get("content-disposition")).toBe(
      `attachment; filename="cuffwatch-?ofie-????-??-2026-03-01.csv"; filename*=UTF-8''cuffwatch-${encodeURIComponent("Žofie-محمد-🦵")}-2026-03-01.csv`,
    );
  });

  test("sends what comes piece by piece, and ends whoever makes the pieces", async () => {
    sent = { content: pieces(Infinity), name: "pieces.txt" };
    stopped = false;
    expect(await (await get()).text()).toBe("piece 0\npiece 1\npiece 2\n");
    expect(stopped).toBe(true);
  });

  test("a file that fails before its first piece is a problem; one that fails later is cut off, so that it cannot look whole", async () => {
    sent = { content: pieces(0), name: "pieces.txt" };
    const failed = await get();
    expect(failed.status).toBe(500);
    expect(failed.headers.get("content-disposition")).toBeNull();
    expect(problemSchema.parse(await failed.json()).status).toBe(500);
    sent = { content: pieces(2), name: "pieces.txt" };
    await expect(get().then((answer) => answer.text())).rejects.toThrow();
  });

  test("refuses in words, like every other route", async () => {
    const none = await get("none");
    expect(none.headers.get("content-type")).toContain("application/problem+json");
    api.as(stranger);
    expect((await get()).status).toBe(401);
    api.as(signedIn("Aidan", "assistant"));
    expect((await get()).status).toBe(403);
    api.as(signedIn("Emily", "physiotherapist", "admin"));
  });
});

describe("a route that takes a file", () => {
  test("gets its bytes, also where they come compressed", async () => {
    expect(await post(bytes, { "content-type": "text/csv; charset=utf-8" })).toEqual({ size: 7, first: 0 });
    const packed = new Uint8Array(gzipSync(Buffer.alloc(100_000, 7)));
    const headers = { "content-type": "application/x-ndjson", "content-encoding": "gzip" };
    expect(await post(packed, headers)).toEqual({ size: 100_000, first: 7 });
  });

  test.each<[string, Uint8Array<ArrayBuffer>, Record<string, string>, string]>([
    [
      "JSON",
      new Uint8Array(2),
      { "content-type": "application/json" },
      "415 Send the file itself as the body, as Content-Type: application/x-ndjson or text/csv.",
    ],
    ["nothing", new Uint8Array(0), { "content-type": "text/csv" }, "400 The file is empty."],
    [
      "too much",
      new Uint8Array(2 * 1024 * 1024 + 1),
      { "content-type": "text/csv" },
      "413 The file is too large: 2 MiB are taken at most.",
    ],
    [
      "what becomes too much",
      new Uint8Array(gzipSync(Buffer.alloc(50 * 1024 * 1024))),
      { "content-type": "text/csv", "content-encoding": "gzip" },
      "413 The file is too large: 2 MiB are taken at most.",
    ],
    [
      "another compression",
      new Uint8Array(2),
      { "content-type": "text/csv", "content-encoding": "rot13" },
      "415 The body must be the file as it is, or compressed",
    ],
    [
      "rubbish that says it is compressed",
      new Uint8Array(20),
      { "content-type": "text/csv", "content-encoding": "gzip" },
      "400 The body cannot be read. Send the file as it is.",
    ],
  ])("refuses %s in words", async (_name, body, headers, detail) => {
    expect(await post(body, headers)).toContain(detail);
  });

  test("reads nothing of somebody who may not send it", async () => {
    api.as(stranger);
    expect(await post(bytes, { "content-type": "text/csv" })).toBe("401 Sign in first.");
    api.as(signedIn("Emily", "physiotherapist", "admin"));
  });
});

test("the document of the API says what goes in and what comes out", () => {
  const document = openApiOf(routes);
  expect(document["paths"]).toMatchObject({
    "/api/things/{id}/file": {
      get: { responses: { 200: { content: { "application/vnd.cuffwatch.thing": {} } } } },
    },
    "/api/things": {
      post: {
        requestBody: { content: { "application/x-ndjson": {}, "text/csv": {} } },
        responses: { 413: {}, 415: {} },
      },
    },
  });
});

describe("the name of a file", () => {
  test.each([
    [["cuffwatch", "Jessica R.", "2026-03-01"], "cuffwatch-Jessica-R.-2026-03-01.csv"],
    [["../../etc/passwd"], "etc-passwd.csv"],
    [["a/b\\c", "", "d:e*f"], "a-b-c-d-e-f.csv"],
    [["gpj\u202excod", "\u0000"], "gpj-xcod.csv"],
    [["\ud83d"], "\ufffd.csv"],
    [["   "], "file.csv"],
  ])("%j is %s", (parts, name) => {
    expect(fileName(parts, "csv")).toBe(name);
  });

  test("fits any file system whatever the patient is called, and ends as it should", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 3 }), (parts) => {
        const name = fileName(parts, "ndjson");
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
        expect(name).toMatch(/^[^.\\/\p{Cc}][^\\/\p{Cc}]*\.ndjson$/u);
      }),
      { numRuns: 50 },
    );
  });
});
