import { expect, test } from "vitest";
import { type FollowUp, followUpAnswers, followUpQuestions } from "../../../shared/clinic/follow-up.ts";
import { type Patient, patientSchema } from "../../../shared/clinic/patient.ts";
import { type Known, obstacles, obstacleSchema } from "../../../shared/clinic/readiness.ts";
import { type ScreeningQuestion, screeningQuestions } from "../../../shared/plan/screening.ts";

const now = Date.UTC(2026, 2, 2);
const hour = 3_600_000;

const allNo: Readonly<Partial<Record<ScreeningQuestion, "yes" | "no">>> = Object.fromEntries(
  Object.keys(screeningQuestions).map((q) => [q, "no"]),
);
const screened = (
  answers: Readonly<Partial<Record<ScreeningQuestion, "yes" | "no">>>,
  overridden = false,
): Patient["screening"] => ({
  ...{ answers, at: now, by: "Aidan" },
  override: overridden ? { by: "Aidan", at: now, reason: "cleared by the cardiologist" } : null,
});
const patient = (parts: Partial<Patient> = {}): Patient => ({
  ...patientSchema.parse({ givenName: "Jessica" }),
  screening: screened(allNo),
  explanation: { text: "", given: { at: now, by: "Aidan" } },
  ...parts,
});
const followUp = (id: string, parts: Partial<FollowUp> = {}): Known["followUps"][number] => ({
  id,
  body: {
    ...{ patient: "p", session: "s", kind: "next-day", dueAt: now - hour, answered: null, cleared: null },
    ...parts,
  },
});
const red: FollowUp["answered"] = {
  answers: followUpAnswers.parse(
    Object.fromEntries(Object.keys(followUpQuestions).map((q) => [q, q === "swelling" ? "yes" : "no"])),
  ),
  ...{ remark: "", at: now, by: "Aidan" },
};

test("nothing stands in the way of a patient who was screened, explained to and followed up", () => {
  expect(obstacles({ patient: patient(), followUps: [followUp("f", { dueAt: now + 1 })], now })).toEqual([]);
});

test("a patient of whom nothing is known has every question open, and no explanation", () => {
  const found = obstacles({
    patient: patientSchema.parse({ givenName: "Jessica" }),
    followUps: [],
    now,
  });
  expect(found).toEqual([
    { kind: "screening-open", open: Object.keys(screeningQuestions) },
    { kind: "not-explained" },
  ]);
});

test("a red answer stands in the way until a physiotherapist has set it aside", () => {
  const answers = { ...allNo, anticoagulants: "yes" } as const;
  expect(obstacles({ patient: patient({ screening: screened(answers) }), followUps: [], now })).toEqual([
    { kind: "screening-red", red: ["anticoagulants"] },
  ]);
  expect(obstacles({ patient: patient({ screening: screened(answers, true) }), followUps: [], now })).toEqual(
    [],
  );
});

test("an override does not answer what was not asked", () => {
  const asked = Object.entries(allNo).filter(([q]) => q !== "pregnancy");
  const answers = { ...Object.fromEntries(asked), angina: "yes" } as const;
  expect(obstacles({ patient: patient({ screening: screened(answers, true) }), followUps: [], now })).toEqual(
    [{ kind: "screening-open", open: ["pregnancy"] }],
  );
});

test("a follow-up that is due or red stands in the way, red ones first, and reads back over the API", () => {
  const found = obstacles({
    patient: patient(),
    followUps: [followUp("missing"), followUp("red", { answered: red, kind: "72-hours" })],
    now,
  });
  expect(found).toEqual([
    { kind: "follow-up-red", followUp: "red", asked: "72-hours", dueAt: now - hour, red: ["swelling"] },
    { kind: "follow-up-missing", followUp: "missing", asked: "next-day", dueAt: now - hour },
  ]);
  expect(found.map((one) => obstacleSchema.parse(one))).toEqual(found);
});

test("a follow-up that was cleared does not", () => {
  const cleared = { by: "Aidan", at: now, reason: "reached by telephone" };
  expect(obstacles({ patient: patient(), followUps: [followUp("f", { cleared })], now })).toEqual([]);
});
