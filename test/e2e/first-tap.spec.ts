/** A browser that nobody started as a kiosk, and the page that everybody sees first. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, test } from "@playwright/test";
import { wallFaults } from "./geometry.ts";
import { hd, show, stageForAll, watchAudio } from "./looking.ts";

const stage = stageForAll();

test("without a kiosk the wall says that it is silent, and one tap arms it with a test burst", async ({
  page,
}) => {
  const audio = await watchAudio(page);
  await show(stage(), page, { scene: "eight-calm", at: "/wall", untouchedUntil: audio.opened });
  const arm = page.locator("[data-action=arm-sound]");
  await expect(arm).toBeVisible();
  await expect(arm).toBeInViewport({ ratio: 1 });
  await expect.poll(() => stage().sounds.at(-1)).toBe(false);
  expect(await wallFaults(page)).toEqual([]);
  // From edge to edge, in letters that are read from across the room, in the inverse of everything else.
  const banner = page.locator(".silent");
  const { width, height } = (await banner.boundingBox()) ?? { width: 0, height: 0 };
  expect(width).toBeGreaterThan(0.95 * hd.width);
  expect(height).toBeGreaterThan(0.06 * hd.height);
  const colours = (of: Locator): Promise<string> => of.evaluate((e) => getComputedStyle(e).backgroundColor);
  expect(await colours(banner)).toBe("rgb(240, 243, 248)");
  // It stays for as long as nobody taps it, and nothing sounds.
  await page.waitForTimeout(2500);
  await expect(arm).toBeVisible();
  expect(await audio.tones()).toBe(0);
  await arm.click();
  await expect.poll(audio.tones).toBe(3);
  await expect(page.getByText("The sound that you hear is the test.")).toBeVisible();
  await expect(page.locator(".head")).toContainText("sound on");
  await expect(arm).toHaveCount(0);
  await expect.poll(() => stage().sounds.at(-1)).toBe(true);
  await expect(banner).toHaveCount(0, { timeout: 6000 });
});

test("the first page leads to both, and says what the product is not", async ({ page }) => {
  await page.goto(stage().url);
  await expect(
    page.getByText("It replaces neither the cuff’s own limits nor a person who watches."),
  ).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("link", { name: /Floor/ }).click();
  await expect(page).toHaveURL(/\/floor$/);
});
