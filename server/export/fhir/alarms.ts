/**
 * Alarms as DetectedIssue: an issue with an action that was under way, with a severity of three steps, the time in which it stood, and who did
 * what about it. An Observation has no place for the answer, and an AuditEvent is about records and not about patients.
 */
import type { History, Transition } from "../../../shared/alarm/history.ts";
import type { Priority } from "../../../shared/alarm/policy.ts";
import { readingText } from "../../../shared/view/log-line.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import { after } from "../../../shared/units.ts";
import { alarmCode } from "./codes.ts";
import { type Entry, type Fields, tidy } from "./resource.ts";
import { performerOf, type Told } from "./told.ts";

const severity: Readonly<Record<Priority, string>> = { high: "high", medium: "moderate", low: "low" };

export const issues = (told: Told): readonly Entry[] =>
  told.account.alarms.map((history, n) => ({
    fullUrl: told.address("alarm", n, history.id),
    resource: tidy({
      resourceType: "DetectedIssue",
      identifier: [{ value: history.id }],
      status: "final",
      code: alarmCode(history.condition),
      severity: severity[history.priority],
      patient: told.patient,
      identifiedPeriod: {
        start: told.when(history.raised.at),
        end: isOver(history) ? told.when(after(history.raised.at, history.present)) : undefined,
      },
      author: told.gateway,
      implicated: [told.procedure, ...(history.cuff === null ? [] : [told.cuff(history.cuff)])],
      detail: detailOf(history),
      mitigation: history.transitions.flatMap((t) => mitigation(told, t)),
    }),
  }));

const isOver = ({ state }: History): boolean => state === "closed" || state === "latched";

/** What was measured against what, when it was raised. */
const detailOf = ({ condition, transitions: [raised] }: History): string | undefined =>
  raised?.kind === "raised" ? readingText({ condition, ...raised }) : undefined;

const mitigation = (told: Told, t: Transition): readonly Fields[] =>
  t.kind === "acknowledged"
    ? [
        {
          action: { text: fhirWords.answered },
          date: told.when(t.at),
          author: performerOf(told, t.by, t.verified),
        },
      ]
    : [];
