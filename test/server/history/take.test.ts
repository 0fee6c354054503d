/** What the demonstration's weeks leave in the records: what classes held here would have left, with dates of their own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { importClass } from "../../../server/import-class.ts";
import { recordsOf } from "../../../server/class-records.ts";
import { prepareDemoPatients } from "../../../server/demo-patients.ts";
import { takeIn, type TakingIn } from "../../../server/history/take.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { everyOne } from "../../../server/register/collection.ts";
import { followUpState } from "../../../shared/clinic/follow-up-rules.ts";
import { linesOf as merged } from "../../../shared/recording/lines.ts";
import { openChunk } from "../../../shared/recording/chunk.ts";
import type { ClassParcel } from "../../../shared/recording/parcel.ts";
import { parseRoster } from "../../../shared/plan/roster.ts";
import { wallTime } from "../../../shared/units.ts";
import { parcelOf, parcelsOf } from "../../../devices/weeks/parcels.ts";
import type { SessionPlan, Weeks } from "../../../devices/weeks/plan.ts";
import { type Api, startApi } from "../../support/api.ts";
import { demoClass, demoWeeks, sessionsOf } from "../../support/weeks.ts";
import { valueOf } from "../store/contract.ts";

const now = wallTime(Date.UTC(2026, 5, 29, 9));
const by = "Aidan R.";
let api: Api;
let weeks: Weeks;
let parts: TakingIn;
let appended: (readonly Uint8Array[])[] = [];
let dropped: number[] = [];

const theirs = (): string => weeks.classes[0]?.sessions[0]?.patient ?? "";

beforeAll(async () => {
  api = await startApi(() => []);
  const parsed = parseRoster(JSON.parse(JSON.stringify(demoClass().classFile)));
  if (!parsed.ok) throw new Error("the class file is wrong");
  const imported = await importClass(api.register, parsed.file, now);
  if (!imported.ok) throw new Error(imported.detail);
  valueOf(await prepareDemoPatients(api.register, imported.imported.made, { by, at: now }));
  const { patients } = recordsOf(parsed.file, now);
  const idOf = (station: string): string =>
    patients[parsed.file.stations.findIndex((one) => one.station === station)]?.id ?? "";
  weeks = demoWeeks({ idOf });
  parts = {
    clinic: openClinic({ register: api.register, wall: () => now, isInUse: () => false }),
    store: {
      appendChunks: (chunks) => {
        appended = [...appended, chunks];
        return Promise.resolve({ ok: true, value: appended.length });
      },
      removeLog: (log) => {
        dropped = [...dropped, log];
        return Promise.resolve({ ok: true, value: null });
      },
    },
  };
  const [documents] = parcelsOf(weeks, "main", now);
  if (documents === undefined) throw new Error("there are no documents");
  valueOf(await takeIn(parts, documents));
});
afterAll(() => api.end());

const made = new Map<string, ClassParcel>();
/** The class of a session, with nobody else in it, as a parcel. */
const alone = (
  which: (one: SessionPlan) => boolean,
): Readonly<{ session: SessionPlan; parcel: ClassParcel }> => {
  const found = sessionsOf(weeks).find(({ session }) => which(session));
  if (found === undefined) throw new Error("There is no such session.");
  const { session } = found;
  const parcel = made.get(session.session) ?? parcelOf({ ...found.class, sessions: [session] }, "main", now);
  made.set(session.session, parcel);
  return { session, parcel };
};

test("a patient has a condition, one plan with its past, and pressures measured over the weeks", async () => {
  const { clinic } = parts;
  const patient = valueOf(await clinic.patients.get(theirs()));
  expect(patient?.body.condition).toContain("Patellofemoral");
  expect(patient?.body.number).toMatch(/^D-/);
  expect(patient?.body.screening?.at).toBeLessThan(weeks.classes[0]?.startsAt ?? 0);
  const plans = valueOf(await everyOne(clinic.programmes, { owner: theirs() }));
  expect(plans.map(({ body }) => body.exercises.length)).toEqual([5]);
  const versions = valueOf(await api.register.history("programme", plans[0]?.id ?? ""));
  expect(versions.length).toBeGreaterThan(4);
  expect(versions.map(({ at }) => at)).toEqual(versions.map(({ at }) => at).toSorted((a, b) => b - a));
  const pressures = valueOf(await everyOne(clinic.lop, { owner: theirs() }));
  // Two in the eight weeks, and the one of the class file.
  expect(pressures).toHaveLength(3);
});

