/** A page that the browser keeps when somebody goes elsewhere, and shows again as it was when they go back. */
import { expect, test } from "@playwright/test";
import { asKiosk, show, stageForAll, watchAudio } from "./looking.ts";

test.use({
  launchOptions: { ...asKiosk.launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] },
});
const stage = stageForAll();

test("a wall that somebody left and came back to is live and heard, without a tap", async ({ page }) => {
  const audio = await watchAudio(page);
  await show(stage(), page, { scene: "one-alarm", at: "/wall" });
  await expect.poll(audio.tones).toBeGreaterThanOrEqual(10);
  await page.evaluate(() =>
    addEventListener("pageshow", ({ persisted }) =>
      Object.assign(document.body.dataset, { kept: persisted }),
    ),
  );
  await page.goto(`${stage().url}/`);
  // Longer than the pause of a burst, and than a link may be silent.
  await page.waitForTimeout(5000);
  const said = stage().sounds.length;
  // A page that is shown as it was is not loaded, so there is nothing to wait for.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await expect(page.locator("body[data-kept=true]")).toBeAttached();
  const tones = await audio.tones();
  await expect.poll(() => stage().sounds.slice(said).at(-1)).toBe(true);
  await expect(page.locator("[data-link=lost]")).toHaveCount(0);
  await expect(page.locator(".head")).toContainText("sound on");
  await expect(page.locator("[data-action=arm-sound]")).toHaveCount(0);
  await expect.poll(audio.tones, { timeout: 10_000 }).toBeGreaterThanOrEqual(tones + 10);
});
