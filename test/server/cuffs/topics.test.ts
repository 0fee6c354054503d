import { beforeEach, expect, test } from "vitest";
import { HeardTopics } from "../../../server/cuffs/topics.ts";
import { millis } from "../../../shared/units.ts";

let now = 0;
let topics: HeardTopics;
beforeEach(() => {
  now = 1_000_000;
  topics = new HeardTopics(() => now);
});

const mapping = { topic: "pump/state", unit: "mmHg", intervalMs: millis(1000) } as const;
const say = (text: string, topic = "pump/state"): void => topics.take(topic, Buffer.from(text));
/** Says a value every so many milliseconds. */
const speak = (everyMs: number, count = 5): void => {
  for (let i = 0; i < count; i++) {
    now += everyMs;
    say(String(120 + i));
  }
};

test("a cuff that speaks often enough can be supervised, until it stops", () => {
  speak(1000);
  expect(topics.preview(mapping)).toMatchObject({ everyMs: 1000, problem: null });
  now += 2900;
  expect(topics.preview(mapping).problem).toBeNull();
  now += 200;
  expect(topics.preview(mapping).problem).toContain("Nothing has come for 3.1 s");
});

test("one that is too slow, or slower than was said, is told so with what to do", () => {
  speak(2000);
  expect(topics.preview(mapping).problem).toContain("every 2.0 s, which is too slow to be supervised");
  topics = new HeardTopics(() => now);
  speak(700);
  const eager = { ...mapping, intervalMs: millis(200) };
  expect(topics.preview(eager).problem).toContain("every 0.7 s, and you have said every 0.2 s");
  expect(topics.preview(eager).problem).toContain("Say 700 ms.");
  expect(topics.preview({ ...mapping, intervalMs: millis(700) }).problem).toBeNull();
});

test("before there are three values nobody can tell how often it speaks, and what is no number comes first", () => {
  speak(1000, 2);
  expect(topics.preview(mapping)).toMatchObject({
    everyMs: null,
    problem: expect.stringContaining("Too little") as string,
  });
  say("off");
  expect(topics.preview(mapping)).toMatchObject({
    values: [{ mmhg: null, text: "off" }, { mmhg: 121 }, { mmhg: 120 }],
    problem: expect.stringContaining('"off"') as string,
  });
});

test("only what was heard of late and outside the contract is kept, and only so much of it", () => {
  say("{}", "bfr/v1/main/left-1/data");
  say("1", "x".repeat(300));
  for (let i = 0; i < 500; i++) say("y".repeat(10_000), `topic/${i}`);
  const list = topics.list();
  expect(list).toHaveLength(200);
  expect(list[0]).toMatchObject({ topic: "topic/499", last: "y".repeat(120) });
  expect(topics.preview({ ...mapping, topic: "topic/499" }).values[0]?.text).toHaveLength(120);
  now += 6 * 60_000;
  expect(topics.list()).toEqual([]);
});
