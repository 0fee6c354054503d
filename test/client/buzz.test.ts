import { expect, test } from "vitest";
import { GivenReminders } from "../../client/tablet/buzz.ts";

/** What a tab keeps over a reload. */
const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string): string | null => kept.get(key) ?? null,
    setItem: (key: string, value: string): void => void kept.set(key, value),
  };
};

test("each reminder is given once, however often the class is told anew, and also after a reload", () => {
  const tab = storage();
  const given = new GivenReminders(tab);
  expect(given.give([])).toBe(false);
  expect(given.give(["a 60000"])).toBe(true);
  expect(given.give(["a 60000"])).toBe(false);
  expect(given.give([])).toBe(false);
  expect(given.give(["a 60000", "b 70000"])).toBe(true);
  expect(new GivenReminders(tab).give(["a 60000", "b 70000"])).toBe(false);
  expect(new GivenReminders(tab).give(["a 120000"])).toBe(true);
});

test("what is remembered does not grow for ever, and the newest stay", () => {
  const tab = storage();
  const given = new GivenReminders(tab);
  for (let i = 0; i < 1000; i++) given.give([`a ${i}`]);
  expect(given.give(["a 999"])).toBe(false);
  expect((tab.getItem("cuffwatch.reminded") ?? "").split("\n").length).toBeLessThanOrEqual(200);
});
