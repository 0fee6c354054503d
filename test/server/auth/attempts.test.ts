import { describe, expect, test } from "vitest";
import { createAttempts } from "../../../server/auth/attempts.ts";
import { monotonic } from "../../../shared/units.ts";

const s = (seconds: number) => monotonic(seconds * 1000);
const rules = { free: 3, first: 1000, most: 8000, forgetAfter: 60_000 };

describe("wrong tries", () => {
  test("cost nothing at first, then twice as long each time, and never longer than the most", () => {
    const attempts = createAttempts(rules);
    const waits: number[] = [];
    let at = 0;
    for (let i = 0; i < 9; i++) {
      const wait = attempts.wait("ada", s(at));
      waits.push(wait / 1000);
      at += wait / 1000;
      attempts.begin("ada", s(at));
    }
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 8, 8]);
  });

  test("count before they are looked into, so that many at once gain nothing", () => {
    const attempts = createAttempts(rules);
    let made = 0;
    for (let i = 0; i < 50; i++)
      if (attempts.wait("ada", s(0)) === 0) {
        attempts.begin("ada", s(0));
        made += 1;
      }
    expect(made).toBe(3);
    expect(attempts.left("ada")).toBe(0);
  });

  test("are forgotten after a right one, and after quiet", () => {
    const attempts = createAttempts(rules);
    const fail = (at: number): void => {
      for (let i = 0; i < 5; i++) attempts.begin("ada", s(at));
    };
    fail(0);
    expect(attempts.wait("ada", s(1))).toBeGreaterThan(0);
    attempts.succeeded("ada");
    expect(attempts.wait("ada", s(1))).toBe(0);
    fail(1);
    expect(attempts.wait("ada", s(62))).toBe(0);
    expect(attempts.left("ada")).toBe(3);
  });

  test("of one do not touch another", () => {
    const attempts = createAttempts(rules);
    for (let i = 0; i < 9; i++) attempts.begin("ada", s(0));
    expect(attempts.wait("asha", s(0))).toBe(0);
  });

  test("of more names than anybody has take no more memory", () => {
    const attempts = createAttempts({ ...rules, free: 0 });
    for (let i = 0; i < 6000; i++) attempts.begin(`name ${i}`, s(0));
    expect(attempts.wait("name 0", s(0))).toBe(0);
    expect(attempts.wait("name 5999", s(0))).toBeGreaterThan(0);
  });
});
