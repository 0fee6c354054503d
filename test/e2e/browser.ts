/** Which browser the tests look through: the one that is named, else Playwright's own, else Debian's. */
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const debians = "/usr/bin/chromium";

/** The path of a Chromium, or undefined where there is none. */
export const chromiumPath = (): string | undefined =>
  [process.env["CUFFWATCH_CHROMIUM"], chromium.executablePath(), debians].find(
    (path) => path !== undefined && path !== "" && existsSync(path),
  );

/** Without a GPU, without updates, and without a word to anybody outside. */
export const chromiumArgs: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** A kiosk is started like this, so that its sound needs no tap. */
export const kioskArg = "--autoplay-policy=no-user-gesture-required";
