import { usualSettings } from "../../../shared/clinic/settings.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { collection } from "../../../server/register/collection.ts";
import { sessionKind } from "../../../server/records/kinds.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { entryOf, pageOf, problemSchema } from "../../../shared/clinic/api.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { type SessionRecord, sessionRecordSchema } from "../../../shared/clinic/session-record.ts";
import { estimateLop, lopSchema } from "../../../shared/plan/limb-occlusion.ts";
import { programmeSchema } from "../../../shared/plan/programme.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, type Reply, startApi } from "../../support/api.ts";

const now = Date.parse("2026-03-01T10:00:00Z");
const idOf = (reply: Reply): string => {
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return entryOf(patientSchema).shape.id.parse((reply.body as { id?: unknown }).id);
};
const errorsOf = (reply: Reply): Readonly<Record<string, string>> => {
  expect(reply.status, JSON.stringify(reply.body)).toBe(422);
  return Object.fromEntries(problemSchema.parse(reply.body).errors.map((e) => [e.field, e.detail]));
};

let api: Api;
let inUse: string[] = [];
let patient = "";
beforeAll(async () => {
  api = await startApi((register) =>
    recordRoutes(
      openClinic({
        register,
        wall: () => wallTime(now),
        isInUse: (kind, id) => inUse.includes(`${kind} ${id}`),
      }),
    ),
  );
});
afterAll(() => api.end());
beforeEach(async () => {
  inUse = [];
  patient = idOf(
    await api.ask("POST", "/api/patients", {
      body: { givenName: "Andrew", born: "1990-02-28", sex: "male" },
    }),
  );
});

const measured = {
  ...{
    limb: "thigh",
    side: "left",
    mmhg: 200,
    cuffWidthCm: 18,
    posture: "seated",
    method: "doppler",
    at: now,
  },
};
const programme = (plan: object = {}, more: object = {}): object => ({
  name: "Knee, week 1",
  cuffs: [{ limb: "thigh", side: "left" }],
  exercises: [
    { kind: "free", name: "Taping" },
    { kind: "restricted", name: "Leg press", plan: { targetPctLop: 60, sets: [30, 15, 15, 15], ...plan } },
  ],
  ...more,
});
const whole = (body: object): object => programmeSchema.parse(body);
const post = (body: object, owner: string | null = patient): Promise<Reply> =>
  api.ask("POST", "/api/programmes", { body: { owner, programme: body } });
const measure = (more: object = {}): Promise<Reply> =>
  api.ask("POST", `/api/patients/${patient}/lop`, { body: { ...measured, ...more } });

