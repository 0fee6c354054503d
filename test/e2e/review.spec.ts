import { expect, type Page, test } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { minutes, seconds } from "../../shared/units.ts";
import { phone } from "./looking.ts";
import { liveClass, openReview, type ReviewStage } from "./review-stage.ts";

let stage: ReviewStage;
test.beforeAll(async () => {
  stage = await openReview(liveClass(4, minutes(12)));
});
test.afterAll(() => stage.close());

/** Where the player stands, in ms from the beginning. */
const at = async (page: Page): Promise<number> =>
  Number(await page.locator(".player").getAttribute("data-at"));
const ready = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await expect(page.locator(".player")).toHaveAttribute("data-ready", "true");
};
/** Which part is shown, in ms from the beginning. */
const shown = async (page: Page): Promise<readonly [number, number]> => {
  const axes = page.locator(".axes");
  return [Number(await axes.getAttribute("data-from")), Number(await axes.getAttribute("data-to"))];
};
const noViolations = async (page: Page): Promise<void> => {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
};

/** Whether all of the line of the moment that is shown lies in sight in the list of what happened. */
const lineInSight = (page: Page): Promise<boolean> =>
  page.locator(".marks ol").evaluate((list) => {
    const [line, box] = [
      list.querySelector("[aria-current]")?.getBoundingClientRect(),
      list.getBoundingClientRect(),
    ];
    return line !== undefined && line.top >= box.top && line.bottom <= box.bottom;
  });

test("a session is played, scrubbed, zoomed and searched for its alarms, with the keyboard too", async ({
  page,
}) => {
  await ready(page, stage.session("1"));
  await expect(page.locator("[data-replay=past]")).toContainText("What you see is the past.");
  await noViolations(page);

  // The first alarm: the tile is in the state in which the wall showed it then.
  await page.keyboard.press("n");
  const tile = page.locator("article[data-station='1']");
  await expect(tile).toHaveAttribute("data-phase", "no-data");
  await expect(tile.locator("[data-condition=silent]").first()).toHaveAttribute("data-state", "present");
  await expect(tile.locator("[data-field=pressure]")).toHaveAttribute("data-fresh", "old");
  await noViolations(page);
  const raised = await at(page);
  await expect(page.locator("[data-mark][aria-current=true]")).toContainText("NO SIGNAL");

  await page.locator("[data-action=speed]").selectOption("60");
  await page.locator("[data-action=play]").click();
  await expect.poll(() => at(page)).toBeGreaterThan(raised + 20_000);
  await page.locator("[data-action=pause]").click();
  const stopped = await at(page);
  await page.locator("[data-action=step-back]").click();
  expect(await at(page)).toBe(stopped - 1000);

  const scrub = page.getByRole("slider", { name: "Position" });
  // The list of what happened follows to its end.
  await scrub.fill((await scrub.getAttribute("max")) ?? "");
  await expect.poll(() => lineInSight(page)).toBe(true);
  await scrub.fill("300000");
  await expect(scrub).toHaveAttribute("aria-valuetext", /^5:00 of the session, \d\d:\d\d:\d\d$/);
  await expect(page.locator("[data-mark][aria-current=true]")).toContainText("Pain 3 of 10");

  const axes = page.locator(".axes");
  await axes.focus();
  const [from, to] = await shown(page);
  await page.keyboard.press("+");
  const [near, far] = await shown(page);
  expect(far - near).toBeLessThan(to - from);
  await page.keyboard.press("End");
  expect((await shown(page))[1]).toBe(to);
  // Moving by hand stays as it is; a jump brings the moment into sight.
  expect((await shown(page))[0]).toBeGreaterThan(raised);
  await page.keyboard.press("p");
  await page.keyboard.press("p");
  await expect(page.locator(".cursor")).toBeVisible();
  expect((await shown(page))[0]).toBeLessThanOrEqual(await at(page));
  await axes.hover();
  await page.mouse.wheel(0, -600);
  await expect.poll(async () => (await shown(page))[1] - (await shown(page))[0]).toBeLessThan(far - near);
  await axes.dblclick();
  await expect.poll(() => shown(page)).toEqual([from, to]);

  const takeHome = page.locator("[data-action=take-home]");
  await takeHome.press("Enter");
  await expect(page.getByRole("link", { name: "Samples, CSV" })).toBeVisible();
  await noViolations(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Samples, CSV" })).toBeHidden();
  await expect(takeHome).toBeFocused();

  // The trace takes what is left of the window, and no more.
  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect
      .poll(() =>
        page.locator("section.trace").evaluate((e) => innerHeight - e.getBoundingClientRect().bottom),
      )
      .toBe(24);
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  }
});

