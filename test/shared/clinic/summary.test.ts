import { expect, test } from "vitest";
import { createSumming } from "../../../shared/clinic/summary.ts";
import type { RecordingRecord } from "../../../shared/clinic/recording-record.ts";
import { recordingRecord } from "../../support/recording-record.ts";

const session = (id: string, changes: Partial<RecordingRecord> = {}) => ({
  id,
  body: { ...recordingRecord(), ...changes },
});
const alarm = (answeredAfterMs: number | null) =>
  ({ condition: "overrun", priority: "high", answeredAfterMs, lastedMs: 9000 }) as const;

test("sums up sessions by class and for the clinic, the newest class first", () => {
  const { figures } = recordingRecord();
  const summing = createSumming();
  summing.take(session("a", { class: "c1", startedAt: 100, patient: "p1" }));
  summing.take(session("b", { class: "c1", startedAt: 90, patient: "p2", outcome: "stopped-early" }));
  summing.take(session("c", { class: "c2", startedAt: 200, patient: "p1", outcome: null }));
  summing.take(session("d", { class: null, startedAt: 50, patient: null, name: "Maya K." }));
  summing.take(session("e", { class: null, startedAt: 60, source: "imported" }));
  const event = { at: 150, what: "Bruise", done: "", by: "Emily", severity: "mild" } as const;
  summing.event({ ...event, patient: "p1", session: "a" });
  summing.event({ ...event, patient: "p1", session: null, severity: "serious" });
  const classes = [...summing.classes((id) => (id === "c1" ? { room: "Gym", startedAt: 40 } : null))];
  expect(summing.clinic()).toMatchObject({
    ...{ sessions: 4, patients: 3, restrictedMs: 4 * (figures.limbs[0]?.restrictedMs ?? 0) },
    outcomes: { completed: 2, "stopped-early": 1, "not-started": 0, unknown: 1 },
    adverseEvents: { mild: 1, moderate: 0, serious: 1 },
  });
  expect(classes).toMatchObject([
    { class: "c2", room: null, startedAt: 200, sessions: 1, adverseEvents: { mild: 0 } },
    { class: null, room: null, startedAt: 50, sessions: 1 },
    // As the list of classes has it, not as its first session.
    { class: "c1", room: "Gym", startedAt: 40, sessions: 2, patients: 2, adverseEvents: { mild: 1 } },
  ]);
});

test("tells how soon alarms were answered, by condition and by priority", () => {
  const { figures } = recordingRecord();
  const summing = createSumming();
  const times = [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 60_000];
  summing.take(session("a", { figures: { ...figures, alarms: [...times, null].map(alarm) } }));
  summing.take(
    session("b", {
      figures: {
        ...figures,
        alarms: [{ condition: "silent", priority: "medium", answeredAfterMs: null, lastedMs: 1 }],
      },
    }),
  );
  const { alarms, responses } = summing.clinic();
  const high = { raised: 11, answered: 10, medianMs: 5000, p90Ms: 9000 };
  expect(alarms).toEqual([
    { condition: "overrun", priority: "high", ...high },
    { condition: "silent", priority: "medium", raised: 1, answered: 0, medianMs: null, p90Ms: null },
  ]);
  expect(responses.high).toEqual(high);
  expect(responses.low).toEqual({ raised: 0, answered: 0, medianMs: null, p90Ms: null });
});

test("reminders of a release are counted by themselves, outside of the alarms and of how soon they were answered", () => {
  const { figures } = recordingRecord();
  const soon = { condition: "release-soon", priority: "low", lastedMs: 20_000 } as const;
  const summing = createSumming();
  summing.take(
    session("a", {
      figures: {
        ...figures,
        alarms: [
          { ...soon, answeredAfterMs: 4000 },
          { ...soon, answeredAfterMs: null },
        ],
      },
    }),
  );
  const { alarms, responses, reminders } = summing.clinic();
  expect(alarms).toEqual([]);
  expect(responses.low).toEqual({ raised: 0, answered: 0, medianMs: null, p90Ms: null });
  expect(reminders).toEqual({ raised: 2, answered: 1, medianMs: 4000, p90Ms: 4000 });
});

test("is empty where nothing was", () => {
  const summing = createSumming();
  expect(summing.clinic()).toMatchObject({ sessions: 0, patients: 0, restrictedMs: 0, alarms: [] });
  expect([...summing.classes(() => null)]).toEqual([]);
});
