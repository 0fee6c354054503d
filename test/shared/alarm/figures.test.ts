import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Counted, figuresOf, percentile, type Range } from "../../../shared/alarm/figures.ts";
import { floodIn, inUseIn, type Turn } from "../../../shared/alarm/flood.ts";
import { historiesOf, type Moment } from "../../../shared/alarm/history.ts";
import type { Occurrence } from "../../../shared/alarm/occurrence.ts";
import { cuffId, stationId } from "../../../shared/ids.ts";
import { millis, minutes, monotonic } from "../../../shared/units.ts";
import type { Recorded } from "../../../server/store/store.ts";
import { isAboutAlarm } from "../../../shared/session/fact.ts";
import { acknowledged, cleared, raised, wallAt } from "../../support/alarm-facts.ts";

const moment = (second: number): Moment => ({ at: monotonic(second * 1000), wall: wallAt(second) });
const range = (from: number, to: number): Range => ({ from: wallAt(from), to: wallAt(to) });
const counted = (facts: readonly Recorded[], now = 3600): readonly Counted[] =>
  historiesOf(
    facts.flatMap(({ wall, fact }, id) => (isAboutAlarm(fact) ? [{ id, wall, fact }] : [])),
    moment(now),
  ).histories;
const many = (seconds: readonly number[], changes: Partial<Occurrence> = {}): readonly Recorded[] =>
  seconds.map((second) => raised(second, `${JSON.stringify(changes)} ${second}`, changes));
const hour = range(0, 3600);
const figures = (facts: readonly Recorded[], of = hour, inUse = millis(0)): ReturnType<typeof figuresOf> =>
  figuresOf(counted(facts), of, inUse);

describe("alarms per 10 minutes", () => {
  const facts = [
    ...many([0, 60, 600, 3599]),
    ...many([5, 15], { condition: "release-soon", priority: "low" }),
  ];

  test("count what was raised in the range, with countdowns and besides them", () => {
    const f = figures([...facts, ...many([3600, 4000])]);
    expect(f.raised).toEqual({ all: 6, besidesCountdowns: 4 });
    expect(f.per10Min).toEqual({ all: 1, besidesCountdowns: 4 / 6 });
  });

  test("are told of the time in which a cuff was up as well, where one was", () => {
    expect(figures(facts, hour, minutes(20)).per10MinInUse).toEqual({ all: 3, besidesCountdowns: 2 });
    expect(figures(facts).per10MinInUse).toBeNull();
  });

  test("stand in slots by their highest priority", () => {
    const { slots } = figures([...facts, raised(61, "high", { priority: "high" })]);
    expect(slots.size).toBe(600_000);
    const total = slots.all.reduce((n, { high, medium, low }) => n + high + medium + low, 0);
    expect(total).toBe(7);
    expect(slots.all.some(({ high }) => high === 1)).toBe(true);
  });

  test.each([
    [36 * 3600, 10],
    [7 * 24 * 3600, 60],
    [30 * 24 * 3600, 24 * 60],
  ])("a range of %i s has slots of %i minutes, and few enough of them to be seen", (lasts, size) => {
    const { slots } = figures([], range(0, lasts));
    expect(slots.size).toBe(minutes(size));
    expect(slots.all.length).toBeLessThan(370);
    expect(slots.all[0]?.from).toBeLessThanOrEqual(wallAt(0));
    expect((slots.all.at(-1)?.from ?? 0) + slots.size).toBeGreaterThanOrEqual(wallAt(lasts));
  });
});

test("per patient: the most first; what was on no patient is not a patient", () => {
  const f = figures([
    ...many([1], { patient: "Oskar L." }),
    ...many([2, 3]),
    ...many([4], { patient: "", station: null }),
    ...many([5], { condition: "release-soon" }),
  ]);
  expect(f.perPatient).toEqual([
    { patient: "Maya K.", all: 3, besidesCountdowns: 2 },
    { patient: "Oskar L.", all: 1, besidesCountdowns: 1 },
  ]);
});

describe("chattering", () => {
  test.each<[string, readonly number[], readonly (readonly [number, number, number])[]]>([
    ["3 in a minute", [10, 40, 70], [[10, 60, 3]]],
    ["3 in more than a minute", [10, 40, 70.001], []],
    ["it goes on: one stretch", [0, 20, 40, 60, 80], [[0, 80, 5]]],
    [
      "it comes back: two stretches",
      [0, 1, 2, 300, 301, 302],
      [
        [0, 2, 3],
        [300, 2, 3],
      ],
    ],
    ["2 are none", [0, 1], []],
  ])("%s", (_, seconds, stretches) => {
    const found = figures(many(seconds)).chattering;
    expect(found.map((s) => [(s.from - wallAt(0)) / 1000, s.lasted / 1000, s.raised])).toEqual(stretches);
  });

  test("is of one condition of one cuff", () => {
    expect(figures([...many([1, 2]), ...many([3], { condition: "battery" })]).chattering).toEqual([]);
    expect(figures([...many([1, 2]), ...many([3], { cuff: cuffId("cuff-2") })]).chattering).toEqual([]);
  });
});