test("a class leaves a session's record, answered follow-ups, a recording and a record of its own", async () => {
  const { session, parcel } = alone(
    (one) =>
      one.trouble === null && one.followUps.nextDay?.yes.length === 0 && one.followUps.threeDays !== null,
  );
  valueOf(await takeIn(parts, parcel));
  const log = appended.length;
  const { clinic } = parts;
  const record = valueOf(await clinic.sessions.get(session.session));
  expect(record?.body).toMatchObject({ outcome: "completed", patient: session.patient, class: parcel.class });
  expect(record?.body.sets.length).toBeGreaterThan(8);
  expect(record?.body.notes.length).toBeGreaterThan(3);
  const recording = valueOf(await clinic.recordings.get(session.session));
  expect(recording?.body).toMatchObject({ log, source: "demonstration", patient: session.patient });
  expect(recording?.body.endedAt).toBe(record?.body.endedAt);
  const restricted = record?.body.limbs.map(({ restrictedMs }) => restrictedMs);
  expect(recording?.body.figures.limbs.map(({ restrictedMs }) => restrictedMs)).toEqual(restricted);
  const held = valueOf(await clinic.classes.get(parcel.class));
  expect(held?.body.sessions.map((one) => one.session)).toEqual([session.session]);
  expect(held?.body).toMatchObject({ log, source: "demonstration", by });
  const followUps = valueOf(await everyOne(clinic.followUps, { owner: session.patient }));
  expect(followUps.map(({ body }) => followUpState(body, now))).toEqual(["answered", "answered"]);
});

test("the facts in its log are those of which the records tell", () => {
  const chunks = (appended.at(-1) ?? []).map((bytes) => {
    const chunk = openChunk(bytes);
    if (!chunk.ok) throw new Error(chunk.error.detail);
    return chunk.value;
  });
  const lines = merged(chunks);
  for (let i = 0; i < lines.length; i++) expect(lines.id(i)).toBe(i + 1);
  const kinds = Array.from({ length: lines.length }, (_, i) => lines.line(i).fact.kind);
  expect(kinds.filter((kind) => kind === "finished")).toHaveLength(1);
  expect(kinds.at(-1)).toBe("class-ended");
});

test("a red answer is an adverse event, and was cleared", async () => {
  const { session, parcel } = alone((one) => (one.followUps.nextDay?.cleared ?? null) !== null);
  valueOf(await takeIn(parts, parcel));
  const { clinic } = parts;
  const followUp = valueOf(await clinic.followUps.get(`${session.session}-next-day`));
  expect(followUp && followUpState(followUp.body, now)).toBe("cleared");
  const events = valueOf(await everyOne(clinic.adverseEvents, { owner: session.patient }));
  expect(events).toHaveLength(1);
  expect(events[0]?.body).toMatchObject({ session: session.session, severity: "serious" });
});

test("the same class is not taken twice, and leaves no second log", async () => {
  const { parcel } = alone((one) => (one.followUps.nextDay?.cleared ?? null) !== null);
  const again = await takeIn(parts, parcel);
  expect(again.ok).toBe(false);
  expect(dropped).toEqual([appended.length]);
});

test("whoever was removed meanwhile does not come back by a class of theirs", async () => {
  const { session, parcel } = alone((one) => one.programme.name.includes("Aerobic"));
  const { clinic } = parts;
  const standing = valueOf(await clinic.patients.get(session.patient));
  valueOf(
    await clinic.patients.write([
      clinic.patients.removal(session.patient, standing?.version ?? 0, { by, at: now }),
    ]),
  );
  valueOf(await takeIn(parts, parcel));
  expect(valueOf(await clinic.sessions.get(session.session))).toBeNull();
  expect(dropped.at(-1)).toBe(appended.length);
});

test("a damaged chunk is refused with a sentence, and nothing of the class is kept", async () => {
  const { session, parcel } = alone((one) => one.trouble?.kind === "swap");
  const chunks = parcel.chunks.map(({ cuff, bytes }) => ({ cuff, bytes: bytes.slice(0, bytes.length >> 1) }));
  const before = appended.length;
  const taken = await takeIn(parts, { ...parcel, chunks });
  expect(taken).toMatchObject({ ok: false, error: { detail: expect.stringContaining("damaged") as string } });
  expect(appended).toHaveLength(before);
  expect(valueOf(await parts.clinic.sessions.get(session.session))).toBeNull();
});
