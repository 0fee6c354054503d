import { cuffRecordSchema } from "../../../shared/clinic/cuff-record.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentialsSchema, cuffsLiveSchema } from "../../../shared/clinic/cuff-live.ts";
import type { DataMessage, EventMessage, MetaMessage } from "../../../shared/cuff/message.ts";
import { cuffId } from "../../../shared/ids.ts";
import { cuffIn } from "../../../shared/session/cuffs.ts";
import { monotonic } from "../../../shared/units.ts";
import { classOf, heard, roster } from "../../support/floor.ts";
import { connectClient, eventually, type TestClient } from "../../support/mqtt-client.ts";
import { type Clinic, openClinic } from "./clinic.ts";

const whole = (record: object): object => cuffRecordSchema.parse(record);

let clinic: Clinic;
let clients: TestClient[] = [];
beforeEach(async () => {
  clinic = await openClinic();
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((c) => c.end()));
  await clinic.close();
});

const connect = async (options = {}): Promise<TestClient> => {
  const connected = await connectClient(clinic.mqttPort, options);
  clients.push(connected);
  return connected;
};
const add = async (cuff: string, more: object = {}): Promise<string> => {
  const added = await clinic.ask("POST", "/api/cuffs", { cuff, name: `Cuff ${cuff}`, ...more });
  expect(added).toMatchObject({ status: 201, etag: '"1"' });
  return String(added.body["id"]);
};
const pair = async (id: string): Promise<Readonly<{ username: string; password: string }>> => {
  const made = await clinic.ask("POST", `/api/cuffs/${id}/credentials`);
  expect(made.status).toBe(201);
  const { user, password } = credentialsSchema.parse(made.body);
  return { username: user, password };
};
const live = async () => cuffsLiveSchema.parse((await clinic.ask("GET", "/api/cuffs/live")).body);
const seatedClass = () =>
  clinic.take({ kind: "roster", at: monotonic(Math.floor(performance.now())), roster: roster(classOf()) });

const meta: MetaMessage = {
  ...{ v: 1, boot: "b0", model: "Delfi", serial: "S-7", fw: "2.1", hz: 10, caps: ["identify"] },
  ...{ regulated: true, calibrated: "2026-05-01", simulated: true },
};
const dataAt = (seq: number, mmhg: number): DataMessage => ({
  ...{ v: 1, boot: "b0", seq, m0: 1000 + seq * 200, dt: 100, p: [mmhg * 10], bat: { pct: 81 } },
  st: { phase: mmhg > 30 ? "occluded" : "idle", tgt: 1500, occMs: seq * 200, ep: 3 },
});
const say = (client: TestClient, cuff: string, channel: string, message: unknown): Promise<unknown> =>
  client.mqtt.publishAsync(`bfr/v1/main/${cuff}/${channel}`, JSON.stringify(message), { qos: 1 });

