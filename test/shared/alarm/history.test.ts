import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historiesOf, type History, type Moment, type ToldAlarm } from "../../../shared/alarm/history.ts";
import { alarmId } from "../../../shared/ids.ts";
import { isAboutAlarm } from "../../../shared/session/fact.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import type { Recorded } from "../../../server/store/store.ts";
import {
  acknowledged,
  changed,
  cleared,
  raised,
  reminded,
  superseded,
  takenBack,
  wallAt,
} from "../../support/alarm-facts.ts";
import { firstEpoch } from "../../server/store/facts.ts";
import { heard, order, run, tick } from "../../support/floor.ts";

const now = (second: number): Moment => ({ at: monotonic(second * 1000), wall: wallAt(second) });
const told = (facts: readonly Recorded[]): readonly ToldAlarm[] =>
  facts.flatMap(({ wall, fact }, i) => (isAboutAlarm(fact) ? [{ id: i + 1, wall, fact }] : []));
const one = (facts: readonly Recorded[], second = 1000): History => {
  const [first] = historiesOf(told(facts), now(second)).histories;
  if (first === undefined) throw new Error("There is no history in it.");
  return first;
};
/** "10 raised medium", "19 acknowledged Aidan R." */
const lines = (h: History): readonly string[] =>
  h.transitions.map((t) =>
    [t.at / 1000, t.kind, "priority" in t ? t.priority : "by" in t ? t.by : ""].join(" ").trim(),
  );

describe("the history of an occurrence", () => {
  test("tells every transition with its time, value, limit and person", () => {
    const h = one([
      raised(10, "a"),
      acknowledged(19, "a"),
      takenBack(25, "a", "Noor B."),
      changed(30, "a", "high"),
      acknowledged(31, "a", { by: "Noor B." }),
      cleared(40, "a"),
    ]);
    expect(lines(h)).toEqual([
      "10 raised medium",
      "19 acknowledged Aidan R.",
      "25 taken-back Noor B.",
      "30 changed high",
      "31 acknowledged Noor B.",
      "40 cleared",
    ]);
    expect(h.transitions[0]).toMatchObject({
      wall: wallAt(10),
      value: 3000,
      limit: 3000,
      unconfirmed: false,
    });
    expect(h.transitions[3]).toMatchObject({ wall: wallAt(30), value: 9000, limit: 3000 });
    expect(h.transitions[1]).toMatchObject({ verified: false });
    expect(h).toMatchObject({
      ...{ id: "a", condition: "silent", cuff: "cuff-1", station: "1", patient: "Maya K." },
      ...{ priority: "high", state: "closed", response: 9000, present: 30_000 },
    });
  });

  test("keeps the highest priority that it had, also after it has fallen again", () => {
    expect(one([raised(1, "a"), changed(2, "a", "high"), changed(3, "a", "low")]).priority).toBe("high");
  });

  test.each<[string, readonly Recorded[], readonly (readonly [number, number])[]]>([
    ["nobody ever went, until it cleared", [raised(10, "a"), cleared(70, "a")], [[10, 60]]],
    ["nobody has gone, and it goes on", [raised(10, "a")], [[10, 90]]],
    ["somebody went", [raised(10, "a"), acknowledged(19, "a"), cleared(70, "a")], [[10, 9]]],
    [
      "the answer was taken back",
      [raised(10, "a"), acknowledged(20, "a"), takenBack(50, "a"), cleared(70, "a")],
      [
        [10, 10],
        [50, 20],
      ],
    ],
    [
      "rising priority voids the answer",
      [raised(10, "a"), acknowledged(20, "a"), changed(50, "a", "high"), acknowledged(55, "a")],
      [
        [10, 10],
        [50, 5],
      ],
    ],
    [
      "falling priority does not",
      [raised(10, "a", { priority: "high" }), acknowledged(20, "a"), changed(50, "a", "medium")],
      [[10, 10]],
    ],
    [
      "latched: it is no longer there, and counts no further",
      [raised(10, "a", { condition: "overrun" }), cleared(30, "a"), acknowledged(90, "a")],
      [[10, 20]],
    ],
    ["answered in the same moment", [raised(10, "a"), acknowledged(10, "a")], []],
  ])("unattended: %s", (_, facts, stretches) => {
    const { unattended } = one(facts, 100);
    expect(unattended.map(({ from, lasted }) => [from.at / 1000, lasted / 1000])).toEqual(stretches);
  });

  test.each<[string, readonly Recorded[], readonly string[]]>([
    ["its answer ended while it was there", [raised(0, "a"), acknowledged(10, "a")], ["130"]],
    ["it cleared before that", [raised(0, "a"), acknowledged(10, "a"), cleared(129, "a")], []],
    ["it cleared at that very moment", [raised(0, "a"), acknowledged(10, "a"), cleared(130, "a")], []],
    ["the answer was taken back before", [raised(0, "a"), acknowledged(10, "a"), takenBack(50, "a")], []],
    ["its priority rose before", [raised(0, "a"), acknowledged(10, "a"), changed(50, "a", "high")], []],
    [
      "answered anew, and once more",
      [raised(0, "a"), acknowledged(10, "a"), acknowledged(140, "a"), cleared(500, "a")],
      ["130", "260"],
    ],
    ["a low one has no sound", [raised(0, "a", { priority: "low" }), acknowledged(10, "a")], []],
  ])("sounded again: %s", (_, facts, times) => {
    const again = one(facts).transitions.filter(({ kind }) => kind === "sounded-again");
    expect(again.map(({ at }) => String(at / 1000))).toEqual(times);
    for (const { at, wall } of again) expect(wall).toBe(wallAt(at / 1000));
  });

  test("it has not sounded again before that moment has come", () => {
    const facts = [raised(0, "a"), acknowledged(10, "a")];
    expect(lines(one(facts, 129.9)).some((line) => line.includes("sounded"))).toBe(false);
    expect(lines(one(facts, 130)).at(-1)).toBe("130 sounded-again");
  });

  test.each<[string, readonly Recorded[], History["state"]]>([
    ["present", [raised(0, "a")], "present"],
    ["answered", [raised(0, "a"), reminded(60, "a"), acknowledged(61, "a")], "acknowledged"],
    ["over", [raised(0, "a"), cleared(9, "a")], "closed"],
    [
      "over and unanswered, of one that latches",
      [raised(0, "a", { condition: "overrun" }), cleared(9, "a")],
      "latched",
    ],
    [
      "superseded by a newer one",
      [raised(0, "a", { condition: "overrun" }), cleared(9, "a"), superseded(12, "a", "b")],
      "closed",
    ],
  ])("its state: %s", (_, facts, state) => {
    expect(one(facts).state).toBe(state);
  });

  test("nothing is made up of one whose beginning is missing", () => {
    const found = historiesOf(told([acknowledged(5, "lost"), raised(6, "a"), cleared(9, "lost")]), now(10));
    expect(found.histories.map(({ id }) => id)).toEqual(["a"]);
    expect(found.withoutBeginning).toEqual([alarmId("lost")]);
  });

  test("an id that is used again is another occurrence, with another key", () => {
    const { histories } = historiesOf(
      told([raised(1, "a"), cleared(5, "a"), raised(100, "a"), acknowledged(103, "a")]),
      now(110),
    );
    expect(histories.map(lines)).toEqual([
      ["1 raised medium", "5 cleared"],
      ["100 raised medium", "103 acknowledged Aidan R."],
    ]);
    expect(new Set(histories.map(({ key }) => key)).size).toBe(2);
  });

  test("durations follow site time, whatever the wall clock does", () => {
    const [first, second] = [raised(10, "a"), acknowledged(19, "a")];
    const stepped = { ...second, wall: wallTime(second.wall - 3_600_000) };
    expect(one([first, stepped]).response).toBe(9000);
    expect(one([first, stepped]).transitions[1]?.wall).toBe(wallAt(19 - 3600));
  });
});

