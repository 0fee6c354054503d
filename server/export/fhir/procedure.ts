/** The session as a procedure: when, by whom, with which cuffs on which limbs, how it ended, and what went wrong. */
import type { FinishedFact } from "../../../shared/class/fact.ts";
import { checkQuestions } from "../../../shared/plan/screening.ts";
import { followUpWords } from "../../../shared/view/follow-up-words.ts";
import { readingText } from "../../../shared/view/log-line.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import { alarmCode, category, type Concept, coded } from "./codes.ts";
import { cuffsOf } from "./parties.ts";
import { type Entry, type Fields, instant, tidy } from "./resource.ts";
import { limbCode, observation, performerOf, type Told } from "./told.ts";

export const procedure = (told: Told): Entry => {
  const { account, exported } = told;
  const { seat, finished, swaps, remarks } = account;
  const { from, to } = exported.recorded;
  return {
    fullUrl: told.procedure.reference,
    resource: tidy({
      resourceType: "Procedure",
      identifier: [{ value: exported.session }],
      basedOn: seat === null ? [] : [told.carePlan],
      status: statusOf(finished),
      statusReason:
        finished === null || finished.reason === "" || finished.outcome === "completed"
          ? undefined
          : { text: finished.reason },
      category: { text: seat?.visit.programme ?? "" },
      code: coded("session"),
      subject: told.patient,
      performedPeriod: {
        start: told.when(seat?.visit.seatedAt ?? from),
        end: finished === null ? undefined : told.when(finished.at > to ? to : finished.at),
      },
      performer: performers(told).map((actor) => ({ actor })),
      bodySite: (seat?.worn ?? []).map((w) => limbCode(w.limb)),
      outcome: coded(finished?.outcome ?? "still-under-way"),
      complication: complications(told),
      followUp: exported.followUps.map(({ kind, dueAt }) => ({
        text: `${followUpWords.kinds[kind]}: ${instant(dueAt)}`,
      })),
      note: [
        ...(exported.source === "demonstration" ? [{ text: fhirWords.simulatedSession }] : []),
        ...(exported.source === "imported" ? [{ text: fhirWords.imported }] : []),
        ...(finished?.outcome === "completed" && finished.reason !== "" ? [{ text: finished.reason }] : []),
        ...remarks.map(({ text, by, at }) => ({ authorString: by, time: told.when(at), text })),
        ...swaps.map(({ from: was, to: is, by, at }) => ({
          ...{ authorString: by, time: told.when(at) },
          text: fhirWords.swapped(was, is),
        })),
      ],
      usedReference: cuffsOf(told).map(told.cuff),
    }),
  };
};

const statusOf = (finished: FinishedFact | null): string => {
  switch (finished?.outcome) {
    case undefined:
      return "in-progress";
    case "completed":
      return "completed";
    case "stopped-early":
      return "stopped";
    case "not-started":
      return "not-done";
  }
};

/** Everybody who did something in it. */
const performers = (told: Told): readonly Fields[] => {
  const { checks, notes, exertions, remarks, swaps, finished } = told.account;
  const by = [
    ...checks,
    ...notes,
    ...exertions,
    ...remarks,
    ...swaps,
    ...(finished === null ? [] : [finished]),
  ];
  return [...new Set(by.map((one) => one.by))].filter((name) => name !== "").map(told.person);
};

/** What advised to stop; each is among the issues too, with who answered. */
const complications = ({ account }: Told): readonly Fields[] =>
  account.alarms
    .filter(({ condition }) => condition === "stop-advised")
    .map(({ condition, transitions: [raised] }) => ({
      ...alarmCode(condition),
      text: raised?.kind === "raised" ? readingText({ condition, ...raised }) : undefined,
    }));

/** Every check before the session, with what was overridden, by whom and why. */
export const checks = (told: Told): readonly Entry[] =>
  told.account.checks.map(({ red, override, by, at }, n) => {
    const code: Concept =
      red.length === 0 ? "check-clear" : override === null ? "check-red" : "check-overridden";
    const questions: Readonly<Record<string, string>> = checkQuestions;
    return observation(told, ["check", n], {
      category: category("survey"),
      code: coded("session-check"),
      effectiveDateTime: told.when(at),
      performer: [performerOf(told, by, true)].filter((p) => p !== undefined),
      valueCodeableConcept: coded(code),
      note: [
        ...red.map((question) => ({ text: fhirWords.askedAbout(questions[question] ?? question) })),
        ...(override === null ? [] : [{ text: fhirWords.overriddenBy(override.by, override.reason) }]),
      ],
    });
  });
