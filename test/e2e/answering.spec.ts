/** The life of an alarm over the real server: several screens, one room, nothing played. */
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { spokenCuff } from "../support/mosquitto-pub.ts";
import { cookiesOf, pairedWall, signedIn } from "../support/let-in.ts";
import { startServer, type TestServer } from "../support/server.ts";
import type { Visitor } from "../support/visitor.ts";
import { asKiosk } from "./looking.ts";

test.use(asKiosk);

const plan = (id: string, limitS: number): ClassFile["plans"][number] => ({
  ...{ id, name: id, targetPctLop: 60, limitS },
});
const place = (station: string, patient: string, on: string): ClassFile["stations"][number] => ({
  ...{ station, patient, plan: on },
  cuffs: [{ cuff: `cuff-${station}`, limb: "thigh", side: "left", lopMmhg: 250 }],
});
const room: ClassFile = {
  version: 1,
  room: "Studio",
  staff: [
    { id: "aidan", name: "Aidan R." },
    { id: "noor", name: "Noor B." },
  ],
  limits: { remindAfterS: 20, unheardForS: 15 },
  plans: [plan("short", 30), plan("long", 480)],
  stations: [
    place("1", "Maya K.", "short"),
    place("2", "Oskar L.", "short"),
    place("3", "Jessica R.", "long"),
  ],
};

/** A wall and two tablets, each in the hand of somebody. */
type Screens = Readonly<{ wall: Page; aidan: Page; noor: Page }>;

