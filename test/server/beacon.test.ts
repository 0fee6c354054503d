/** What a stack light hears over MQTT, from the real server. */
import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HostAlarmMessage, hostAlarmMessage } from "../../shared/cuff/message.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { protocolVersion } from "../../shared/wire.ts";
import { pairedWall } from "../support/let-in.ts";
import { connectClient, eventually, type TestClient } from "../support/mqtt-client.ts";
import { startServer, type TestServer } from "../support/server.ts";

const topic = "bfr/v1/main/host/alarm";
const aClass: ClassFile = {
  version: 1,
  staff: [{ id: "aidan", name: "Aidan R." }],
  plans: [{ id: "p", name: "P", targetPctLop: 60, limitS: 30 }],
  stations: [
    {
      station: "4",
      patient: "Maya K.",
      plan: "p",
      cuffs: [{ cuff: "cuff-4", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
};

let server: TestServer;
let light: TestClient;
beforeAll(async () => {
  server = await startServer(aClass);
  light = await connectClient(server.mqttPort);
  await light.mqtt.subscribeAsync(topic, { qos: 1 });
});
afterAll(async () => {
  await light.end();
  await server.remove();
});

const says = (): HostAlarmMessage | null => {
  const last = light.heard.findLast((h) => h.topic === topic && h.payload !== "");
  return last === undefined ? null : hostAlarmMessage.parse(JSON.parse(last.payload));
};

test("calm at first, then an overrun that is high, with no name of a patient in it; taken away at the end", async () => {
  await eventually(() =>
    expect(says()).toMatchObject({ priority: "none", state: "none", sound: "none", open: 0 }),
  );
  light.mqtt.publish(
    "bfr/v1/main/cuff-4/data",
    JSON.stringify({
      v: 1,
      boot: "aa",
      seq: 1,
      m0: 100_000,
      dt: 100,
      p: Array.from({ length: 40 }, (_, i) => 1500 + (i % 3)),
      st: { phase: "occluded", tgt: 1500, occMs: 95_000, ep: 1 },
    }),
  );
  await eventually(() =>
    expect(says()).toMatchObject({
      priority: "high",
      state: "present",
      sound: "high",
      condition: "overrun",
      cuff: "cuff-4",
      station: "4",
    }),
  );
  expect(light.heard.some((h) => h.payload.includes("Maya"))).toBe(false);
  await server.stop();
  expect(light.heard.findLast((h) => h.topic === topic)?.payload).toBe("");
});

test("a room that nobody listens to is offered to outside sounders, until a screen says that it is armed", async () => {
  await server.start();
  const again = await connectClient(server.mqttPort);
  await again.mqtt.subscribeAsync(topic, { qos: 1 });
  const open = (): number => {
    const last = again.heard.findLast((h) => h.payload !== "");
    return last === undefined ? 0 : hostAlarmMessage.parse(JSON.parse(last.payload)).open;
  };
  // The overrun, the silence of the cuff, and that nobody listens.
  await eventually(() => expect(open()).toBe(3), 10_000);
  const wall = await pairedWall(server);
  const screen = io(server.url, {
    ...{ transports: ["websocket"], reconnection: false },
    extraHeaders: { cookie: wall.cookie() },
  });
  screen.on("snapshot", () => screen.emit("sound", { armed: true }));
  screen.emit("hello", { protocol: protocolVersion, screen: "wall" });
  await eventually(() => expect(open()).toBe(2));
  screen.close();
  await again.end();
});