test("a session is judged again beside its replay, and nothing of that is left once it is closed", async ({
  page,
}) => {
  await ready(page, stage.session("1"));
  await page.getByRole("button", { name: "What if …" }).click();
  await expect(page).toHaveURL(/\?what-if$/);
  await page.getByLabel("Today’s engine, other limits").check();
  const silent = page.getByLabel("How long an inflated cuff may be silent", { exact: false });
  await silent.fill("60");
  await page.keyboard.press("Enter");
  await expect(silent).toBeFocused();
  await expect(silent).toHaveAttribute("aria-invalid", "true");
  await silent.fill("10");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-found]")).toHaveText("1 difference; 2 alarms are the same.");
  await noViolations(page);
  await expect(page.locator("[data-row=then] [data-condition=silent]")).toHaveCount(1);
  await page.locator("[data-condition=silent] [data-jump=then]").click();
  const then = await at(page);
  await page.locator("[data-condition=silent] [data-jump=now]").click();
  expect((await at(page)) - then).toBe(7000);
  await page.getByRole("button", { name: "Back to the plain replay" }).click();
  await expect(page.locator("[data-row]")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "What if …" })).toBeFocused();
});

test("an alarm that became more urgent is compared in the stretches in which it did", async ({ page }) => {
  await ready(page, `${stage.session("2")}?what-if`);
  await page.getByLabel("Today’s engine, other limits").check();
  await page.getByLabel("How long after the limit an overrun becomes high", { exact: false }).fill("20");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-found]")).toHaveText("1 difference; 1 alarm is the same.");
  await expect(page.getByText("becomes high 40 s earlier")).toBeVisible();
  for (const side of ["then", "now"]) {
    const bars = page.locator(`[data-row=${side}] [data-condition=overrun]`);
    expect(await bars.evaluateAll((all) => all.map((bar) => bar.dataset["priority"]))).toEqual([
      "medium",
      "high",
    ]);
  }
  // The marks of the time axis stand below all that lies on it.
  const [rows, axis] = await Promise.all(
    ["[data-row=now]", "[data-axis]"].map((part) => page.locator(part).boundingBox()),
  );
  expect(axis?.y).toBeGreaterThanOrEqual((rows?.y ?? Infinity) + (rows?.height ?? 0));
});

test("a class is replayed on the wall's grid, and each tile leads to its session", async ({ page }) => {
  await ready(page, `${stage.url}/classes/any`);
  await expect(page.locator("article[data-station]")).toHaveCount(4);
  await page.locator("[data-action=alarm-next]").click();
  await noViolations(page);
  const whole = page.viewportSize();
  await page.setViewportSize(phone);
  // Nothing of who is next and of what is wrong is cut on a phone, nor left to "+2 more".
  const told = page.locator("section .queue, section .strip");
  await expect(told.locator(".more")).toHaveCount(0);
  const cut = await told.evaluateAll((all) =>
    all
      .flatMap((one) => [one, ...one.querySelectorAll("*")])
      .filter(
        (e) =>
          e.clientWidth > 0 && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 3),
      )
      .map((e) => e.textContent),
  );
  expect(cut).toEqual([]);
  if (whole !== null) await page.setViewportSize(whole);
  await page
    .getByRole("link", { name: /^Open the session of/ })
    .first()
    .click();
  await expect(page).toHaveURL(stage.session("1"));
});

test("what goes on is followed; the past is never taken for it, nor a lost connection for silence", async ({
  page,
}) => {
  stage.run(seconds(400));
  await ready(page, stage.session("1"));
  await expect(page.locator("[data-replay=live]")).toBeVisible();
  const before = await at(page);
  await expect.poll(() => at(page)).toBeGreaterThan(before + 1500);

  await page.locator("[data-action=back]").click();
  await expect(page.locator("[data-replay=past]")).toContainText(/What you see is \d+ (s|min) old/);
  expect(await at(page)).toBeLessThan(before - 100_000);
  await noViolations(page);

  await page.locator("[data-action=live]").click();
  const pressure = page.locator("article [data-field=pressure]");
  await expect(pressure).toHaveAttribute("data-fresh", "live");
  stage.mute(true);
  await expect(page.locator("[data-link=lost]")).toBeVisible();
  await expect(pressure).toHaveAttribute("data-fresh", "old");
  stage.mute(false);
  await expect(pressure).toHaveAttribute("data-fresh", "live");
  stage.finish();
  await expect(page.locator("[data-replay=past]")).toBeVisible();
});
