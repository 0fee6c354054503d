/** Erasing a patient: nothing of them in any file, everybody else as before, and again when a backup brings them back. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { eraseAgain } from "../../../server/erasure/erase.ts";
import { openLedger } from "../../../server/erasure/ledger.ts";
import { monthsBefore, removeOutlived, retentionOf } from "../../../server/erasure/retention.ts";
import { createLog } from "../../../server/log.ts";
import { erasureRoutes } from "../../../server/erasure/routes.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import { recordingArchive } from "../../../server/recordings/archive.ts";
import { failed, type StoreResult } from "../../../server/store/store.ts";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import { usualSettings } from "../../../shared/clinic/settings.ts";
import { patientId } from "../../../shared/ids.ts";
import { monotonic } from "../../../shared/units.ts";
import { type Api, signedIn, startApi } from "../../support/api.ts";
import { check, finish, seat, session, start, worn } from "../../support/class.ts";
import { RecordedClass } from "../../support/closed-class.ts";
import { heard } from "../../support/floor.ts";
import { valueOf } from "../store/contract.ts";

let api: Api;
let floor: RecordedClass;
let store: SqliteStore;
/** What happens before the file is rewritten, and once lines are removed. */
let beforeScrub: () => StoreResult<null>;
let afterRemoval: () => void;
const onTheWay = (opened: SqliteStore): SqliteStore => ({
  ...opened,
  scrub: () => {
    const met = beforeScrub();
    return met.ok ? opened.scrub() : Promise.resolve(met);
  },
  removeLines: async (removals) => {
    const removed = await opened.removeLines(removals);
    afterRemoval();
    return removed;
  },
});
beforeEach(async () => {
  beforeScrub = () => ({ ok: true, value: null });
  afterRemoval = () => undefined;
  api = await startApi((register, opened) => {
    store = opened;
    floor = new RecordedClass(register, opened, recordingArchive(opened.archive));
    return [
      ...recordRoutes(floor.clinic),
      ...floor.routes,
      ...erasureRoutes({
        ...{ register, recordings: onTheWay(opened), clinic: floor.clinic, state: () => floor.state },
        // Only the route is meant to write there, and the folder is known once it runs.
        ledger: {
          all: () => openLedger(api.folder).all(),
          undone: () => openLedger(api.folder).undone(),
          add: (one) => openLedger(api.folder).add(one),
          done: (one) => openLedger(api.folder).done(one),
        },
        checkpoint: () => Promise.resolve(),
      }),
    ];
  });
});
afterEach(async () => {
  floor.closer.stop();
  await api.end();
});

const made = z.object({ id: z.string(), version: z.int() });
const newPatient = async (givenName: string): Promise<z.output<typeof made>> =>
  made.parse((await api.ask("POST", "/api/patients", { body: { givenName, familyName: "Marker" } })).body);
const filesWith = (word: string, folder = api.folder): readonly string[] =>
  readdirSync(folder).filter((file) => readFileSync(path.join(folder, file)).includes(word));

/** Zebulon and Quentin in a class that is over; what was said of each carries their name. */
const classOfTwo = async () => {
  const [zebulon, quentin] = [await newPatient("Zebulon"), await newPatient("Quentin")];
  const event = { patient: zebulon.id, severity: "mild", what: "Zebulon felt faint" };
  expect((await api.ask("POST", "/api/adverse-events", { body: event })).status).toBe(201);
  const seats = [
    { ...seat(1, [worn("cuff-1")]), patient: patientId(zebulon.id), name: "Zebulon M." },
    { ...seat(2, [worn("cuff-2")]), patient: patientId(quentin.id), name: "Quentin M." },
  ];
  floor.tell(1, start, ...seats, check(1), check(2), { kind: "begin-set", session: session(1) });
  for (const input of heard({ from: 2, to: 30, p: 150, set: 1 })) floor.take(input);
  for (const input of heard({ from: 30, to: 40, p: 2, phase: "idle", tgt: 0 })) floor.take(input);
  floor.tell(41, { kind: "remark", session: session(1), text: "Zebulon was brave" });
  floor.tell(42, { kind: "end-set", session: session(1), repetitions: 30 }, finish(1), finish(2, "cuff-2"), {
    kind: "end-class",
  });
  await floor.closer.kept();
  return { zebulon, quentin };
};
const erase = (patient: z.output<typeof made>, name: string) =>
  api.ask("POST", `/api/patients/${patient.id}/erasure`, { body: { name }, seen: patient.version });

