/** Everything that is known of one patient as an archive: all of it, nothing of anybody else, through the real store and its threads. */
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { readFacts } from "../../../server/export/facts-in.ts";
import { takeable } from "../../../server/export/found.ts";
import { patientArchive, type PatientArchiveOptions } from "../../../server/export/patient-archive.ts";
import { patientExportRoutes } from "../../../server/export/patient-routes.ts";
import { problem } from "../../../server/http/route.ts";
import { writtenPatient } from "../../../server/records/patients.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { recordingArchive } from "../../../server/recordings/archive.ts";
import { createFinder } from "../../../server/recordings/find.ts";
import type { RecordingRecord } from "../../../shared/clinic/recording-record.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { classId, patientId, siteId } from "../../../shared/ids.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, signedIn, startApi, stranger } from "../../support/api.ts";
import { check, finish, seat, session, start, worn } from "../../support/class.ts";
import { RecordedClass } from "../../support/closed-class.ts";
import { at, heard } from "../../support/floor.ts";
import { noon, recordingRecord } from "../../support/recording-record.ts";
import { unzipped } from "../../support/zip-reader.ts";

let api: Api;
let floor: RecordedClass;
let options: PatientArchiveOptions;
let zebulon: string;
beforeAll(async () => {
  api = await startApi((register, store) => {
    floor = new RecordedClass(register, store, recordingArchive(store.archive));
    const { clinic, archive, closer } = floor;
    const finder = createFinder({ clinic, archive, closer, now: () => at(floor.second), wall: clinic.wall });
    const find = takeable(finder, store.archive);
    options = {
      ...{ clinic, site: siteId("main") },
      find: (id) => (id === "broken" ? Promise.resolve(problem(503, "The disk is worn out.")) : find(id)),
      unkept: (patient) => closer.unkept().flatMap((u) => (u.span.patient === patient ? u.span.session : [])),
    };
    return [...recordRoutes(clinic), ...patientExportRoutes(options)];
  });
  zebulon = await classOfThree();
});
afterAll(async () => {
  floor.closer.stop();
  await api.end();
});

const marker = (givenName: string) => ({ givenName, familyName: "Marker" });
const made = z.object({ id: z.string(), version: z.int() });
const newPatient = async (givenName: string, number: string): Promise<z.output<typeof made>> =>
  made.parse((await api.ask("POST", "/api/patients", { body: { ...marker(givenName), number } })).body);

/** Zebulon, Quentin and Rosalind in a class that is over; Quentin took over the cuff that Zebulon wore. */
const classOfThree = async (): Promise<string> => {
  const [one, two, three] = [
    await newPatient("Zebulon", "K/17"),
    await newPatient("Quentin", "K-18"),
    await newPatient("Rosalind", ""),
  ];
  for (const [{ id }, name] of [
    [one, "Zebulon"],
    [two, "Quentin"],
  ] as const)
    expect(
      await api.ask("POST", "/api/adverse-events", {
        body: { patient: id, severity: "mild", what: `${name} felt faint` },
      }),
    ).toMatchObject({ status: 201 });
  const changed = writtenPatient.parse({ ...marker("Zebulon"), number: "K/17", condition: "Knee, right" });
  expect((await api.ask("PUT", `/api/patients/${one.id}`, { body: changed, seen: 1 })).status).toBe(200);
  const seatOf = (n: number, id: string, name: string, cuff = `cuff-${n}`) => ({
    ...seat(n, [worn(cuff)]),
    ...{ patient: patientId(id), name },
  });
  floor.tell(1, start, seatOf(1, one.id, "Zebulon M."), seatOf(2, two.id, "Quentin M."), check(1), check(2));
  floor.tell(2, { kind: "begin-set", session: session(1) }, { kind: "begin-set", session: session(2) });
  for (const input of heard({ from: 2, to: 30, p: 150, set: 1 })) floor.take(input);
  for (const input of heard({ from: 30, to: 40, p: 2, phase: "idle", tgt: 0 })) floor.take(input);
  floor.tell(41, { kind: "remark", session: session(1), text: "Zebulon was brave" });
  floor.tell(41, { kind: "remark", session: session(2), text: "Quentin was tired" });
  floor.tell(42, { kind: "end-set", session: session(1), repetitions: 30 }, finish(1));
  floor.tell(43, seatOf(3, three.id, "Rosalind M.", "cuff-1"), check(3));
  for (const input of heard({ from: 44, to: 60, p: 120, set: 1 })) floor.take(input);
  for (const input of heard({ from: 60, to: 69, p: 2, phase: "idle", tgt: 0 })) floor.take(input);
  floor.tell(70, finish(2, "cuff-2"), finish(3, "cuff-1"), { kind: "end-class" });
  await floor.closer.kept();
  await keep("outlived-1", recordingRecord({ patient: one.id, removed: { why: "outlived", at: noon } }));
  await keep("broken", recordingRecord({ patient: one.id }));
  await keep("was-quentins", recordingRecord({ patient: two.id, name: "Quentin M." }));
  return one.id;
};
const keep = async (id: string, body: RecordingRecord): Promise<void> => {
  const { recordings } = floor.clinic;
  const writer = { by: "Emily", at: wallTime(noon) };
  expect(await recordings.write([recordings.change(id, body, null, writer)])).toMatchObject({ ok: true });
};