describe("cuffs as records", () => {
  test("are listed by name, found by words, changed by whoever has seen the present version, and removed", async () => {
    const id = await add("left-1", { name: "Žofie’s 👍 <b>cuff</b>", widthCm: 11.5 });
    await add("right-1");
    const page = await clinic.ask("GET", "/api/cuffs?text=zofie");
    expect(page.body).toMatchObject({
      entries: [{ id, body: { cuff: "left-1", widthCm: 11.5 } }],
      next: null,
    });
    const first = await clinic.ask("GET", "/api/cuffs?limit=1");
    expect(first.body["entries"]).toMatchObject([{ body: { cuff: "right-1" } }]);
    const rest = await clinic.ask("GET", `/api/cuffs?limit=1&cursor=${String(first.body["next"])}`);
    expect(rest.body).toMatchObject({ entries: [{ id }], next: null });

    const body = whole({ cuff: "left-1", name: "Left", calibrationDue: "2026-12-01" });
    expect(await clinic.ask("PUT", `/api/cuffs/${id}`, body)).toMatchObject({ status: 428 });
    expect(await clinic.ask("PUT", `/api/cuffs/${id}`, body, 1)).toMatchObject({ status: 200, etag: '"2"' });
    expect(await clinic.ask("PUT", `/api/cuffs/${id}`, body, 1)).toMatchObject({
      status: 412,
      body: { present: { version: 2, body: { name: "Left" } } },
    });
    expect(await clinic.ask("DELETE", `/api/cuffs/${id}`, undefined, 1)).toMatchObject({ status: 412 });
    expect(await clinic.ask("DELETE", `/api/cuffs/${id}`, undefined, 2)).toMatchObject({ status: 204 });
    expect(await clinic.ask("GET", `/api/cuffs/${id}`)).toMatchObject({ status: 404 });
  });

  test("say of every field that is wrong what is wrong with it", async () => {
    const basic = { topic: "a/#", unit: "mmHg", intervalMs: 5000 };
    const wrong = await clinic.ask("POST", "/api/cuffs", { cuff: "Left 1", name: " ", widthCm: 99, basic });
    expect(wrong.status).toBe(422);
    const errors = wrong.body["errors"] as readonly { field: string; detail: string }[];
    expect(errors.map((e) => e.field)).toEqual([
      "cuff",
      "name",
      "widthCm",
      "basic.topic",
      "basic.intervalMs",
    ]);
    expect(errors.at(-1)?.detail).toContain("too slow to be supervised");
    for (const topic of ["a\nuser b", " a", "$SYS/a", "bfr/v1/main/x/data"])
      expect(
        (await clinic.ask("POST", "/api/cuffs", { cuff: "x", name: "x", basic: { ...basic, topic } })).status,
      ).toBe(422);
    expect((await clinic.ask("POST", "/api/cuffs", { cuff: "host", name: "x" })).status).toBe(422);
    expect((await clinic.ask("GET", "/api/cuffs")).body["entries"]).toEqual([]);
  });

  test("have names of their own", async () => {
    await add("left-1");
    const id = await add("right-1");
    const taken = { status: 409, body: { errors: [{ field: "cuff" }] } };
    expect(await clinic.ask("POST", "/api/cuffs", { cuff: "left-1", name: "Other" })).toMatchObject(taken);
    expect(
      await clinic.ask("PUT", `/api/cuffs/${id}`, whole({ cuff: "left-1", name: "B" }), 1),
    ).toMatchObject(taken);
  });

  test("are all told with their names and widths in one answer: without a width nobody is told that it is another", async () => {
    const names = Array.from({ length: 52 }, (_, i) => `c-${i}`);
    for (const cuff of names) await add(cuff, { widthCm: 18, retired: cuff === "c-7" });
    const { cuffs } = await live();
    expect(cuffs.map((c) => c.name).sort()).toEqual(names.map((cuff) => `Cuff ${cuff}`).sort());
    expect(cuffs.every((c) => c.widthCm === 18)).toBe(true);
    expect(cuffs.filter((c) => c.retired).map((c) => c.cuff)).toEqual(["c-7"]);
  });

  test("are read by those who review, written by administrators, and told to blink by those who guide or administer", async () => {
    const id = await add("left-1");
    const body = { cuff: "x", name: "x" };
    clinic.be("assistant");
    expect((await clinic.ask("GET", "/api/cuffs")).status).toBe(200);
    expect((await clinic.ask("GET", "/api/cuffs/live")).status).toBe(200);
    for (const who of ["admin", "physiotherapist", "assistant"] as const) {
      clinic.be(who);
      expect((await clinic.ask("POST", `/api/cuffs/${id}/identify`)).status).toBe(409);
    }
    for (const [method, at] of [
      ["POST", "/api/cuffs"],
      ["PUT", `/api/cuffs/${id}`],
      ["DELETE", `/api/cuffs/${id}`],
      ["POST", `/api/cuffs/${id}/credentials`],
      ["DELETE", `/api/cuffs/${id}/credentials`],
      ["GET", "/api/topics"],
      ["POST", "/api/cuffs/preview"],
    ] as const)
      expect([
        method,
        at,
        (await clinic.ask(method, at, method === "GET" ? undefined : body, 1)).status,
      ]).toEqual([method, at, 403]);
    clinic.be("stranger");
    expect((await clinic.ask("POST", `/api/cuffs/${id}/identify`)).status).toBe(401);
    expect((await clinic.ask("GET", "/api/cuffs/live")).status).toBe(401);
  });
});

