import { describe, expect, test } from "vitest";
import { cuffId } from "../../../shared/ids.ts";
import { minutes, seconds } from "../../../shared/units.ts";
import { laterStartText, releaseQueue } from "../../../shared/view/release-queue.ts";
import { cuffDown, cuffUp, now, prescription, secondsAgo, station } from "../../support/on-screen.ts";

test("everybody who is restricted stands in the queue, the next release first and the overdue before it", () => {
  const queue = releaseQueue(
    [
      station("1", cuffUp(100)),
      station("2", cuffDown()),
      station("3", cuffUp(494)),
      station("4", cuffUp(434)),
    ],
    now,
  );
  expect(queue.next.map((r) => [r.station, r.in])).toEqual([
    ["3", -14_000],
    ["4", 46_000],
    ["1", 380_000],
  ]);
});

test("a patient with two cuffs stands there once, with the earlier release", () => {
  const queue = releaseQueue([station("6", cuffUp(100), cuffUp(300, { cuff: cuffId("cuff-02") }))], now);
  expect(queue.next.map((r) => r.in)).toEqual([180_000]);
});

test.each([
  ["within 30 s", 29, 29_000],
  ["30 s apart", 30, null],
])("two releases %s", (_, apart, found) => {
  const queue = releaseQueue([station("2", cuffUp(200)), station("6", cuffUp(200 - apart))], now);
  expect(queue.collision?.apart ?? null).toBe(found);
});

test("an overdue release has to be done now, and collides with one that follows within 30 s", () => {
  const queue = (dose: number) => releaseQueue([station("2", cuffUp(490)), station("6", cuffUp(dose))], now);
  expect(queue(470).collision).toMatchObject({
    first: { station: "2" },
    second: { station: "6" },
    apart: 10_000,
  });
  expect(queue(440).collision).toBeNull();
});

test("of several collisions the closest is said", () => {
  const stations = [station("2", cuffUp(300)), station("6", cuffUp(280)), station("7", cuffUp(279))];
  expect(releaseQueue(stations, now).collision).toMatchObject({
    first: { station: "6" },
    second: { station: "7" },
  });
});

test("who is ready is told to start later when the release would fall on another's", () => {
  const stations = [station("2", cuffUp(10)), station("6", cuffDown())];
  expect(releaseQueue(stations, now).start).toMatchObject({ station: "6", in: 20_000 });
});

test("the wait clears every release after the first as well", () => {
  const stations = [station("1", cuffUp(10)), station("2", cuffUp(-35)), station("6", cuffDown())];
  expect(releaseQueue(stations, now).start).toMatchObject({ station: "6", in: 65_000 });
});

test("nobody is told to wait when nothing would collide", () => {
  expect(releaseQueue([station("2", cuffUp(200)), station("6", cuffDown())], now).start).toBeNull();
});

test("a cuff on no patient stands there with its own name", () => {
  expect(releaseQueue([station(null, cuffUp(44, { prescription: null }))], now).next[0]).toMatchObject({
    station: "",
    patient: "cuff-01",
  });
});

test("the later release of a patient with two cuffs falls on another's as well; their own two do not", () => {
  const both = (...up: readonly [number, number]) =>
    station("6", cuffUp(up[0]), cuffUp(up[1], { cuff: cuffId("cuff-02") }));
  const queue = releaseQueue([both(300, 100), station("2", cuffUp(110))], now);
  expect(queue.next.map((r) => r.station)).toEqual(["6", "2"]);
  expect(queue.collision).toMatchObject({
    first: { station: "2", in: 370_000 },
    second: { station: "6", in: 380_000 },
    apart: 10_000,
  });
  expect(releaseQueue([both(300, 290)], now).collision).toBeNull();
});

describe("who is about to begin", () => {
  const later = (...stations: Parameters<typeof releaseQueue>[0]) =>
    releaseQueue(stations, now).later.map((l) => [l.station, laterStartText(l)]);
  const limitOf = (s: number) => ({ prescription: { ...prescription, limit: seconds(s) } });

  test("is told with whom the release would fall together", () => {
    expect(later(station("2", cuffUp(20)), station("6", cuffDown()))).toEqual([
      ["6", "start in 0:10: would end with station 2"],
    ]);
  });

  test("is judged by the limit of the own plan", () => {
    const short = station("6", cuffDown(limitOf(300)));
    expect(later(station("2", cuffUp(20)), short)).toEqual([]);
    expect(later(station("2", cuffUp(170)), short)).toEqual([
      ["6", "start in 0:40: would end with station 2"],
    ]);
  });

  test("with two cuffs keeps both releases apart from every other", () => {
    const both = station("6", cuffDown(limitOf(300)), cuffDown({ cuff: cuffId("cuff-02") }));
    expect(later(station("2", cuffUp(20)), both)).toEqual([["6", "start in 0:10: would end with station 2"]]);
    expect(later(station("2", cuffUp(170)), both)).toEqual([
      ["6", "start in 0:40: would end with station 2"],
    ]);
  });

  test("is told apart from the others who are ready, each after the one before", () => {
    expect(later(station("1", cuffDown()), station("2", cuffDown()), station("3", cuffDown()))).toEqual([
      ["2", "start 0:30 after station 1, else both end together"],
      ["3", "start 1:00 after station 1, else both end together"],
    ]);
  });

  test("gets a place of one's own behind the others who wait for the same release", () => {
    const stations = [station("2", cuffUp(10)), station("6", cuffDown()), station("7", cuffDown())];
    expect(later(...stations)).toEqual([
      ["6", "start in 0:20: would end with station 2"],
      ["7", "start in 0:50: would end with station 2"],
    ]);
    expect(releaseQueue(stations, now).start).toMatchObject({ station: "6" });
  });

  test("but is only ready beside others who are is nothing for the wall", () => {
    expect(releaseQueue([station("1", cuffDown()), station("2", cuffDown())], now).start).toBeNull();
  });

  test("may begin after the pause at the earliest, while the blood still flows back", () => {
    const again = { ...prescription, inflations: 3, reperfusion: minutes(1) };
    const pausing = (down: number) =>
      cuffDown({
        prescription: again,
        inflationsDone: 1,
        dose: { closed: minutes(5), upTo: secondsAgo(down) },
      });
    expect(later(station("2", cuffUp(0)), station("6", pausing(20)))).toEqual([]);
    expect(later(station("2", cuffUp(-30)), station("6", pausing(20)))).toEqual([
      ["6", "start in 1:00: would end with station 2"],
    ]);
    expect(later(station("2", cuffUp(-30)), station("6", { ...pausing(20), inflationsDone: 3 }))).toEqual([]);
  });
});
