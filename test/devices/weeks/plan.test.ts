/** What the demonstration's eight weeks consist of, before any cuff is simulated. */
import { describe, expect, test } from "vitest";
import { cuffRecordSchema } from "../../../shared/clinic/cuff-record.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { lopSchema } from "../../../shared/plan/limb-occlusion.ts";
import { programmeSchema } from "../../../shared/plan/programme.ts";
import { suggestion } from "../../../shared/plan/progression.ts";
import type { SessionPlan } from "../../../devices/weeks/plan.ts";
import { demoWeeks, sessionsOf } from "../../support/weeks.ts";

const weeks = demoWeeks();
const all = sessionsOf(weeks);
const byPatient = Map.groupBy(all, ({ session }) => session.patient);
const loads = (session: SessionPlan): readonly number[] =>
  session.body.exercises.flatMap(({ loadKg }) => loadKg ?? []);
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

test("there are three classes in each of eight weeks, the last ones with all twelve patients", () => {
  expect(weeks.classes).toHaveLength(24);
  expect(byPatient.size).toBe(12);
  expect(weeks.classes.at(-1)?.sessions).toHaveLength(12);
});

test("nobody comes twice to a class, and a cuff is on one limb only", () => {
  for (const { sessions } of weeks.classes) {
    const cuffs = sessions.flatMap((one) => one.cuffs.map((c) => c.worn.cuff));
    expect(new Set(cuffs).size).toBe(cuffs.length);
    expect(new Set(sessions.map((one) => one.station)).size).toBe(sessions.length);
  }
});

test("no load ever falls, and whoever presses a leg for three weeks or more ends with a heavier one", () => {
  for (const own of byPatient.values()) {
    const programmes = Map.groupBy(own, ({ session }) => session.programme.id);
    for (const some of programmes.values()) {
      const first = some.map(({ session }) => loads(session)[0] ?? 0);
      expect(first).toEqual(first.toSorted((a, b) => a - b));
      const [loaded] = some;
      if (some.length > 9 && loaded !== undefined && loads(loaded.session).length > 0)
        expect(first.at(-1)).toBeGreaterThan(first[0] ?? 0);
    }
  }
});

test("a load rises when, and only when, the plan's own rule says so", () => {
  for (const own of byPatient.values()) {
    for (const [i, { session, class: held }] of own.entries()) {
      const before = own.slice(0, i).filter((one) => one.session.programme.id === session.programme.id);
      const rule = session.body.progression;
      const last = before.at(-1)?.session;
      if (rule === null || last === undefined || loads(last).length === 0) continue;
      const suggested = suggestion(
        rule,
        before.map(({ session: s, class: c }) => ({
          at: c.startsAt,
          complete: s.short === 0 && s.trouble?.kind !== "dizzy",
          pain: Math.max(s.pain.before, s.pain.during, s.pain.after),
          ...{ exertion: s.exertion, loadKg: loads(s)[0] ?? null },
        })),
      );
      const rose = (loads(session)[0] ?? 0) > (loads(last)[0] ?? 0);
      expect(rose, `${session.name} in ${held.class}`).toBe(suggested.kind === "raise");
    }
  }
});

test("pain falls over the weeks, and never asks for a stop", () => {
  for (const own of byPatient.values()) {
    const pain = own.map(({ session }) => session.pain.during);
    expect(Math.max(...pain)).toBeLessThanOrEqual(7);
    if (own.length >= 15) expect(mean(pain.slice(-4))).toBeLessThan(mean(pain.slice(0, 4)) - 0.5);
  }
});

test("every limb's occlusion pressure is measured before its first session and every four weeks", () => {
  const pressures = weeks.documents.filter(({ kind }) => kind === "lop");
  for (const { session, class: held } of all)
    for (const { worn } of session.cuffs) {
      const measured = pressures.find(({ id }) => id === worn.lop);
      const ageDays = (held.startsAt - (measured?.at ?? 0)) / 86_400_000;
      expect(ageDays).toBeGreaterThan(0);
      expect(ageDays).toBeLessThan(32);
    }
});

test("some sessions are missed, one begins late, and each thing that can go wrong goes wrong once", () => {
  const expected = { "stays-up": 1, leak: 1, cut: 1, swap: 1, dizzy: 1 };
  const found = Map.groupBy(
    all.flatMap(({ session }) => session.trouble ?? []),
    ({ kind }) => kind,
  );
  expect(Object.fromEntries([...found].map(([kind, some]) => [kind, some.length]))).toEqual(expected);
  expect(all.filter(({ session }) => session.arrivesMs > 600_000)).toHaveLength(1);
  expect(all.filter(({ session }) => session.check.red.length > 0)).toHaveLength(1);
  const threeAWeek = [...byPatient.values()].filter(([one]) => one?.session.body.weeks === 8);
  expect(threeAWeek.some((own) => own.length < 24 && own.length > 18)).toBe(true);
});

test("one follow-up is red and cleared before the next session, and one of the last class is still to be asked", () => {
  const red = all.filter(({ session }) => (session.followUps.nextDay?.cleared ?? null) !== null);
  expect(red).toHaveLength(1);
  const last = weeks.classes.at(-1)?.sessions.filter((one) => one.followUps.nextDay === null);
  expect(last).toHaveLength(1);
  expect(all.filter(({ session }) => session.followUps.nextDay === null)).toHaveLength(1);
});

test("what is written into the records is what their schemas take", () => {
  const schemas = {
    patient: patientSchema.partial(),
    programme: programmeSchema,
    lop: lopSchema,
    cuff: cuffRecordSchema,
  };
  for (const { kind, body } of weeks.documents) {
    const parsed = schemas[kind].safeParse(body);
    expect(parsed.error?.message).toBeUndefined();
  }
});

describe("smaller demonstrations", () => {
  test("one patient and one week are a history too", () => {
    const small = demoWeeks({ patients: 1, weeks: 1 });
    expect(small.classes.length).toBeGreaterThan(0);
    expect(small.classes.every(({ sessions }) => sessions.length === 1)).toBe(true);
  });
  test("another seed makes other weeks, the same seed the same", () => {
    expect(demoWeeks({ seed: 8 })).not.toEqual(weeks);
    expect(demoWeeks()).toEqual(weeks);
  });
});
