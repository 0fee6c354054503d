import { connectAsync } from "mqtt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Cuff, joined, occMs } from "../../devices/cuff.ts";
import type { Mishap } from "../../devices/mishap.ts";
import { type Device, Publisher } from "../../devices/publisher.ts";
import { type CuffChannel, fromCuff } from "../../shared/cuff/message.ts";
import { commandTopic, cuffTopic } from "../../shared/cuff/topic.ts";
import { siteId } from "../../shared/ids.ts";
import { type Heard, on, type TestBroker, testBroker } from "./broker.ts";
import { shortCourse, someCuff } from "./some-cuff.ts";

const site = siteId("main");
const seqs = (heard: readonly Heard[]) => heard.map(({ message }) => Number(message["seq"]));
const consecutive = (numbers: readonly number[]) =>
  numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? NaN) + 1);

describe("a simulated cuff on a broker", () => {
  let broker: TestBroker;
  let publishers: Publisher[] = [];
  let notes: string[] = [];

  beforeEach(async () => {
    broker = await testBroker();
    notes = [];
  });
  afterEach(async () => {
    await Promise.all(publishers.map((publisher) => publisher.stop()));
    publishers = [];
    await broker.close();
  });

  /** 10 s into an inflation that lasts, connected, at 0 of the simulation. */
  const inflated = joined(
    someCuff({ readyMs: 0, course: { ...shortCourse, sets: [300], stayMs: [10_000] } }),
    (cuff) => occMs(cuff) >= 10_000,
  );
  const start = async (wanted: Partial<Device> = {}): Promise<Publisher> => {
    const device = { cuff: inflated, mishaps: [], driftPpm: 0, ...wanted };
    const publisher = new Publisher(device, { url: broker.url, site }, (_, text) => notes.push(text));
    publishers.push(publisher);
    const before = on(broker.heard, "meta").length;
    publisher.tick(0);
    await broker.until((heard) => on(heard, "meta").length > before);
    return publisher;
  };
  const mishap = (kind: Mishap["kind"]): readonly Mishap[] => [{ kind, fromMs: 2000, untilMs: 12_000 }];

  test("publishes status and meta retained, data at QoS 0, and nothing that the contract does not know", async () => {
    const publisher = await start({ cuff: someCuff({ readyMs: 0 }) });
    publisher.tick(10_000);
    await broker.until((heard) => on(heard, "event").length === 2 && on(heard, "data").length >= 49);
    const delivered = new Set(
      broker.heard.map(({ channel, qos, retain }) => `${channel} ${qos} ${String(retain)}`),
    );
    expect(delivered).toEqual(new Set(["status 1 true", "meta 1 true", "data 0 false", "event 1 false"]));
    for (const { channel, message } of broker.heard)
      expect(fromCuff[channel as CuffChannel].safeParse(message).success).toBe(true);
    expect(consecutive(seqs(on(broker.heard, "data")))).toBe(true);
  });

  test("status and meta reach a subscriber that comes later", async () => {
    const publisher = await start();
    const late = await connectAsync(broker.url, { protocolVersion: 4 });
    const got: string[] = [];
    const both = new Promise<void>((resolve) => {
      late.on("message", (topic, payload, packet) => {
        got.push(`${topic} ${String(packet.retain)} ${payload.toString()}`);
        if (got.length === 2) resolve();
      });
    });
    await late.subscribeAsync("bfr/v1/main/+/+");
    await both;
    await late.endAsync();
    const { boot } = publisher.cuff;
    const status = `${cuffTopic(site, inflated.spec.cuff, "status")} true ${JSON.stringify({ v: 1, state: "online", boot })}`;
    expect(got).toContain(status);
    expect(got.some((text) => text.includes("/meta true"))).toBe(true);
  });

  test("leaves a will that says offline, with the boot it was given, when its link drops", async () => {
    const publisher = await start({ mishaps: mishap("cut") });
    publisher.tick(3000);
    await broker.until((heard) => on(heard, "status").length === 2);
    const will = on(broker.heard, "status")[1];
    expect(will).toMatchObject({ retain: true, message: { state: "offline", boot: publisher.cuff.boot } });
  });

  test("after a lost link it backfills all that was missed, oldest first, a little at a time", async () => {
    const publisher = await start({ mishaps: mishap("cut") });
    publisher.tick(1900);
    await broker.until((heard) => on(heard, "data").length === 9);
    publisher.tick(11_900);
    publisher.tick(12_000);
    await broker.until((heard) => on(heard, "meta").length === 2);
    publisher.tick(12_600);
    await broker.until((heard) => on(heard, "backfill").length === 15);
    publisher.tick(20_000);
    await broker.until((heard) => on(heard, "backfill").length >= 40);
    const [live, old] = [on(broker.heard, "data"), on(broker.heard, "backfill")];
    expect(old.every(({ qos, message }) => qos === 1 && message["hist"] === true)).toBe(true);
    expect(live.every(({ message }) => !("hist" in message))).toBe(true);
    expect(consecutive(seqs(old))).toBe(true);
  });

  test("a hung connection delivers everything late, at once, in order and without a mark", async () => {
    const publisher = await start({ mishaps: mishap("hung") });
    publisher.tick(1900);
    await broker.until((heard) => on(heard, "data").length === 9);
    for (let ms = 2000; ms < 12_000; ms += 200) publisher.tick(ms);
    const before = broker.heard.length;
    publisher.tick(12_000);
    await broker.until((heard) => on(heard, "data").length >= 59);
    expect(before).toBe(11);
    expect(consecutive(seqs(on(broker.heard, "data")))).toBe(true);
    expect(on(broker.heard, "backfill")).toEqual([]);
    expect(on(broker.heard, "status")).toHaveLength(1);
    expect(notes).toContain("delivers 50 late messages at once");
  });

  test("a silent cuff says nothing while its connection stands, and fills the gap afterwards", async () => {
    const publisher = await start({ mishaps: mishap("silent") });
    for (let ms = 100; ms <= 16_000; ms += 100) publisher.tick(ms);
    await broker.until((heard) => on(heard, "backfill").length === 50);
    const live = seqs(on(broker.heard, "data"));
    expect(live.filter((seq, i) => i > 0 && seq !== (live[i - 1] ?? NaN) + 1)).toHaveLength(1);
    expect(on(broker.heard, "status")).toHaveLength(1);
  });

  test("an event that could not be told is told with its own time once the link is back", async () => {
    const releasing = joined(someCuff({ readyMs: 0 }), (cuff) => occMs(cuff) >= 36_000);
    const publisher = await start({ cuff: releasing, mishaps: mishap("cut") });
    publisher.tick(11_900);
    publisher.tick(12_000);
    await broker.until((heard) => on(heard, "event").length === 1);
    const told = on(broker.heard, "event")[0]?.message;
    expect(told).toMatchObject({ kind: "release" });
    const ownMs = Math.round(releasing.atMs - releasing.bootedMs);
    expect(Number(told?.["m"]) - ownMs).toBeGreaterThan(1900);
    expect(Number(told?.["m"]) - ownMs).toBeLessThan(8000);
  });

  test("a reboot while inflated: a will of the old boot, then another boot under pressure", async () => {
    const publisher = await start({ mishaps: mishap("reboot") });
    const old = publisher.cuff.boot;
    publisher.tick(2000);
    await broker.until((heard) => on(heard, "status").length === 2);
    publisher.tick(12_000);
    await broker.until((heard) => on(heard, "meta").length === 2);
    publisher.tick(13_000);
    await broker.until((heard) => on(heard, "data").some(({ message }) => message["boot"] !== old));
    const states = on(broker.heard, "status").map(({ message }) => [message["state"], message["boot"]]);
    const now = publisher.cuff.boot;
    expect(states).toEqual([
      ["online", old],
      ["offline", old],
      ["online", now],
    ]);
    const first = on(broker.heard, "data").find(({ message }) => message["boot"] === now)?.message;
    expect(first).toMatchObject({ seq: 0, st: { phase: "occluded", ep: 1 } });
    expect(on(broker.heard, "backfill")).toEqual([]);
  });

  test("two devices with one name are both on the broker, with two boots", async () => {
    const first = await start();
    const second = await start({ cuff: someCuff({ seed: 8 }) });
    first.tick(1000);
    second.tick(1000);
    await broker.until((heard) => on(heard, "data").length === 10);
    expect(new Set(on(broker.heard, "data").map(({ message }) => message["boot"])).size).toBe(2);
  });

  test("a clock that runs 2 % fast has gone on by 10.2 s after 10 s", async () => {
    const fast = await start({ driftPpm: 20_000 });
    fast.tick(10_000);
    expect(fast.cuff.atMs - inflated.atMs).toBeCloseTo(10_200, 6);
  });

  test("reconnects by itself when the broker breaks the connection, and says again who it is", async () => {
    const publisher = await start();
    broker.drop();
    await broker.until((heard) => on(heard, "meta").length === 2);
    publisher.tick(1000);
    await broker.until((heard) => on(heard, "data").length > 0);
    expect(on(broker.heard, "status").map(({ message }) => message["state"])).toEqual([
      "online",
      "offline",
      "online",
    ]);
  });

  test("says goodbye when it is stopped", async () => {
    const publisher = await start();
    await publisher.stop();
    expect(on(broker.heard, "status").at(-1)?.message).toMatchObject({ state: "offline" });
  });

  describe("told by the server", () => {
    const command = (cuff: Cuff, wanted: object): string =>
      JSON.stringify({
        v: 1,
        id: "c1",
        kind: "identify",
        boot: cuff.boot,
        ep: cuff.ep,
        m: Math.round(cuff.atMs - cuff.bootedMs),
        ttlMs: 5000,
        ...wanted,
      });
    const topic = commandTopic(site, inflated.spec.cuff);
    const acks = () => on(broker.heard, "ack").map(({ message }) => message);
    const acked = (count: number) => broker.until((heard) => on(heard, "ack").length === count);

    test("to identify itself, it acknowledges", async () => {
      const publisher = await start();
      broker.tell(topic, command(publisher.cuff, {}));
      await acked(1);
      expect(acks()).toEqual([{ v: 1, id: "c1", ok: true }]);
    });

    test("to release, it vents and says so", async () => {
      const publisher = await start();
      broker.tell(topic, command(publisher.cuff, { kind: "release" }));
      await acked(1);
      expect(on(broker.heard, "event").map(({ message }) => message["kind"])).toEqual(["release"]);
      publisher.tick(8000);
      expect(publisher.cuff.bladder.trueMmhg).toBeLessThan(5);
    });

    test("the same command twice, it answers twice and acts once", async () => {
      const publisher = await start();
      publisher.tick(2000);
      const to = publisher.cuff.seq - 1;
      const backfill = command(publisher.cuff, { kind: "backfill", from: to - 2, to });
      for (const times of [1, 2]) {
        broker.tell(topic, backfill);
        await acked(times);
        publisher.tick(2000 + 1000 * times);
      }
      // What is answered now was said after all that could have been sent again.
      broker.tell(topic, command(publisher.cuff, { id: "c2" }));
      await acked(3);
      expect(on(broker.heard, "backfill")).toHaveLength(3);
      expect(acks()[1]).toEqual(acks()[0]);
    });

    test("something for another boot, it refuses with a code and stays as it is", async () => {
      const publisher = await start();
      broker.tell(topic, command(publisher.cuff, { kind: "release", boot: "0" }));
      await acked(1);
      expect(acks()).toEqual([{ v: 1, id: "c1", ok: false, code: "wrong-boot" }]);
      publisher.tick(3000);
      expect(publisher.cuff.bladder.trueMmhg).toBeGreaterThan(110);
    });

    test("to backfill, it sends what it holds of the range, and refuses what it has not", async () => {
      const publisher = await start();
      publisher.tick(2000);
      const from = seqs(on(broker.heard, "data"))[0] ?? publisher.cuff.seq - 9;
      broker.tell(
        topic,
        command(publisher.cuff, { id: "a", kind: "backfill", from: from + 2, to: from + 4 }),
      );
      broker.tell(topic, command(publisher.cuff, { id: "b", kind: "backfill", from: 0, to: 5 }));
      broker.tell(topic, command(publisher.cuff, { id: "c", kind: "backfill", from: 9, to: 5 }));
      await acked(3);
      publisher.tick(3000);
      await broker.until((heard) => on(heard, "backfill").length === 3);
      expect(seqs(on(broker.heard, "backfill"))).toEqual([from + 2, from + 3, from + 4]);
      expect(acks().map(({ id, ok, code }) => [id, ok, code])).toEqual([
        ["a", true, undefined],
        ["b", false, "forgotten"],
        ["c", false, "range"],
      ]);
    });

    test("nonsense, it notes it and lives on", async () => {
      const publisher = await start();
      broker.tell(topic, "{");
      broker.tell(topic, '{"v":1,"kind":"inflate"}');
      broker.tell(topic, command(publisher.cuff, {}));
      await acked(1);
      expect(notes.filter((note) => note === "was sent something that is no command")).toHaveLength(2);
    });
  });
});
