import { execFile } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { promisify } from "node:util";
import { Aedes } from "aedes";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Broker, BrokerState } from "../../../server/broker/broker.ts";
import { externalBroker } from "../../../server/broker/external.ts";
import { epoch, siteId } from "../../../shared/ids.ts";
import { type Mosquitto, startMosquitto } from "../../support/mosquitto.ts";
import { describeWithMosquitto } from "../../support/with-mosquitto.ts";
import { connectClient, eventually } from "../../support/mqtt-client.ts";
import { freePort } from "../../support/ports.ts";
import { findProgram } from "../../support/programs.ts";

type Message = readonly [topic: string, payload: string, retained: boolean];
const run = promisify(execFile);
const data = "bfr/v1/main/left-1/data";
const hostStatus = "bfr/v1/main/host/status";
const basicTopic = "esp32/pressure/state";

let brokers: Broker[] = [];
afterEach(async () => {
  await Promise.all(brokers.map((b) => b.stop()));
  brokers = [];
});

const connectTo = (url: string): Readonly<{ broker: Broker; heard: Message[]; states: BrokerState[] }> => {
  const broker = externalBroker({ url, site: siteId("main"), epoch: epoch("e1") });
  broker.watchTopics([basicTopic]);
  const heard: Message[] = [];
  const states: BrokerState[] = [];
  broker.onMessage((topic, payload, retained) =>
    heard.push([topic, Buffer.from(payload).toString(), retained]),
  );
  broker.onState((state) => states.push(state));
  brokers.push(broker);
  return { broker, heard, states };
};

const up = (broker: Broker): Promise<void> =>
  eventually(() => expect(broker.state().kind).toBe("up"), 15_000);

test.each(["http://broker", "broker:1883", "mqtt://", ""])(
  "an address like %j is a sentence",
  async (url) => {
    const started = await connectTo(url).broker.start();
    expect(started).toMatchObject({ ok: false });
    expect(started.ok || started.problem).toContain("--mqtt-url");
  },
);

test("a broker that is not there is away, with its address and without its password", async () => {
  const port = await freePort();
  const { broker } = connectTo(`mqtt://me:hunter2@127.0.0.1:${port}`);
  expect(await broker.start()).toEqual({ ok: true, port, tlsPort: null });
  await eventually(() => expect(broker.state().detail).toContain("ECONNREFUSED"));
  expect(broker.state().kind).toBe("away");
  expect(broker.state().detail).toContain(`127.0.0.1:${port}`);
  expect(broker.state().detail).not.toContain("hunter2");
  broker.publish("bfr/v1/main/left-1/cmd", "release", { qos: 1, retain: false });
  expect(broker.figures().dropped).toBe(1);
});

describeWithMosquitto("a Mosquitto that lets nobody in without a name", () => {
  test("is away, and says why", async () => {
    const mosquitto = await startMosquitto(["allow_anonymous false"]);
    const { broker } = connectTo(mosquitto.url);
    await broker.start();
    await eventually(() => expect(broker.state().detail).toContain("Not authorized"));
    expect(broker.state().kind).toBe("away");
    await mosquitto.remove();
  });
});