describe("credentials", () => {
  test("are shown once, let the cuff in, and are void once others are made or they are revoked", async () => {
    const id = await add("left-1");
    const stranger = await connect();
    const first = await pair(id);
    expect(first.password).toMatch(/^([2-9a-hjkmnp-z]{4}-){5}[2-9a-hjkmnp-z]{4}$/);
    await eventually(() => expect(stranger.mqtt.connected).toBe(false));
    const cuff = await connect(first);
    expect(JSON.stringify(await live())).not.toContain(first.password);
    expect(JSON.stringify(clinic.held)).not.toContain(first.password);
    expect((await live()).cuffs).toMatchObject([{ id, paired: { by: "Emily" } }]);

    const second = await pair(id);
    await eventually(() => expect(cuff.mqtt.connected).toBe(false));
    await expect(connect(first)).rejects.toMatchObject({ code: 4 });
    const again = await connect(second);
    expect((await live()).turnedAway).toMatchObject([{ user: "left-1", why: "wrong-password", count: 1 }]);

    expect((await clinic.ask("DELETE", `/api/cuffs/${id}/credentials`)).status).toBe(204);
    await eventually(() => expect(again.mqtt.connected).toBe(false));
    expect((await clinic.ask("DELETE", `/api/cuffs/${id}/credentials`)).status).toBe(409);
    expect((await live()).cuffs).toMatchObject([{ paired: null }]);
    // Nobody has any now: a first try needs no word again.
    await connect();
  });

  test("come with all that has to be typed into a cuff, as text and for a QR code", async () => {
    const basic = { topic: "pump/pressure", unit: "mmHg", intervalMs: 1000 };
    const id = await add("pump-1", { basic });
    const made = await clinic.ask("POST", `/api/cuffs/${id}/credentials`);
    const credentials = credentialsSchema.parse(made.body);
    expect(credentials).toMatchObject({
      ...{ user: "pump-1", site: "main", topic: "pump/pressure" },
      addresses: [`mqtt://127.0.0.1:${clinic.mqttPort}`],
    });
    const { user, password, addresses: broker, topic } = credentials;
    expect(JSON.parse(credentials.qr)).toEqual({ v: 1, broker, site: "main", user, password, topic });
  });

  test("end with the cuff: removed, or out of use", async () => {
    const [left, right] = [await add("left-1"), await add("right-1")];
    const [one, other] = [await connect(await pair(left)), await pair(right)];
    expect((await clinic.ask("DELETE", `/api/cuffs/${left}`, undefined, 1)).status).toBe(204);
    await eventually(() => expect(one.mqtt.connected).toBe(false));
    const retired = whole({ cuff: "right-1", name: "Right", retired: true });
    expect((await clinic.ask("PUT", `/api/cuffs/${right}`, retired, 1)).status).toBe(200);
    expect((await clinic.ask("POST", `/api/cuffs/${right}/credentials`)).status).toBe(409);
    expect(clinic.held.at(-1)).toEqual([]);
    const back = { ...retired, retired: false };
    expect((await clinic.ask("PUT", `/api/cuffs/${right}`, back, 2)).status).toBe(200);
    await connect(other);
    // A name that is free again is another cuff's, with other credentials.
    await pair(await add("left-1"));
    expect(clinic.held.at(-1)).toHaveLength(2);
  });

  test("are for one name: a cuff that has some keeps it", async () => {
    const id = await add("left-1");
    await pair(id);
    expect(
      await clinic.ask("PUT", `/api/cuffs/${id}`, whole({ cuff: "left-2", name: "Left" }), 1),
    ).toMatchObject({
      status: 409,
      body: { errors: [{ field: "cuff", detail: expect.stringContaining("Revoke") as string }] },
    });
  });
});

