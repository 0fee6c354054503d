import { writtenPatient } from "../../server/records/patients.ts";
import { usualSettings } from "../../shared/clinic/settings.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importRoutes } from "../../server/import-class.ts";
import { openClinic } from "../../server/records/clinic.ts";
import { staffKind } from "../../server/records/kinds.ts";
import { recordRoutes } from "../../server/records/routes.ts";
import { collection } from "../../server/register/collection.ts";
import { watched } from "../../server/register/watched.ts";
import { type ClinicRoster, followRoster, readRoster } from "../../server/roster.ts";
import { entryOf, pageOf, problemSchema } from "../../shared/clinic/api.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { wallTime } from "../../shared/units.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/mqtt-client.ts";
import { valueOf } from "./store/contract.ts";

const file: ClassFile = {
  version: 1,
  room: "Hall",
  staff: [
    { id: "aidan", name: "Aidan" },
    { id: "-9", name: "Jessica" },
  ],
  plans: [
    {
      id: "giles",
      name: "Giles 2017",
      source: "Giles et al. 2017",
      targetPctLop: 60,
      sets: [30, 15, 15, 15],
    },
    { id: "arm", name: "Arm", targetPctLop: 50, durationS: 300 },
  ],
  stations: [
    {
      station: "1",
      patient: "Andrew B.",
      plan: "giles",
      cuffs: [{ cuff: "c1", limb: "thigh", side: "left", lopMmhg: 200 }],
    },
    {
      station: "2",
      patient: "Emma",
      plan: "arm",
      cuffs: [
        { cuff: "c2", limb: "arm", side: "left", lopMmhg: 150 },
        { cuff: "c3", limb: "arm", side: "right" },
      ],
    },
    { station: "3", patient: "Emma", plan: "arm", cuffs: [{ cuff: "c4", limb: "arm", side: "left" }] },
  ],
  basicCuffs: [{ cuff: "c4", topic: "esp/p", intervalMs: 500 }],
  limits: { releaseSoonS: 90 },
};

let api: Api;
const rosters: ClinicRoster[] = [];
beforeEach(async () => {
  rosters.length = 0;
  api = await startApi((register) => {
    const tell = followRoster(
      { room: "", staff: [], basicCuffs: [], limits: {} },
      { register, changed: (roster) => rosters.push(roster), failed: () => undefined },
    );
    const clinic = openClinic({
      register: watched(register, tell),
      wall: () => wallTime(5000),
      isInUse: () => false,
    });
    return [...recordRoutes(clinic), ...importRoutes(clinic)];
  });
});
afterEach(() => api.end());

const importing = (content: unknown = file) => api.ask("POST", "/api/import/class-file", { body: content });
const patients = async () =>
  pageOf(entryOf(patientSchema)).parse((await api.ask("GET", "/api/patients")).body).entries;

