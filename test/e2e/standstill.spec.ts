/** A screen that stood still, that slept, or whose clock was set, told apart from a dead server. */
import { type Browser, expect, type Page, test } from "@playwright/test";
import { asKiosk, loseLink, show, stageForAll, tile } from "./looking.ts";
import { keepLog, type PageLog, readLog } from "./page-log.ts";

test.use(asKiosk);
const stage = stageForAll();
const hour = 3_600_000;

/** Opens a class that is live, and forgets what it took to get there. */
const watch = async (page: Page, at = "/wall"): Promise<void> => {
  await keepLog(page);
  await show(stage(), page, { scene: "eight-calm", at });
  await expect(page.locator("[data-fresh=live]")).toHaveCount(8);
  await page.waitForTimeout(600);
  await page.evaluate(() => {
    const { links, aged, wakings } = window.pageLog;
    for (const list of [links, aged, wakings]) list.length = 0;
  });
};
const kinds = (log: PageLog): string[] => log.links.map(({ link }) => link);
const expectBack = (page: Page): Promise<void> =>
  expect(page.locator("[data-fresh=live]")).toHaveCount(8, { timeout: 4000 });

/** Stops the process that paints the page, as a sleeping machine does, and lets it go on. */
const stopFor = async (browser: Browser, page: Page, ms: number): Promise<void> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const signal = (name: "SIGSTOP" | "SIGCONT"): void => renderers.forEach((id) => process.kill(id, name));
  signal("SIGSTOP");
  try {
    await new Promise((done) => setTimeout(done, ms));
  } finally {
    signal("SIGCONT");
    await session.detach();
  }
  await page.evaluate(() => undefined);
};

test("a tab is marked as old before the browser freezes it, and is right again soon after it wakes", async ({
  browser,
  page,
}) => {
  await watch(page);
  const live = await page.evaluate(() => {
    document.dispatchEvent(new Event("freeze"));
    return document.querySelectorAll("[data-fresh=live]").length;
  });
  expect(live).toBe(0);
  await stopFor(browser, page, 4000);
  await expectBack(page);
  expect(kinds(await readLog(page))).not.toContain("lost");
});

for (const at of ["/wall", "/floor"])
  test(`${at} in a process that stood still shows nothing of before as new in its first frame, and no lost link`, async ({
    browser,
    page,
  }) => {
    await watch(page, at);
    await stopFor(browser, page, 7000);
    await expectBack(page);
    const log = await readLog(page);
    expect(log.wakings[0]?.pause).toBeGreaterThan(6000);
    expect(log.wakings[0]?.live).toBe(0);
    expect(kinds(log)).not.toContain("lost");
  });

test("a process that stood still while its server fell silent says first that it stood still, then that the link is lost", async ({
  browser,
  page,
}) => {
  await watch(page);
  stage().mute(true);
  await stopFor(browser, page, 4000);
  await expect(page.locator("[data-link=lost]")).toBeVisible();
  const { links } = await readLog(page);
  expect(links.map(({ says }) => says)).toEqual([
    expect.stringMatching(/^This screen stood still for [4-6] s; asking the server$/),
    expect.stringMatching(/^No link to the server for \d+ s$/),
  ]);
});

for (const by of [hour, 0 - hour])
  test(`a clock that is set by ${by / hour} h loses no link, raises nothing and moves no clock of the class`, async ({
    page,
  }) => {
    await watch(page);
    const seconds = async (): Promise<number> => {
      const [m, s] = ((await tile(page, "1").locator(".main").textContent()) ?? "").split(":").map(Number);
      return (m ?? NaN) * 60 + (s ?? NaN);
    };
    const [before, at] = [await seconds(), performance.now()];
    await page.evaluate((ms) => window.setClockBy(ms), by);
    await page.waitForTimeout(3500);
    await expectBack(page);
    const passed = (performance.now() - at) / 1000;
    expect(Math.abs(Math.abs(before - (await seconds())) - passed)).toBeLessThan(2);
    const log = await readLog(page);
    expect(log.overruns).toEqual([]);
    expect(kinds(log)).not.toContain("lost");
    // Forward it may have slept: it asks, and its pressures are old where the answer takes longer than a moment.
    if (by < 0) expect([log.links, log.aged]).toEqual([[], []]);
  });

test("a machine that slept on without its server: no clock lags by the sleep", async ({ page }) => {
  await keepLog(page);
  await show(stage(), page, { scene: "eight-calm", at: "/wall" });
  stage().mute(true);
  await page.evaluate(() => window.setClockBy(20.5 * 60_000));
  await expect(page.locator("[data-link=lost]")).toContainText("No link to the server for 20 min");
  const [asked] = (await readLog(page)).links;
  expect(asked?.says).toBe("This screen stood still for 20 min; asking the server");
  await expect(page.locator("[data-fresh=live]")).toHaveCount(0);
  await expect(page.locator("article [data-condition=overrun]").first()).toBeVisible();

  stage().mute(false);
  await expect(page.locator("[data-link]")).toHaveCount(0, { timeout: 8000 });
  await expect(page.locator("[data-condition=overrun]")).toHaveCount(0);
});

test("a tablet that loses its link vibrates and sounds, once for the loss", async ({ page }) => {
  await keepLog(page);
  await show(stage(), page, { scene: "eight-calm", at: "/floor" });
  await loseLink(stage(), page);
  await page.waitForTimeout(1500);
  const { vibrations, tones } = await readLog(page);
  expect(vibrations.map(({ pattern }) => pattern)).toEqual(["500 200 500"]);
  expect(tones.length).toBeGreaterThanOrEqual(3);
});
