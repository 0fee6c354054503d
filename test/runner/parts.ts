/** What the tests need beside npm's packages: a browser and Mosquitto. Installed as root in CI, asked for elsewhere. */
import { spawnSync } from "node:child_process";
import { missingBrowser, missingMosquitto } from "../support/programs.ts";

const inCi = process.env["CI"] === "true";

const missing = (): readonly string[] =>
  [missingBrowser(), missingMosquitto()].filter((sentence) => sentence !== null);

const packages = (): readonly string[] => [
  ...(missingBrowser() === null ? [] : ["chromium"]),
  ...(missingMosquitto() === null ? [] : ["mosquitto", "mosquitto-clients"]),
];

/**
 * Sees to it that what the tests need is there, as far as that may be done unasked, and prints what is missing then.
 * Answers the sentences; with CI=true each of them is a failure.
 */
export const provideParts = (): readonly string[] => {
  if (missing().length === 0) return [];
  if (inCi && process.getuid?.() === 0) {
    const install = ["install", "-y", "--no-install-recommends", ...packages()];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [["update"], install]) spawnSync("apt-get", args, { stdio: "inherit", env });
  }
  const still = missing();
  for (const sentence of still) console.log(sentence);
  if (still.length > 0 && !inCi)
    console.log(
      `The tests that need it are skipped. To have them all: sudo apt-get update && sudo apt-get install -y ${packages().join(" ")}`,
    );
  return still;
};