test.each(["rows", "chunks"])(
  "nothing of a patient is left in any file, whether the facts stood in %s, and the other's session is whole",
  async (where) => {
    const { zebulon, quentin } = await classOfTwo();
    if (where === "chunks")
      while (valueOf(await store.pack({ before: monotonic(1e12), whole: false })).lines > 0);
    const before = await api.ask("GET", "/api/recordings/session-2");
    expect(filesWith("Zebulon").length).toBeGreaterThan(0);
    const answer = await erase(zebulon, "Zebulon Marker");
    expect(answer.status).toBe(200);
    expect(z.object({ lines: z.int().min(100) }).safeParse(answer.body).success).toBe(true);
    expect(filesWith("Zebulon")).toEqual([]);
    expect(filesWith(zebulon.id)).toEqual(["erased.ndjson"]);
    expect(openLedger(api.folder).all()).toMatchObject({ value: [{ sessions: ["session-1"] }] });
    expect((await api.ask("GET", `/api/patients/${zebulon.id}`)).status).toBe(404);
    expect((await api.ask("GET", "/api/recordings/session-1")).status).toBe(404);
    expect(await api.ask("GET", "/api/recordings/session-2")).toEqual(before);
    expect(filesWith("Quentin").length).toBeGreaterThan(0);
    expect((await api.ask("GET", `/api/patients/${quentin.id}`)).status).toBe(200);
    const ofClass = z.object({ entry: z.object({ body: z.object({ sessions: z.array(z.unknown()) }) }) });
    const { entry } = ofClass.parse((await api.ask("GET", "/api/classes/class-1")).body);
    expect(entry.body.sessions).toHaveLength(1);
  },
);

test("a session of which no record was kept is erased by what the facts tell", async () => {
  const { zebulon } = await classOfTwo();
  while (valueOf(await store.pack({ before: monotonic(1e12), whole: false })).lines > 0);
  valueOf(await api.register.purge([{ kind: "recording", id: "session-1" }], "nothing"));
  const answer = await erase(zebulon, "Zebulon Marker");
  expect(answer.status).toBe(200);
  expect(z.object({ lines: z.int().min(100) }).safeParse(answer.body).success).toBe(true);
  expect(filesWith("Zebulon")).toEqual([]);
  expect(filesWith(zebulon.id)).toEqual(["erased.ndjson"]);
  expect(filesWith("Quentin").length).toBeGreaterThan(0);
});

test("a backup that is put back is erased again at the next start, and only what had been erased", async () => {
  const { zebulon } = await classOfTwo();
  const kept = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-backup-"));
  try {
    for (const file of readdirSync(api.folder).filter((name) => name.startsWith("cuffwatch.db")))
      cpSync(path.join(api.folder, file), path.join(kept, file));
    expect((await erase(zebulon, "Zebulon Marker")).status).toBe(200);
    cpSync(path.join(api.folder, "erased.ndjson"), path.join(kept, "erased.ndjson"));
    const restored = valueOf(await openSqlite({ folder: kept }));
    const options = { register: restored.register, recordings: restored, ledger: openLedger(kept) };
    expect(await eraseAgain(options)).toEqual({ ok: true, value: { erased: 1, unscrubbed: null } });
    expect(await eraseAgain(options)).toEqual({ ok: true, value: { erased: 0, unscrubbed: null } });
    await restored.close();
    expect(filesWith("Zebulon", kept)).toEqual([]);
    expect(filesWith("Quentin", kept).length).toBeGreaterThan(0);
  } finally {
    rmSync(kept, { recursive: true });
  }
});

