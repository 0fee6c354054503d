import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { median, percentile } from "./statistics.ts";

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => n - i);

describe("percentile", () => {
  test("is the value at its rank, whatever the order", () => {
    expect(percentile(upTo(100), 0.5)).toBe(50);
    expect(percentile(upTo(100), 0.99)).toBe(99);
    expect(percentile(upTo(100), 1)).toBe(100);
    expect(percentile(upTo(1000), 0.999)).toBe(999);
  });
  test("of one value is that value", () => {
    expect(percentile([7], 0)).toBe(7);
    expect(percentile([7], 0.95)).toBe(7);
  });
  test("of nothing is not a number", () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
  test("is one of the values, and no more than its share lies below", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }),
        fc.double({ noNaN: true, min: 0, max: 1 }),
        (values, share) => {
          const found = percentile(values, share);
          expect(values).toContain(found);
          expect(values.filter((v) => v < found).length).toBeLessThanOrEqual(share * values.length);
        },
      ),
    );
  });
});

describe("median", () => {
  test("is the middle value of an odd number of values", () => {
    expect(median([30, 1, 2])).toBe(2);
  });
  test("is the mean of the two in the middle of an even number", () => {
    expect(median([40, 1, 2, 4])).toBe(3);
  });
  test("of nothing is not a number", () => {
    expect(median([])).toBeNaN();
  });
});
