/** The server dies, or stops, while a limb is under pressure: wall and tablet do without it, and give back what it takes over. */
import { type Browser, expect, type Page, test } from "@playwright/test";
import { bursts, linkLostBurst } from "../../shared/alarm/burst.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { cookiesOf, lockedTablet, pairedWall } from "../support/let-in.ts";
import { spokenCuff } from "../support/mosquitto-pub.ts";
import { startServer, type TestServer } from "../support/server.ts";
import type { Visitor } from "../support/visitor.ts";
import { asKiosk, be, tile } from "./looking.ts";
import { burstsOf, keepLog, type PageLog, readLog } from "./page-log.ts";

test.use(asKiosk);

const limitS = 30;
const aClass: ClassFile = {
  version: 1,
  staff: [{ id: "noor", name: "Noor B." }],
  plans: [{ id: "short", name: "Short", targetPctLop: 60, limitS }],
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "short",
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
};

const open = async (
  browser: Browser,
  { at, as }: Readonly<{ at: string; as: Visitor }>,
  size: { width: number; height: number },
): Promise<Page> => {
  const page = await browser.newPage({ viewport: size });
  await keepLog(page);
  await page.context().addCookies(cookiesOf(as));
  await page.goto(as.url + at);
  return page;
};
const both = async (browser: Browser, server: TestServer): Promise<[wall: Page, tablet: Page]> => [
  await open(browser, { at: "/wall", as: await pairedWall(server) }, { width: 1920, height: 1080 }),
  await open(browser, { at: "/floor", as: await lockedTablet(server) }, { width: 820, height: 1180 }),
];
const lost = (page: Page) => page.locator('[data-link="lost"]');
const overrun = (page: Page) => tile(page, "1").locator('[data-condition="overrun"]').first();

/** Inflates a cuff so that its limit is so many seconds away, and waits until the screens know; returns when it is due. */
const inflate = async (
  cuff: ReturnType<typeof spokenCuff>,
  leftS: number,
  pages: Page[],
): Promise<number> => {
  cuff.does({ p: 150, phase: "occluded", tgt: 150, occ: limitS - leftS });
  const dueAt = Date.now() + leftS * 1000;
  for (const page of pages)
    await expect(tile(page, "1")).toHaveAttribute("data-phase", /working|resting/, { timeout: 4000 });
  return dueAt;
};

/** Since it was first shown, an overrun was shown in every state of the page, and by the same elements. */
const expectNeverCleared = (log: PageLog): void => {
  expect(log.overruns.length).toBeGreaterThan(0);
  for (const { shown, tile } of log.overruns) {
    expect(shown).toMatch(/present|acknowledged/);
    expect(tile).toMatch(/medium|high/);
  }
  expect(log.removed).toEqual([]);
};