test("what ends half-done is said so, and carried on until it is done, though no record is left", async () => {
  const { zebulon } = await classOfTwo();
  beforeScrub = () => failed("busy", "Somebody reads.");
  const half = await erase(zebulon, "Zebulon Marker");
  expect([half.status, JSON.stringify(half.body)]).toEqual([503, expect.stringContaining("next start")]);
  expect((await api.ask("GET", `/api/patients/${zebulon.id}`)).status).toBe(404);
  const ledger = openLedger(api.folder);
  const options = { register: api.register, recordings: onTheWay(store), ledger };
  expect(await eraseAgain(options)).toEqual({
    ok: true,
    value: { erased: 1, unscrubbed: "Somebody reads." },
  });
  expect(ledger.undone()).toEqual({ ok: true, value: new Set([zebulon.id]) });
  beforeScrub = () => ({ ok: true, value: null });
  expect(await eraseAgain(options)).toEqual({ ok: true, value: { erased: 1, unscrubbed: null } });
  expect(await eraseAgain(options)).toEqual({ ok: true, value: { erased: 0, unscrubbed: null } });
  expect(filesWith("Zebulon")).toEqual([]);
});

test("stops where a class begins meanwhile, and is carried on afterwards", async () => {
  const { zebulon } = await classOfTwo();
  let scrubs = 0;
  beforeScrub = () => {
    scrubs += 1;
    return { ok: true, value: null };
  };
  afterRemoval = () => floor.tell(50, { ...start });
  const stopped = await erase(zebulon, "Zebulon Marker");
  expect([stopped.status, JSON.stringify(stopped.body)]).toEqual([
    503,
    expect.stringContaining("A class has begun"),
  ]);
  expect(scrubs).toBe(0);
  afterRemoval = () => undefined;
  floor.tell(51, { kind: "end-class" });
  expect((await erase(zebulon, "Zebulon Marker")).status).toBe(200);
  expect(filesWith("Zebulon")).toEqual([]);
});

test("is refused while it must not be: another name, a hold, a class, and for whoever may not", async () => {
  const { zebulon } = await classOfTwo();
  expect((await erase(zebulon, "Zebulon")).body).toMatchObject({ status: 422, errors: [{ field: "name" }] });
  expect((await erase({ ...zebulon, version: 9 }, "Zebulon Marker")).status).toBe(412);
  const held = made.parse(
    (await api.ask("POST", `/api/patients/${zebulon.id}/hold`, { body: { reason: "Claim" }, seen: 1 })).body,
  );
  const ofHeld = await erase(held, "Zebulon Marker");
  expect([ofHeld.status, JSON.stringify(ofHeld.body)]).toEqual([409, expect.stringContaining("Claim")]);
  const lifted = made.parse(
    (await api.ask("DELETE", `/api/patients/${zebulon.id}/hold`, { seen: held.version })).body,
  );
  floor.tell(50, { ...start });
  const inClass = await erase(lifted, "Zebulon Marker");
  expect([inClass.status, JSON.stringify(inClass.body)]).toEqual([
    409,
    expect.stringContaining("class is under way"),
  ]);
  floor.tell(51, { kind: "end-class" });
  api.as(signedIn("Pia", "physiotherapist"));
  expect((await erase(lifted, "Zebulon Marker")).status).toBe(403);
  api.as(signedIn("Ada", "admin"));
  expect((await erase(lifted, "Zebulon Marker")).status).toBe(200);
});

