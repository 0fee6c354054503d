/** The log of the alarms in a browser, on a real server over recorded facts. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { csvTable } from "../support/csv.ts";
import { aFlood, type Episode, inflations, recordedEpisodes, startOn } from "../support/recorded-day.ts";
import { administrator, cookiesOf } from "../support/let-in.ts";
import { startServer, type TestServer } from "../support/server.ts";

/** The recording began five hours ago, on a minute: a form holds no seconds. */
const start = Math.floor(Date.now() / 60_000) * 60_000 - 18_000_000;
const minuteOf = (second: number): string => {
  const at = new Date(start + second * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const wholeDay = `range=custom&from=${minuteOf(0)}&to=${minuteOf(17_700)}`;
const episodes = aFlood();
const count = (wanted: (e: Episode) => boolean): number => episodes.filter(wanted).length;

let server: TestServer;
test.beforeAll(async () => {
  server = await startServer(null);
  await startOn(server, [...inflations(start, episodes), ...recordedEpisodes(start, episodes)], 18_000);
});
test.afterAll(() => server.remove());
test.beforeEach(async ({ context }) => context.addCookies(cookiesOf(await administrator(server))));

const rows = (page: Page): Locator => page.locator("li[data-condition]");
const open = async (page: Page, query = wholeDay): Promise<void> => {
  await page.goto(`${server.url}/alarms?${query}`);
  await expect(page.locator(".head [role=status]")).toContainText("Read at");
};
/** Reads the log again at once, as it does when a page comes back into view. */
const readAgain = async (page: Page): Promise<void> => {
  const answered = page.waitForResponse((response) => response.url().includes("/api/alarms/figures"));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await answered;
};

test("the first page leads to it, and it loads Chart.js only there", async ({ page }) => {
  const scripts: string[] = [];
  page.on("response", (response) => scripts.push(response.url()));
  await page.goto(server.url);
  await expect(page.getByRole("link", { name: "Alarm log" })).toBeVisible();
  expect(scripts.some((url) => /assets\/Alarms-.*\.js$/.test(url))).toBe(false);
  await page.getByRole("link", { name: "Alarm log" }).click();
  await expect(page).toHaveTitle("Alarm log");
  await expect.poll(() => scripts.some((url) => /assets\/Alarms-.*\.js$/.test(url))).toBe(true);
});

test("filters by patient, cuff, condition, priority and time, and keeps that in its address", async ({
  page,
}) => {
  await open(page);
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole("combobox", { name: "Patient" }).selectOption("Tomás V.");
  await expect(rows(page)).toHaveCount(count((e) => e.who === 3));
  await expect(page.locator('[data-figure="per-patient"] tbody tr')).toHaveCount(1);
  await page.getByRole("combobox", { name: "Condition" }).selectOption({ label: "NO SIGNAL" });
  await expect(rows(page)).toHaveCount(count((e) => e.who === 3 && e.condition === "silent"));
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Patient" })).toHaveValue("Tomás V.");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("combobox", { name: "Cuff" }).selectOption("cuff-07");
  await expect(rows(page)).toHaveCount(count((e) => e.who === 6));
  await expect(rows(page).first()).toHaveAttribute("data-cuff", "cuff-07");
  await page.getByRole("combobox", { name: "Cuff" }).selectOption("");
  await page.getByRole("combobox", { name: "Priority" }).selectOption("high");
  const high = count((e) => e.priority === "high" || e.rose !== undefined);
  await expect(rows(page)).toHaveCount(high);
  await expect(page.locator('li[data-priority="high"]')).toHaveCount(high);
  await page.getByRole("combobox", { name: "Priority" }).selectOption("");
  await page.getByLabel("To", { exact: true }).fill(minuteOf(9600));
  await expect(rows(page)).toHaveCount(count((e) => e.at < 9600 && e.at >= 0));
});

test("says where there is nothing, where a range is wrong, and shows older ones when asked", async ({
  page,
}) => {
  await open(page, `range=custom&from=${minuteOf(-7200)}&to=${minuteOf(-3600)}`);
  await expect(page.locator(".list")).toContainText(/No alarm was there between .+ and .+\./);
  await open(page, `${wholeDay}&patient=Nobody`);
  await expect(page.locator(".list")).toContainText("No alarm like this");
  await page.goto(`${server.url}/alarms?range=custom&from=${minuteOf(7200)}&to=${minuteOf(3600)}`);
  await expect(page.getByRole("alert")).toHaveText("from must be earlier than to.");
  await open(page);
  await page.getByRole("button", { name: "Show 50 older ones" }).click();
  await expect(rows(page)).toHaveCount(episodes.length);
  await expect(page.getByRole("button", { name: /older/ })).toHaveCount(0);
});

test("tells what became of one, by keyboard, and keeps it open and in its place while others come", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, `range=custom&from=${minuteOf(0)}&to=${minuteOf(17_940)}`);
  const row = page.locator('li[data-condition="full-occlusion"]');
  await expect(row).toHaveAttribute("data-state", "closed");
  await row.getByRole("button").focus();
  await page.keyboard.press("Enter");
  const told = row.locator("[data-transition]");
  await expect(told).toHaveCount(3);
  await expect(told.nth(0)).toContainText(/\d\d:\d\d:\d\d\s*Raised, high: 254 of 250 mmHg/);
  await expect(told.nth(1)).toContainText("Lena M. (unverified) is going, after 6 s");
  await expect(told.nth(2)).toContainText("Over, after 31 s");

  await row.scrollIntoViewIfNeeded();
  const before = await row.boundingBox();
  const shown = await rows(page).count();
  insert({ at: 17_900, condition: "cuff-fault", who: 1 });
  await readAgain(page);
  await expect(rows(page)).toHaveCount(shown + 1);
  await expect(told).toHaveCount(3);
  const after = await row.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(3);
});

