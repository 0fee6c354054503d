/** The tablet and the phone by themselves. */
import { expect, type Page, test } from "@playwright/test";
import { mmhg } from "../../shared/units.ts";
import { asKiosk, be, loseLink, phone, show, stageForAll, tile } from "./looking.ts";
import { scenes } from "./scenes.ts";

test.use(asKiosk);
const stage = stageForAll();

/** Which buttons of the bar below lie under one another. */
const coveredButtons = (page: Page): Promise<string[]> =>
  page.locator(".dock button:visible").evaluateAll((buttons) => {
    const boxes = buttons.map((b) => ({ name: b.textContent.trim(), box: b.getBoundingClientRect() }));
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) =>
            Math.min(a.box.right, b.box.right) > Math.max(a.box.left, b.box.left) &&
            Math.min(a.box.bottom, b.box.bottom) > Math.max(a.box.top, b.box.top),
        )
        .map((b) => `${a.name} and ${b.name}`),
    );
  });

test("acknowledges in the chosen person's name, and takes it back", async ({ page }) => {
  await show(stage(), page, { scene: "one-alarm", at: "/floor", size: phone });
  await be(page, "Lena M.");
  await page.locator("[data-action=acknowledge]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "acknowledge", by: "Lena M." });
  stage().show(scenes.alarms);
  await tile(page, "2").locator("[data-action=take-back]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "take-back", by: "Lena M." });
});

test("asks who is there when it needs to know, then goes on, and remembers", async ({ page }) => {
  await show(stage(), page, { scene: "one-alarm", at: "/floor", size: phone });
  await page.locator("[data-action=acknowledge]").click();
  await page.getByRole("dialog").getByRole("button", { name: "Tom S." }).click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "acknowledge", by: "Tom S." });
  await page.reload();
  await expect(page.locator("[data-action=who]")).toContainText("Tom S.");
  await expect(page.locator("[data-action=who]")).toContainText("not signed in");
});

test("says beside the button why the server refused", async ({ page }) => {
  await show(stage(), page, { scene: "one-alarm", at: "/floor", size: phone });
  await be(page, "Tom S.");
  stage().answer({ ok: false, kind: "already", reason: "Lena M. is going already." });
  await page.locator("[data-action=acknowledge]").click();
  await expect(tile(page, "1").getByText("Lena M. is going already.")).toBeVisible();
});

test("releases only when held for a second, and says done only when the pressure is down", async ({
  page,
}) => {
  await show(stage(), page, { scene: "one", at: "/floor", size: phone });
  await be(page, "Tom S.");
  const release = tile(page, "1").locator("[data-action=release]");
  const before = stage().commands.length;
  await release.hover();
  await page.mouse.down();
  await page.waitForTimeout(600);
  await page.mouse.up();
  await expect(tile(page, "1")).toContainText("Hold for one second");
  await page.waitForTimeout(700);
  expect(stage().commands.length).toBe(before);

  await page.mouse.down();
  await expect.poll(() => stage().commands.at(-1)?.kind, { timeout: 3000 }).toBe("release");
  await page.mouse.up();
  expect(stage().commands.length).toBe(before + 1);
  await expect(tile(page, "1")).not.toContainText("Done: the pressure is down");
  const [cuff] = scenes.one(stage().now()).stations[0]?.cuffs ?? [];
  stage().patch({
    cuffs: [{ ...cuff, occlusion: null, phase: "idle", pressure: 1, pressureAt: stage().now() }],
  });
  await expect(tile(page, "1")).toContainText("Done: the pressure is down");
  await expect(tile(page, "1")).not.toContainText("Done: the pressure is down", { timeout: 9500 });
});