describe("longest unattended", () => {
  test("is the longest stretch in which one was there and nobody was going", () => {
    const f = figures([raised(0, "a"), acknowledged(30, "a"), raised(5, "b"), cleared(50, "b")]);
    expect(f.longestUnattended).toMatchObject({ lasted: 45_000, from: wallAt(5), open: false });
  });

  test("counts whole where it began before the range, and until now where it goes on", () => {
    const f = figures([raised(100, "a")], range(600, 3600));
    expect(f.longestUnattended).toMatchObject({ lasted: 3_500_000, from: wallAt(100), open: true });
    expect(f.raised.all).toBe(0);
  });

  test("is not of a low one, which calls nobody", () => {
    expect(figures(many([1], { priority: "low" })).longestUnattended).toBeNull();
  });

  test("is not of what was over before the range", () => {
    expect(figures([raised(100, "a"), cleared(599, "a")], range(600, 3600)).longestUnattended).toBeNull();
  });
});

test("the ten most frequent: by condition, cuff and patient", () => {
  const sources = Array.from({ length: 12 }, (_, n) =>
    many(
      Array.from({ length: n + 1 }, (_second, i) => n * 100 + i),
      { cuff: cuffId(`cuff-${n}`), patient: `P${n}`, station: stationId(String(n)) },
    ),
  );
  const { mostFrequent } = figures(sources.flat());
  expect(mostFrequent).toHaveLength(10);
  expect(mostFrequent[0]).toEqual({
    ...{ condition: "silent", cuff: "cuff-11", patient: "P11", station: "11", raised: 12 },
  });
  expect(mostFrequent.at(-1)?.raised).toBe(3);
});

describe("response", () => {
  test("is told by the highest priority, of those that were answered, beside how many were not", () => {
    const f = figures([
      ...[1, 2, 3].flatMap((n) => [raised(n, `${n}`), acknowledged(n + 10 * n, `${n}`)]),
      raised(9, "never"),
      ...[raised(10, "high", { priority: "high" }), acknowledged(14, "high")],
    ]);
    expect(f.response.medium).toEqual({ answered: 3, unanswered: 1, median: 20_000, p90: 30_000 });
    expect(f.response.high).toEqual({ answered: 1, unanswered: 0, median: 4000, p90: 4000 });
    expect(f.response.low).toEqual({ answered: 0, unanswered: 0, median: null, p90: null });
  });

  test.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9, 10],
  ] as const)("of %j, %d by nearest rank is %s", (times, share, expected) => {
    expect(percentile(times.map(millis), share)).toBe(expected);
  });
});

describe("flood", () => {
  const every = (n: number, apart: number, from = 0): readonly number[] =>
    Array.from({ length: n }, (_, i) => from + i * apart);

  test("10 in 10 minutes are none, 11 are one until the first is 10 minutes old", () => {
    expect(figures(many(every(10, 30))).flood).toEqual({ lasted: 0, share: 0, stretches: [] });
    const { flood } = figures(many(every(11, 30)));
    expect(flood.stretches).toEqual([{ from: wallAt(300), lasted: 300_000, raised: 11 }]);
    expect(flood.share).toBeCloseTo(300 / 3600);
  });

  test("takes a share of the time in which a cuff was up, the whole of it at most", () => {
    const share = (inUse: number): number => figures(many(every(11, 30)), hour, minutes(inUse)).flood.share;
    expect(share(20)).toBeCloseTo(5 / 20);
    expect(share(2)).toBe(1);
  });

  test("11 in exactly 10 minutes are none: the first is no longer in it", () => {
    expect(figures(many(every(11, 60))).flood.stretches).toEqual([]);
  });

  test("what was raised before the range counts towards it, and the flood counts within the range only", () => {
    const facts = many(every(11, 30));
    expect(figures(facts, range(330, 3930)).flood.stretches).toEqual([
      { from: wallAt(330), lasted: 270_000, raised: 11 },
    ]);
    expect(figures(facts, range(0, 400)).flood.lasted).toBe(100_000);
  });

  test("agrees with counting at every second", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 60 }), (seconds) => {
        const times = seconds.toSorted((a, b) => a - b);
        const stretches = floodIn(times.map(moment), range(0, 3600));
        for (let second = 0; second < 2400; second += 1) {
          const recent = times.filter((t) => t <= second && t > second - 600).length;
          const wall = wallAt(second);
          const flooded = stretches.some((s) => wall >= s.from && wall < s.from + s.lasted);
          if (flooded !== recent > 10)
            throw new Error(`At ${second} s: ${recent} raised, flooded: ${flooded}`);
        }
        for (const [i, s] of stretches.entries())
          expect(s.from).toBeGreaterThanOrEqual(
            (stretches[i - 1]?.from ?? 0) + (stretches[i - 1]?.lasted ?? 0),
          );
      }),
      { numRuns: 60 },
    );
  });
});

describe("in use", () => {
  const turn = (second: number, up: boolean, occlusion = 1, cuff = "a"): Turn => ({
    ...{ cuff: cuffId(cuff), occlusion, up, wall: wallAt(second) },
  });
  test.each<[string, readonly Turn[], number]>([
    ["nothing", [], 0],
    ["one inflation", [turn(100, true), turn(400, false)], 300],
    [
      "two cuffs that overlap count once",
      [turn(100, true), turn(400, false), turn(300, true, 1, "b"), turn(500, false, 1, "b")],
      400,
    ],
    [
      "one within another",
      [turn(100, true), turn(900, false), turn(300, true, 1, "b"), turn(500, false, 1, "b")],
      800,
    ],
    ["one that began before the range", [turn(400, false)], 400],
    ["one that goes on", [turn(3000, true)], 600],
    ["one that is wholly outside", [turn(-100, true), turn(-50, false)], 0],
  ])("%s", (_, turns, seconds) => {
    expect(inUseIn(turns, hour)).toBe(seconds * 1000);
  });
});