describe("a class file", () => {
  test("becomes staff, patients, plans, pressures, cuffs and settings", async () => {
    const answer = await importing();
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({ changed: [], left: [] });
    const all = await patients();
    expect(all.map(({ body }) => body.givenName)).toEqual(["Andrew B.", "Emma", "Emma"]);
    const andrew = all[0]?.id ?? "";
    expect(await api.ask("GET", `/api/programmes?owner=${andrew}`)).toMatchObject({
      body: {
        entries: [
          {
            body: {
              ...{
                name: "Giles 2017",
                source: "Giles et al. 2017",
                cuffs: [{ limb: "thigh", side: "left" }],
              },
              exercises: [{ kind: "restricted", plan: { targetPctLop: 60, sets: [30, 15, 15, 15] } }],
            },
          },
        ],
      },
    });
    expect(await api.ask("GET", `/api/patients/${andrew}/lop`)).toMatchObject({
      body: {
        entries: [
          { body: { mmhg: 200, method: "typed", note: expect.stringContaining("class file") as string } },
        ],
      },
    });
    expect(await api.ask("GET", "/api/settings")).toMatchObject({
      body: { ...usualSettings, rooms: ["Hall"], limits: { releaseSoonS: 90 } },
    });
    expect(valueOf(await readRoster(api.register))).toEqual({
      room: "Hall",
      staff: [
        { id: "aidan", name: "Aidan" },
        { id: "-9", name: "Jessica" },
      ],
      basicCuffs: [{ cuff: "c4", topic: "esp/p", unit: "mmHg", intervalMs: 500 }],
      limits: { releaseSoonS: 90 },
    });
    expect(valueOf(await collection(api.register, staffKind).get("-9"))).toMatchObject({
      body: { login: "staff-9" },
    });
  });

  test("that is imported twice changes nothing the second time", async () => {
    await importing();
    expect((await importing()).body).toEqual({ made: [], changed: [], left: [] });
    expect((await patients()).map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  test("that says otherwise now changes what nobody else has changed, and leaves what somebody has", async () => {
    await importing();
    const [andrew, emma] = await patients();
    await api.ask("PUT", `/api/patients/${andrew?.id ?? ""}`, {
      body: writtenPatient.parse({ givenName: "Andrew Byrne" }),
      seen: 1,
    });
    await api.ask("DELETE", `/api/patients/${emma?.id ?? ""}`, { seen: 1 });
    const settings = { ...usualSettings, clinic: "Ours", rooms: ["Gym"] };
    await api.ask("PUT", "/api/settings", { body: settings, seen: 1 });
    const plans = file.plans.map((plan) => ({ ...plan, targetPctLop: 50 }));
    const answer = await importing({ ...file, plans, limits: { releaseSoonS: 60 } });
    expect(answer.body).toMatchObject({
      made: [],
      changed: [{ kind: "programme" }],
      left: expect.any(Array) as unknown,
    });
    expect((await patients()).map(({ body }) => body.givenName)).toEqual(["Andrew Byrne", "Emma"]);
    expect(await api.ask("GET", "/api/settings")).toMatchObject({ body: { rooms: ["Gym"], limits: {} } });
  });

  test("leaves who works here already under the same name", async () => {
    const staff = collection(api.register, staffKind);
    await staff.write([
      staff.change("s1", { name: "AIDAN", login: "aidan", roles: ["admin"], active: true }, null, {
        by: "Somebody",
        at: wallTime(1),
      }),
    ]);
    expect((await importing()).body).toMatchObject({ left: [{ kind: "staff", id: "aidan" }] });
    expect(valueOf(await readRoster(api.register)).staff.map((s) => s.name)).toEqual(["AIDAN", "Jessica"]);
  });

  test.each<[string, unknown, string]>([
    ["no class file", { version: 2 }, "version"],
    ["a plan that is not there", { ...file, plans: [file.plans[1]] }, "stations.0.plan"],
    ["a zero byte in a name", { ...file, room: "Hall\u0000" }, "room"],
    ["an unknown key", { ...file, extra: 1 }, "extra"],
    ["text", '"class"', "body"],
  ])("with %s is refused at the field, and nothing of it is taken", async (_name, content, field) => {
    const answer = await importing(content);
    expect(answer.status).toBe(422);
    expect(problemSchema.parse(answer.body).errors.map((e) => e.field)).toContain(field);
    expect(await patients()).toEqual([]);
  });
});

test("the class is told of every change of staff, cuffs and settings, and of nothing else", async () => {
  await api.ask("POST", "/api/patients", { body: { givenName: "Andrew" } });
  await importing();
  await eventually(() => expect(rosters.at(-1)).toMatchObject({ room: "Hall", staff: [{}, {}] }));
  const told = rosters.length;
  await api.ask("PUT", "/api/settings", {
    body: { ...usualSettings, rooms: ["Hall"], limits: { releaseSoonS: 30 } },
    seen: 1,
  });
  await eventually(() => expect(rosters.at(-1)).toMatchObject({ limits: { releaseSoonS: 30 } }));
  await api.ask("PUT", "/api/settings", {
    body: { ...usualSettings, rooms: ["Hall"], limits: { releaseSoonS: 30 }, clinic: "X" },
    seen: 2,
  });
  await api.ask("GET", "/api/settings");
  expect(rosters).toHaveLength(told + 1);
});
