/** Unit tests that need a real Mosquitto. */
import { describe } from "vitest";
import { missingMosquitto } from "./programs.ts";

/**
 * A group of tests that need Mosquitto. Where it is missing they are left out with the sentence that says what to
 * install; with CI=true they fail with it.
 */
export const describeWithMosquitto = (name: string, tests: () => void): void => {
  const missing = missingMosquitto();
  if (missing === null || process.env["CI"] === "true") describe(name, tests);
  else describe.skip(`${name} (${missing})`, tests);
};