test("a topic that the broker keeps back costs that topic only, and the state says which", async () => {
  const aedes = new Aedes({
    authorizeSubscribe: (_client, asked, done) => done(null, asked.topic === basicTopic ? null : asked),
  });
  await aedes.listen();
  const server = net.createServer((socket) => aedes.handle(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { broker, heard } = connectTo(`mqtt://127.0.0.1:${port}`);
  await broker.start();
  await eventually(() => expect(broker.state().detail).toContain(`subscribe to ${basicTopic}`));
  const cuff = await connectClient(port);
  await cuff.mqtt.publishAsync(data, "1", { qos: 1 });
  await eventually(() => expect(heard).toEqual([[data, "1", false]]));
  expect(broker.state().kind).toBe("up");
  await cuff.end();
  await broker.stop();
  aedes.close();
  server.close();
});

describeWithMosquitto("through Mosquitto", () => {
  let mosquitto: Mosquitto;
  beforeEach(async () => {
    mosquitto = await startMosquitto();
  });
  afterEach(async () => {
    await mosquitto.remove();
  });

  const mosquittoPub = (...args: readonly string[]): Promise<unknown> =>
    run(findProgram("mosquitto_pub") ?? "mosquitto_pub", ["-p", String(mosquitto.port), ...args]);

  test("hears every channel of its site and the basic cuffs' topics, and nothing else", async () => {
    const { broker, heard } = connectTo(mosquitto.url);
    await broker.start();
    await up(broker);
    await mosquittoPub("-t", data, "-m", "1");
    await mosquittoPub("-t", "bfr/v1/elsewhere/left-1/data", "-m", "not ours");
    await mosquittoPub("-t", basicTopic, "-m", "152.3", "-q", "1");
    await eventually(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([
      [data, "1", false],
      [basicTopic, "152.3", false],
    ]);
  });

  test("hears a topic from when it is asked for until nobody wants it any more", async () => {
    const { broker, heard } = connectTo(mosquitto.url);
    await broker.start();
    await up(broker);
    const topic = "tele/new/SENSOR";
    /** Whether it hears the topic, once what was asked before has reached the broker. */
    const hears = async (payload: string): Promise<boolean> => {
      await mosquittoPub("-t", topic, "-m", payload, "-q", "1");
      await mosquittoPub("-t", data, "-m", `after ${payload}`, "-q", "1");
      await eventually(() => expect(heard.at(-1)?.[1]).toBe(`after ${payload}`));
      return heard.some(([, said]) => said === payload);
    };
    const settled = async (hearing: boolean): Promise<void> => {
      for (let i = 0; (await hears(`${hearing} ${i}`)) !== hearing; i += 1) expect(i).toBeLessThan(20);
    };
    expect(await hears("1")).toBe(false);
    const [one, other] = [broker.watchTopics([topic]), broker.watchTopics([topic])];
    await settled(true);
    one();
    one();
    expect(await hears("2")).toBe(true);
    expect(await hears("3")).toBe(true);
    other();
    await settled(false);
  });

  test("sees that a message was kept for it", async () => {
    await mosquittoPub("-t", "bfr/v1/main/left-1/meta", "-m", "kept", "-r", "-q", "1");
    const { broker, heard } = connectTo(mosquitto.url);
    await broker.start();
    await eventually(() => expect(heard).toEqual([["bfr/v1/main/left-1/meta", "kept", true]]));
    await mosquittoPub("-t", "bfr/v1/main/left-1/meta", "-m", "new", "-r", "-q", "1");
    await eventually(() => expect(heard[1]).toEqual(["bfr/v1/main/left-1/meta", "new", false]));
  });

  test("speaks to cuffs and does not hear itself", async () => {
    const { broker, heard } = connectTo(mosquitto.url);
    await broker.start();
    await up(broker);
    const cuff = await connectClient(mosquitto.port);
    await cuff.mqtt.subscribeAsync("bfr/v1/main/host/status", { qos: 1 });
    broker.publish(hostStatus, '{"v":1,"state":"online","epoch":"e1"}', { qos: 1, retain: true });
    await eventually(() => expect(cuff.heard).toHaveLength(1));
    expect(heard).toEqual([]);
    await cuff.end();
  });

  test("is away while the broker is, comes back by itself, and delivers nothing of that time", async () => {
    const { broker, heard, states } = connectTo(mosquitto.url);
    await broker.start();
    await up(broker);
    await mosquitto.stop();
    await eventually(() => expect(broker.state().kind).toBe("away"));
    broker.publish("bfr/v1/main/left-1/cmd", "release", { qos: 1, retain: false });
    await mosquitto.start();
    const cuff = await connectClient(mosquitto.port);
    await cuff.mqtt.subscribeAsync("bfr/v1/main/left-1/cmd", { qos: 1 });
    await up(broker);
    broker.publish("bfr/v1/main/left-1/cmd", "identify", { qos: 1, retain: false });
    await cuff.mqtt.publishAsync(data, "again", { qos: 1 });
    await eventually(() => expect(heard).toEqual([[data, "again", false]]));
    await eventually(() => expect(cuff.heard).toMatchObject([{ payload: "identify" }]));
    expect(broker.figures().dropped).toBe(1);
    expect(states.map((s) => s.kind).filter((kind, i, all) => kind !== all[i - 1])).toEqual([
      "away",
      "up",
      "away",
      "up",
    ]);
    await cuff.end();
  }, 30_000);

  test("takes its leave with its last words", async () => {
    const cuff = await connectClient(mosquitto.port);
    await cuff.mqtt.subscribeAsync(hostStatus, { qos: 1 });
    const { broker } = connectTo(mosquitto.url);
    await broker.start();
    await up(broker);
    broker.publish(hostStatus, "offline", { qos: 1, retain: true });
    await broker.stop();
    expect(broker.state().kind).toBe("stopped");
    await eventually(() => expect(cuff.heard).toMatchObject([{ payload: "offline" }]));
    await cuff.end();
  });
});
