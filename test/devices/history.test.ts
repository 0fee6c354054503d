import { describe, expect, test } from "vitest";
import { History } from "../../devices/history.ts";
import { step } from "../../devices/cuff.ts";
import { dataOf, someCuff } from "./some-cuff.ts";

const messages = dataOf(step(someCuff(), 60_000).said);
const first = messages[0]?.seq ?? NaN;

const filled = (capacity?: number): History => {
  const history = new History(capacity);
  for (const message of messages) history.keep(message);
  return history;
};

const drained = (history: History): number[] =>
  Array.from({ length: 100 }, () => history.due(1000))
    .flat()
    .map((message) => message.seq - first);

describe("a cuff's memory", () => {
  test("hands out what was asked for, oldest first, marked as historic", () => {
    const history = filled();
    expect(history.ask(first + 10, first + 12)).toBe(true);
    const due = history.due(1000);
    expect(due.map((message) => message.seq - first)).toEqual([10, 11, 12]);
    expect(due.every((message) => message.hist)).toBe(true);
  });

  test("hands out at most 25 messages a second", () => {
    const history = filled();
    history.ask(first, first + 200);
    expect(history.due(200)).toHaveLength(5);
    expect(history.due(1000)).toHaveLength(25);
    expect(history.due(60_000)).toHaveLength(25);
  });

  test("joins what was missed in a row, and keeps stretches apart", () => {
    const history = filled();
    for (const offset of [5, 6, 7, 20, 21]) {
      const message = messages[offset];
      if (message !== undefined) history.missed(message);
    }
    expect(history.owed).toBe(5);
    expect(drained(history)).toEqual([5, 6, 7, 20, 21]);
    expect(history.owed).toBe(0);
  });

  test("forgets the oldest beyond its capacity, and says when nothing of what was asked for is left", () => {
    const history = filled(50);
    const oldest = messages.length - 50;
    expect(history.ask(first, first + 10)).toBe(false);
    expect(history.ask(first, first + oldest)).toBe(true);
    expect(drained(history)).toEqual([oldest]);
  });

  test("asked for all numbers there are, it hands out only what it holds", () => {
    const history = filled(50);
    expect(history.ask(0, 0xffff_ffff)).toBe(true);
    expect(history.owed).toBe(50);
  });
});
