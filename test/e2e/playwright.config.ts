/** What is seen through a browser. The screens must have been built (`npm run build`). */
import { defineConfig } from "@playwright/test";
import { browserArgs, browserPath } from "../support/browser.ts";

const executablePath = browserPath();

/**
 * Tests that hold a clock to tenths of a second against what they see and hear. They wait for most of their time: two of them leave
 * each other room, the others would not.
 */
const timed = [
  "bench",
  "first-tap",
  "flash",
  "kept-page",
  "link-loss",
  "sound",
  "standstill",
  "voice",
  "wall",
].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: ".",
  projects: [
    { name: "together", testMatch: "*.spec.ts", testIgnore: timed },
    { name: "timed", testMatch: timed },
  ],
  outputDir: "../../test-results",
  timeout: 90_000,
  workers: 1,
  reporter: "list",
  use: {
    colorScheme: "dark",
    launchOptions: { args: [...browserArgs], ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
