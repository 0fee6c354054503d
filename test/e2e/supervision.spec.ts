/** The whole house at work: a cuff that nobody here wrote, a real broker, the server as a process, and real browsers. */
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { administrator, cookiesOf, lockedTablet, pairedWall } from "../support/let-in.ts";
import { type Mosquitto, startMosquitto } from "../support/mosquitto.ts";
import { publisher, spokenCuff } from "../support/mosquitto-pub.ts";
import { startServer, type TestServer } from "../support/server.ts";
import type { Visitor } from "../support/visitor.ts";

const aClass = (more: Partial<ClassFile> = {}): ClassFile => ({
  version: 1,
  room: "Studio",
  staff: [
    { id: "aidan", name: "Aidan R." },
    { id: "noor", name: "Noor B." },
  ],
  plans: [{ id: "short", name: "Short", targetPctLop: 60, limitS: 30 }],
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "short",
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
  ...more,
});

const open = async (
  browser: Browser,
  { at, as }: Readonly<{ at: string; as: Visitor }>,
  size: { width: number; height: number },
): Promise<Page> => {
  const page = await browser.newPage({ viewport: size });
  await page.context().addCookies(cookiesOf(as));
  await page.goto(as.url + at);
  return page;
};
const wallOf = async (browser: Browser, server: TestServer): Promise<Page> =>
  open(browser, { at: "/wall", as: await pairedWall(server) }, { width: 1920, height: 1080 });
const tabletOf = async (browser: Browser, server: TestServer): Promise<Page> =>
  open(browser, { at: "/floor", as: await lockedTablet(server) }, { width: 820, height: 1180 });
const tileOf = (page: Page, station = "1"): Locator =>
  page.locator(`[data-station="${station}"][data-phase]`).first();
const alarm = (where: Page | Locator, condition: string): Locator =>
  where.locator(`[data-condition="${condition}"]`).first();
const be = async (page: Page, name: string): Promise<void> => {
  await page.locator('[data-action="who"]').click();
  await page.getByRole("button", { name }).click();
};

/** The alarm log as it is stored. */
const recordedAlarms = async (reader: Visitor): Promise<string> => {
  const answer = await fetch(`${reader.url}/api/alarms.csv`, { headers: { cookie: reader.cookie() } });
  return answer.text();
};

/** The clock of a tile in seconds. */
const clockOf = async (tile: Locator): Promise<number> => {
  const text = (await tile.locator(".main").textContent()) ?? "";
  const [minutes, seconds] = text.trim().split(":").map(Number);
  return (minutes ?? NaN) * 60 + (seconds ?? NaN);
};

test.describe("over Mosquitto", () => {
  let mosquitto: Mosquitto;
  test.beforeAll(async () => {
    mosquitto = await startMosquitto();
  });
  test.afterAll(() => mosquitto.remove());

  test("a cuff inflates, counts, overruns, is answered from the tablet, deflates and clears", async ({
    browser,
  }) => {
    const server = await startServer(aClass(), ["--mqtt-url", mosquitto.url]);
    const cuff = spokenCuff(mosquitto.port, "cuff-1");
    try {
      const [wall, tablet] = [await wallOf(browser, server), await tabletOf(browser, server)];
      const tile = tileOf(wall);
      await expect(tile).toHaveAttribute("data-phase", "ready");

      cuff.does({ p: 150, phase: "occluded", tgt: 150, occ: 20 });
      await expect(tile).toHaveAttribute("data-phase", /working|resting/, { timeout: 5000 });
      await expect(tile.locator('[data-field="pressure"]')).toHaveText("150");
      await expect(alarm(tile, "release-soon")).toBeVisible();
      const first = await clockOf(tile);
      await expect.poll(() => clockOf(tile)).toBeLessThan(first);

      await expect(alarm(tile, "overrun")).toHaveAttribute("data-state", "present", { timeout: 15_000 });
      await expect(tile).toHaveAttribute("data-alarm", "medium");
      await expect(alarm(tile, "release-soon")).toHaveCount(0);

      await be(tablet, "Aidan R.");
      await tablet.locator('[data-condition="overrun"] [data-action="acknowledge"]').first().click();
      await expect(alarm(tile, "overrun")).toHaveAttribute("data-state", "acknowledged", { timeout: 1000 });
      await expect(tile).toContainText("Aidan");

      cuff.does({ p: 2, phase: "idle", tgt: 0, occ: 0 });
      await expect(tile).toHaveAttribute("data-phase", "reperfusing", { timeout: 5000 });
      await expect(tile).toHaveAttribute("data-alarm", "none");
      await expect(alarm(wall, "overrun")).toHaveCount(0);
    } finally {
      await cuff.end();
      await server.remove();
    }
  });

  test("a basic cuff that says a plain number once a second is supervised; cut off in mid-inflation it overruns on time", async ({
    browser,
  }) => {
    const server = await startServer(
      aClass({ basicCuffs: [{ cuff: "cuff-1", topic: "esp/pressure/state", intervalMs: 1000 }] }),
      ["--mqtt-url", mosquitto.url],
    );
    const pub = publisher(mosquitto.port, "esp/pressure/state");
    let saying = ["0.4", "0.5"];
    let said = 0;
    const timer = setInterval(() => pub.say(saying[said++ % 2] ?? ""), 1000);
    try {
      const wall = await wallOf(browser, server);
      const tile = tileOf(wall);
      await expect(tile).toHaveAttribute("data-phase", "ready");
      saying = ["151.6", "151.7"];
      const up = performance.now();
      await expect(tile.locator('[data-field="pressure"]')).toHaveText("152");
      await expect(tile).toHaveAttribute("data-phase", /working|resting/, { timeout: 6000 });
      await wall.waitForTimeout(8000);
      await expect(tile).toHaveAttribute("data-alarm", "low");

      clearInterval(timer);
      await expect(alarm(tile, "silent")).toBeVisible({ timeout: 6000 });
      await expect(tile.locator('[data-field="pressure"]')).toHaveAttribute("data-fresh", "old");
      await expect(alarm(wall, "overrun")).toBeVisible({ timeout: 40_000 });
      const took = (performance.now() - up) / 1000;
      // Its first value came within a second of the change, and its limit is 30 s.
      expect(took).toBeGreaterThan(29.5);
      expect(took).toBeLessThan(32);
      await expect(alarm(wall, "overrun")).toContainText("unconfirmed");
    } finally {
      clearInterval(timer);
      await pub.end();
      await server.remove();
    }
  });
});

