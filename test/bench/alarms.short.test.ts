/** The short form of the alarm bench, as it is run from the command line: every line of the last table of docs/alarms.md. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import type { Figure } from "./figure.ts";

const main = path.join(import.meta.dirname, "main.ts");

/** The figures of a run that stand for all of it, not for one fault or one cuff model. */
const figures = (): Map<string, number> => {
  const printed = execFileSync(process.execPath, [main, "alarms", "--short", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = printed.trim().split("\n");
  return new Map(
    lines
      .map((line) => JSON.parse(line) as Figure)
      .filter((f) => !("fault" in f.with) && !("model" in f.with))
      .map((f) => [f.figure, f.value]),
  );
};

test("the short sample shows what the whole one must show", { timeout: 180_000 }, () => {
  const found = figures();
  expect(found.get("injected")).toBeGreaterThan(250);
  expect(found.get("missed")).toBe(0);
  expect(found.get("overrun-delay-p99")).toBeLessThanOrEqual(100);
  expect(found.get("false-regulated")).toBe(0);
  expect(found.get("unregulated-most-a-set")).toBeLessThanOrEqual(1);
  expect(found.get("unregulated-above-low")).toBe(0);
  expect(found.get("leak-before-exit")).toBeGreaterThanOrEqual(0.95);
  expect(found.get("per-10-min-class-12")).toBeLessThanOrEqual(1);
});
