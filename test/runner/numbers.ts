/** How many tests passed, from what the two runners report. */
import { z } from "zod";

export type Numbers = Readonly<{ passed: number; failed: number; skipped: number }>;

export const add = (...all: readonly Numbers[]): Numbers => ({
  passed: all.reduce((n, one) => n + one.passed, 0),
  failed: all.reduce((n, one) => n + one.failed, 0),
  skipped: all.reduce((n, one) => n + one.skipped, 0),
});

/** The last line of a run. */
export const inWords = ({ passed, failed, skipped }: Numbers): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Vitest's JSON report; a file that could not even be loaded counts as one failed test. */
export const ofVitest = (report: unknown): Numbers => {
  const r = vitestReport.parse(report);
  const unloaded = r.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0);
  return {
    passed: r.numPassedTests,
    failed: r.numFailedTests + unloaded.length,
    skipped: r.numPendingTests + r.numTodoTests,
  };
};

/** Playwright's JSON report; a test that passes only now and then has failed. */
export const ofPlaywright = (report: unknown): Numbers => {
  const { stats, errors } = playwrightReport.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
};

/** A run that ended badly without a failed test has failed all the same. */
export const endedWith = (exitCode: number, numbers: Numbers): Numbers =>
  exitCode !== 0 && numbers.failed === 0 ? { ...numbers, failed: 1 } : numbers;
