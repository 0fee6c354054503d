import { expect, test } from "vitest";
import type { Occurrence } from "../../../shared/alarm/occurrence.ts";
import { monotonic } from "../../../shared/units.ts";
import { roomSound } from "../../../shared/view/room-sound.ts";
import { going, now, occurrence, secondsAgo } from "../../support/on-screen.ts";

const pause = { by: "Aidan R.", at: secondsAgo(13), until: secondsAgo(-107) };
const sound = (alarms: readonly Occurrence[], paused: typeof pause | null = pause, at = now) =>
  roomSound({ pause: paused, alarms, stations: [] }, at);

test("a pause counts down by whole seconds of the site, together with every other clock", () => {
  expect(sound([]).paused).toEqual({ by: "Aidan R.", left: "1:47" });
  expect(sound([], pause, monotonic(now + 999)).paused?.left).toBe("1:47");
  expect(sound([], pause, monotonic(now + 1000)).paused?.left).toBe("1:46");
});

test("a pause is over at the moment it ends, and there is none before the first", () => {
  expect(sound([], pause, monotonic(pause.until - 1)).paused?.left).toBe("0:01");
  expect(sound([], pause, pause.until).paused).toBeNull();
  expect(sound([], null).paused).toBeNull();
});

test("what was there when it began is covered; what is new or has risen since is heard", () => {
  const old = occurrence({ roseAt: secondsAgo(14) });
  const risen = occurrence({ condition: "silent", raisedAt: secondsAgo(60), roseAt: secondsAgo(2) });
  const heard = (...alarms: Occurrence[]) => sound(alarms).heard.map((line) => line.condition);
  expect(heard(old)).toEqual([]);
  expect(heard(old, risen)).toEqual(["silent"]);
  expect(sound([old], null).heard).toHaveLength(1);
});

test("low alarms, and those to which somebody is going, are not counted as heard", () => {
  const low = occurrence({ condition: "pressure-low", priority: "low" });
  expect(sound([low, occurrence({ acknowledged: going })], null).heard).toEqual([]);
});

test("the most urgent of what is heard stands first", () => {
  const alarms = [occurrence(), occurrence({ condition: "silent", priority: "high" })];
  expect(sound(alarms, null).heard.map((line) => line.condition)).toEqual(["silent", "overrun"]);
});
