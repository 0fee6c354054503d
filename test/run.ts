/**
 * `npm test`: builds the screens, runs every test, in the browser too, and ends with a line "N passed, N failed". With
 * arguments it hands them to Vitest and runs nothing else: `npm test -- test/server`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { add, endedWith, inWords, type Numbers, ofPlaywright, ofVitest } from "./runner/numbers.ts";
import { provideParts } from "./runner/parts.ts";
import { findBrowser } from "./support/programs.ts";

const root = path.resolve(import.meta.dirname, "..");
const inCi = process.env["CI"] === "true";
const reports = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-tests-"));
const nothing: Numbers = { passed: 0, failed: 0, skipped: 0 };
const oneFailed: Numbers = { ...nothing, failed: 1 };

/** Runs a program of a package with this Node; its exit code. */
const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number =>
  spawnSync(process.execPath, [path.join(root, "node_modules", program), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  }).status ?? 1;

const reportOf = (file: string, read: (report: unknown) => Numbers): Numbers => {
  try {
    return read(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    console.log(
      `There is no report of these tests (${error instanceof Error ? error.message : String(error)}).`,
    );
    return oneFailed;
  }
};

const runVitest = (args: readonly string[]): Numbers => {
  const file = path.join(reports, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = run("vitest/vitest.mjs", ["run", "--config", "test/vitest.config.ts", ...reporters, ...args]);
  return endedWith(code, reportOf(file, ofVitest));
};

/** Without a browser the tests are only listed, so that the last line says how many were skipped. */
const runPlaywright = (browser: string | null, project: string, workers: number): Numbers => {
  const file = path.join(reports, `playwright-${project}.json`);
  const args = ["test", "--config", "test/e2e/playwright.config.ts", "--project", project];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  if (browser === null) {
    run("@playwright/test/cli.js", [...args, "--list", "--reporter=json"], env);
    const { passed, failed, skipped } = reportOf(file, ofPlaywright);
    return { passed: 0, failed: inCi ? 1 : 0, skipped: passed + failed + skipped };
  }
  const code = run("@playwright/test/cli.js", [...args, `--workers=${workers}`, "--reporter=list,json"], {
    ...env,
    CUFFWATCH_CHROMIUM: browser,
  });
  return endedWith(code, reportOf(file, ofPlaywright));
};

const runAll = (): Numbers => {
  provideParts();
  if (run("vite/bin/vite.js", ["build", "client", "--logLevel", "warn"]) !== 0) {
    console.log("The screens cannot be built; nothing else was tested.");
    return oneFailed;
  }
  const browser = findBrowser();
  // What holds a clock against what it sees has the machine to itself; the others fill it while they wait.
  return add(
    runVitest([]),
    runPlaywright(browser, "together", 3),
    runPlaywright(browser, "timed", 3),
    runPlaywright(browser, "alone", 1),
  );
};

const chosen = process.argv.slice(2);
const numbers = chosen.length > 0 ? runVitest(chosen) : runAll();
rmSync(reports, { recursive: true });
console.log(inWords(numbers));
process.exit(numbers.failed === 0 ? 0 : 1);
