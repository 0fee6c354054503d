/** What the report of a session says, and what it says plainly of itself. */
import { expect, test } from "vitest";
import type { History } from "../../../shared/alarm/history.ts";
import { type RecordingRecord, recordingSchema } from "../../../shared/clinic/recording-record.ts";
import { accountOf } from "../../../shared/recording/account.ts";
import { type Given, reportOf } from "../../../shared/view/report.ts";
import { type AlarmRow, mostUrgent } from "../../../shared/view/report-alarms.ts";
import { conditionName } from "../../../shared/view/words.ts";
import { alarmId } from "../../../shared/ids.ts";
import { millis, monotonic, wallTime } from "../../../shared/units.ts";
import { figures, sessionOf } from "../../support/exported.ts";

const steady = Array.from({ length: 20 }, () => ({
  ...{
    values: Array.from({ length: 10 }, (_, i) => 1500 + i),
    fate: "heard" as const,
    reboots: false,
    delay: 5,
  },
}));

const given = (changes: Partial<RecordingRecord> = {}, more: Partial<Given> = {}): Given => {
  const { recorded, session, patient, followUps } = sessionOf([steady]).exported;
  const body = recordingSchema.parse({
    ...{ patient: "patient-1", name: "Jessica R.", station: "3", class: "class-1", programme: "Knee" },
    ...{ outcome: "completed", cuffs: [], figures, log: 0, from: recorded.from, to: recorded.to },
    ...{ startedAt: 0, endedAt: 31_000, source: "recorded", removed: null, file: null },
    ...changes,
  });
  return {
    ...{ running: false, recording: body, account: accountOf(recorded, session), holes: [], followUps },
    ...{ patient: patient?.body ?? null, cuffName: (cuff) => `the ${cuff}`, clock: (at) => String(at) },
    ...{ when: (wall) => `day ${wall}`, ...more },
  };
};

test("the arithmetic of each exercise can be followed on paper", () => {
  const { lops, prescription } = reportOf(given());
  expect(lops[0]).toBe("Left thigh: limb occlusion pressure 250 mmHg");
  expect(prescription[0]).toEqual({
    exercise: "Leg press",
    lines: [
      "30-15 repetitions",
      "Left thigh: 60 % of 250 mmHg = 150 mmHg, release by 5 min",
      "Right thigh: 60 % of 250 mmHg = 150 mmHg, release by 5 min",
    ],
  });
  expect(prescription[1]?.lines).toEqual(["12 repetitions, without a cuff"]);
});

test("work without a cuff that was planned without a length has none on paper", () => {
  const some = given();
  const { seat } = some.account;
  if (seat === null) throw new Error("Somebody sat there.");
  const exercises = seat.visit.exercises.map((e) => ({ ...e, sets: [], durationS: null }));
  const account = { ...some.account, seat: { ...seat, visit: { ...seat.visit, exercises } } };
  const { prescription } = reportOf({ ...some, account });
  expect(prescription[1]?.lines).toEqual(["without a cuff"]);
  expect(JSON.stringify(prescription)).not.toContain('"0 s');
});

test("a share of nothing is no share", () => {
  expect(reportOf(given()).limbs.rows).toEqual([
    ["Left thigh", "", "1 min 1 s", "1", "75 % of 40 s", "–", "148 / – mmHg", "2 s", "1 s"],
  ]);
});

test("a red check stands there with who set it aside and why", () => {
  expect(reportOf(given()).notes[0]?.text).toBe(
    "Check before the session, red: Feels unwell or feverish today. Overridden by Aidan R.: Only a cold",
  );
});

