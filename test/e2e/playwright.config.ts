/** What is seen through a browser. The screens must have been built (`npm run build`). */
import { defineConfig } from "@playwright/test";
import { browserArgs, browserPath } from "../support/browser.ts";

const executablePath = browserPath();

const files = (...names: readonly string[]): string[] => names.map((name) => `${name}.spec.ts`);

/** Tests that look at single frames, or hold a page's clock to hundredths of a second: nothing may run beside them. */
const alone = files("bench", "flash", "sound", "standstill");
/** Tests that hold a clock to tenths of a second. They wait for most of their time: some of them leave each other room, the others would not. */
const timed = files("first-tap", "kept-page", "link-loss", "voice", "wall");

export default defineConfig({
  testDir: ".",
  projects: [
    { name: "together", testMatch: "*.spec.ts", testIgnore: [...timed, ...alone] },
    { name: "timed", testMatch: timed },
    { name: "alone", testMatch: alone },
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