test("the server is killed: wall and tablet say so, overrun at the right second, and never look cleared when it is back", async ({
  browser,
}) => {
  const server = await startServer(aClass);
  let cuff = spokenCuff(server.mqttPort, "cuff-1", "aa");
  try {
    const pages = await both(browser, server);
    const [wall, tablet] = pages;
    await be(tablet, "Noor B.");
    const dueAt = await inflate(cuff, 9, pages);
    await server.kill();
    const killedAt = Date.now();
    for (const page of pages) await expect(lost(page)).toBeVisible({ timeout: 4000 });
    await expect(lost(wall)).toContainText(/No link to the server for \d+ s/);
    for (const page of pages) await expect(page.locator("[data-fresh=live]")).toHaveCount(0);
    await expect(overrun(wall)).toHaveCount(0);

    for (const page of pages) await expect(overrun(page)).toBeVisible({ timeout: 10_000 });
    await expect(tile(wall, "1")).toHaveAttribute("data-alarm", "medium");
    await expect(wall.locator("footer [data-condition=overrun]")).toBeVisible();
    await expect(overrun(tablet).locator("[data-action=acknowledge]")).toBeDisabled();
    await wall.waitForTimeout(1500);
    for (const page of pages) {
      const log = await readLog(page);
      const appeared = (log.overruns[0]?.at ?? NaN) - dueAt;
      const said = (log.links.at(-1)?.at ?? NaN) - killedAt;
      test.info().annotations.push({
        type: new URL(page.url()).pathname,
        description: `lost ${said} ms after the kill, overrun ${appeared} ms after the limit`,
      });
      expect(Math.abs(appeared)).toBeLessThan(500);
      expect(said).toBeLessThan(3500);
    }

    await cuff.end();
    await server.start();
    cuff = spokenCuff(server.mqttPort, "cuff-1", "aa1");
    cuff.does({ p: 150, phase: "occluded", tgt: 150, occ: limitS + (Date.now() - dueAt) / 1000 });
    for (const page of pages) await expect(lost(page)).toHaveCount(0, { timeout: 10_000 });
    const backAt = Date.now();
    for (const page of pages)
      await expect(page.locator("[data-field=pressure]")).toHaveAttribute("data-fresh", "live");
    await wall.waitForTimeout(5000);

    for (const page of pages) {
      const log = await readLog(page);
      expectNeverCleared(log);
      const raisedAt = log.overruns[0]?.at ?? NaN;
      const [ofLink, ofAlarm] = [linkLostBurst, bursts.medium].map((b) => burstsOf(log, b.fundamentalHz));
      expect(ofLink?.[0]).toBeLessThan(raisedAt);
      // From then on it is the overrun that is heard, in one even row: its return is no new alarm.
      expect(ofLink?.filter((at) => at > raisedAt + 500)).toEqual([]);
      const since = ofAlarm?.filter((at) => at > raisedAt - 500) ?? [];
      expect(since[0]).toBeLessThan(raisedAt + 1000);
      expect(since.at(-1)).toBeGreaterThan(backAt);
      for (const [i, at] of since.entries())
        if (i > 0) expect(at - (since[i - 1] ?? 0)).toBeGreaterThan(4000);
    }
    // Felt once for the loss and once for the overrun; what the server has to say later is another matter.
    const vibrations = (await readLog(tablet)).vibrations.filter(({ at }) => at < backAt + 3000);
    expect(vibrations.map(({ pattern }) => pattern)).toEqual(["500 200 500", "300 150 300"]);

    await overrun(tablet).locator("[data-action=acknowledge]").click();
    await expect(overrun(wall)).toHaveAttribute("data-state", "acknowledged", { timeout: 2000 });
  } finally {
    await cuff.end();
    await server.remove();
  }
});

test("the server stops over a limit and goes on: the overrun stands throughout; an answer from a page that hung is refused", async ({
  browser,
}) => {
  const server = await startServer(aClass);
  const cuff = spokenCuff(server.mqttPort, "cuff-1", "aa");
  try {
    const pages = await both(browser, server);
    const [wall, tablet] = pages;
    await be(tablet, "Noor B.");
    const dueAt = await inflate(cuff, 8, pages);
    server.signal("SIGSTOP");
    for (const page of pages) await expect(overrun(page)).toBeVisible({ timeout: 10_000 });
    await expect(lost(wall)).toBeVisible();
    await wall.waitForTimeout(1000);
    server.signal("SIGCONT");
    for (const page of pages) {
      await expect(lost(page)).toHaveCount(0, { timeout: 10_000 });
      const log = await readLog(page);
      expectNeverCleared(log);
      expect(Math.abs((log.overruns[0]?.at ?? NaN) - dueAt)).toBeLessThan(500);
    }

    const button = overrun(tablet).locator("[data-action=acknowledge]");
    await expect(button).toBeEnabled();
    const box = await button.boundingBox();
    const hangs = tablet.evaluate(() => {
      const until = performance.now() + 7000;
      while (performance.now() < until);
    });
    // The click comes while it hangs, and waits.
    await wall.waitForTimeout(500);
    await tablet.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
    await hangs;
    await expect(tile(tablet, "1")).toContainText("Not sent: this screen had stood still");
    await expect(overrun(tablet)).toHaveAttribute("data-state", "present");
    await expect(overrun(wall)).toHaveAttribute("data-state", "present");
    for (const page of pages) expectNeverCleared(await readLog(page));
  } finally {
    server.signal("SIGCONT");
    await cuff.end();
    await server.remove();
  }
});