test("what is simulated, imported, unfinished or not confirmed says so", () => {
  const says = (g: Given): string => reportOf(g).footnotes.join(" ");
  expect(says(given())).toContain("Not confirmed: of one inflation");
  expect(says(given())).not.toContain("SIMULATED");
  expect(says(given({ source: "demonstration" }))).toContain("SIMULATED");
  expect(says(given({ source: "imported" }))).toContain("Imported");
  expect(says(given({}, { running: true }))).toContain("still under way");
  const hole = { from: monotonic(0), to: monotonic(1), cuff: null, why: "damaged" as const };
  expect(says(given({}, { holes: [hole] }))).toContain("A part of the recording cannot be read");
});

test("somebody who is not in the register stands there as the wall showed them", () => {
  expect(reportOf(given({}, { patient: null })).name).toBe("Jessica R.");
});

const happened = (condition: History["condition"], by: string | null): History => {
  const moment = { at: monotonic(0), wall: wallTime(0) };
  return {
    ...{ key: "0-1", id: alarmId("a"), condition, cuff: null, station: null, patient: "" },
    ...{ priority: "low", raised: moment, present: millis(20_000), unattended: [], state: "closed" },
    response: by === null ? null : millis(4000),
    transitions: by === null ? [] : [{ kind: "acknowledged", ...moment, by, verified: true }],
  };
};

test("reminders of a release are no alarms, and stand there with who answered them", () => {
  const says = (...alarms: readonly History[]) => {
    const some = given();
    const report = reportOf({ ...some, account: { ...some.account, alarms } });
    return { alarms: report.alarms.map(({ name }) => name), reminders: report.reminders };
  };
  const four = ["Emily", null, "Aidan", null].map((by) => happened("release-soon", by));
  expect(says(...four)).toEqual({
    alarms: [],
    reminders: "No alarm but 4 reminders of a release, 2 of them answered by Emily, Aidan.",
  });
  expect(says(happened("overrun", "Emily"), happened("release-soon", null))).toEqual({
    alarms: [conditionName.overrun],
    reminders: "Besides them 1 reminder of a release, answered by nobody.",
  });
  expect(says().reminders).toBe("");
  // A name ends in a full stop of its own.
  expect(says(happened("release-soon", "Priya N.")).reminders).toMatch(/answered by Priya N\.$/);
});

test("an alarm stands there with its highest priority, and from when it was that where it rose", () => {
  const reading = { value: 1, limit: 2, unconfirmed: false, cause: null };
  const told = (kind: "raised" | "changed", at: number, priority: History["priority"]) => ({
    ...{ kind, priority, at: monotonic(at), wall: wallTime(at), ...reading },
  });
  const urgency = (priority: History["priority"], ...transitions: History["transitions"]) => {
    const some = given();
    const alarms = [{ ...happened("overrun", null), priority, transitions }];
    return reportOf({ ...some, account: { ...some.account, alarms } }).alarms[0]?.urgency;
  };
  expect(urgency("medium", told("raised", 0, "medium"))).toBe("Medium");
  expect(
    urgency(
      "high",
      told("raised", 0, "low"),
      told("changed", 5, "medium"),
      told("changed", 9, "high"),
      told("changed", 11, "low"),
    ),
  ).toBe("High from 9");
});

test("follow-ups stand there in the order in which they are due", () => {
  const [one] = given().followUps;
  if (one === undefined) throw new Error("There is a follow-up.");
  const followUps = [
    { ...one, kind: "72-hours" as const, dueAt: 72, answered: null },
    { ...one, kind: "next-day" as const, dueAt: 16, answered: null },
  ];
  expect(reportOf(given({}, { followUps })).followUps).toEqual([
    "Next day: due day 16",
    "72 hours: due day 72",
  ]);
});

test("where there is no room for all alarms the most urgent ones stay, in their order", () => {
  const rows = (["low", "medium", "high", "low", "high"] as const).map((priority, i): AlarmRow => ({
    ...{ number: i + 1, at: monotonic(i), cuff: null, priority, time: "", name: "", reading: "" },
    urgency: "",
    ...{ cuffName: "", lasted: "", answer: "" },
  }));
  expect(mostUrgent(rows, 3).map((r) => r.number)).toEqual([2, 3, 5]);
});