describe("a plan", () => {
  test("is made, listed with its patient's others, changed and removed", async () => {
    const id = idOf(await post(programme()));
    const list = await api.ask("GET", `/api/programmes?owner=${patient}`);
    expect(pageOf(entryOf(programmeSchema)).parse(list.body).entries).toMatchObject([
      { id, version: 1, body: { name: "Knee, week 1" } },
    ]);
    expect(await api.ask("GET", `/api/programmes/${id}`)).toMatchObject({
      etag: '"1"',
      body: { owner: patient },
    });
    const changed = await api.ask("PUT", `/api/programmes/${id}`, {
      body: whole(programme({ targetPctLop: 70 })),
      seen: 1,
    });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, owner: patient } });
    const late = await api.ask("PUT", `/api/programmes/${id}`, { body: whole(programme()), seen: 1 });
    expect(late).toMatchObject({ status: 412, body: { present: { version: 2, owner: patient } } });
    inUse = [`programme ${id}`];
    expect((await api.ask("DELETE", `/api/programmes/${id}`, { seen: 2 })).status).toBe(409);
    inUse = [];
    expect((await api.ask("DELETE", `/api/programmes/${id}`, { seen: 2 })).status).toBe(204);
    expect((await api.ask("GET", `/api/programmes/${id}`)).status).toBe(404);
  });

  test("of the clinic is nobody's, and stands in the clinic's list", async () => {
    const id = idOf(await post(programme({}, { name: "Template" }), null));
    for (const query of ["", "?owner=clinic", "?text=templ"])
      expect(await api.ask("GET", `/api/programmes${query}`)).toMatchObject({
        body: { entries: [{ id, owner: null }] },
      });
    expect(errorsOf(await post(programme(), "nobody"))).toEqual({ owner: "there is no such patient" });
  });

  test("whose arithmetic does not come out is refused at its field", async () => {
    expect(errorsOf(await post(programme({ sets: [300, 300] })))).toMatchObject({
      "programme.exercises.1.plan.sets": expect.stringContaining("longer than the 20 min") as string,
    });
    expect(errorsOf(await post(programme({ limitS: 1100 })))).toMatchObject({
      "programme.exercises.1.plan.limitReason": expect.stringContaining("needs a reason") as string,
    });
    expect((await post(programme({ limitS: 1100 }, { source: "A study of 2022" }))).status).toBe(201);
    const arm = {
      cuffs: [
        { limb: "thigh", side: "left" },
        { limb: "arm", side: "left" },
      ],
    };
    expect(errorsOf(await post(programme({ limitS: 1000, limitReason: "so" }, arm)))).toEqual({
      "programme.exercises.1.plan.limitS": expect.stringContaining("15 min at most") as string,
    });
    const twice = { cuffs: Array(2).fill({ limb: "thigh", side: "left" }) as object[] };
    expect(errorsOf(await post(programme({}, twice)))).toEqual({
      "programme.cuffs.1": "the left thigh stands there twice",
    });
    expect(errorsOf(await post(programme({ targetPctLop: "60" }, { exercises: [] })))).toEqual({
      "programme.exercises": "add at least one exercise",
    });
  });

  test("is held to the patient's own pressure and to the clinic's cap", async () => {
    idOf(await measure({ mmhg: 380 }));
    expect(errorsOf(await post(programme({ targetPctLop: 80 })))).toEqual({
      "programme.exercises.1.plan.targetPctLop":
        "80 % of 380 mmHg is 304 mmHg, and no cuff may reach 300 mmHg",
    });
    const settings = { ...usualSettings, rooms: ["Hall"], limits: { absoluteCapMmhg: 220 } };
    expect((await api.ask("PUT", "/api/settings", { body: settings, seen: 0 })).status).toBe(200);
    const id = idOf(await post(programme({ targetPctLop: 50 })));
    expect(
      errorsOf(
        await api.ask("PUT", `/api/programmes/${id}`, {
          body: whole(programme({ targetPctLop: 60 })),
          seen: 1,
        }),
      ),
    ).toEqual({
      "exercises.1.plan.targetPctLop": "the target of 228 mmHg is not under the clinic's own cap of 220 mmHg",
    });
    await api.ask("PUT", "/api/settings", { body: { ...usualSettings, rooms: ["Hall"] }, seen: 1 });
  });

  test("can begin from a published one", async () => {
    const presets = await api.ask("GET", "/api/presets");
    const page = pageOf(entryOf(programmeSchema).pick({ id: true }).extend({ programme: programmeSchema }));
    const giles = page.parse(presets.body).entries.find(({ id }) => id === "giles-2017");
    expect((await post(giles?.programme ?? {})).status).toBe(201);
  });
});

