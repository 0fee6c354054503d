/** The line after a burst, on a wall that was told to speak; what the browser would say is written down. */
import { expect, type Page, test } from "@playwright/test";
import { asKiosk, show, stageForAll } from "./looking.ts";
import { scenes } from "./scenes.ts";

test.use(asKiosk);
const stage = stageForAll();

/** A browser with one voice of its own and one of the network. */
const speaking = `
  window.spoken = [];
  const voices = [{ lang: "en-US", localService: false }, { lang: "en-GB", localService: true }];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    speak: (line) => spoken.push(line.voice.lang + ": " + line.text),
    cancel: () => spoken.push("cut"),
  } });
`;
const spoken = (page: Page): Promise<string[]> => page.evaluate<string[]>("spoken");

test("a wall that was told to says the alarm after its burst, once, also after a reload, and is cut when somebody goes", async ({
  page,
}) => {
  await page.addInitScript({ content: speaking });
  await show(stage(), page, { scene: "one-alarm", at: "/wall?voice=on" });
  await expect.poll(() => spoken(page), { timeout: 10_000 }).toEqual(["en-GB: Station 1. Release."]);
  // The next burst has it cut where it should still be speaking, and no other follows.
  await page.waitForTimeout(7500);
  expect(await spoken(page)).toEqual(["en-GB: Station 1. Release.", "cut"]);

  await page.goto(`${stage().url}/wall`);
  await expect.poll(() => spoken(page), { timeout: 10_000 }).toEqual(["en-GB: Station 1. Release."]);
  const alarms = scenes["one-alarm"](stage().now()).alarms.map((o) => ({
    ...o,
    acknowledged: { by: "Aidan R.", at: stage().now(), until: stage().now() + 30_000, verified: false },
  }));
  stage().patch({ alarms });
  await expect.poll(() => spoken(page), { timeout: 1000 }).toEqual(["en-GB: Station 1. Release.", "cut"]);
});

test("a wall that was not told to says nothing", async ({ page }) => {
  await page.addInitScript({ content: speaking });
  await show(stage(), page, { scene: "one-alarm", at: "/wall" });
  await page.waitForTimeout(7000);
  expect(await spoken(page)).toEqual([]);
});

test("a browser that cannot speak sounds all the same", async ({ page }) => {
  const errors: unknown[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.addInitScript({ content: "delete window.speechSynthesis;" });
  await show(stage(), page, { scene: "one-alarm", at: "/wall?voice=on" });
  expect(await page.evaluate(() => "speechSynthesis" in window)).toBe(false);
  await expect(page.locator(".head")).toContainText("sound on");
  // Past the end of the first burst, when a line would be said.
  await page.waitForTimeout(5500);
  expect(errors).toEqual([]);
});
