/** The whole server, while somebody else makes its life hard: another cuff's clock must not notice. */
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DataMessage } from "../../shared/cuff/message.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { lockedTablet } from "../support/let-in.ts";
import { connectClient, eventually, type TestClient } from "../support/mqtt-client.ts";
import { startServer, type TestServer } from "../support/server.ts";
import type { Visitor } from "../support/visitor.ts";

const limitS = 30;
/** No figure, only the difference between a server that goes on and one that hangs, in ms; the benches measure. */
const onTime = 2500;
const aClass: ClassFile = {
  version: 1,
  staff: [{ id: "aidan", name: "Aidan R." }],
  plans: [{ id: "p", name: "P", targetPctLop: 60, limitS }],
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "p",
      cuffs: [{ cuff: "good", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
};

const born = performance.now();
const message = (seq: number, occS: number, more: Partial<DataMessage> = {}): string =>
  JSON.stringify({
    v: 1,
    boot: "aa",
    seq,
    m0: Math.round(performance.now() - born),
    dt: 100,
    p: [1500],
    st: { phase: "occluded", tgt: 1500, occMs: Math.round(occS * 1000), ep: 1 },
    ...more,
  } satisfies DataMessage);

describe("a server under load", () => {
  let server: TestServer;
  let watcher: Visitor;
  let good: TestClient;
  let bad: TestClient;
  let speaking: NodeJS.Timeout;
  let dueAt = 0;
  beforeEach(async () => {
    server = await startServer(aClass);
    watcher = await lockedTablet(server);
    [good, bad] = [await connectClient(server.mqttPort), await connectClient(server.mqttPort)];
    const began = performance.now();
    const occ = limitS - 8;
    dueAt = Date.now() + 8000;
    let seq = 0;
    speaking = setInterval(
      () =>
        good.mqtt.publish("bfr/v1/main/good/data", message(seq++, occ + (performance.now() - began) / 1000)),
      200,
    );
  });
  afterEach(async () => {
    clearInterval(speaking);
    await Promise.all([good.end(), bad.end()]);
    await server.remove();
  });

  type Line = Readonly<{ time: string; condition?: string; msg: string; cuff?: string }>;
  const lines = (): Line[] =>
    server
      .log()
      .split("\n")
      .flatMap((line) => (line.startsWith("{") && line.endsWith("}") ? [JSON.parse(line) as Line] : []));
  const overrun = (): Line | undefined =>
    lines().find((l) => l.condition === "overrun" && l.msg === "alarm raised");
  /** How long after its deadline the overrun was raised, in ms. */
  const delayed = async (): Promise<number> => {
    await eventually(() => expect(overrun()).toBeDefined(), 15_000);
    return Date.parse(overrun()?.time ?? "") - dueAt;
  };
  const health = async (): Promise<{ rejections: { cuff: string; kind: string; count: number }[] }> =>
    (await watcher.ask("GET", "/healthz")).body as never;

  test("a cuff that sends thousands of messages a second is held back and counted; memory stays, the other overruns on time", async () => {
    await delay(1500);
    const before = server.memoryMb();
    let seq = 0;
    const flood = setInterval(() => {
      for (let i = 0; i < 100; i++) bad.mqtt.publish("bfr/v1/main/wild/data", message(seq++, 0));
    }, 10);
    await delay(5000);
    clearInterval(flood);
    expect(await delayed()).toBeLessThan(onTime);
    expect((await health()).rejections.find((r) => r.cuff === "wild")).toMatchObject({ kind: "flood" });
    expect(server.memoryMb() - before).toBeLessThan(150);
    expect(lines().filter((l) => l.cuff === "wild" && l.msg.includes("refused")).length).toBeLessThan(5);
  });

  test("what no cuff would say costs nobody anything: odd names, noise, sizes", async () => {
    const noise: [string, string | Buffer][] = [
      ["bfr/v1/main/constructor/data", message(1, 0)],
      ["bfr/v1/main/--proto--/status", '{"v":1,"state":"online","boot":"aa"}'],
      ["bfr/v1/main/wild/data", Buffer.from([0xff, 0xfe, 0])],
      ["bfr/v1/main/wild/data", " ".repeat(70_000)],
      ["bfr/v1/main/wild/data", message(1, 0, { p: Array.from({ length: 200 }, () => 0), dt: 10_000 })],
      ["bfr/v1/main/wild", "x"],
      ["anything/else", "1"],
    ];
    for (const [topic, payload] of noise) bad.mqtt.publish(topic, payload);
    expect(await delayed()).toBeLessThan(onTime);
    const kinds = (await health()).rejections.map((r) => `${r.cuff} ${r.kind}`);
    expect(kinds).toEqual(
      expect.arrayContaining(["wild not-text", "wild too-large", "wild schema", "null topic"]),
    );
  });

  test("a process that was stopped over a deadline raises it as soon as it runs again, and no clock has lost time", async () => {
    await delay(6000);
    server.signal("SIGSTOP");
    await delay(5000);
    server.signal("SIGCONT");
    const woke = Date.now();
    await eventually(() => expect(overrun()).toBeDefined());
    expect(Date.parse(overrun()?.time ?? "") - woke).toBeLessThan(onTime);
    expect(server.log()).toContain("back after an interruption");
  });
});