describe("a limb occlusion pressure", () => {
  test("is written, listed the newest first, and removed, never changed", async () => {
    const [older, newer] = [idOf(await measure({ at: now - 1000 })), idOf(await measure({ mmhg: 210 }))];
    const list = pageOf(entryOf(lopSchema)).parse(
      (await api.ask("GET", `/api/patients/${patient}/lop`)).body,
    );
    expect(list.entries.map(({ id }) => id)).toEqual([newer, older]);
    expect((await api.ask("PUT", `/api/lop/${older}`, { body: measured, seen: 1 })).status).toBe(404);
    inUse = [`lop ${older}`];
    expect((await api.ask("DELETE", `/api/lop/${older}`, { seen: 1 })).status).toBe(409);
    inUse = [];
    expect((await api.ask("DELETE", `/api/lop/${older}`, { seen: 9 })).status).toBe(412);
    expect((await api.ask("DELETE", `/api/lop/${older}`, { seen: 1 })).status).toBe(204);
    expect((await api.ask("POST", "/api/patients/nobody/lop", { body: measured })).status).toBe(404);
  });

  test("lies within what is possible, and not ahead", async () => {
    expect(errorsOf(await measure({ mmhg: 20 }))).toEqual({ mmhg: "must be 40 mmHg at least" });
    expect(errorsOf(await measure({ at: now + 3_600_000 }))).toEqual({ at: "lies in the future" });
    expect(errorsOf(await measure({ method: "guess" }))).toMatchObject({
      method: expect.stringContaining("doppler") as string,
    });
  });

  const from = { thighCm: 55, systolicMmhg: 125, ageYears: 36, sex: "male" } as const;
  const estimate = estimateLop(from, { limb: "thigh", cuffWidthCm: 18 });
  const mmhg = estimate.ok ? estimate.mmhg : 0;
  const estimated = (more: object = {}, fromMore: object = {}): Promise<Reply> =>
    measure({ method: "estimated", mmhg, from: { ...from, ...fromMore }, ...more });

  test("that is estimated is the formula's, of the person in the record", async () => {
    idOf(await estimated());
    expect(errorsOf(await estimated({ mmhg: mmhg + 1 }))).toEqual({ mmhg: `the formula gives ${mmhg} mmHg` });
    expect(errorsOf(await estimated({ from: null }))).toEqual({
      from: "say what the estimate was made from",
    });
    expect(errorsOf(await estimated({}, { ageYears: 60 }))).toMatchObject({
      "from.ageYears": "the patient was 36 years old then",
    });
    expect(errorsOf(await estimated({}, { sex: "female" }))).toMatchObject({
      "from.sex": "the patient's record says male",
    });
    expect(errorsOf(await estimated({ limb: "arm" }))).toHaveProperty("limb");
    expect(errorsOf(await estimated({ cuffWidthCm: 5 }))).toHaveProperty("cuffWidthCm");
    expect(errorsOf(await measure({ from }))).toEqual({ from: "only an estimate is made from these" });
    patient = idOf(await api.ask("POST", "/api/patients", { body: { givenName: "Unknown" } }));
    expect(Object.keys(errorsOf(await estimated()))).toEqual(["from.ageYears", "from.sex"]);
  });
});

test("a patient takes plans and pressures along, unless there is a record of treatment", async () => {
  const [plan, pressure] = [idOf(await post(programme())), idOf(await measure())];
  const event = { patient, what: "Bruising under the cuff", severity: "mild" };
  const treated = idOf(await api.ask("POST", "/api/patients", { body: { givenName: "Emma" } }));
  await api.ask("POST", "/api/adverse-events", { body: { ...event, patient: treated } });
  expect(await api.ask("DELETE", `/api/patients/${treated}`, { seen: 1 })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("record of this patient's treatment") as string },
  });
  expect((await api.ask("DELETE", `/api/patients/${patient}`, { seen: 1 })).status).toBe(204);
  expect((await api.ask("GET", `/api/programmes/${plan}`)).status).toBe(404);
  expect((await api.ask("DELETE", `/api/lop/${pressure}`, { seen: 1 })).status).toBe(404);
  expect((await api.ask("POST", "/api/adverse-events", { body: event })).status).toBe(422);
});

test("a patient's sessions are listed, the newest first, and keep the patient from being removed", async () => {
  const sessions = collection(api.register, sessionKind);
  const session = (endedAt: number): SessionRecord => ({
    ...{
      patient,
      class: null,
      room: "Hall",
      station: "1",
      programme: { id: null, name: "Knee" },
      startedAt: 1,
      endedAt,
    },
    ...{ by: "Emily", verified: true, outcome: "completed", reason: "", exercises: [], sets: [], limbs: [] },
    ...{ check: null, checks: [], notes: [], exertions: [], remarks: [], swaps: [], seenOff: [] },
  });
  const writer = { by: "Emily", at: wallTime(now) };
  const ids = ["s1", "s2", "s3"].map((id) => `${patient}-${id}`);
  await sessions.write(ids.map((id, i) => sessions.change(id, session((i + 1) * 1000), null, writer)));
  const page = pageOf(entryOf(sessionRecordSchema));
  const first = page.parse((await api.ask("GET", `/api/patients/${patient}/sessions?limit=2`)).body);
  expect(first.entries.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  const next = await api.ask("GET", `/api/patients/${patient}/sessions?cursor=${first.next ?? ""}`);
  expect(page.parse(next.body)).toMatchObject({
    entries: [{ id: ids[0], body: { endedAt: 1000 } }],
    next: null,
  });
  expect((await api.ask("DELETE", `/api/patients/${patient}`, { seen: 1 })).status).toBe(409);
  expect((await api.ask("GET", "/api/patients/nobody/sessions")).status).toBe(404);
});
