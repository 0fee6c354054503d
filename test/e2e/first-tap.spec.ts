/** A browser that nobody started as a kiosk, and the page that everybody sees first. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { wallFaults } from "./geometry.ts";
import { show, stageForAll } from "./looking.ts";

const stage = stageForAll();

test("without a kiosk the wall says that it is silent, and one tap arms it with a test burst", async ({
  page,
}) => {
  await show(stage(), page, { scene: "eight", at: "/wall" });
  const arm = page.locator("[data-action=arm-sound]");
  await expect(arm).toBeVisible();
  expect(await wallFaults(page)).toEqual([]);
  await arm.click();
  await expect(page.getByText("The sound that you hear is the test.")).toBeVisible();
  await expect(page.locator(".head")).toContainText("sound on");
  await expect(arm).toHaveCount(0);
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
