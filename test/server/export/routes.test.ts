/** A session as a file over HTTP: who may have it, under which name, and what stands in it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Known } from "../../../server/export/exported.ts";
import { readFacts } from "../../../server/export/facts-in.ts";
import { classFactsIn, type ExportFormat, fileIn, type KnownOfClass } from "../../../server/export/files.ts";
import { exportRoutes } from "../../../server/export/routes.ts";
import { problem } from "../../../server/http/route.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { patientKind } from "../../../server/records/kinds.ts";
import { collection } from "../../../server/register/collection.ts";
import {
  type ClassRecord,
  type RecordingRecord,
  recordingSchema,
} from "../../../shared/clinic/recording-record.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { siteId } from "../../../shared/ids.ts";
import { each } from "../../../shared/recording/recorded.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, signedIn, startApi, stranger } from "../../support/api.ts";
import { figures, sessionOf } from "../../support/exported.ts";

const noon = 1_772_539_200_000;
const steady = Array.from({ length: 10 }, () => ({
  ...{ values: Array.from({ length: 10 }, () => 1500), fate: "heard" as const, reboots: false, delay: 5 },
}));
const { recorded } = sessionOf([steady]).exported;
const body: RecordingRecord = recordingSchema.parse({
  ...{ patient: "patient-1", name: "Jessica R.", station: "3", class: "class-1", programme: "Knee" },
  ...{ outcome: "completed", cuffs: [], figures, log: 0, from: recorded.from, to: recorded.to },
  ...{ startedAt: noon, endedAt: noon + 30_000, source: "recorded", removed: null, file: null },
});
const make = (format: ExportFormat, known: Known) => {
  return Promise.resolve({ ok: true as const, value: fileIn(format, { ...known, recorded }) });
};

const classBody: ClassRecord = {
  ...{ room: "Room", by: "Emily", sessions: [], log: 0, from: recorded.from, to: recorded.to },
  ...{ startedAt: noon, endedAt: noon + 30_000, source: "recorded", removed: null },
};
const makeClass = (known: KnownOfClass) =>
  Promise.resolve({ ok: true as const, value: classFactsIn({ ...known, recorded }) });

let api: Api;
beforeAll(async () => {
  api = await startApi((register) =>
    exportRoutes({
      clinic: openClinic({ register, wall: () => wallTime(noon + 60_000), isInUse: () => false }),
      site: siteId("main"),
      find: (session) =>
        Promise.resolve(
          session === "session-1"
            ? { ok: true, shown: { session, running: false, body }, make }
            : problem(404, "There is no such session."),
        ),
      findClass: (id) =>
        Promise.resolve(
          id === "class-1"
            ? { ok: true, shown: { class: id, body: classBody }, make: makeClass }
            : problem(404, "There is no such class."),
        ),
    }),
  );
  const patients = collection(api.register, patientKind);
  const jessica = patientSchema.parse({ givenName: "Jessica", familyName: "Rössler", number: "K-17" });
  const written = await patients.write([
    patients.change("patient-1", jessica, null, { by: "Emily", at: wallTime(noon) }),
  ]);
  expect(written.ok).toBe(true);
});
afterAll(() => api.end());

const get = (format: string, session = "session-1"): Promise<Response> =>
  fetch(`${api.url}/api/recordings/${session}/export/${format}`);

test("each format comes with its type and a name that names no patient", async () => {
  const fhir = await get("fhir");
  expect(fhir.status).toBe(200);
  expect(fhir.headers.get("content-type")).toMatch(/^application\/fhir\+json/);
  expect(fhir.headers.get("content-disposition")).toContain(
    "cuffwatch-2026-03-03-station-3-session-1.fhir.json",
  );
  expect(fhir.headers.get("content-disposition")).not.toContain("Jessica");
  const text = await fhir.text();
  expect(JSON.parse(text)).toMatchObject({ resourceType: "Bundle" });
  // The patient stands in it as the register has them.
  expect(text).toContain('"family":"Rössler"');
  const edf = await get("edf");
  expect(edf.headers.get("content-type")).toBe("application/octet-stream");
  const bytes = Buffer.from(await edf.arrayBuffer()).toString("latin1");
  expect(bytes.slice(0, 20)).toBe("0       K-17 X X X  ");
  expect(bytes).not.toContain("Jessica");
});

test("who may review and not export gets nothing, nor does a stranger", async () => {
  api.as(signedIn("Wes", "assistant"));
  expect((await get("fhir")).status).toBe(403);
  api.as(stranger);
  expect((await get("edf")).status).toBe(401);
  api.as(signedIn("Emily", "physiotherapist", "admin"));
});

test("a session that is not there is said not to be", async () => {
  expect((await get("edf", "session-2")).status).toBe(404);
  expect((await get("pdf")).status).toBe(404);
});

test("tables come with their dictionary, and facts come back as they went", async () => {
  for (const [format, begins] of [
    ["csv", "time_ms,wall_time_utc,"],
    ["events.csv", "time_ms,wall_time_utc,event,"],
    ["dictionary.csv", "file,column,unit,meaning"],
  ] as const) {
    const table = await get(format);
    expect(table.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
    expect(table.headers.get("content-disposition")).toMatch(
      /^attachment; filename="?cuffwatch-[a-z0-9.-]+\.csv"?$/,
    );
    expect((await table.text()).startsWith(begins)).toBe(true);
  }
  const lines = Array.from(each(recorded.lines));
  for (const address of ["recordings/session-1", "classes/class-1"]) {
    const facts = await fetch(`${api.url}/api/${address}/export/ndjson`);
    expect(facts.headers.get("content-disposition")).toContain(".ndjson");
    const read = readFacts(new Uint8Array(await facts.arrayBuffer()));
    expect(read).toMatchObject({ ok: true, value: { header: { patient: null } } });
    expect(read.ok ? read.value.lines : []).toEqual(lines);
  }
  expect((await fetch(`${api.url}/api/classes/class-2/export/ndjson`)).status).toBe(404);
});
