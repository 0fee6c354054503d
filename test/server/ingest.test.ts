import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BasicCuff, basicCuff } from "../../shared/cuff/basic.ts";
import type { CuffInput } from "../../shared/engine.ts";
import { siteId } from "../../shared/ids.ts";
import { monotonic } from "../../shared/units.ts";
import { createIngest } from "../../server/ingest.ts";

const data = (more: object = {}): object => ({
  v: 1,
  boot: "b0",
  seq: 1,
  m0: 0,
  dt: 100,
  p: [1500],
  st: { phase: "occluded", tgt: 1500, occMs: 0, ep: 1 },
  ...more,
});

const edge = () => {
  const inputs: CuffInput[] = [];
  const rejections: string[] = [];
  const answered: string[] = [];
  let basicCuffs = [
    basicCuff.parse({ cuff: "plain", topic: "esp/pressure/state", intervalMs: 1000 }),
    basicCuff.parse({
      cuff: "tasmota",
      topic: "tele/tasmota/SENSOR",
      path: "BMP.Pressure",
      unit: "kPa",
      intervalMs: 1000,
    }),
    basicCuff.parse({ cuff: "left", topic: "gateway/all", path: "left", intervalMs: 1000 }),
    basicCuff.parse({ cuff: "right", topic: "gateway/all", path: "right", intervalMs: 1000 }),
  ];
  const ingest = createIngest({
    site: siteId("main"),
    basicCuffs: () => basicCuffs,
    now: () => monotonic(7),
    take: (input) => inputs.push(input),
    answered: (cuff, ack) => answered.push(`${cuff} ${ack.id}`),
    reject: (cuff, { kind }) => rejections.push(`${cuff ?? "-"} ${kind}`),
    allow: (cuff) => cuff !== "flood",
    knows: (cuff) => cuff !== "stranger",
    makeRoom: () => false,
  });
  const says = (topic: string, payload: unknown, retained = false): void =>
    ingest({
      topic,
      retained,
      payload:
        payload instanceof Uint8Array
          ? payload
          : Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)),
    });
  const mapBasics = (...basics: readonly BasicCuff[]): void => {
    basicCuffs = [...basics];
  };
  return { inputs, rejections, answered, says, mapBasics };
};

describe("what arrives from a broker", () => {
  test("becomes an input with the time at which it was taken in", () => {
    const { inputs, says } = edge();
    says("bfr/v1/main/cuff-1/data", data());
    says("bfr/v1/main/cuff-1/status", { v: 1, state: "online", boot: "b0" }, true);
    expect(inputs).toMatchObject([
      { kind: "data", at: 7, cuff: "cuff-1" },
      { kind: "status", at: 7, cuff: "cuff-1" },
    ]);
  });
  test("backfill is history whatever it says of itself", () => {
    const { inputs, says } = edge();
    says("bfr/v1/main/cuff-1/backfill", data());
    expect(inputs).toMatchObject([{ kind: "data", message: { hist: true } }]);
  });
  test("an answer to a command goes to who asked", () => {
    const { answered, says } = edge();
    says("bfr/v1/main/cuff-1/ack", { v: 1, id: "x", ok: true });
    expect(answered).toEqual(["cuff-1 x"]);
  });
  test("a basic cuff's number is read from its topic, path and unit", () => {
    const { inputs, says } = edge();
    says("esp/pressure/state", "152.3");
    says("tele/tasmota/SENSOR", { BMP: { Pressure: 20 } });
    expect(inputs).toMatchObject([
      { kind: "basic", cuff: "plain", pressure: 152.3, freshFor: 3000 },
      { kind: "basic", cuff: "tasmota", pressure: 150 },
    ]);
  });
  test("a basic cuff that is mapped anew is read from its new topic at once, and no more from the old one", () => {
    const { inputs, rejections, says, mapBasics } = edge();
    says("esp/pressure/state", "10");
    mapBasics(basicCuff.parse({ cuff: "plain", topic: "esp/other/state", intervalMs: 1000 }));
    says("esp/pressure/state", "20");
    says("esp/other/state", "30");
    expect(inputs).toMatchObject([{ pressure: 10 }, { pressure: 30 }]);
    expect(rejections).toEqual(["- topic"]);
  });
  test("one message of a gateway may hold the numbers of several cuffs, each at its own path", () => {
    const { inputs, says } = edge();
    says("gateway/all", { left: 120, right: 130 });
    expect(inputs).toMatchObject([
      { cuff: "left", pressure: 120 },
      { cuff: "right", pressure: 130 },
    ]);
  });
  test.each<[string, string, unknown, boolean, string]>([
    ["no JSON", "bfr/v1/main/c/data", "{", false, "c not-json"],
    ["another version", "bfr/v1/main/c/data", data({ v: 2 }), false, "c version"],
    ["out of range", "bfr/v1/main/c/data", data({ p: [60_010] }), false, "c schema"],
    ["no samples", "bfr/v1/main/c/data", data({ p: [] }), false, "c schema"],
    ["too large", "bfr/v1/main/c/data", " ".repeat(65_537), false, "c too-large"],
    ["binary noise", "bfr/v1/main/c/data", new Uint8Array([0xff, 0xfe, 0x00]), false, "c not-text"],
    ["a retained measurement", "bfr/v1/main/c/data", data(), true, "c retained"],
    ["a retained event", "bfr/v1/main/c/event", {}, true, "c retained"],
    ["a retained number", "esp/pressure/state", "150", true, "plain retained"],
    ["a word for a number", "esp/pressure/state", "unavailable", false, "plain not-a-number"],
    ["nothing for a number", "esp/pressure/state", "", false, "plain not-a-number"],
    ["an impossible pressure", "esp/pressure/state", "1520", false, "plain schema"],
    ["an unknown channel", "bfr/v1/main/c/telemetry", data(), false, "- topic"],
    ["another site", "bfr/v1/other/c/data", data(), false, "c topic"],
    ["capitals in a name", "bfr/v1/main/CUFF/data", data(), false, "- topic"],
    ["a flood", "bfr/v1/main/flood/data", data(), false, "flood flood"],
    ["one cuff too many", "bfr/v1/main/stranger/data", data(), false, "- too-many-cuffs"],
  ])("%s is counted and goes no further", (_name, topic, payload, retained, counted) => {
    const { inputs, rejections, says } = edge();
    says(topic, payload, retained);
    expect(rejections).toEqual([counted]);
    expect(inputs).toEqual([]);
  });
  test("the server's own topics are no cuff's: neither taken nor counted", () => {
    const { inputs, rejections, says } = edge();
    says("bfr/v1/main/host/status", { v: 1, state: "online", epoch: "e" });
    says("bfr/v1/main/c/cmd", {});
    expect([...inputs, ...rejections]).toEqual([]);
  });
  test("whatever bytes arrive on whatever topic, each is taken or counted and nothing is thrown", () => {
    const topic = fc.oneof(
      fc.string(),
      fc.constantFrom("data", "event", "meta", "status", "backfill", "ack").map((c) => `bfr/v1/main/c/${c}`),
      fc.constant("esp/pressure/state"),
    );
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((j) => Buffer.from(j)),
    );
    fc.assert(
      fc.property(topic, payload, fc.boolean(), (t, p, retained) => {
        const { inputs, rejections, answered, says } = edge();
        says(t, p, retained);
        expect(inputs.length + rejections.length + answered.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