test("recordings go once they are older than the clinic keeps them; what was done stays, and so does what is held", async () => {
  const { quentin } = await classOfTwo();
  const outlived = () =>
    removeOutlived({ clinic: floor.clinic, recordings: store, state: () => floor.state });
  await api.ask("POST", `/api/patients/${quentin.id}/hold`, {
    body: { reason: "Claim" },
    seen: quentin.version,
  });
  const kept = await api.ask("PUT", "/api/settings", {
    body: { ...usualSettings, keepRecordingsMonths: 1 },
    seen: 0,
  });
  expect(kept.status).toBe(200);
  expect(await outlived()).toEqual({ ok: true, value: { count: 0, done: true } });
  const month = 32 * 24 * 3600;
  floor.second = month;
  expect(await outlived()).toEqual({ ok: true, value: { count: 1, done: true } });
  expect(await outlived()).toEqual({ ok: true, value: { count: 0, done: true } });
  const one = z.object({
    entry: z.object({ body: z.object({ removed: z.unknown(), figures: z.object({}) }) }),
  });
  const body = async (id: string) =>
    one.parse((await api.ask("GET", `/api/recordings/${id}`)).body).entry.body;
  expect((await body("session-1")).removed).toMatchObject({ why: "outlived" });
  expect((await body("session-2")).removed).toBeNull();
  expect((await api.ask("GET", "/api/recordings/session-1/facts")).status).toBe(410);
});

/** What is kept for a month, a month later. */
const aMonthLater = async (): Promise<void> => {
  const body = { ...usualSettings, keepRecordingsMonths: 1 };
  expect((await api.ask("PUT", "/api/settings", { body, seen: 0 })).status).toBe(200);
  floor.second = 32 * 24 * 3600;
};
const removedOf = async (id: string): Promise<unknown> =>
  valueOf(await floor.clinic.recordings.get(id))?.body.removed;

test("nothing old is removed while a class is under way, the file is rewritten once, and it is tried again until it is done", async () => {
  await classOfTwo();
  await aMonthLater();
  const told: string[] = [];
  beforeScrub = () => {
    told.push("scrub");
    return told.length > 1 ? { ok: true, value: null } : failed("busy", "Somebody reads.");
  };
  let fails = false;
  const look = retentionOf({
    ...{ clinic: floor.clinic, recordings: onTheWay(store), log: createLog("silent") },
    state: () => {
      if (fails) throw new Error("no state");
      return floor.state;
    },
  });
  floor.tell(32 * 24 * 3600, { ...start });
  await look();
  expect(await removedOf("session-1")).toBeNull();
  floor.tell(32 * 24 * 3600 + 1, { kind: "end-class" });
  // A class that begins after the lines are gone lets no file be rewritten.
  afterRemoval = () => floor.tell(32 * 24 * 3600 + 2, { ...start });
  await look();
  expect([await removedOf("session-1"), told]).toMatchObject([{ why: "outlived" }, []]);
  floor.tell(32 * 24 * 3600 + 3, { kind: "end-class" });
  fails = true;
  await expect(look()).resolves.toBeUndefined();
  fails = false;
  await look();
  await look();
  await look();
  expect(told).toEqual(["scrub", "scrub"]);
});

test("a recording that was brought in is kept from the day on which it was", async () => {
  await classOfTwo();
  await aMonthLater();
  const { clinic } = floor;
  const kept = valueOf(await clinic.recordings.get("session-1"));
  if (kept === null) throw new Error("not kept");
  const at = clinic.wall();
  const body = { ...kept.body, source: "imported", file: { name: "a", sha256: "b", by: "c", at } } as const;
  await clinic.recordings.write([clinic.recordings.change("session-1", body, 1, { by: "", at })]);
  const options = { clinic, recordings: store, state: () => floor.state };
  expect(await removeOutlived(options)).toMatchObject({ value: { count: 1 } });
  expect(await removedOf("session-1")).toBeNull();
  floor.second = 2 * 32 * 24 * 3600;
  expect(await removeOutlived(options)).toMatchObject({ value: { count: 1 } });
  expect(await removedOf("session-1")).toMatchObject({ why: "outlived" });
});

test("a month before is the same day, or the last one of a shorter month", () => {
  const day = (text: string): number => Date.parse(`${text}T10:00:00Z`);
  expect(monthsBefore(day("2026-03-31"), 1)).toBe(day("2026-02-28"));
  expect(monthsBefore(day("2026-01-15"), 1)).toBe(day("2025-12-15"));
  expect(monthsBefore(day("2024-02-29"), 120)).toBe(day("2014-02-28"));
});
