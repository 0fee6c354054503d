/** TLS with certificates that the test makes: the screens, their sockets and the cuffs' broker, and files that are wrong. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import mqtt from "mqtt";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readTls } from "../../server/tls.ts";
import { credentialsSchema } from "../../shared/clinic/cuff-live.ts";
import { protocolVersion, snapshotSchema } from "../../shared/wire.ts";
import { administrator, lockedTablet } from "../support/let-in.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { visitor } from "../support/visitor.ts";

let folder: string;
const file = (name: string): string => path.join(folder, name);

/** A certificate for this machine, and its key. */
const make = (name: string, ...more: string[]): void => {
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const whose = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const out = ["-keyout", file(`${name}.key`), "-out", file(`${name}.crt`)];
  execFileSync("openssl", [...args, ...whose, ...out, ...more], { stdio: "ignore" });
};

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-tls-"));
  make("good");
  make("other");
  writeFileSync(file("noise"), "not a certificate");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a server with a certificate", () => {
  let server: TestServer;
  let ca: string;
  beforeAll(async () => {
    ca = readFileSync(file("good.crt"), "utf8");
    server = await startServer(null, [
      ...["--tls-cert", file("good.crt"), "--tls-key", file("good.key")],
      ...["--mqtts-port", "0", "--mqtt-host", "0.0.0.0"],
    ]);
  });
  afterAll(() => server.remove());

  test("serves the screens and the API over TLS, with cookies that go over TLS alone", async () => {
    const ada = visitor(server.url, ca);
    expect(await ada.ask("GET", "/api/me")).toMatchObject({ status: 200, body: { unencrypted: false } });
    const admin = await administrator(server, undefined, ca);
    expect(admin.cookie()).toMatch(/^__Host-cuffwatch-sign-in=.*; __Host-cuffwatch-device=/);
    const { set } = await admin.ask("POST", "/api/lock");
    expect(set.join()).toMatch(/^__Host-cuffwatch-sign-in=; Path=\/; HttpOnly; SameSite=Strict; Secure;/);
    await admin.ask("POST", "/api/sign-in", { login: "ada", password: "six cuffs and a wall" });
  });

  test("speaks to nobody in the clear", async () => {
    const plain = server.url.replace("https:", "http:");
    await expect(
      new Promise((resolve, reject) => http.get(plain, resolve).once("error", reject)),
    ).rejects.toThrow();
  });

  test("gives screens the class over a secure socket", async () => {
    const tablet = await lockedTablet(server, ca);
    const socket = io(server.url, {
      ...{ transports: ["websocket"], reconnection: false, ca },
      extraHeaders: { cookie: tablet.cookie() },
    });
    const snapshot = new Promise<unknown>((resolve, reject) => {
      socket.on("snapshot", resolve);
      socket.on("connect_error", reject);
    });
    socket.emit("hello", { protocol: protocolVersion, screen: "floor" });
    expect(snapshotSchema.parse(await snapshot).site.unencrypted).toBe(false);
    socket.close();
  });

  test("hears a cuff over TLS, and without it from its own machine alone", async () => {
    const admin = await administrator(server, undefined, ca);
    const made = await admin.ask("POST", "/api/cuffs", { cuff: "over-tls", name: "Over TLS" });
    const { id } = z.object({ id: z.string() }).parse(made.body);
    const shown = await admin.ask("POST", `/api/cuffs/${id}/credentials`);
    const { user, password, addresses } = credentialsSchema.parse(shown.body);
    expect(addresses[0]).toMatch(new RegExp(`^mqtts://.*:${server.mqttsPort() ?? 0}$`));
    const login = { username: user, password, reconnectPeriod: 0 };
    const secured = await mqtt.connectAsync(`mqtts://127.0.0.1:${server.mqttsPort() ?? 0}`, { ca, ...login });
    await secured.publishAsync("bfr/v1/main/over-tls/data", "not JSON", { qos: 1 });
    expect((await admin.ask("GET", "/healthz")).body).toMatchObject({
      rejections: [expect.objectContaining({ cuff: "over-tls", kind: "not-json" })],
    });
    await secured.endAsync();
    const plain = await mqtt.connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, login);
    await plain.endAsync();
    expect(server.log()).toMatch(
      /The embedded broker listens on 127\.0\.0\.1, port \d+, and with TLS on 0\.0\.0\.0, port \d+\./,
    );
  });

  test("does not stumble over a handshake that is none", async () => {
    const plain = mqtt.connect(`mqtt://127.0.0.1:${server.mqttsPort() ?? 0}`, {
      reconnectPeriod: 0,
      connectTimeout: 3000,
    });
    plain.on("error", () => undefined);
    await new Promise<void>((ended) => plain.once("close", () => ended()));
    plain.end(true);
    expect((await visitor(server.url, ca).ask("GET", "/healthz")).body).toMatchObject({ ok: true });
  });
});

describe("files that are wrong end the start with a sentence that names them", () => {
  const now = Date.now();
  test.each<[string, string, string, RegExp]>([
    ["no certificate", "none.crt", "good.key", /There is no certificate .*none\.crt.*--tls-cert/],
    ["no key", "good.crt", "none.key", /There is no key .*none\.key.*--tls-key/],
    ["a folder", ".", "good.key", /is a folder; --tls-cert takes a file/],
    ["noise for a certificate", "noise", "good.key", /noise holds no certificate/],
    ["noise for a key", "good.crt", "noise", /noise holds no private key/],
    ["a key for a certificate", "good.key", "good.key", /good\.key holds no certificate/],
    ["the key of another", "good.crt", "other.key", /The key in .*other\.key does not belong to .*good\.crt/],
  ])("%s", (_, cert, key, sentence) => {
    const read = readTls(file(cert), file(key), now);
    expect(read.ok ? "" : read.problem).toMatch(sentence);
  });

  test("a certificate that has expired, or is not yet good, is used and complained of", () => {
    const year = 366 * 86_400_000;
    const read = (at: number): string | null => {
      const result = readTls(file("good.crt"), file("good.key"), at);
      return result.ok ? result.warning : expect.fail(result.problem);
    };
    expect(read(now + 60_000)).toBeNull();
    expect(read(now + year)).toMatch(/good\.crt expired on \d{4}-\d\d-\d\d/);
    expect(read(now - year)).toMatch(/good\.crt is good from \d{4}-\d\d-\d\d on only/);
  });

  test("of the real server", async () => {
    const flags = ["--tls-cert", file("good.crt"), "--tls-key", file("other.key"), "--mqtts-port", "0"];
    await expect(startServer(null, flags)).rejects.toThrow(/does not belong to the certificate/);
  });
});

test("without TLS a server that other machines reach says what that means, to whoever starts it and to every screen", async () => {
  const server = await startServer(null, ["--host", "0.0.0.0", "--mqtt-host", "0.0.0.0"]);
  try {
    expect(server.log()).toContain(
      "anybody on that network can read patients' names and the staff's passwords",
    );
    expect(server.log()).toContain("Other machines reach the cuffs' broker");
    expect((await visitor(server.url).ask("GET", "/api/me")).body).toMatchObject({ unencrypted: true });
    // A name of the clinic's own is as good as an address, since this is no loopback server.
    const named = await visitor(server.url).ask("GET", "/api/me", undefined, { host: "wall.clinic.example" });
    expect(named.status).toBe(200);
  } finally {
    await server.remove();
  }
});