describe("a cuff in the class", () => {
  test("is neither removed, renamed, remapped nor taken out of use, but its label can be put right", async () => {
    const id = await add("cuff-1");
    seatedClass();
    const body = { cuff: "cuff-1", name: "Thigh, large" };
    expect(await clinic.ask("DELETE", `/api/cuffs/${id}`, undefined, 1)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("station 1") as string },
    });
    const basic = { topic: "pump/pressure", unit: "mmHg", intervalMs: 1000 };
    for (const [field, change] of [
      ["cuff", { cuff: "cuff-2" }],
      ["basic", { basic }],
      ["retired", { retired: true }],
    ] as const)
      expect(await clinic.ask("PUT", `/api/cuffs/${id}`, whole({ ...body, ...change }), 1)).toMatchObject({
        status: 409,
        body: { errors: [{ field }] },
      });
    expect((await clinic.ask("PUT", `/api/cuffs/${id}`, whole(body), 1)).status).toBe(200);
    expect((await live()).cuffs).toMatchObject([{ seat: { station: "1", patient: "Maya K." } }]);
  });

  test("keeps its credentials for as long as it is inflated", async () => {
    const id = await add("cuff-1");
    seatedClass();
    const cuff = await connect(await pair(id));
    const from = Math.ceil(performance.now() / 1000);
    for (const input of heard({ from, to: from + 4, p: 150 })) clinic.take(input);
    expect(cuffIn(clinic.state().cuffs, cuffId("cuff-1"))?.occlusion).not.toBeNull();
    expect((await clinic.ask("POST", `/api/cuffs/${id}/credentials`)).status).toBe(409);
    expect((await clinic.ask("DELETE", `/api/cuffs/${id}/credentials`)).status).toBe(409);
    expect(cuff.mqtt.connected).toBe(true);
    expect((await live()).cuffs).toMatchObject([{ inflated: true }]);
  });
});

test("the first credentials, which put out strangers, wait until no stranger is inflated", async () => {
  const id = await add("cuff-2");
  const stranger = await connect();
  const from = Math.ceil(performance.now() / 1000);
  for (const input of heard({ from, to: from + 4, p: 150 })) clinic.take(input);
  const refused = await clinic.ask("POST", `/api/cuffs/${id}/credentials`);
  expect(refused).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("cuff-1 is") as string },
  });
  expect(stranger.mqtt.connected).toBe(true);
  for (const input of heard({ from: from + 4, to: from + 8, p: 0, phase: "idle" })) clinic.take(input);
  expect((await clinic.ask("POST", `/api/cuffs/${id}/credentials`)).status).toBe(201);
});

describe("what is heard", () => {
  test("stands beside the record, and who is not registered beside it", async () => {
    await add("cuff-1");
    seatedClass();
    const client = await connect();
    await say(client, "cuff-1", "meta", meta);
    await say(client, "cuff-1", "data", dataAt(0, 12));
    const lop: EventMessage = {
      v: 1,
      boot: "b0",
      eseq: 1,
      m: 1100,
      kind: "lop",
      lop: 1874,
      posture: "seated",
    };
    await say(client, "cuff-1", "event", lop);
    await say(client, "unknown-9", "data", dataAt(0, 0));
    await eventually(() => expect(cuffIn(clinic.state().cuffs, cuffId("unknown-9"))).toBeDefined());
    const now = await live();
    expect(now.cuffs).toMatchObject([
      {
        ...{ cuff: "cuff-1", quality: "full", fresh: true, pressureMmhg: 12, batteryPct: 81, fw: "2.1" },
        ...{ model: "Delfi", serial: "S-7", regulated: true, canIdentify: true, simulated: true },
        lastLop: { mmhg: 187.4, posture: "seated", patient: "Maya K." },
      },
    ]);
    expect(now.cuffs[0]?.heardAgoMs).toBeLessThan(5000);
    expect(now.strangers).toMatchObject([{ cuff: "unknown-9", quality: "full" }]);
    expect(now.broker).toMatchObject({ kind: "embedded", up: true, strangersMayIn: true });
  });

  test("a cuff is told to show itself, where it can; otherwise it is said why not", async () => {
    const id = await add("cuff-1");
    const cuff = await connect();
    clinic.be("physiotherapist");
    const why = async () => String((await clinic.ask("POST", `/api/cuffs/${id}/identify`)).body["detail"]);
    expect(await why()).toContain("There is no cuff of that name here");
    await say(cuff, "cuff-1", "meta", { ...meta, caps: [] });
    await eventually(() => expect(cuffIn(clinic.state().cuffs, cuffId("cuff-1"))).toBeDefined());
    expect(await why()).toContain("Go by its label");
    await say(cuff, "cuff-1", "meta", meta);
    expect(await why()).toContain("has not been heard since it was switched on");
    await say(cuff, "cuff-1", "data", dataAt(0, 0));
    await cuff.mqtt.subscribeAsync("bfr/v1/main/cuff-1/cmd", { qos: 1 });
    expect((await clinic.ask("POST", `/api/cuffs/${id}/identify`)).status).toBe(204);
    await eventually(() => expect(cuff.heard).toHaveLength(1));
    expect(JSON.parse(cuff.heard[0]?.payload ?? "")).toMatchObject({
      ...{ v: 1, kind: "identify", boot: "b0", ep: 3, m: 1000 },
    });
  });
});

