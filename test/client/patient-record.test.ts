import { describe, expect, test } from "vitest";
import { allAnswered, noToTheRest, screeningList } from "../../client/desk/questions.ts";
import { fullName, onWall } from "../../client/patients/api.ts";
import { estimateOf, type LopDraft, newLop, type Person, readLop } from "../../client/patients/lop-draft.ts";
import {
  draftOf,
  has,
  newRecord,
  readRecord,
  recordLabel,
  recordShown,
  toggled,
} from "../../client/patients/record.ts";
import { summaryOf, type Went } from "../../client/patients/session.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";

const left = { limb: "thigh", side: "left" } as const;
const right = { limb: "thigh", side: "right" } as const;

describe("a record", () => {
  test("stands in the form and reads back without what is stamped elsewhere", () => {
    const written = {
      ...{ givenName: "Zoë", familyName: "محمد", number: "12", born: "1990-02-28", sex: "female" },
      ...{ condition: "<b>knee</b>", limbs: [left], notes: "🦵", stationOnly: true },
    };
    const read = readRecord(draftOf(patientSchema.parse(written)));
    expect(read).toEqual({ ok: true, body: written });
  });

  test("says of each field what is wrong with it", () => {
    const read = readRecord({ ...newRecord(), givenName: " ", number: "1".repeat(65), born: "soon" });
    expect(read).toEqual({
      ok: false,
      errors: [
        { field: "givenName", detail: "the first name must not be empty" },
        { field: "number", detail: "the record number must have 64 characters at most" },
        { field: "born", detail: "must be a day such as 2026-03-01" },
      ],
    });
  });

  test("has limbs that are chosen and taken back", () => {
    const both = toggled([left], right);
    expect(has(both, right)).toBe(true);
    expect(toggled(both, left)).toEqual([right]);
  });

  test("shows its values as text where two people changed them", () => {
    expect(recordLabel("givenName")).toBe("First name");
    expect(recordShown("limbs", [left, right])).toBe("Left thigh, Right thigh");
    expect(recordShown("stationOnly", true)).toBe("yes");
    expect(recordShown("notes", "text")).toBe("text");
  });

  test("tells what a wall will show", () => {
    const person = { givenName: "Jessica", familyName: "Rossi", stationOnly: false };
    expect(fullName(person)).toBe("Jessica Rossi");
    expect(fullName({ ...person, familyName: "" })).toBe("Jessica");
    expect(onWall(person)).toBe("On a wall: Jessica R.");
    expect(onWall({ ...person, stationOnly: true })).toBe("On a wall: the station’s number");
  });
});

test("no to the rest leaves a yes where it stands", () => {
  const given = noToTheRest(screeningList, { aneurysm: "yes" });
  expect(given.aneurysm).toBe("yes");
  expect(given.pregnancy).toBe("no");
  expect(allAnswered(screeningList, given)).toBe(true);
  expect(allAnswered(screeningList, { aneurysm: "yes" })).toBe(false);
});

describe("a limb occlusion pressure", () => {
  const now = new Date(2026, 2, 2, 18, 5).getTime();
  const man: Person = { born: "1996-01-01", sex: "male" };
  const draft = (parts: Partial<LopDraft>): LopDraft => ({
    ...newLop({ limb: left, cuffWidthCm: 18, posture: null, now }),
    ...parts,
  });
  const estimated = { method: "estimated", thighCm: "55", systolicMmhg: "120" } as const;

  test("is read as it was typed", () => {
    expect(readLop(draft({ mmhg: "187,5" }), man, now)).toEqual({
      ok: true,
      body: {
        ...{ limb: "thigh", side: "left", mmhg: 187.5, cuffWidthCm: 18, posture: "seated" },
        ...{ method: "doppler", at: now, from: null, note: "" },
      },
    });
  });

  test("is estimated from what was typed and the record's age and sex", () => {
    expect(estimateOf(draft(estimated), man)).toEqual({ ok: true, mmhg: 174, seeMmhg: 15.3 });
    expect(readLop(draft(estimated), man, now)).toMatchObject({
      body: { mmhg: 174, from: { thighCm: 55, systolicMmhg: 120, ageYears: 30, sex: "male" } },
    });
  });

  test("has no estimate before everything is there, and never for an arm or a narrow cuff", () => {
    expect(estimateOf(draft({ ...estimated, thighCm: "" }), man)).toBeNull();
    expect(estimateOf(draft(estimated), { born: null, sex: null })).toBeNull();
    const arm = { ...estimated, limb: { limb: "arm", side: "left" }, thighCm: "" } as const;
    expect(estimateOf(draft(arm), man)).toEqual({ ok: false, why: "arm" });
    expect(estimateOf(draft({ ...estimated, cuffWidthCm: "5" }), man)).toEqual({
      ok: false,
      why: "narrow-cuff",
    });
  });

  test("says what is wrong with it", () => {
    const read = readLop(draft({ mmhg: "20", cuffWidthCm: "", at: "" }), man, now);
    expect(read.ok ? [] : read.errors).toEqual([
      { field: "mmhg", detail: "must be 40 mmHg at least" },
      { field: "cuffWidthCm", detail: "must be given" },
      { field: "at", detail: "must be given" },
    ]);
    expect(readLop(draft({ mmhg: "200" }), man, now - 3_600_000)).toMatchObject({
      errors: [{ field: "at", detail: "lies in the future" }],
    });
  });
});

describe("a session in short", () => {
  const exercise = {
    ...{ instructions: "", repS: 4, restS: 30, durationS: null, pctOneRm: null, pctLop: null },
  };
  const by = { by: "Emily", at: 1 };
  const time = { beganAt: 0, endedAt: 1 };
  const session: Went = {
    ...{ endedAt: 2, outcome: "completed" },
    exercises: [
      { ...exercise, kind: "free", name: "Taping", sets: [], rounds: 0, loadKg: null },
      { ...exercise, kind: "restricted", name: "Leg press", sets: [30, 15], rounds: 2, loadKg: 20 },
    ],
    sets: [
      { exercise: 1, set: 1, repetitions: 30, ...time },
      { exercise: 1, set: 2, repetitions: null, ...time },
    ],
    notes: [
      { note: { kind: "pain", score: 2 }, cuff: "c", ...by },
      { note: { kind: "pain", score: 4 }, cuff: "c", ...by },
      { note: { kind: "refill", seconds: 2 }, cuff: "c", ...by },
    ],
    exertions: [
      { score: 6, ...by },
      { score: 5, ...by },
    ],
  };

  test("has the worst of what was noted, and the load under the cuff", () => {
    expect(summaryOf(session)).toEqual({ at: 2, complete: true, pain: 4, exertion: 6, loadKg: 20 });
    expect(summaryOf({ ...session, notes: [], exertions: [] })).toMatchObject({ pain: null, exertion: null });
  });

  test.each<[string, Partial<Went>]>([
    ["stopped early", { outcome: "stopped-early" }],
    ["short of repetitions", { sets: [{ exercise: 1, set: 1, repetitions: 29, ...time }] }],
    ["short of a set", { sets: [{ exercise: 1, set: 1, repetitions: 30, ...time }] }],
  ])("is not complete where it was %s", (_, parts) => {
    expect(summaryOf({ ...session, ...parts }).complete).toBe(false);
  });
});