/** Stores one more occurrence beside the running server. */
const insert = (episode: Episode): void => {
  const db = new DatabaseSync(path.join(server.folder, "data", "cuffwatch.db"), { timeout: 5000 });
  for (const { epoch, at, wall, fact } of recordedEpisodes(start, [episode]))
    if (fact.kind === "alarm-raised")
      db.prepare(
        "insert into fact (epoch, at, wall, kind, cuff, alarm, body) values (?, ?, ?, ?, ?, ?, ?)",
      ).run(
        ...[epoch, at, wall, fact.kind, fact.cuff, `${fact.occurrence.id}/later`],
        JSON.stringify({ ...fact, occurrence: { ...fact.occurrence, id: `${fact.occurrence.id}/later` } }),
      );
  db.close();
};

test("the figures and the plots say what they show, and each plot is a table as well", async ({ page }) => {
  await open(page);
  await expect(page.locator('[data-figure="flood"] .what')).toContainText("in 1 stretch");
  await expect(page.locator('[data-figure="chattering"]')).toContainText("NO SIGNAL, 7 Per O., 5 times");
  await expect(page.locator('[data-figure="unattended"] .what')).toContainText("nobody was going");
  const plots = page.locator("[data-plot]");
  await expect(plots).toHaveCount(3);
  for (const plot of await plots.all()) {
    await expect(plot.locator("div[role=img]")).toHaveAttribute("aria-label", /.{12}/);
    await plot.locator("summary").click();
    await expect(plot.locator("tbody tr").first()).toBeVisible();
    const painted = await plot.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return data.some((value) => value !== 0);
    });
    expect(painted).toBe(true);
  }
  const flooded = page.locator('[data-plot="over-time"] tbody tr', {
    has: page.getByRole("cell", { name: "yes" }),
  });
  await expect(flooded.first()).toBeVisible();
});

test("takes the alarms and every transition away as CSV", async ({ page }) => {
  await open(page, `${wholeDay}&condition=overrun`);
  const take = async (action: string): Promise<readonly Readonly<Record<string, string>>[]> => {
    const download = page.waitForEvent("download");
    await page.locator(`[data-action="${action}"]`).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^cuffwatch-alarms-(occurrences|transitions)-.+\.csv$/);
    return csvTable(readFileSync(await file.path(), "utf8"));
  };
  const alarms = await take("csv");
  expect(alarms).toHaveLength(count((e) => e.condition === "overrun"));
  expect(alarms.every((row) => row["limit"] === "480" && row["limit_unit"] === "s")).toBe(true);
  const transitions = await take("csv-transitions");
  expect(transitions.filter((row) => row["transition"] === "raised")).toHaveLength(alarms.length);
});

for (const [name, width, height, themes] of [
  ["1080p", 1920, 1080, ["dark", "light", "contrast", "contrast-light"]],
  ["a tablet", 1024, 768, ["light"]],
  ["a phone", 390, 844, ["dark"]],
] as const)
  test(`on ${name} nothing is wider than the screen, targets are large enough, and axe finds nothing`, async ({
    page,
  }) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.setViewportSize({ width, height });
    for (const theme of themes) {
      await open(page, `${wholeDay}&theme=${theme}`);
      await rows(page).first().getByRole("button").click();
      await page.locator("[data-plot] summary").first().click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(
        (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]),
      ).toEqual([]);
    }
    const small = await page
      .locator("main :is(a, button, select, summary, label:has(input[type=radio])):visible")
      .evaluateAll((all) =>
        all
          .map((e) => [e.textContent, e.getBoundingClientRect().height] as const)
          .filter(([, h]) => h < 43.5),
      );
    expect(small).toEqual([]);
    expect(complaints).toEqual([]);
  });

test("10,000 occurrences are read and shown without a pause", async ({ page }) => {
  const many = await startServer(null);
  try {
    const noise = Array.from({ length: 10_000 }, (_, n): Episode => ({
      ...{ at: n * 1.7, condition: "silent", who: n % 12, value: 3000, limit: 3000, answered: 5, cleared: 9 },
    }));
    await startOn(many, recordedEpisodes(start, noise), 18_000);
    await page.context().addCookies(cookiesOf(await administrator(many)));
    await page.goto(`${many.url}/alarms?${wholeDay}`);
    await expect(page.locator(".head [role=status]")).toContainText("Read at", { timeout: 15_000 });
    await expect(rows(page)).toHaveCount(50);
    for (const shown of [100, 150, 200]) {
      await page.getByRole("button", { name: /older/ }).click();
      await expect(rows(page)).toHaveCount(shown);
    }
    const health = await fetch(`${many.url}/healthz`);
    expect(health.status).toBe(200);
  } finally {
    await many.remove();
  }
});

test("says that the server does not answer, keeps what was read, and goes on when it is back", async ({
  page,
}) => {
  await open(page);
  await server.kill();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.locator("[data-link=lost]")).toContainText(
    /The server does not answer\. What stands here was read at \d\d:\d\d:\d\d/,
  );
  await expect(rows(page)).toHaveCount(50);
  await server.start();
  await readAgain(page);
  await expect(page.locator("[data-link=lost]")).toHaveCount(0);
});
