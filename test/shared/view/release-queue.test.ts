import { expect, test } from "vitest";
import { cuffId } from "../../../shared/ids.ts";
import { releaseQueue } from "../../../shared/view/release-queue.ts";
import { cuffDown, cuffUp, now, station } from "../../support/on-screen.ts";

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
