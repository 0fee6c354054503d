import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { Router } from "express";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../../server/http/app.ts";
import { type Health, healthOf, type HealthParts } from "../../../server/http/health.ts";
import { isMeantForLoopback, isSameOrigin } from "../../../server/http/same-origin.ts";
import type { Principal } from "../../../shared/clinic/rights.ts";
import { deviceId } from "../../../shared/ids.ts";
import { millis } from "../../../shared/units.ts";

const well: HealthParts = {
  broker: {
    kind: "up",
    detail: "The embedded broker listens.",
    dropped: 0,
    refused: 0,
    turnedAway: 0,
    oversized: 0,
    clients: 3,
  },
  heartbeatAge: millis(400),
  recorder: { ok: true, pending: 0, dropped: 0, lastError: null },
  damaged: 0,
  cuffs: { known: 3, live: 3, inflated: 1, silent: 0, unknown: [] },
  rejections: [{ cuff: "left-1", kind: "not-json", count: 2, lastDetail: "The payload is not JSON." }],
};

let folder = "";
let health: Health = healthOf(well);
let asker: Principal;
let server: http.Server;
let port = 0;

const serve = async (loopbackOnly: boolean): Promise<void> => {
  server = http.createServer(
    createApp({
      ...{ health: () => health, alarms: Router(), routes: [], clientFolder: folder, loopbackOnly },
      who: () => asker,
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
};
beforeEach(async () => {
  // A folder whose name begins with a dot is where some package runners put things.
  folder = path.join(mkdtempSync(path.join(os.tmpdir(), "cuffwatch-http-")), ".client");
  mkdirSync(path.join(folder, "assets"), { recursive: true });
  writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>Cuffwatch</title>");
  writeFileSync(path.join(folder, "assets", "main-abc123.js"), "export {};");
  health = healthOf(well);
  asker = { kind: "tablet", device: deviceId("tablet") };
  await serve(true);
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(path.dirname(folder), { recursive: true });
});

type Answer = Readonly<{ status: number; headers: http.IncomingHttpHeaders; body: string }>;
const get = async (at: string, headers: http.OutgoingHttpHeaders = {}, method = "GET"): Promise<Answer> => {
  const request = http.request({ host: "127.0.0.1", port, path: at, method, headers }).end();
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString(),
  };
};

describe("the screens", () => {
  test.each(["/", "/wall", "/floor", "/alarms"])(
    "%s is the page, which is asked for anew each time",
    async (at) => {
      const page = await get(at);
      expect(page).toMatchObject({ status: 200, headers: { "cache-control": "no-cache" } });
      expect(page.body).toContain("<title>Cuffwatch</title>");
    },
  );

  test("their files are kept for ever, since a new build gives them new names", async () => {
    const script = await get("/assets/main-abc123.js");
    expect(script.status).toBe(200);
    expect(script.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  test.each([
    "/nowhere",
    "/wall/x",
    "/assets/main-old.js",
    "/assets/../../x",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/.env",
    "/%E0%A4%A",
  ])("%s is not there, and says so in JSON", async (at) => {
    const answer = await get(at);
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ title: "Not Found", status: 404 });
  });

  test("a request that makes no sense is a problem of the asker's", async () => {
    const answer = await get("/wall", { range: "bytes=999999-" });
    expect(answer.status).toBe(416);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  test("only reading is possible", async () => {
    expect((await get("/wall", {}, "POST")).status).toBe(404);
    expect((await get("/wall", {}, "HEAD")).status).toBe(200);
  });

  test("that have not been built are a sentence", async () => {
    rmSync(path.join(folder, "index.html"));
    const answer = await get("/wall");
    expect(answer.status).toBe(503);
    expect(answer.body).toContain("npm run build");
  });

  test("may load and run nothing that does not come from this server", async () => {
    const { headers } = await get("/wall");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("http");
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["strict-transport-security"]).toBeUndefined();
  });
});

describe("/healthz", () => {
  test("is 200 with every part while all is well", async () => {
    const answer = await get("/healthz");
    expect(answer).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
    expect(JSON.parse(answer.body)).toMatchObject({
      ok: true,
      broker: { ok: true, kind: "up", clients: 3 },
      engine: { ok: true, heartbeatAgeMs: 400 },
      storage: { ok: true, pending: 0, dropped: 0 },
      recording: { ok: true, damaged: 0 },
      cuffs: { known: 3, live: 3, inflated: 1, silent: 0, unknown: [] },
      rejections: [{ cuff: "left-1", kind: "not-json", count: 2 }],
    });
  });

  test("tells a stranger whether all is well, and neither the names of cuffs nor what was refused", async () => {
    asker = { kind: "stranger" };
    const body: unknown = JSON.parse((await get("/healthz")).body);
    expect(body).toMatchObject({
      ok: true,
      broker: { ok: true },
      cuffs: { known: 3, live: 3, inflated: 1, silent: 0 },
    });
    expect(JSON.stringify(body)).not.toMatch(/left-1|unknown|rejections/);
  });

  test.each<[string, Partial<HealthParts>, keyof Health, string]>([
    [
      "the broker is away",
      { broker: { ...well.broker, kind: "away", detail: "Not there." } },
      "broker",
      "Not there.",
    ],
    ["the engine is still", { heartbeatAge: millis(7200) }, "engine", "no sign of life for 7 s"],
    [
      "facts cannot be stored",
      {
        recorder: {
          ok: false,
          pending: 7,
          dropped: 1,
          lastError: { kind: "full", detail: "The disk is full." },
        },
      },
      "storage",
      "The disk is full.",
    ],
  ])("is 503 while %s, and says so", async (_, parts, part, detail) => {
    health = healthOf({ ...well, ...parts });
    const answer = await get("/healthz");
    expect(answer.status).toBe(503);
    const body = JSON.parse(answer.body) as Health;
    expect(body.ok).toBe(false);
    expect(body[part]).toMatchObject({ ok: false });
    expect(JSON.stringify(body[part])).toContain(detail);
  });

  test("tells of damaged parts of the recordings, and is 200: whoever is in the class is supervised", async () => {
    health = healthOf({ ...well, damaged: 2 });
    const answer = await get("/healthz");
    expect(answer.status).toBe(200);
    const { recording } = JSON.parse(answer.body) as Health;
    expect(recording).toMatchObject({ ok: false, damaged: 2 });
    expect(recording.detail).toContain("2 parts of the recordings cannot be read");
  });

  test("that cannot be told is a problem without a trace", async () => {
    server.close();
    server.closeAllConnections();
    server = http.createServer(
      createApp({
        health: () => {
          throw new Error("secret");
        },
        alarms: Router(),
        routes: [],
        who: () => asker,
        clientFolder: folder,
        loopbackOnly: true,
      }),
    );
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const answer = await get("/healthz");
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("secret");
  });
});

test("a script goes out compressed to a browser that asks for it", async () => {
  writeFileSync(path.join(folder, "assets", "big-abc123.js"), "export const a = 1;\n".repeat(500));
  const answer = await get("/assets/big-abc123.js", { "accept-encoding": "gzip" });
  expect(answer.headers["content-encoding"]).toBe("gzip");
  expect(answer.body.length).toBeLessThan(500);
});

describe("a page elsewhere that calls itself this machine", () => {
  test("is turned away on loopback", async () => {
    const answer = await get("/healthz", { host: `evil.example:${port}` });
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain("rejections");
  });

  test("is nobody's business where the server was opened to others", async () => {
    server.close();
    server.closeAllConnections();
    await serve(false);
    expect((await get("/healthz", { host: "wall.clinic.example" })).status).toBe(200);
  });

  test.each([
    ["localhost:8080", true],
    ["LOCALHOST", true],
    ["127.0.0.1:8080", true],
    ["[::1]:8080", true],
    ["cuffwatch.localhost:8080", true],
    ["evil.example", false],
    ["127.0.0.1.evil.example", false],
    ["localhost.evil.example:8080", false],
    ["", false],
    [undefined, false],
  ])("host %j: %s", (host, meant) => {
    expect(isMeantForLoopback(host)).toBe(meant);
  });
});

test.each<[http.IncomingHttpHeaders, boolean]>([
  [{ host: "localhost:8080", origin: "http://localhost:8080" }, true],
  [{ host: "Wall.Clinic:8080", origin: "http://wall.clinic:8080" }, true],
  [{ host: "localhost:8080" }, true],
  [{ host: "localhost:8080", "sec-fetch-site": "same-origin" }, true],
  [{ host: "localhost:8080", origin: "http://localhost:3000" }, false],
  [{ host: "localhost:8080", origin: "https://evil.example" }, false],
  [{ host: "localhost:8080", origin: "null" }, false],
  [{ host: "localhost:8080", origin: "" }, false],
  [{ origin: "http://localhost:8080" }, false],
  [{ host: "localhost:8080", "sec-fetch-site": "cross-site" }, false],
])("a socket with %j: %s", (headers, allowed) => {
  expect(isSameOrigin(headers)).toBe(allowed);
});
