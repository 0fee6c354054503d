/** What a class says of itself where there is no room for the table. */
import { expect, test } from "vitest";
import { cardLines } from "../../client/summary/figures.ts";
import type { Summary } from "../../shared/clinic/summary.ts";

const none = { raised: 0, answered: 0, medianMs: null, p90Ms: null };
const some = (changes: Partial<Summary["classes"][number]> = {}): Summary["classes"][number] => ({
  ...{ class: "class-1", room: "Gym", startedAt: 0, sessions: 8, patients: 7, restrictedMs: 9_240_000 },
  ...{ outcomes: { completed: 7, "stopped-early": 1, "not-started": 0, unknown: 0 }, alarms: [] },
  ...{ responses: { high: none, medium: none, low: none }, reminders: none },
  ...{ adverseEvents: { mild: 0, moderate: 0, serious: 0 }, ...changes },
});

test("every figure of the table stands on the card, with what it is", () => {
  const responses = {
    high: none,
    medium: { ...none, raised: 2 },
    low: { raised: 6, answered: 5, medianMs: 30_000, p90Ms: 62_000 },
  };
  const adverseEvents = { mild: 2, moderate: 0, serious: 1 };
  expect(cardLines(some({ responses, adverseEvents }))).toEqual([
    "8 sessions, 7 patients",
    "2 h 34 min restricted",
    "Alarms: high 0, medium 2, low 6",
    "Until somebody was going: medium: nobody; low 30 s, 90 % within 1 min 2 s",
    "Stopped early: 1",
    "Adverse events: 1 serious, 2 mild",
  ]);
});

test("a class without alarms and events says so", () => {
  expect(cardLines(some())).toEqual([
    ...["8 sessions, 7 patients", "2 h 34 min restricted", "Alarms: 0", "Stopped early: 1"],
    "Adverse events: 0",
  ]);
});
