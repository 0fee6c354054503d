/** The embedded broker with credentials in place, over real connections: what a cuff may not do with its own. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Broker } from "../../../server/broker/broker.ts";
import { embeddedBroker } from "../../../server/broker/embedded.ts";
import { permitOf } from "../../../server/broker/permit.ts";
import { type Access, Gate, type Strangers } from "../../../server/cuffs/gate.ts";
import { hashOf } from "../../../server/cuffs/password.ts";
import { cuffId, siteId } from "../../../shared/ids.ts";
import { connectClient, eventually, type TestClient } from "../../support/mqtt-client.ts";

const main = siteId("main");
const data = "bfr/v1/main/left-1/data";
const others = "bfr/v1/main/right-1/data";

let broker: Broker;
let gate: Gate;
let port = 0;
let heard: string[] = [];
let strayed: string[] = [];
let clients: TestClient[] = [];

const accessOf = async (name: string, password: string, topic: string | null = null): Promise<Access> => ({
  cuff: cuffId(name),
  hash: await hashOf(password),
  permit: permitOf(main, cuffId(name), topic),
});

const open = async (strangers: Strangers): Promise<void> => {
  gate = new Gate({
    strangers,
    now: () => performance.now(),
    turnedAway: () => undefined,
    refused: (cuff, topic, payload) => strayed.push(`${cuff} ${topic} ${Buffer.from(payload).toString()}`),
  });
  broker = embeddedBroker({ host: "127.0.0.1", port: 0, admission: gate });
  broker.onMessage((topic, payload) => heard.push(`${topic} ${Buffer.from(payload).toString()}`));
  const started = await broker.start();
  if (!started.ok) throw new Error(started.problem);
  port = started.port;
};

beforeEach(() => {
  [heard, strayed, clients] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(clients.map((c) => c.end()));
  await broker.stop();
});

const client = async (options = {}): Promise<TestClient> => {
  const connected = await connectClient(port, options);
  clients.push(connected);
  return connected;
};
const left = { username: "left-1", password: "left" };
const right = { username: "right-1", password: "right" };
const basic = { username: "pump-1", password: "pump" };

describe("a cuff with credentials", () => {
  beforeEach(async () => {
    await open("until-paired");
    gate.set([
      await accessOf("left-1", "left"),
      await accessOf("right-1", "right"),
      await accessOf("pump-1", "pump", "pump/pressure"),
    ]);
  });

  test("speaks on its own channels, and is heard", async () => {
    const cuff = await client(left);
    for (const channel of ["status", "meta", "data", "event", "backfill", "ack"])
      await cuff.mqtt.publishAsync(`bfr/v1/main/left-1/${channel}`, channel, { qos: 1 });
    await eventually(() => expect(heard).toHaveLength(6));
    expect(broker.figures().refused).toBe(0);
  });

  test.each([
    ["for another cuff", others],
    ["a command, to another or to itself", "bfr/v1/main/right-1/cmd"],
    ["a command to itself", "bfr/v1/main/left-1/cmd"],
    ["as the server", "bfr/v1/main/host/status"],
    ["an alarm", "bfr/v1/main/host/alarm"],
    ["at another site", "bfr/v1/elsewhere/left-1/data"],
    ["on a channel that there is not", "bfr/v1/main/left-1/other"],
    ["below a channel", "bfr/v1/main/left-1/data/more"],
    ["where a basic cuff does", "pump/pressure"],
    ["for the broker", "$SYS/broker/clients"],
  ])("cannot publish %s: %s", async (_what, topic) => {
    const [cuff, other] = [await client(left), await client(right)];
    await other.mqtt.subscribeAsync("bfr/v1/main/right-1/#");
    for (const qos of [0, 1, 2] as const) await cuff.mqtt.publishAsync(topic, "no", { qos, retain: true });
    await cuff.mqtt.publishAsync(data, "after", { qos: 1 });
    await eventually(() => expect(heard).toEqual([`${data} after`]));
    expect(broker.figures().refused).toBe(3);
    expect(other.heard).toEqual([]);
    const late = await client(right);
    const granted = await late.mqtt.subscribeAsync(["bfr/v1/main/right-1/#", "bfr/v1/main/host/#"]);
    expect(granted.map((g) => g.qos)).toEqual([0, 0]);
    broker.publish("bfr/v1/main/host/status", "server", { qos: 1, retain: false });
    await eventually(() => expect(late.heard.map((h) => h.payload)).toEqual(["server"]));
  });

  test("cannot leave a will for another cuff, nor as the server", async () => {
    for (const topic of ["bfr/v1/main/right-1/status", "bfr/v1/main/host/status"]) {
      const cuff = await client({
        ...left,
        will: { topic, payload: Buffer.from("gone"), qos: 1, retain: true },
      });
      cuff.mqtt.stream.destroy();
    }
    await eventually(() => expect(broker.figures().refused).toBe(2));
    expect(heard).toEqual([]);
  });

  test("has its own will told, with subscriptions open", async () => {
    const status = "bfr/v1/main/left-1/status";
    const cuff = await client({ ...left, will: { topic: status, payload: Buffer.from("gone"), qos: 1 } });
    await cuff.mqtt.subscribeAsync(["bfr/v1/main/left-1/cmd", "bfr/v1/main/host/#"]);
    cuff.mqtt.stream.destroy();
    await eventually(() => expect(heard).toEqual([`${status} gone`]));
  });

  test.each([
    "#",
    "+/+/+/+/+",
    "bfr/#",
    "bfr/v1/main/#",
    "bfr/v1/main/+/cmd",
    others,
    "bfr/v1/main/host",
    "$SYS/#",
  ])("cannot subscribe to %s", async (filter) => {
    const cuff = await client(left);
    await expect(cuff.mqtt.subscribeAsync(filter)).rejects.toThrow();
    expect(broker.figures().refused).toBe(1);
    await (await client(right)).mqtt.publishAsync(others, "not for you", { qos: 1 });
    await eventually(() => expect(heard).toHaveLength(1));
    expect(cuff.heard).toEqual([]);
  });

  test("hears its commands and the server", async () => {
    const cuff = await client(left);
    await cuff.mqtt.subscribeAsync(["bfr/v1/main/left-1/cmd", "bfr/v1/main/host/#"], { qos: 1 });
    broker.publish("bfr/v1/main/left-1/cmd", "identify", { qos: 1, retain: false });
    broker.publish("bfr/v1/main/right-1/cmd", "for another", { qos: 1, retain: false });
    broker.publish("bfr/v1/main/host/alarm", "alarm", { qos: 1, retain: true });
    await eventually(() =>
      expect(cuff.heard.map((h) => h.payload).toSorted()).toEqual(["alarm", "identify"]),
    );
  });

  test("that is basic speaks on its topic alone, hears nothing, and what else it says is seen by whoever sets it up", async () => {
    const pump = await client(basic);
    await pump.mqtt.publishAsync("pump/pressure", "126", { qos: 1 });
    await pump.mqtt.publishAsync("pump/other", "7", { qos: 1 });
    await pump.mqtt.publishAsync("bfr/v1/main/pump-1/data", "{}", { qos: 1 });
    await eventually(() => expect(strayed).toHaveLength(2));
    expect(heard).toEqual(["pump/pressure 126"]);
    expect(strayed).toEqual(["pump-1 pump/other 7", "pump-1 bfr/v1/main/pump-1/data {}"]);
    await expect(pump.mqtt.subscribeAsync("pump/pressure")).rejects.toThrow();
  });

  test.each([
    ["another password", { ...left, password: "right" }, 4],
    ["no password", { username: "left-1" }, 4],
    ["an unknown name", { username: "nobody", password: "left" }, 4],
    ["another's name in capitals", { username: "LEFT-1", password: "left" }, 4],
    ["no name", {}, 5],
  ])("is not let in with %s, and that is seen", async (_what, options, code) => {
    await expect(client(options)).rejects.toMatchObject({ code });
    expect(broker.figures().turnedAway).toBe(1);
    expect(gate.turnedAwayOfLate()).toMatchObject([
      {
        user: "username" in options ? options.username : null,
        count: 1,
        from: expect.stringContaining("127.0.0.1") as string,
      },
    ]);
  });

  test("is not thrown out by another that takes its client id, but by itself", async () => {
    const cuff = await client({ ...left, clientId: "same" });
    await expect(client({ ...right, clientId: "same" })).rejects.toMatchObject({ code: 2 });
    expect(cuff.mqtt.connected).toBe(true);
    const again = await client({ ...left, clientId: "same" });
    await eventually(() => expect(cuff.mqtt.connected).toBe(false));
    await again.mqtt.publishAsync(data, "1", { qos: 1 });
    await eventually(() => expect(heard).toEqual([`${data} 1`]));
    await expect(client({ ...right, clientId: "same" })).rejects.toMatchObject({ code: 2 });
  });

  test("loses its connection, and its will, at the moment at which its credentials become void", async () => {
    const will = { topic: "bfr/v1/main/left-1/status", payload: Buffer.from("gone"), qos: 1 as const };
    const [cuff, other] = [await client({ ...left, will }), await client(right)];
    gate.set([await accessOf("left-1", "new"), await accessOf("right-1", "right")]);
    await eventually(() => expect(cuff.mqtt.connected).toBe(false));
    await expect(client(left)).rejects.toMatchObject({ code: 4 });
    await client({ username: "left-1", password: "new" });
    // Another cuff's hash was made anew too: the same password is another credential.
    await eventually(() => expect(other.mqtt.connected).toBe(false));
    expect(heard).toEqual([]);
    expect(broker.figures().refused).toBe(0);
  });
});

describe("a broker that is tried for the first time", () => {
  beforeEach(() => open("until-paired"));

  test("lets everybody in, and puts strangers out once the first cuff is paired", async () => {
    const stranger = await client();
    await stranger.mqtt.publishAsync(data, "1", { qos: 1 });
    await eventually(() => expect(heard).toHaveLength(1));
    gate.set([await accessOf("left-1", "left")]);
    await eventually(() => expect(stranger.mqtt.connected).toBe(false));
    await expect(client()).rejects.toMatchObject({ code: 5 });
    gate.set([]);
    await client();
  });

  test("a stranger who has a client id does not keep a cuff from it for long, nor throw one out", async () => {
    const stranger = await client({ clientId: "left-1" });
    gate.set([await accessOf("left-1", "left")]);
    await eventually(() => expect(stranger.mqtt.connected).toBe(false));
    await client({ ...left, clientId: "left-1" });
  });
});

test("a broker that other machines can reach lets no stranger in, paired or not", async () => {
  await open("never");
  await expect(client()).rejects.toMatchObject({ code: 5 });
  await expect(client(left)).rejects.toMatchObject({ code: 4 });
});

test("in a demonstration strangers come in, and speak for nobody who has credentials", async () => {
  await open("always");
  gate.set([await accessOf("left-1", "left")]);
  const stranger = await client();
  await stranger.mqtt.publishAsync(data, "1", { qos: 1 });
  await stranger.mqtt.publishAsync(others, "2", { qos: 1 });
  await eventually(() => expect(heard).toEqual([`${others} 2`]));
  await expect(client({ ...left, password: "wrong" })).rejects.toMatchObject({ code: 4 });
});

test("a flood of wrong passwords keeps nobody out for long, and stalls nothing", async () => {
  await open("until-paired");
  gate.set([await accessOf("left-1", "left")]);
  const flood = Promise.allSettled(
    Array.from({ length: 300 }, () => client({ username: "left-1", password: "guess" })),
  );
  const began = performance.now();
  let longestTurn = 0;
  let last = began;
  const timer = setInterval(() => {
    longestTurn = Math.max(longestTurn, performance.now() - last);
    last = performance.now();
  }, 5);
  const tries = await flood;
  clearInterval(timer);
  expect(tries.every((t) => t.status === "rejected")).toBe(true);
  expect(longestTurn).toBeLessThan(500);
  await client(left);
  expect(broker.figures().turnedAway).toBe(300);
}, 20_000);
