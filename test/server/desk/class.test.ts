/** The class over HTTP: what the records make of an order, what stands in its way, and what is kept of what was done. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sessionRecordSchema } from "../../../shared/clinic/session-record.ts";
import { cuffKind } from "../../../server/records/kinds.ts";
import { collection } from "../../../server/register/collection.ts";
import { cuffRecordSchema } from "../../../shared/clinic/cuff-record.ts";
import { settingsSchema } from "../../../shared/clinic/settings.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, type Reply, signedIn, startApi } from "../../support/api.ts";
import { noon, pressure, seating, TestDesk } from "../../support/class-desk.ts";
import { heard, meta, note } from "../../support/floor.ts";

let api: Api;
let desk: TestDesk;
let number = 0;
let patient = "";

beforeAll(async () => {
  api = await startApi((register, store) => {
    desk = new TestDesk(register, store);
    return desk.routes;
  });
});
beforeEach(async () => {
  api.as(signedIn("Emily", "physiotherapist"));
  desk.reset();
  desk.hear([meta(1, true)]);
  patient = `patient-${(number += 1)}`;
  await desk.admit(patient);
});
afterAll(async () => {
  desk.desk.sessions.stop();
  await api.end();
});

const ask = (body: object): Promise<Reply> => api.ask("POST", "/api/commands", { body });
const begin = (): Promise<Reply> => ask({ kind: "start-class", room: "Gym", heard: true });
const idle = (from: number, to: number) => heard({ from, to, p: 2, phase: "idle", tgt: 0 });
const writer = { by: "Emily", at: wallTime(noon) };
const session = (): string => desk.state.class.seats[0]?.visit.session ?? "";

describe("a patient is seated", () => {
  test("with all that the records say, copied", async () => {
    expect((await begin()).status).toBe(200);
    expect(await ask(seating(patient))).toMatchObject({ status: 200, body: { recorded: true } });
    const [seat] = desk.state.class.seats;
    expect(seat).toMatchObject({
      ...{ station: "1", name: "Maya K.", programme: `plan-${patient}` },
      visit: {
        ...{ patient, programme: "Knee" },
        exercises: [
          { name: "Leg press", pctLop: 60, sets: [30, 15], rounds: 2 },
          { kind: "free" },
          { pctLop: 40 },
        ],
      },
      worn: [{ cuff: "cuff-1", lop: `lop-${patient}` }],
    });
    expect(seat?.worn[0]?.given.map((g) => g.prescription.target)).toEqual([150, null, 100]);
    const shown = await api.ask("GET", "/api/class");
    expect(shown.body).toMatchObject({
      class: { room: "Gym", by: "Emily" },
      stations: [{ station: "1", patient: "Maya K.", visit: { patient } }],
    });
  });

  test("by the station's number alone where the clinic has chosen so", async () => {
    await choose({ stationNumbersOnly: true });
    await begin();
    await ask(seating(patient));
    await choose({});
    expect(desk.state.class.seats[0]?.name).toBe("");
  });

  test.each<readonly [string, (id: string) => object, number, string]>([
    [
      "who is not in the records",
      (id) => ({ ...seating(id), patient: "nobody" }),
      404,
      "There is no such patient",
    ],
    [
      "with a plan that is not there",
      (id) => ({ ...seating(id), programme: "none" }),
      404,
      "has no such plan",
    ],
    [
      "with a cuff that nobody knows",
      (id) => wearing(id, { cuff: "ghost" }),
      404,
      "There is no cuff ghost here",
    ],
    [
      "with a limb occlusion pressure that is not there",
      (id) => wearing(id, { lop: "none" }),
      404,
      "no such limb occlusion pressure for the left thigh",
    ],
    [
      "with a cuff on a limb that the plan does not treat",
      (id) => wearing(id, { side: "right", lop: null }),
      422,
      "The plan has no cuff for the right thigh",
    ],
    [
      "with a pressure of the other limb",
      (id) => wearing(id, { limb: "arm" }),
      422,
      "no cuff for the left arm",
    ],
    ["at a station that is none", (id) => ({ ...seating(id), station: "0" }), 422, "station"],
    ["without a cuff", (id) => ({ ...seating(id), cuffs: [] }), 422, "choose a cuff"],
  ])("but not one %s", async (_, wish, status, detail) => {
    await begin();
    const refused = await ask(wish(patient));
    expect(refused.status).toBe(status);
    expect(refused.type).toContain("problem+json");
    expect(JSON.stringify(refused.body)).toContain(detail);
    expect(desk.state.class.seats).toEqual([]);
  });

  test("but not with another patient's plan, nor with the clinic's own under a target over its cap", async () => {
    await desk.admit("somebody");
    await begin();
    const theirs = await ask({ ...seating(patient), programme: "plan-somebody" });
    expect(theirs.status).toBe(404);
    await choose({ limits: { absoluteCapMmhg: 200 } });
    const { lop } = desk.clinic;
    await lop.write([lop.change("high", { ...pressure, mmhg: 350 }, null, writer, patient)]);
    const over = await ask(wearing(patient, { lop: "high" }));
    await choose({});
    expect(over).toMatchObject({ status: 422, body: { kind: "not-planned" } });
    expect(JSON.stringify(over.body)).toContain("Leg press, left thigh: the target of 210 mmHg is not under");
  });

  test("but not with a cuff that was taken out of use", async () => {
    const cuffs = collection(api.register, cuffKind);
    const record = cuffRecordSchema.parse({ cuff: "old", name: "One", retired: true });
    await cuffs.write([cuffs.change("c1", record, null, writer)]);
    await begin();
    const refused = await ask(wearing(patient, { cuff: "old" }));
    expect(refused).toMatchObject({ status: 404, body: { kind: "no-such-cuff" } });
  });

  test.each<readonly [string, object, string]>([
    ["was not screened", { screening: null }, "Not screened yet."],
    ["got no explanation", { explanation: { text: "", given: null } }, "The explanation was not given yet."],
  ])("but not one who %s", async (_, changes, sentence) => {
    const unready = `${patient}-unready`;
    await desk.admit(unready, changes);
    await begin();
    const refused = await ask(seating(unready));
    expect(refused).toMatchObject({ status: 409, body: { kind: "blocked" } });
    expect(JSON.stringify(refused.body)).toContain(sentence);
  });

  test("and cannot be removed meanwhile, nor the plan nor the pressure", async () => {
    await begin();
    expect((await ask(seating(patient))).status).toBe(200);
    for (const [at, of] of [
      ["patients", ""],
      ["programmes", "plan-"],
      ["lop", "lop-"],
    ] as const) {
      const removed = await api.ask("DELETE", `/api/${at}/${of}${patient}`, { seen: 1 });
      expect(removed.status).toBe(409);
    }
    expect(desk.desk.isInUse("cuff", "cuff-1")).toBe(true);
    expect(desk.desk.isInUse("cuff", "cuff-2")).toBe(false);
  });
});

describe("a cuff takes the place of another", () => {
  const swap = (to: string): Promise<Reply> =>
    ask({ kind: "swap-cuff", session: session(), from: "cuff-1", to, seenOff: ["cuff-1"] });
  const worn = () => desk.state.class.seats[0]?.worn.map((w) => w.cuff);
  const seated = async (): Promise<void> => {
    await begin();
    await ask(seating(patient));
  };

  test.each<readonly [string, string, string]>([
    ["was never heard and is in no register", "ghost-9", "There is no cuff ghost-9 here."],
    ["was taken out of use", "out-of-use", "The cuff out-of-use is taken out of use."],
  ])("but not one that %s", async (_, to, detail) => {
    const cuffs = collection(api.register, cuffKind);
    const record = cuffRecordSchema.parse({ cuff: "out-of-use", name: "Two", retired: true });
    await cuffs.write([cuffs.change("c2", record, null, writer)]);
    await seated();
    const refused = await swap(to);
    expect(refused).toMatchObject({ status: 404, body: { kind: "no-such-cuff" } });
    expect(JSON.stringify(refused.body)).toContain(detail);
    expect(worn()).toEqual(["cuff-1"]);
  });

  test("where it was heard, or is in the register", async () => {
    const cuffs = collection(api.register, cuffKind);
    const record = cuffRecordSchema.parse({ cuff: "spare", name: "Three" });
    await cuffs.write([cuffs.change("c3", record, null, writer)]);
    await seated();
    expect(await swap("spare")).toMatchObject({ status: 200 });
    expect(worn()).toEqual(["spare"]);
    desk.hear([meta(2, true)]);
    expect(
      await ask({ kind: "swap-cuff", session: session(), from: "spare", to: "cuff-1", seenOff: ["spare"] }),
    ).toMatchObject({ status: 200 });
    expect(worn()).toEqual(["cuff-1"]);
  });
});

describe("a session that is finished", () => {
  const trained = async (outcome: string): Promise<void> => {
    await begin();
    await ask(seating(patient));
    const of = { session: session() };
    await ask({ kind: "check", ...of, answers: allWell, override: null });
    desk.hear(heard({ from: 2, to: 60, p: 150 }));
    desk.second = 60;
    await ask({ kind: "begin-set", ...of });
    desk.hear([note(60, { kind: "pain", score: 8 }), note(61, { kind: "pain", score: 2 })]);
    desk.second = 65;
    await ask({ kind: "end-set", ...of, repetitions: 29 });
    for (const score of [8, 5]) await ask({ kind: "exertion", ...of, score });
    await ask({ kind: "remark", ...of, text: "clicks" });
    desk.hear(idle(66, 80));
    desk.second = 80;
    expect(await ask({ kind: "finish", ...of, outcome, reason: "tired" })).toMatchObject({ status: 200 });
    await desk.kept;
  };
  const records = () => desk.clinic.sessions.page({ owner: patient, limit: 10 });
  const followUps = () => desk.clinic.followUps.page({ owner: patient, limit: 10 });

  test("leaves a record of all that was done, and two follow-ups", async () => {
    await trained("stopped-early");
    const kept = await records();
    const [record] = kept.ok ? kept.value.entries : [];
    expect(sessionRecordSchema.parse(record?.body)).toMatchObject({
      ...{
        patient,
        room: "Gym",
        station: "1",
        outcome: "stopped-early",
        reason: "tired",
        by: "Emily",
        verified: true,
      },
      ...{
        programme: { id: `plan-${patient}`, name: "Knee" },
        startedAt: noon + 1000,
        endedAt: noon + 80_000,
      },
      sets: [{ exercise: 0, set: 1, repetitions: 29, beganAt: noon + 60_000, endedAt: noon + 65_000 }],
      limbs: [{ limb: "thigh", side: "left", cuff: "cuff-1", restrictedMs: 64_000, ...pressures }],
      check: { red: [], by: "Emily" },
      notes: [{ note: { score: 8 }, by: "Aidan R." }, { note: { score: 2 } }],
      exertions: [{ score: 8 }, { score: 5 }],
      remarks: [{ text: "clicks", at: noon + 65_000 }],
    });
    const asked = await followUps();
    expect(asked.ok && asked.value.entries.map((e) => [e.body.kind, e.body.session === record?.id])).toEqual([
      ["next-day", true],
      ["72-hours", true],
    ]);
  });

  test("tells which cuffs were swapped, and by whose word the old one was off", async () => {
    await begin();
    await ask(seating(patient));
    const of = { session: session() };
    desk.hear([meta(2, true), ...heard({ from: 2, to: 60, p: 2, phase: "idle", tgt: 0, cuff: "spare" })]);
    desk.second = 60;
    const swapped = await ask({ kind: "swap-cuff", ...of, from: "cuff-1", to: "spare", seenOff: ["cuff-1"] });
    expect(swapped).toMatchObject({ status: 200 });
    await ask({ kind: "finish", ...of, outcome: "not-started", reason: "tired", seenOff: ["spare"] });
    await desk.kept;
    const kept = await records();
    expect(kept.ok && kept.value.entries[0]?.body).toMatchObject({
      swaps: [{ from: "cuff-1", to: "spare", seenOff: true, by: "Emily", at: noon + 60_000 }],
      limbs: [{ cuff: "spare", ...pressures }],
    });
  });

  test("that was recorded before it told pressures and swaps is read all the same", () => {
    const limb = { limb: "thigh", side: "left", cuff: "c", lop: null, restrictedMs: 0 };
    const old = sessionRecordSchema.parse({
      ...{ patient: "p", class: null, room: "", station: "1", programme: { id: null, name: "Knee" } },
      ...{ startedAt: 1, endedAt: 2, by: "", verified: true, outcome: "completed", reason: "" },
      ...{ exercises: [], sets: [], limbs: [limb], check: null, notes: [], exertions: [], remarks: [] },
      seenOff: [],
    });
    expect(old).toMatchObject({ swaps: [], limbs: [{ lopMmhg: null, targetsMmhg: [] }] });
  });

  test("is not asked after where nothing was done", async () => {
    await begin();
    await ask(seating(patient));
    desk.hear(idle(2, 20));
    desk.second = 20;
    const wish = { kind: "finish", session: session(), outcome: "not-started", reason: "did not come" };
    expect(await ask(wish)).toMatchObject({ status: 200 });
    await desk.kept;
    expect(await followUps()).toMatchObject({ value: { entries: [] } });
    expect(await records()).toMatchObject({ value: { entries: [{ body: { outcome: "not-started" } }] } });
  });

  test("cannot be said to be not started once a limb was restricted, though no set was guided", async () => {
    await begin();
    await ask(seating(patient));
    desk.hear([...heard({ from: 2, to: 60, p: 150 }), ...idle(60, 80)]);
    desk.second = 80;
    const wish = { kind: "finish", session: session(), reason: "was seen to be pale" };
    const refused = await ask({ ...wish, outcome: "not-started" });
    expect(refused).toMatchObject({ status: 409, body: { kind: "not-ready" } });
    expect(JSON.stringify(refused.body)).toContain("stopped early");
    expect(await ask({ ...wish, outcome: "stopped-early" })).toMatchObject({ status: 200 });
    await desk.kept;
    expect((await followUps()).ok && (await followUps())).toMatchObject({
      value: { entries: [{ body: { kind: "next-day" } }, { body: { kind: "72-hours" } }] },
    });
  });

  test("keeps a red answer, though it was answered otherwise afterwards", async () => {
    await begin();
    await ask(seating(patient));
    const of = { kind: "check", session: session() };
    await ask({ ...of, answers: { ...allWell, "dark-urine": "yes" }, override: null });
    expect(await ask({ ...of, answers: allWell, override: null })).toMatchObject({
      body: { kind: "no-reason" },
    });
    expect(await ask({ ...of, answers: allWell, override: "misheard" })).toMatchObject({ status: 200 });
    desk.hear(idle(2, 20));
    desk.second = 20;
    await ask({ kind: "finish", session: session(), outcome: "not-started", reason: "went home" });
    await desk.kept;
    const override = { by: "Emily", reason: "misheard" };
    expect(await records()).toMatchObject({
      value: {
        entries: [
          {
            body: {
              check: { red: [], override },
              checks: [
                { red: ["dark-urine"], override: null },
                { red: [], override },
              ],
            },
          },
        ],
      },
    });
  });

  test("is made good at the next start where its record is missing, once", async () => {
    desk.keeps = false;
    await trained("completed");
    expect(await records()).toMatchObject({ value: { entries: [] } });
    await desk.desk.sessions.makeGood();
    await desk.desk.sessions.makeGood();
    const made = await records();
    expect(made).toMatchObject({
      value: { entries: [{ version: 1, body: { outcome: "completed", reason: "" } }] },
    });
    expect((await followUps()).ok && (await followUps())).toMatchObject({
      value: { entries: [{ version: 1 }, { version: 1 }] },
    });
  });

  test("does not bring back somebody who was erased since", async () => {
    desk.keeps = false;
    await trained("completed");
    const { patients } = desk.clinic;
    await patients.write([patients.removal(patient, 1, writer)]);
    await desk.desk.sessions.makeGood();
    expect(await records()).toMatchObject({ value: { entries: [] } });
  });

  test("holds on to its patient until its record is written", async () => {
    desk.keeps = false;
    await trained("completed");
    expect(desk.desk.isInUse("patient", patient)).toBe(false);
    const making = desk.desk.sessions.makeGood();
    await new Promise<void>((resolve) => {
      const look = (): void => (desk.desk.isInUse("patient", patient) ? resolve() : void setImmediate(look));
      look();
    });
    await making;
    expect(desk.desk.isInUse("patient", patient)).toBe(false);
  });
});

describe("who may not is told so", () => {
  test.each<readonly [string, Parameters<Api["as"]>[0], object, number]>([
    ["a stranger", { kind: "stranger" }, { kind: "release-all" }, 401],
    [
      "an assistant who starts a class",
      signedIn("Ana", "assistant"),
      { kind: "start-class", room: "Gym", heard: true },
      403,
    ],
    ["an administrator who ends one", signedIn("Ada", "admin"), { kind: "end-class" }, 403],
  ])("%s", async (_, who, wish, status) => {
    api.as(who);
    expect((await ask(wish)).status).toBe(status);
    expect(desk.state.class.running).toBeNull();
  });
  test("what is no command is a wrong field", async () => {
    expect((await ask({ kind: "inflate", cuff: "cuff-1" })).status).toBe(422);
    expect((await ask({ kind: "end-set", session: "x", repetitions: "many" })).body).toMatchObject({
      errors: [{ field: "repetitions" }],
    });
  });
});

/** What the records say of the limb occlusion pressure, and what followed from it. */
const pressures = { lopMmhg: 250, method: "cuff", widthCm: 11, targetsMmhg: [150, null, 100] };
const allWell = {
  ...{ changed: "no", "calf-pain": "no", "chest-pain": "no" },
  ...{ "dark-urine": "no", unwell: "no", "blood-pressure": "no" },
};
/** The clinic chooses, for the rest of a test. */
const choose = async (changes: object): Promise<void> => {
  const { settings } = desk.clinic;
  const standing = await settings.get("clinic");
  const seen = standing.ok ? (standing.value?.version ?? null) : null;
  await settings.write([settings.change("clinic", settingsSchema.parse(changes), seen, writer)]);
};
/** The seating of `id` with another cuff. */
const wearing = (id: string, changes: object): object => ({
  ...seating(id),
  cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lop: `lop-${id}`, ...changes }],
});