test("the server is killed for 10 s in mid-class: the screens say so, count on, and are right again, answers included", async ({
  browser,
}) => {
  const server = await startServer(
    aClass({
      plans: [
        { id: "short", name: "Short", targetPctLop: 60, limitS: 30 },
        { id: "long", name: "Long", targetPctLop: 60, limitS: 480 },
      ],
      stations: [
        {
          station: "1",
          patient: "Maya K.",
          plan: "short",
          cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
        },
        {
          station: "2",
          patient: "Oskar L.",
          plan: "long",
          cuffs: [{ cuff: "cuff-2", limb: "thigh", side: "left", lopMmhg: 250 }],
        },
      ],
    }),
  );
  let cuffs = [spokenCuff(server.mqttPort, "cuff-1", "aa"), spokenCuff(server.mqttPort, "cuff-2", "bb")];
  const inflate = (since: number): void => {
    const elapsed = (performance.now() - since) / 1000;
    for (const [i, cuff] of cuffs.entries())
      cuff.does({ p: 150, phase: "occluded", tgt: 150, occ: (i === 0 ? 28 : 60) + elapsed });
  };
  try {
    const [wall, tablet] = [await wallOf(browser, server), await tabletOf(browser, server)];
    const began = performance.now();
    inflate(began);
    await expect(alarm(tileOf(wall, "1"), "overrun")).toBeVisible({ timeout: 10_000 });
    await be(tablet, "Noor B.");
    await tablet.locator('[data-condition="overrun"] [data-action="acknowledge"]').first().click();
    await expect(alarm(tileOf(wall, "1"), "overrun")).toHaveAttribute("data-state", "acknowledged");
    // An answer is shown before it is on the disk; only what is there has to be there again.
    const reader = await administrator(server);
    await expect.poll(() => recordedAlarms(reader)).toContain("Noor B.");
    const [before, at] = [await clockOf(tileOf(wall, "2")), performance.now()];

    await server.kill();
    for (const page of [wall, tablet])
      await expect(page.locator('[data-link="lost"]')).toBeVisible({ timeout: 4500 });
    await expect(tileOf(wall, "2").locator('[data-field="pressure"]')).toHaveAttribute("data-fresh", "old");
    await expect(tablet.locator('[data-action="cuff-off"]').first()).toBeDisabled();
    await wall.waitForTimeout(4000);
    const counted = before - (await clockOf(tileOf(wall, "2")));
    expect(Math.abs(counted - (performance.now() - at) / 1000)).toBeLessThan(1.5);

    // mosquitto_pub does not come back by itself; a cuff does, with the clock that it had.
    for (const cuff of cuffs) await cuff.end();
    await wall.waitForTimeout(Math.max(0, 10_000 - (performance.now() - at)));
    await server.start();
    cuffs = [spokenCuff(server.mqttPort, "cuff-1", "aa1"), spokenCuff(server.mqttPort, "cuff-2", "bb1")];
    inflate(began);
    for (const page of [wall, tablet])
      await expect(page.locator('[data-link="lost"]')).toHaveCount(0, { timeout: 15_000 });
    await expect(tileOf(wall, "2").locator('[data-field="pressure"]')).toHaveAttribute("data-fresh", "live");
    const left = await clockOf(tileOf(wall, "2"));
    expect(Math.abs(before - left - (performance.now() - at) / 1000)).toBeLessThan(1.5);
    const overrun = alarm(tileOf(wall, "1"), "overrun");
    await expect(overrun).toHaveAttribute("data-state", "acknowledged");
    await expect(tileOf(wall, "1")).toContainText("Noor");
  } finally {
    for (const cuff of cuffs) await cuff.end();
    await server.remove();
  }
});
