import { describe, expect, test } from "vitest";
import { lastChangeAfter, latencies, type Published, type Shown } from "./match.ts";

const cycle = 29;
/** Cuff `cuff` at 10 Hz: value i at 100 × i ms. */
const publishes = (count: number, cuff = 0): Published[] =>
  Array.from({ length: count }, (_, i) => ({ cuff, at: 100 * i, value: 136 + (i % cycle) }));
const after = (published: readonly Published[], ms: number): Shown[] =>
  published.map((p) => ({ cuff: p.cuff, text: p.at + ms, frame: p.at + ms + 9, value: p.value }));

describe("latencies", () => {
  test("are the time from each publish to its own change and to its frame", () => {
    const sent = publishes(100);
    const found = latencies(sent, after(sent, 4), 0, Infinity);
    expect(found.published).toBe(100);
    expect(found.shown).toBe(100);
    expect(new Set(found.text)).toEqual(new Set([4]));
    expect(new Set(found.frame)).toEqual(new Set([13]));
  });
  test("count only what was published in the window", () => {
    const sent = publishes(100);
    expect(latencies(sent, after(sent, 4), 1000, 3000)).toMatchObject({ published: 20, shown: 20 });
  });
  test("leave out what was never shown", () => {
    const sent = publishes(90);
    const half = after(sent, 4).filter((_, i) => i % 2 === 0);
    const found = latencies(sent, half, 0, Infinity);
    expect(found).toMatchObject({ published: 90, shown: 45 });
    expect(Math.max(...found.text)).toBe(4);
  });
  test("keep cuffs apart that show the same value", () => {
    const sent = [...publishes(10, 0), ...publishes(10, 1)];
    const found = latencies(
      sent,
      [...after(publishes(10, 0), 4), ...after(publishes(10, 1), 60)],
      0,
      Infinity,
    );
    expect(found.text.toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(10).fill(4),
      ...Array<number>(10).fill(60),
    ]);
  });
  test("are told apart up to a whole cycle of values", () => {
    const sent = publishes(100);
    const found = latencies(sent, after(sent, 100 * cycle - 10), 0, 5000);
    expect(found.shown).toBe(50);
    expect(new Set(found.text)).toEqual(new Set([100 * cycle - 10]));
  });
  test("allow for clocks that disagree by a fraction of a millisecond", () => {
    const sent = publishes(60);
    expect(latencies(sent, after(sent, -0.3), 0, Infinity).shown).toBe(60);
  });
});

describe("lastChangeAfter", () => {
  test("is how long the page went on changing", () => {
    const sent = publishes(10);
    expect(lastChangeAfter(sent, after(sent, 250))).toBe(250);
  });
  test("is 0 where the page stopped before", () => {
    expect(lastChangeAfter(publishes(10), after(publishes(5), 4))).toBe(0);
  });
});
