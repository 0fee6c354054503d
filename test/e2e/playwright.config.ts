/** What is seen through a browser. The screens must have been built (`npm run build`). */
import { defineConfig } from "@playwright/test";
import { browserArgs, browserPath } from "../support/browser.ts";

const executablePath = browserPath();

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../test-results",
  timeout: 90_000,
  workers: 1,
  reporter: "list",
  use: {
    colorScheme: "dark",
    launchOptions: { args: [...browserArgs], ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