const pageOf = async (browser: Browser, at: string, as: Visitor): Promise<Page> => {
  const viewport = at === "/wall" ? { width: 1920, height: 1080 } : { width: 820, height: 1180 };
  const context = await browser.newContext({ viewport, colorScheme: "dark" });
  await context.addCookies(cookiesOf(as));
  const page = await context.newPage();
  await page.goto(as.url + at);
  return page;
};
const tabletOf = async (browser: Browser, server: TestServer, name: string): Promise<Page> => {
  const [login = ""] = name.toLowerCase().split(" ");
  const page = await pageOf(
    browser,
    "/floor",
    await signedIn(server, { name, login, roles: ["physiotherapist"] }),
  );
  await expect(page.locator("[data-action=who]")).toHaveText(name);
  return page;
};
const screensOf = async (browser: Browser, server: TestServer): Promise<Screens> => ({
  wall: await pageOf(browser, "/wall", await pairedWall(server)),
  aidan: await tabletOf(browser, server, "Aidan R."),
  noor: await tabletOf(browser, server, "Noor B."),
});
const tile = (page: Page, station: string): Locator => page.locator(`article[data-station="${station}"]`);
const axe = async (page: Page): Promise<unknown[]> => {
  await page.evaluate(() => document.getAnimations().forEach((a) => a.cancel()));
  return (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
};

type Cuff = ReturnType<typeof spokenCuff>;
const staged = async (
  browser: Browser,
  play: (on: Screens, cuffs: Readonly<Record<"one" | "two" | "three", Cuff>>) => Promise<void>,
): Promise<void> => {
  const server = await startServer(room);
  const cuffs = {
    one: spokenCuff(server.mqttPort, "cuff-1", "aa"),
    two: spokenCuff(server.mqttPort, "cuff-2", "bb"),
    three: spokenCuff(server.mqttPort, "cuff-3", "cc"),
  };
  const screens = await screensOf(browser, server);
  try {
    await play(screens, cuffs);
  } finally {
    for (const heart of hearts.splice(0)) clearInterval(heart);
    for (const page of Object.values(screens)) await page.context().close();
    for (const cuff of Object.values(cuffs)) await cuff.end();
    await server.remove();
  }
};
/** Up for so many seconds already, on a limb that lives: a number that never moves is an alarm of its own. */
const up = (cuff: Cuff, occ: number): void => {
  const since = performance.now();
  let beats = 0;
  const beat = (): void =>
    cuff.does({
      ...{ p: 150 + (beats++ % 2), phase: "occluded", tgt: 150 },
      occ: occ + (performance.now() - since) / 1000,
    });
  beat();
  hearts.push(setInterval(beat, 400));
};
const hearts: NodeJS.Timeout[] = [];

test("a pause stands on the wall and on both tablets, and an alarm that comes after it breaks through", async ({
  browser,
}) => {
  await staged(browser, async ({ wall, aidan, noor }, { one, two }) => {
    up(one, 27);
    await expect(tile(noor, "1").locator("[data-condition=overrun]")).toBeVisible({ timeout: 15_000 });
    await aidan.locator("[data-action=pause-sound]").click();
    for (const page of [wall, aidan, noor]) {
      const said = page.locator("[data-sound=paused]");
      await expect(said).toContainText(/Sound paused [12]:\d\d\s+by Aidan R\./, { timeout: 2000 });
      const before = await said.textContent();
      await expect(said).not.toHaveText(before ?? "", { timeout: 2500 });
    }
    await expect(noor.locator("[data-sound=paused]")).not.toContainText("RELEASE");

    up(two, 27);
    for (const page of [aidan, noor])
      await expect(page.locator("[data-sound=paused]")).toContainText("Not paused: RELEASE 2 Oskar L.", {
        timeout: 15_000,
      });
    await expect(wall.locator("[data-sound=paused]")).toContainText("new alarm sounds");
    expect(await axe(wall)).toEqual([]);
    expect(await axe(noor)).toEqual([]);

    await noor.locator("[data-action=resume-sound]").click();
    for (const page of [wall, aidan, noor]) await expect(page.locator("[data-sound=paused]")).toHaveCount(0);
  });
});

test("nobody goes for as long as the clinic allows: both tablets say so until one of them answers, and then who it is", async ({
  browser,
}) => {
  await staged(browser, async ({ aidan, noor }, { one }) => {
    up(one, 27);
    const row = tile(aidan, "1").locator("[data-condition=overrun]");
    await expect(row).toBeVisible({ timeout: 15_000 });
    const raised = performance.now();
    await expect(aidan.locator("[data-reminder]")).toHaveCount(0);
    for (const page of [aidan, noor])
      await expect(page.locator('[data-reminder][data-condition="overrun"]')).toContainText(
        /Nobody is going to station 1:\s*RELEASE \d\d:\d\d > 00:30/,
        { timeout: 25_000 },
      );
    expect((performance.now() - raised) / 1000).toBeGreaterThan(18);
    expect(await axe(aidan)).toEqual([]);

    await noor.locator("[data-reminder] [data-action=acknowledge]").click();
    for (const page of [aidan, noor])
      await expect(page.locator('[data-reminder][data-condition="overrun"]')).toHaveCount(0, {
        timeout: 2000,
      });
    await expect(row).toContainText("Noor B. is going");
    await expect(tile(noor, "1").locator("[data-condition=overrun]")).toContainText("You are going");
  });
});

test("what is noted on a tablet advises to stop on the wall, and no more once it is gone", async ({
  browser,
}) => {
  await staged(browser, async ({ wall, aidan, noor }, { three }) => {
    up(three, 60);
    await expect(
      tile(aidan, "3").locator("[data-action=release], [data-action=cuff-off]").first(),
    ).toBeVisible({
      timeout: 8000,
    });
    await tile(aidan, "3").locator("[data-note=pain]").click();
    await tile(aidan, "3").locator("[data-note=pain][data-value='8']").click();
    await expect(tile(wall, "3").locator("[data-condition=stop-advised]")).toContainText(
      /STOP ADVISED\s*pain 8 of 10/,
      { timeout: 2000 },
    );
    await expect(tile(noor, "3").locator("[data-notes]")).toContainText("pain 8, just now");
    await tile(noor, "3").locator("[data-note=dizziness]").click();
    await expect(tile(aidan, "3").locator("[data-condition=stop-advised]")).toContainText("dizziness, pain");
    expect(await axe(wall)).toEqual([]);
    expect(await axe(noor)).toEqual([]);

    await tile(noor, "3").locator("[data-condition=stop-advised] [data-action=acknowledge]").click();
    await expect(tile(wall, "3").locator("[data-condition=stop-advised]")).toContainText("Noor B. is going");
    await tile(noor, "3").locator("[data-note=dizziness]").click();
    await tile(aidan, "3").locator("[data-note=pain]").click();
    await tile(aidan, "3").locator("[data-note=pain][data-value='2']").click();
    await expect(tile(wall, "3").locator("[data-condition=stop-advised]")).toHaveCount(0, {
      timeout: 10_000,
    });
  });
});

test("the class passes from one tablet to the other by acceptance only", async ({ browser }) => {
  await staged(browser, async ({ wall, aidan, noor }) => {
    await expect(wall.locator("[data-duty]")).toHaveText("Nobody is on duty");
    await aidan.locator("[data-action=take-duty]").click();
    await expect(wall.locator("[data-duty]")).toHaveText("Aidan R. is on duty", { timeout: 2000 });
    await expect(noor.locator("[data-action=take-duty]")).toHaveCount(0);

    await aidan.locator("[data-action=offer-duty]").click();
    await aidan.getByRole("dialog").getByRole("button", { name: "Noor B." }).click();
    await expect(noor.locator(".top")).toContainText("Aidan R. offers you the class");
    await expect(wall.locator("[data-duty]")).toHaveText("Aidan R. is on duty");
    expect(await axe(noor)).toEqual([]);
    await noor.locator("[data-action=decline-duty]").click();
    await expect(aidan.locator(".top")).toContainText("You are on duty");
    await expect(aidan.locator(".top")).not.toContainText("offered");

    await aidan.locator("[data-action=offer-duty]").click();
    await aidan.getByRole("dialog").getByRole("button", { name: "Noor B." }).click();
    await noor.locator("[data-action=take-duty]").click();
    await expect(wall.locator("[data-duty]")).toHaveText("Noor B. is on duty", { timeout: 2000 });
    await expect(aidan.locator(".top")).toContainText("Noor B. is on duty");
    await expect(noor.locator(".top")).toContainText("You are on duty");
  });
});

test("two tablets answer at once: one goes, the other reads who", async ({ browser }) => {
  await staged(browser, async ({ aidan, noor }, { one }) => {
    up(one, 27);
    const button = (page: Page): Locator =>
      tile(page, "1").locator("[data-condition=overrun] [data-action=acknowledge]");
    for (const page of [aidan, noor]) await expect(button(page)).toBeEnabled({ timeout: 15_000 });
    await Promise.all([aidan, noor].map((page) => button(page).dispatchEvent("click")));
    const rows = [aidan, noor].map((page) => tile(page, "1").locator("[data-condition=overrun]"));
    for (const row of rows) await expect(row).toHaveAttribute("data-state", "acknowledged");
    const texts = await Promise.all(rows.map((row) => row.locator(".what").textContent()));
    expect(texts.filter((text) => text?.includes("You are going"))).toHaveLength(1);
    expect(texts.filter((text) => /(Aidan R\.|Noor B\.) is going/.test(text ?? ""))).toHaveLength(1);
  });
});
