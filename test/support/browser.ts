/** Which browser tests and benches look through: the one that is named, else Playwright's own, else the machine's. */
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const ofTheMachine = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

/** The path of a Chromium that is on this disk, or undefined where there is none. */
export const browserPath = (): string | undefined =>
  [
    process.env["TEST_CHROMIUM"],
    process.env["CUFFWATCH_CHROMIUM"],
    chromium.executablePath(),
    ...ofTheMachine,
  ].find((path) => path !== undefined && path !== "" && existsSync(path));

/** Without a GPU, without updates, and without a word to anybody outside. */
export const browserArgs: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What to say where there is none. */
export const missingBrowser =
  "A Chromium is missing. Name one in TEST_CHROMIUM, or install one: npx playwright install chromium, or apt-get install chromium.";
