/** A real Mosquitto with the generated files refuses what the embedded broker refuses (test/server/broker/credentials.test.ts). */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { permitOf } from "../../../server/broker/permit.ts";
import type { Access } from "../../../server/cuffs/gate.ts";
import { type MosquittoFiles, mosquittoFiles, serverUser } from "../../../server/cuffs/mosquitto.ts";
import { hashOf } from "../../../server/cuffs/password.ts";
import { createLog } from "../../../server/log.ts";
import { cuffId, siteId } from "../../../shared/ids.ts";
import { type Mosquitto, startMosquitto } from "../../support/mosquitto.ts";
import { connectClient, eventually, type TestClient } from "../../support/mqtt-client.ts";
import { findProgram } from "../../support/programs.ts";
import { describeWithMosquitto } from "../../support/with-mosquitto.ts";

const main = siteId("main");
const accessOf = async (name: string, password: string, topic: string | null = null): Promise<Access> => ({
  cuff: cuffId(name),
  hash: await hashOf(password),
  permit: permitOf(main, cuffId(name), topic),
});
const data = "bfr/v1/main/left-1/data";
const left = { username: "left-1", password: "left" };
const right = { username: "right-1", password: "right" };

describeWithMosquitto("a Mosquitto with the generated files", () => {
  let folder = "";
  let files: MosquittoFiles;
  let mosquitto: Mosquitto;
  let accesses: readonly Access[];
  let clients: TestClient[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-files-"));
    files = mosquittoFiles({
      ...{ data: folder, site: main, address: "mqtt://127.0.0.1:1883", log: createLog("silent") },
    });
    accesses = [
      await accessOf("left-1", "left"),
      await accessOf("right-1", "right"),
      await accessOf("pump-1", "pump", "pump/my pressure"),
    ];
    files.write(accesses);
    await files.written();
    mosquitto = await startMosquitto([
      // Started by root it would read the files as a user who may not.
      ...(process.getuid?.() === 0 ? ["user root"] : []),
      `include_dir ${path.join(folder, "mosquitto")}`,
    ]);
  });
  afterAll(async () => {
    await mosquitto.remove();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    clients = [];
    return async () => {
      await Promise.all(clients.map((c) => c.end()));
    };
  });
  const client = async (options = {}): Promise<TestClient> => {
    const connected = await connectClient(mosquitto.port, options);
    clients.push(connected);
    return connected;
  };
  /** The server itself, with the address that it finds in its file. */
  const server = async (): Promise<TestClient> => {
    const url = new URL(readFileSync(path.join(folder, "mosquitto", "server-url"), "utf8").trim());
    const heard = await client({ username: url.username, password: url.password });
    await heard.mqtt.subscribeAsync("#", { qos: 1 });
    return heard;
  };

  test("lets a cuff in with the same password as the embedded broker, to speak on its own channels", async () => {
    const all = await server();
    const cuff = await client(left);
    for (const channel of ["status", "meta", "data", "event", "backfill", "ack"])
      await cuff.mqtt.publishAsync(`bfr/v1/main/left-1/${channel}`, channel, { qos: 1 });
    await eventually(() => expect(all.heard).toHaveLength(6));
  });

  test("hears the server's commands and status, and nobody else does", async () => {
    const [all, cuff, other] = [await server(), await client(left), await client(right)];
    await cuff.mqtt.subscribeAsync(["bfr/v1/main/left-1/cmd", "bfr/v1/main/host/#"], { qos: 1 });
    await other.mqtt.subscribeAsync(["#", "bfr/v1/main/+/cmd", data, "$SYS/#"]).catch(() => undefined);
    await all.mqtt.publishAsync("bfr/v1/main/left-1/cmd", "identify", { qos: 1 });
    await cuff.mqtt.publishAsync(data, "1", { qos: 1 });
    await all.mqtt.publishAsync("bfr/v1/main/host/status", "online", { qos: 1 });
    await eventually(() => expect(cuff.heard.map((h) => h.payload)).toEqual(["identify", "online"]));
    await eventually(() => expect(other.heard.map((h) => h.payload)).toEqual(["online"]));
  });

  test.each([
    "bfr/v1/main/right-1/data",
    "bfr/v1/main/right-1/cmd",
    "bfr/v1/main/left-1/cmd",
    "bfr/v1/main/host/status",
    "bfr/v1/main/host/alarm",
    "bfr/v1/elsewhere/left-1/data",
    "bfr/v1/main/left-1/other",
    "bfr/v1/main/left-1/data/more",
    "pump/my pressure",
    "$SYS/broker/clients",
  ])("a cuff cannot publish on %s, kept or as its will", async (topic) => {
    const all = await server();
    const cuff = await client(left);
    await cuff.mqtt.publishAsync(topic, "no", { qos: 1, retain: true });
    const dying = await client({ ...left, will: { topic, payload: Buffer.from("no"), qos: 1 } }).catch(
      () => null,
    );
    dying?.mqtt.stream.destroy();
    await cuff.mqtt.publishAsync(data, "after", { qos: 1 });
    await eventually(() => expect(all.heard.map((h) => h.payload)).toEqual(["after"]));
    const late = await server();
    await cuff.mqtt.publishAsync(data, "later", { qos: 1 });
    await eventually(() => expect(late.heard.map((h) => h.payload)).toEqual(["later"]));
  });

  test("a basic cuff speaks on its topic alone", async () => {
    const all = await server();
    const pump = await client({ username: "pump-1", password: "pump" });
    await pump.mqtt.publishAsync("bfr/v1/main/pump-1/data", "no", { qos: 1 });
    await pump.mqtt.publishAsync("pump/my", "no", { qos: 1 });
    await pump.mqtt.publishAsync("pump/my pressure", "126", { qos: 1 });
    await eventually(() => expect(all.heard.map((h) => h.payload)).toEqual(["126"]));
  });

  test.each([
    ["another password", { ...left, password: "right" }],
    ["no password", { username: "left-1" }],
    ["an unknown name", { username: "nobody", password: "left" }],
    ["no name", {}],
    ["the server's name", { username: serverUser, password: "left" }],
  ])("nobody comes in with %s", async (_what, options) => {
    await expect(client(options)).rejects.toMatchObject({ code: 5 });
  });

  test("Mosquitto's own program writes passwords in the same form", () => {
    const file = path.join(folder, "own");
    execFileSync(findProgram("mosquitto_passwd") ?? "mosquitto_passwd", ["-c", "-b", file, "left-1", "left"]);
    expect(readFileSync(file, "utf8")).toMatch(/^left-1:\$7\$\d+\$[A-Za-z0-9+/]{16}\$[A-Za-z0-9+/]{86}==\n$/);
    expect(accesses[0]?.hash).toMatch(/^\$7\$\d+\$[A-Za-z0-9+/]{16}\$[A-Za-z0-9+/]{86}==$/);
  });

  test("the server's password is for it alone, and stays the same", async () => {
    const file = path.join(folder, "mosquitto", "server-url");
    const before = readFileSync(file, "utf8");
    expect(before).toMatch(/^mqtt:\/\/cuffwatch_server:[a-z0-9-]{29}@127\.0\.0\.1:1883\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = mosquittoFiles({
      ...{ data: folder, site: main, address: "mqtts://elsewhere:8883", log: createLog("silent") },
    });
    again.write(accesses);
    await again.written();
    const [was, is] = [new URL(before.trim()), new URL(readFileSync(file, "utf8").trim())];
    expect([is.password, is.host]).toEqual([was.password, "elsewhere:8883"]);
    expect(readFileSync(path.join(folder, "mosquitto", "passwd"), "utf8")).not.toContain(was.password);
  });

  test("a revoked cuff is put out once Mosquitto has read the files again", async () => {
    const [cuff, other] = [await client(left), await client(right)];
    files.write(accesses.filter((a) => a.cuff !== "left-1"));
    await files.written();
    mosquitto.reload();
    await eventually(() => expect(cuff.mqtt.connected).toBe(false));
    await expect(client(left)).rejects.toMatchObject({ code: 5 });
    expect(other.mqtt.connected).toBe(true);
  });
});