const take = (patient: string): Promise<Response> => fetch(`${api.url}/api/patients/${patient}/export`);
const filesOf = async (answer: Response): Promise<ReadonlyMap<string, Buffer>> =>
  new Map(
    Array.from(unzipped(Buffer.from(await answer.arrayBuffer())), ([name, content]) => [
      name,
      name.endsWith(".gz") ? gunzipSync(content) : content,
    ]),
  );

test("holds every version of every record and every recording, tells what cannot be had, and names nobody else", async () => {
  const answer = await take(zebulon);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/zip");
  expect(answer.headers.get("content-disposition")).toMatch(
    /filename="?cuffwatch-patient-K-17-\d{4}-\d\d-\d\d\.zip"?$/,
  );
  const files = await filesOf(answer);
  const folder = [...files.keys()].find((name) => name.startsWith("recordings/"))?.split("/")[1] ?? "";
  expect([...files.keys()]).toEqual([
    ...["README.txt", "record.json", "dictionary.csv"],
    ...["facts.ndjson.gz", "samples.csv.gz", "events.csv.gz"].map((name) => `recordings/${folder}/${name}`),
  ]);
  const text = (name: string): string => files.get(name)?.toString() ?? "";

  const readMe = text("README.txt");
  expect(readMe).toContain("Zebulon Marker");
  expect(readMe).toContain(`- recordings/${folder}: `);
  expect(readMe).toMatch(/session outlived-1: The recording was removed: it was older .* UTC\)/);
  expect(readMe).toContain("2026-03-03 12:00 UTC, Knee, session broken: The disk is worn out.");

  const records = z.array(z.object({ id: z.string(), versions: z.array(z.object({ body: z.unknown() })) }));
  const record = z
    .object({ patient: records.element, adverseEvents: records, recordings: records, plans: records })
    .parse(JSON.parse(text("record.json")));
  expect(record.patient.versions.map(({ body }) => body)).toMatchObject([
    { condition: "Knee, right" },
    { condition: "" },
  ]);
  expect(JSON.stringify(record.adverseEvents)).toContain("Zebulon felt faint");
  expect(record.recordings.map(({ id }) => id).toSorted()).toEqual(["broken", "outlived-1", "session-1"]);

  const facts = readFacts(files.get(`recordings/${folder}/facts.ndjson.gz`) ?? Buffer.of());
  expect(facts).toMatchObject({
    ok: true,
    value: { header: { of: { session: "session-1" }, patient: { number: "K/17", givenName: "Zebulon" } } },
  });
  expect(facts.ok ? facts.value.lines.length : 0).toBeGreaterThan(100);
  expect(text(`recordings/${folder}/samples.csv.gz`).split("\r\n").length).toBeGreaterThan(100);
  expect(text(`recordings/${folder}/events.csv.gz`)).toContain("Zebulon was brave");

  for (const [name, content] of files)
    expect([name, /quentin|rosalind|K-18/i.exec(content.toString())]).toEqual([name, null]);
});

test("a version that was another patient's is not in it", async () => {
  const { recordings } = floor.clinic;
  const writer = { by: "Emily", at: wallTime(noon) };
  const moved = recordings.change("was-quentins", recordingRecord({ patient: zebulon }), 1, writer);
  expect(await recordings.write([moved])).toMatchObject({ ok: true });
  const record = (await filesOf(await take(zebulon))).get("record.json")?.toString() ?? "";
  expect(record).toContain('"id":"was-quentins","versions":[{"version":2');
  expect(record).not.toContain("Quentin");
});

test("a session that is under way is in it as far as it has come, and said to be", async () => {
  const { id } = await newPatient("Yolanda", "");
  floor.tell(
    80,
    { kind: "start-class", class: classId("class-2"), room: "Gym", heard: true },
    { ...seat(4), patient: patientId(id), name: "Yolanda M." },
    check(4),
  );
  for (const input of heard({ from: 81, to: 85, p: 120, set: 1, cuff: "cuff-4" })) floor.take(input);
  await floor.stored();
  const files = await filesOf(await take(id));
  expect(files.get("README.txt")?.toString()).toContain("still under way");
  expect(files.size).toBe(6);
});

test("nobody who may not has it, and of somebody unknown, or of whom too much is known, there is none", async () => {
  const too = await patientArchive(
    { ...options, largest: 2000 },
    { id: zebulon, body: patientSchema.parse(marker("Zebulon")) },
  );
  expect(too).toMatchObject({ ok: false, status: 422 });
  expect((await take("nobody")).status).toBe(404);
  api.as(signedIn("Wes", "assistant"));
  expect((await take(zebulon)).status).toBe(403);
  api.as(stranger);
  expect((await take(zebulon)).status).toBe(401);
});