test("says nothing of one inflation under the next, and hides no release behind advice", async ({ page }) => {
  await show(stage(), page, { scene: "one", at: "/floor", size: phone });
  await be(page, "Tom S.");
  const row = tile(page, "1");
  const [cuff] = scenes.one(stage().now()).stations[0]?.cuffs ?? [];
  if (cuff === undefined || cuff.occlusion === null) throw new Error("The cuff of this class is up.");
  const is = (change: Partial<typeof cuff>): void =>
    stage().patch({ cuffs: [{ ...cuff, pressureAt: stage().now(), ...change }] });
  const release = row.locator("[data-action=release]");

  const before = stage().commands.length;
  await release.hover();
  await page.mouse.down();
  await expect.poll(() => stage().commands.length, { timeout: 3000 }).toBe(before + 1);
  await page.mouse.up();
  is({ occlusion: { ...cuff.occlusion, ordered: { order: "release", by: "Tom S.", at: stage().now() } } });
  await expect(row).toContainText("Releasing: the pressure is not down yet");
  await release.click();
  await expect(row).toContainText("Hold for one second");
  await expect(row).toContainText("Releasing: the pressure is not down yet");
  is({ occlusion: null, phase: "idle", pressure: mmhg(1) });
  await expect(row).toContainText("Done: the pressure is down");
  is({ occlusion: { ...cuff.occlusion, number: cuff.occlusion.number + 1 } });
  await expect(release).toBeVisible();
  await expect(row).not.toContainText("Done: the pressure is down", { timeout: 1000 });
});

test("a row that arrives during a hold does not break it, a hand that slides away does", async ({ page }) => {
  await show(stage(), page, { scene: "one", at: "/floor", size: phone });
  await be(page, "Tom S.");
  const before = stage().commands.length;
  const release = tile(page, "1").locator("[data-action=release]");
  const box = await release.boundingBox();
  if (box === null) throw new Error("There is a button to hold.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 100);
  await page.waitForTimeout(1200);
  await page.mouse.up();
  expect(stage().commands.length).toBe(before);

  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.waitForTimeout(200);
  await tile(page, "1").evaluate((card) => (card.style.marginTop = "120px"));
  await page.mouse.move(x + 3, y);
  await expect.poll(() => stage().commands.length, { timeout: 3000 }).toBe(before + 1);
  await page.mouse.up();
});

test("releases by keyboard, held as well", async ({ page }) => {
  await show(stage(), page, { scene: "one", at: "/floor", size: phone });
  await be(page, "Tom S.");
  const before = stage().commands.length;
  await tile(page, "1").locator("[data-action=release]").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.down(" ");
  await expect.poll(() => stage().commands.length, { timeout: 3000 }).toBe(before + 1);
  await page.keyboard.up(" ");
});

test("can do nothing without a link, and says so", async ({ page }) => {
  await show(stage(), page, { scene: "eight", at: "/floor", size: phone });
  await loseLink(stage(), page);
  for (const action of ["acknowledge", "take-back", "release", "cuff-off"])
    await expect(page.locator(`[data-action=${action}]`).first()).toBeDisabled();
});

test("has targets of 48 px and more, and nothing wider than the phone", async ({ page }) => {
  await show(stage(), page, { scene: "eight-simulated", at: "/floor", size: phone });
  const small = await page
    .locator("button:visible")
    .evaluateAll(
      (buttons) =>
        buttons.map((b) => b.getBoundingClientRect()).filter((b) => b.height < 48 || b.width < 48).length,
    );
  expect(small).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});

test("names what calls at the edge of a scrolled list, and leads there", async ({ page }) => {
  await show(stage(), page, { scene: "eight", at: "/floor", size: phone });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const row = page.locator("article .row[data-priority]").first();
  await expect(row).not.toBeInViewport();
  const first = page.locator("[data-action=go-to-alarm]");
  const name = (await row.locator(".what b").textContent()) ?? "no name";
  await expect(first).toContainText(name);
  await expect(first).toHaveAttribute("data-priority", (await row.getAttribute("data-priority")) ?? "");
  expect(await coveredButtons(page)).toEqual([]);
  await first.click();
  await expect(row).toBeInViewport();
});
