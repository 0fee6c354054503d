import { once } from "node:events";
import net from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everybody } from "../../../server/broker/admission.ts";
import type { Broker } from "../../../server/broker/broker.ts";
import { embeddedBroker } from "../../../server/broker/embedded.ts";
import { connectClient, eventually, type TestClient } from "../../support/mqtt-client.ts";
import { answers, freePort } from "../../support/ports.ts";

type Message = readonly [topic: string, payload: string, retained: boolean];

let broker: Broker;
let port = 0;
let heard: Message[] = [];
let clients: TestClient[] = [];

beforeEach(async () => {
  broker = embeddedBroker({ host: "127.0.0.1", port: 0, admission: everybody });
  heard = [];
  clients = [];
  broker.onMessage((topic, payload, retained) =>
    heard.push([topic, Buffer.from(payload).toString(), retained]),
  );
  const started = await broker.start();
  if (!started.ok) throw new Error(started.problem);
  port = started.port;
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

const data = "bfr/v1/main/left-1/data";
const status = "bfr/v1/main/left-1/status";

describe("what cuffs say", () => {
  test("arrives once, in order, on any topic, with any quality of service", async () => {
    const cuff = await client();
    await cuff.mqtt.publishAsync(data, "1", { qos: 0 });
    await cuff.mqtt.publishAsync(data, "2", { qos: 1 });
    await cuff.mqtt.publishAsync(data, "3", { qos: 2 });
    await cuff.mqtt.publishAsync("esp32/pressure/state", "152.3", { qos: 0 });
    await cuff.mqtt.publishAsync(data, "5", { qos: 1 });
    await eventually(() => expect(heard).toHaveLength(5));
    expect(heard.map(([, payload]) => payload)).toEqual(["1", "2", "3", "152.3", "5"]);
    expect(heard[3]?.[0]).toBe("esp32/pressure/state");
  });

  test("is first-hand even where the retain bit is set, and kept data is never replayed", async () => {
    const cuff = await client();
    await cuff.mqtt.publishAsync(data, "old soon", { qos: 1, retain: true });
    await cuff.mqtt.publishAsync(status, "kept", { qos: 1, retain: true });
    await eventually(() =>
      expect(heard).toEqual([
        [data, "old soon", false],
        [status, "kept", false],
      ]),
    );

    const late = await client();
    await late.mqtt.subscribeAsync("bfr/v1/main/+/+");
    await eventually(() => expect(late.heard).toHaveLength(1));
    expect(late.heard).toMatchObject([{ topic: status, retained: true }]);
    expect(heard).toHaveLength(2);
  });

  test("includes the last will of a cuff that goes without a word", async () => {
    const cuff = await client({
      will: { topic: status, payload: Buffer.from("gone"), qos: 1, retain: true },
    });
    cuff.mqtt.stream.destroy();
    await eventually(() => expect(heard).toEqual([[status, "gone", false]]));
  });

  test("of 100 KiB arrives, to be counted; over 256 KiB it ends the connection and no other", async () => {
    const [cuff, giant] = [await client(), await client()];
    await cuff.mqtt.publishAsync(data, "x".repeat(100 * 1024), { qos: 1 });
    await eventually(() => expect(heard).toHaveLength(1));
    expect(heard[0]?.[1]).toHaveLength(100 * 1024);

    giant.mqtt.publish(data, "y".repeat(300 * 1024));
    await eventually(() => expect(giant.mqtt.connected).toBe(false));
    await cuff.mqtt.publishAsync(data, "still here", { qos: 1 });
    await eventually(() => expect(heard.at(-1)?.[1]).toBe("still here"));
    expect(heard).toHaveLength(2);
  });

  test("disturbs nobody when it is no MQTT at all", async () => {
    const cuff = await client();
    for (const noise of ["GET / HTTP/1.1\r\n\r\n", "\xff\xff\xff\xff\xff", "\x10\x00", "\x30\x02\x00\x00"]) {
      const socket = net.connect(port, "127.0.0.1");
      socket.on("error", () => socket.destroy());
      await once(socket, "connect");
      socket.end(Buffer.from(noise, "latin1"));
      if (!socket.destroyed) await once(socket, "close");
    }
    await cuff.mqtt.publishAsync(data, "1", { qos: 1 });
    await eventually(() => expect(heard).toEqual([[data, "1", false]]));
  });
});

describe("what only the server may say", () => {
  test.each(["bfr/v1/main/host/status", "bfr/v1/main/host/alarm", "bfr/v1/main/left-1/cmd"])(
    "%s is swallowed from a client, which stays connected",
    async (topic) => {
      const [rogue, listener] = [await client(), await client()];
      await listener.mqtt.subscribeAsync("#");
      await rogue.mqtt.publishAsync(topic, "release!", { qos: 1, retain: true });
      await rogue.mqtt.publishAsync(data, "1", { qos: 1 });
      await eventually(() => expect(listener.heard).toMatchObject([{ topic: data }]));
      expect(heard).toEqual([[data, "1", false]]);
      expect(broker.figures().refused).toBe(1);
      const late = await client();
      await late.mqtt.subscribeAsync("#");
      await rogue.mqtt.publishAsync(data, "2", { qos: 1 });
      await eventually(() => expect(late.heard).toMatchObject([{ payload: "2" }]));
    },
  );

  test("is swallowed as a last will too", async () => {
    const rogue = await client({
      will: { topic: "bfr/v1/main/host/status", payload: Buffer.from("offline"), qos: 1, retain: true },
    });
    rogue.mqtt.stream.destroy();
    await eventually(() => expect(broker.figures().refused).toBe(1));
    expect(heard).toEqual([]);
  });

  test("reaches the cuffs, retained where it is said so, and is not heard back", async () => {
    const cuff = await client();
    await cuff.mqtt.subscribeAsync("bfr/v1/main/left-1/cmd", { qos: 1 });
    broker.publish("bfr/v1/main/left-1/cmd", "identify", { qos: 1, retain: false });
    broker.publish("bfr/v1/main/host/status", "online", { qos: 1, retain: true });
    await eventually(() =>
      expect(cuff.heard).toMatchObject([{ payload: "identify", qos: 1, retained: false }]),
    );
    await cuff.mqtt.subscribeAsync("bfr/v1/main/host/status", { qos: 1 });
    await eventually(() => expect(cuff.heard).toHaveLength(2));
    expect(cuff.heard[1]).toMatchObject({ payload: "online", retained: true });
    expect(heard).toEqual([]);
  });

  test("is not kept for a cuff that is away, whatever session it asked for", async () => {
    const options = { clean: false, clientId: "left-1" };
    const before = await client(options);
    await before.mqtt.subscribeAsync("bfr/v1/main/left-1/cmd", { qos: 1 });
    await before.mqtt.endAsync();
    await eventually(() => expect(broker.figures().clients).toBe(0));
    broker.publish("bfr/v1/main/left-1/cmd", "release", { qos: 1, retain: false });
    const after = await client(options);
    await after.mqtt.subscribeAsync("bfr/v1/main/left-1/cmd", { qos: 1 });
    broker.publish("bfr/v1/main/left-1/cmd", "identify", { qos: 1, retain: false });
    await eventually(() => expect(after.heard.length).toBeGreaterThan(0));
    expect(after.heard).toMatchObject([{ payload: "identify" }]);
  });
});

test("a subscriber that takes nothing misses what it cannot take, and holds nobody up", async () => {
  const stuck = net.connect(port, "127.0.0.1");
  stuck.write(Buffer.from("\x10\x11\0\x04MQTT\x04\x02\0\0\0\x05stuck", "latin1"));
  stuck.write(Buffer.from("\x82\x06\0\x01\0\x01#\0", "latin1"));
  await once(stuck, "data");
  stuck.pause();
  const cuff = await client();
  const chunk = "z".repeat(30_000);
  for (let n = 0; n < 1000; n += 1) cuff.mqtt.publish(data, chunk, { qos: 0 });
  await eventually(() => expect(heard).toHaveLength(1000));
  // Whoever has to be waited for is thrown out; this one never was.
  expect(broker.figures().clients).toBe(2);
  stuck.destroy();
});

test("a flood from one client leaves nothing behind", async () => {
  const cuff = await client();
  const flood = async (): Promise<void> => {
    heard = [];
    for (let n = 0; n < 20_000; n += 1) cuff.mqtt.publish(data, "f".repeat(300));
    await cuff.mqtt.publishAsync(data, "last", { qos: 1 });
    await eventually(() => expect(heard).toHaveLength(20_001), 20_000);
    heard = [];
  };
  await flood();
  const before = process.memoryUsage().arrayBuffers;
  await flood();
  await flood();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
}, 60_000);

describe("starting and stopping", () => {
  test("says that it is up and, in the end, that it is stopped", async () => {
    const told: string[] = [];
    broker.onState((state) => told.push(state.kind));
    expect(broker.state()).toMatchObject({ kind: "up" });
    expect(broker.state().detail).toContain(String(port));
    await broker.stop();
    expect(told).toEqual(["stopped"]);
    expect(await answers(port)).toBe(false);
  });

  test("publishing while it is stopped is dropped and counted", async () => {
    await broker.stop();
    broker.publish(data, "1", { qos: 0, retain: false });
    expect(broker.figures().dropped).toBe(1);
  });

  test("delivers its last words before it ends, and takes no will for a cuff's word then", async () => {
    const cuff = await client({
      will: { topic: status, payload: Buffer.from("gone"), qos: 1, retain: true },
    });
    await cuff.mqtt.subscribeAsync("bfr/v1/main/host/status");
    broker.publish("bfr/v1/main/host/status", "offline", { qos: 1, retain: true });
    await broker.stop();
    await eventually(() => expect(cuff.heard).toMatchObject([{ payload: "offline" }]));
    expect(heard).toEqual([]);
  });

  test("a connection that never says who it is does not keep it from stopping", async () => {
    const silent = net.connect(port, "127.0.0.1");
    await once(silent, "connect");
    const closed = once(silent, "close");
    await broker.stop();
    await closed;
  });

  test("a port that is taken is a sentence that names it and what to do", async () => {
    const second = await embeddedBroker({ host: "127.0.0.1", port, admission: everybody }).start();
    if (second.ok) throw new Error("It started.");
    for (const word of [String(port), "--mqtt-port", "--mqtt-url"]) expect(second.problem).toContain(word);
  });

  test("the demonstration takes a free port instead", async () => {
    const second = embeddedBroker({ host: "127.0.0.1", port, orFree: true, admission: everybody });
    const started = await second.start();
    expect(started.ok && started.port !== port && (await answers(started.port))).toBe(true);
    await second.stop();
  });

  test("an address of another machine is a sentence", async () => {
    const elsewhere = await embeddedBroker({
      host: "192.0.2.1",
      port: await freePort(),
      admission: everybody,
    }).start();
    expect(elsewhere).toMatchObject({ ok: false });
    expect(elsewhere.ok || elsewhere.problem).toContain("192.0.2.1 is no address of this machine");
  });
});
