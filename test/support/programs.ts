/** Programs that tests need and npm does not bring: where they are, and what to say when they are not there. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

/** Where Debian puts daemons, which is not on the path of every user. */
const alsoIn = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];

/** The absolute name of the first of these programs that is on this machine, or null. */
export const findProgram = (...names: readonly string[]): string | null => {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter).filter((f) => f !== ""), ...alsoIn];
  return (
    names
      .flatMap((name) => (path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name))))
      .find(isExecutable) ?? null
  );
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** What is missing of Mosquitto, as a sentence, or null. */
export const missingMosquitto = (): string | null =>
  findProgram("mosquitto") !== null && findProgram("mosquitto_pub") !== null
    ? null
    : "Mosquitto is missing, which these tests use as a broker and as a cuff: apt-get install mosquitto mosquitto-clients";

/** A browser that is on this machine, or null: the one that is named, a system's own, Playwright's. */
export const findBrowser = (): string | null =>
  findProgram(
    ...[process.env["CUFFWATCH_CHROMIUM"] ?? ""].filter((named) => named !== ""),
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    chromium.executablePath(),
  );

/** What is missing of a browser, as a sentence, or null. */
export const missingBrowser = (): string | null =>
  findBrowser() !== null
    ? null
    : "A browser is missing, in which the screens are tested: apt-get install chromium (or name one in CUFFWATCH_CHROMIUM)";
