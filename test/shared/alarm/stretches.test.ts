import { expect, test } from "vitest";
import type { Recorded } from "../../../server/store/store.ts";
import { historiesOf } from "../../../shared/alarm/history.ts";
import { stretchesOf } from "../../../shared/alarm/stretches.ts";
import { isAboutAlarm } from "../../../shared/session/fact.ts";
import { monotonic } from "../../../shared/units.ts";
import { acknowledged, changed, cleared, raised, wallAt } from "../../support/alarm-facts.ts";

/** "10 to 30 medium", in seconds. */
const stretches = (facts: readonly Recorded[]): readonly string[] => {
  const told = facts.flatMap(({ wall, fact }, i) => (isAboutAlarm(fact) ? [{ id: i + 1, wall, fact }] : []));
  return historiesOf(told, { at: monotonic(100_000), wall: wallAt(100) }).histories.flatMap((h) =>
    stretchesOf(h).map(({ from, to, priority }) => `${from / 1000} to ${to / 1000} ${priority}`),
  );
};

test("an alarm has one stretch for each priority in turn, until its condition was over", () => {
  expect(
    stretches([raised(10, "a"), acknowledged(19, "a"), changed(30, "a", "high"), cleared(40, "a")]),
  ).toEqual(["10 to 30 medium", "30 to 40 high"]);
});

test("one that becomes less urgent again says so, and what is open lasts until now", () => {
  expect(stretches([raised(10, "a"), changed(30, "a", "high"), changed(50, "a", "medium")])).toEqual([
    "10 to 30 medium",
    "30 to 50 high",
    "50 to 100 medium",
  ]);
});

test("a change of what is measured is none of its priority", () => {
  expect(stretches([raised(10, "a"), changed(30, "a", "medium"), cleared(40, "a")])).toEqual([
    "10 to 40 medium",
  ]);
});
