import { expect, test } from "vitest";
import { add, endedWith, inWords, ofPlaywright, ofVitest } from "./numbers.ts";

const vitest = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: "failed", assertionResults: [{}] },
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{}, {}] },
  ],
};

test("a file of tests that cannot be loaded counts as failed", () => {
  expect(ofVitest(vitest)).toEqual({ passed: 7, failed: 2, skipped: 3 });
});

test("a test in the browser that passes only now and then has failed, and so has a run with errors", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
  expect(ofPlaywright({ stats, errors: [{ message: "no such file" }] })).toEqual({
    passed: 5,
    failed: 4,
    skipped: 3,
  });
});

test("a report in another form is no report", () => {
  expect(() => ofVitest({})).toThrow();
  expect(() => ofPlaywright({ stats: {} })).toThrow();
});

test("the last line adds up, and names what was skipped only where something was", () => {
  const one = { passed: 3, failed: 0, skipped: 0 };
  expect(inWords(add(one, one))).toBe("6 passed, 0 failed");
  expect(inWords(add(one, { passed: 0, failed: 1, skipped: 2 }))).toBe("3 passed, 1 failed, 2 skipped");
  expect(inWords(add())).toBe("0 passed, 0 failed");
});

test("a bad end counts, once", () => {
  expect(endedWith(1, { passed: 3, failed: 0, skipped: 0 }).failed).toBe(1);
  expect(endedWith(1, { passed: 3, failed: 2, skipped: 0 }).failed).toBe(2);
  expect(endedWith(0, { passed: 3, failed: 0, skipped: 0 }).failed).toBe(0);
});
