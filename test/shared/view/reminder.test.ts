import { expect, test } from "vitest";
import { alarmId } from "../../../shared/ids.ts";
import { reminder, reminderKeys } from "../../../shared/view/reminder.ts";
import { cuffUp, going, now, occurrence, secondsAgo, station } from "../../support/on-screen.ts";

const reminded = { waitingSince: secondsAgo(62), remindedAt: secondsAgo(2) };

test("an alarm that somebody was reminded of stands there with what is wrong", () => {
  const found = reminder([occurrence(reminded)], [station("1", cuffUp(494))], now);
  expect(found).toMatchObject({
    line: { station: "1", name: "RELEASE", detail: "08:14 > 08:00" },
    others: 0,
  });
});

test.each([
  ["nobody was reminded of it yet", { remindedAt: null }],
  ["somebody is going", { acknowledged: going, waitingSince: null }],
  [
    "somebody went, and it is silenced no more",
    { acknowledged: { ...going, until: now }, waitingSince: null },
  ],
  ["it cleared", { clearedAt: now }],
  ["a newer one took its place", { supersededBy: alarmId("newer") }],
  ["an answer was taken back since, and no minute has passed", { waitingSince: secondsAgo(1) }],
])("there is no reminder when %s", (_, changes) => {
  expect(reminder([occurrence({ ...reminded, ...changes })], [], now)).toBeNull();
  expect(reminderKeys([occurrence({ ...reminded, ...changes })])).toEqual([]);
});

test("of several the most urgent comes first, and the others are counted", () => {
  const alarms = [
    occurrence({ ...reminded, id: alarmId("a") }),
    occurrence({ ...reminded, id: alarmId("b"), condition: "silent", priority: "high" }),
    occurrence({ ...reminded, id: alarmId("c"), cuff: null, station: null, condition: "not-recording" }),
  ];
  expect(reminder(alarms, [], now)).toMatchObject({ line: { condition: "silent" }, others: 2 });
});

test("the same reminder has the same name until it is given anew", () => {
  const first = reminderKeys([occurrence(reminded)]);
  expect(reminderKeys([occurrence({ ...reminded, priority: "high" })])).toEqual(first);
  expect(reminderKeys([occurrence({ ...reminded, remindedAt: now })])).not.toEqual(first);
});
