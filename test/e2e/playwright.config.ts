/** What is seen through a browser. The screens must have been built (`npm run build`). */
import { defineConfig } from "@playwright/test";
import { browserArgs, browserPath } from "../support/browser.ts";

const executablePath = browserPath();

/** Tests that hold a clock against what they see: nothing else may run beside them. Every other one can share the machine. */
const timed = [
  ...["answering", "bench", "class", "first-tap", "flash", "floor", "kept-page", "lifecycle", "link-loss"],
  ...["sound", "standstill", "supervision", "voice", "wall"],
].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: ".",
  projects: [
    { name: "still", testMatch: "*.spec.ts", testIgnore: timed, fullyParallel: true },
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