describe("setting up a basic cuff", () => {
  const mapping = { topic: "pump/state", path: "p.kpa", unit: "kPa", intervalMs: 1000 };
  const preview = async (change: object = {}) =>
    (await clinic.ask("POST", "/api/cuffs/preview", { ...mapping, ...change })).body;

  test("shows the topics that are heard, with text as text, and what the mapping makes of them", async () => {
    expect(await preview()).toMatchObject({
      values: [],
      problem: expect.stringContaining("Nothing has been heard") as string,
    });
    const pump = await connect();
    const text = (kpa: number): string => JSON.stringify({ p: { kpa }, note: "<img src=x>" });
    for (const kpa of [16, 16.5, 17]) {
      await pump.mqtt.publishAsync("pump/state", text(kpa), { qos: 1 });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await pump.mqtt.publishAsync("other/topic", new Uint8Array([0xff, 0x41]) as Buffer, { qos: 1 });
    const { topics } = (await clinic.ask("GET", "/api/topics")).body as { topics: object[] };
    expect(topics).toMatchObject([
      { topic: "other/topic", last: "\ufffdA", refusedFor: null },
      { topic: "pump/state", last: text(17) },
    ]);
    const seen = await preview();
    expect(seen).toMatchObject({ problem: null });
    expect(seen["values"]).toMatchObject([{ mmhg: 127.5 }, { mmhg: 123.8 }, { mmhg: 120 }]);
    expect(Number(seen["everyMs"])).toBeLessThan(400);
    expect((await preview({ path: "p.bar" }))["problem"]).toContain('There is nothing at "p.bar"');
    expect((await preview({ unit: "bar" }))["problem"]).toContain("out of range");
    expect((await preview({ intervalMs: 50 }))["problem"]).toContain("silent too soon");
    expect(await clinic.ask("POST", "/api/cuffs/preview", { ...mapping, intervalMs: 2000 })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "intervalMs" }] },
    });
  });

  test("shows what a paired cuff says where it may not (yet)", async () => {
    const id = await add("pump-1");
    const pump = await connect(await pair(id));
    await pump.mqtt.publishAsync("pump/state", "126", { qos: 1 });
    await eventually(() => undefined);
    const refused = { topics: [{ topic: "pump/state", last: "126", refusedFor: "pump-1" }] };
    expect((await clinic.ask("GET", "/api/topics")).body).toMatchObject(refused);
    const body = whole({
      cuff: "pump-1",
      name: "Pump",
      basic: { ...mapping, path: undefined, unit: "mmHg" },
    });
    expect((await clinic.ask("PUT", `/api/cuffs/${id}`, whole(body), 1)).status).toBe(200);
    expect(pump.mqtt.connected).toBe(true);
    await pump.mqtt.publishAsync("pump/state", "127", { qos: 1 });
    const allowed = { topics: [{ topic: "pump/state", last: "127", refusedFor: null }] };
    expect((await clinic.ask("GET", "/api/topics")).body).toMatchObject(allowed);
    expect((await live()).cuffs).toMatchObject([{ quality: "basic" }]);
  });
});