test("facts of the engine itself make the history that its floor lived", () => {
  const { facts } = run([
    ...heard({ from: 0, to: 500, p: 150 }),
    order(500, "cuff-off"),
    ...heard({ from: 500.2, to: 520, p: 0, phase: "idle", tgt: 0 }),
    tick(530),
  ]);
  const stored = facts.map((fact) => ({ fact, at: fact.at, wall: wallTime(fact.at), epoch: firstEpoch }));
  const overrun = historiesOf(told(stored), now(530)).histories.find(
    ({ condition }) => condition === "overrun",
  );
  expect(overrun).toMatchObject({ state: "closed", patient: "Maya K.", station: "1", priority: "medium" });
  expect(overrun?.transitions.map(({ kind }) => kind)).toEqual(["raised", "acknowledged", "cleared"]);
});

/** A life of one occurrence: what happened, and how many seconds after what happened before. */
const life = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 200 }),
    what: fc.constantFrom("acknowledge", "take-back", "remind", "rise", "fall"),
  }),
  { maxLength: 12 },
);

test("whatever happens, what is unattended lies within what was present, and apart from each other", () => {
  fc.assert(
    fc.property(life, fc.boolean(), (steps, clears) => {
      let second = 0;
      const facts = [raised(0, "a")];
      for (const { after, what } of steps) {
        second += after;
        if (what === "acknowledge") facts.push(acknowledged(second, "a"));
        else if (what === "take-back") facts.push(takenBack(second, "a"));
        else if (what === "remind") facts.push(reminded(second, "a"));
        else facts.push(changed(second, "a", what === "rise" ? "high" : "low"));
      }
      if (clears) facts.push(cleared(second + 5, "a"));
      const h = one(facts, second + 300);
      let end = h.raised.at;
      for (const { from, lasted } of h.unattended) {
        expect(from.at).toBeGreaterThanOrEqual(end);
        expect(lasted).toBeGreaterThan(0);
        end = monotonic(from.at + lasted);
      }
      expect(end).toBeLessThanOrEqual(h.raised.at + h.present);
      expect(h.transitions.filter(({ kind }) => kind !== "sounded-again")).toHaveLength(facts.length);
      const times = h.transitions.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }),
  );
});
