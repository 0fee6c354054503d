/** The wall by itself, fed with made-up classes over the real wire. */
import { expect, test } from "@playwright/test";
import { asKiosk, loseLink, show, stageForAll, tile, watchAudio } from "./looking.ts";
import { scenes } from "./scenes.ts";

test.use(asKiosk);
const stage = stageForAll();

test("what scripts and screen readers need stands in the page", async ({ page }) => {
  await show(stage(), page, { scene: "alarms", at: "/wall" });
  await expect(tile(page, "1")).toHaveAttribute("data-phase", "working");
  await expect(tile(page, "1")).toHaveAttribute("data-alarm", "high");
  await expect(tile(page, "1").locator('[data-cuff="cuff-01"] [data-field=pressure]')).toHaveText(/^\d+$/);
  await expect(tile(page, "1").locator("[data-field=pressure]")).toHaveAttribute("data-fresh", "live");
  const alarm = tile(page, "2").locator("[data-condition]");
  await expect(alarm).toHaveAttribute("data-condition", "full-occlusion");
  await expect(alarm).toHaveAttribute("data-cuff", "cuff-02");
  await expect(alarm).toHaveAttribute("data-priority", "high");
  await expect(alarm).toHaveAttribute("data-state", "acknowledged");
  await expect(tile(page, "4").locator("[data-condition]")).toHaveAttribute("data-state", "latched");
  await expect(tile(page, "")).toContainText("cuff-10");
  await expect(page.locator("footer")).toContainText(/\+\d+ more/);
});

test("every phase is named on its tile, with a sign of its own", async ({ page }) => {
  await show(stage(), page, { scene: "phases", at: "/wall" });
  const signs = (): Promise<[string | null, string | undefined][]> =>
    page
      .locator("article[data-station]")
      .evaluateAll((tiles) =>
        tiles.map((t) => [t.getAttribute("data-phase"), t.querySelector(".sign svg")?.innerHTML]),
      );
  // Readings reach the page one after the other: each tile shows its phase once its own has come.
  await expect
    .poll(async () => [...new Set((await signs()).map(([phase]) => phase))].sort())
    .toEqual(
      [
        "done",
        "inflating",
        "measuring",
        "no-data",
        "ready",
        "releasing",
        "reperfusing",
        "resting",
        "working",
      ].sort(),
    );
  const byPhase = new Map(await signs());
  expect(new Set(byPhase.values()).size).toBe(byPhase.size);
});

test("old data is struck through and says how old it is, new data is not", async ({ page }) => {
  await show(stage(), page, { scene: "eight", at: "/wall" });
  const old = tile(page, "7").locator("[data-field=pressure]");
  await expect(old).toHaveAttribute("data-fresh", "old");
  await expect(old).toHaveCSS("text-decoration-line", "line-through");
  await expect(tile(page, "7")).toContainText(/\d+ s old/);
  await expect(tile(page, "1").locator("[data-field=pressure]")).toHaveCSS("text-decoration-line", "none");
});

test("the seconds of every tile turn together", async ({ page }) => {
  await show(stage(), page, { scene: "twelve-calm", at: "/wall" });
  // The snapshot of a page that is still loading is taken in late; what follows it sets the page's clock right, once.
  await page.waitForTimeout(1500);
  const { turns, lasted } = await page.evaluate(async () => {
    const began = performance.now();
    const seen: number[] = [];
    const observer = new MutationObserver(() => seen.push(performance.now()));
    for (const main of document.querySelectorAll(".main"))
      observer.observe(main, { characterData: true, subtree: true, childList: true });
    await new Promise((done) => setTimeout(done, 2600));
    return { turns: seen, lasted: performance.now() - began };
  });
  // All changes fall into one moment a second, however many tiles there are.
  const moments = turns.filter((at, i) => i === 0 || at - (turns[i - 1] ?? 0) > 100);
  expect(moments.length).toBeGreaterThanOrEqual(2);
  expect(moments.length).toBeLessThanOrEqual(Math.floor(lasted / 1000) + 1);
});

test("a lost link is said over the whole screen; clocks run on, pressures are old, and an overrun is raised here", async ({
  page,
}) => {
  await show(stage(), page, { scene: "about-to-overrun", at: "/wall" });
  await expect(tile(page, "1").locator("[data-condition=overrun]")).toHaveCount(0);
  await loseLink(stage(), page);
  await expect(page.locator("[data-link=lost]")).toContainText(/No link to the server for \d+ s/);
  await expect(page.locator("[data-fresh=live]")).toHaveCount(0);
  const clock = tile(page, "2").locator(".main");
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? "", { timeout: 2500 });
  const overrun = tile(page, "1").locator("[data-condition=overrun]");
  await expect(overrun).toHaveAttribute("data-state", "present", { timeout: 8000 });
  await expect(tile(page, "1")).toHaveAttribute("data-alarm", "medium");

  stage().mute(false);
  await expect(page.locator("[data-link=lost]")).toHaveCount(0, { timeout: 8000 });
  await expect(tile(page, "2").locator("[data-field=pressure]")).toHaveAttribute("data-fresh", "live");
  await expect(overrun).toHaveCount(0);
});

test("sound is armed without a tap, and stays so after a reload: the clock runs, bursts come, the server knows", async ({
  page,
}) => {
  const audio = await watchAudio(page);
  let said = stage().sounds.length;
  await show(stage(), page, { scene: "one-alarm", at: "/wall" });
  for (let i = 0; i < 2; i++) {
    await expect(page.locator(".head")).toContainText("sound on");
    await expect(page.locator("[data-action=arm-sound]")).toHaveCount(0);
    await expect.poll(() => stage().sounds.slice(said).at(-1)).toBe(true);
    const before = await audio.clock();
    await expect.poll(async () => (await audio.clock()) - before, { timeout: 3000 }).toBeGreaterThan(0.2);
    // Ten pulses: the high alarm is heard.
    await expect.poll(audio.tones).toBeGreaterThanOrEqual(10);
    said = stage().sounds.length;
    await page.reload();
  }
});

for (const what of ["suspend", "close"] as const)
  test(`after the browser has done this to its audio, the wall is heard again without a tap: ${what}`, async ({
    page,
  }) => {
    const audio = await watchAudio(page);
    await show(stage(), page, { scene: "one-alarm", at: "/wall" });
    await expect(page.locator(".head")).toContainText("sound on");
    const said = stage().sounds.length;
    const tones = await audio.tones();
    await audio.does(what);
    await expect.poll(() => stage().sounds.slice(said), { timeout: 8000 }).toEqual([false, true]);
    await expect(page.locator("[data-action=arm-sound]")).toHaveCount(0);
    await expect.poll(audio.tones).toBeGreaterThanOrEqual(tones + 10);
    expect(await audio.contexts()).toBe(what === "close" ? 2 : 1);
  });

test("on a page whose timers come once a minute, as a hidden one's do, bursts and clocks are on time", async ({
  page,
}) => {
  const audio = await watchAudio(page);
  await page.addInitScript(() => {
    const real = window.setTimeout.bind(window);
    Object.assign(window, { setTimeout: (run: () => void, ms = 0) => real(run, ms + 60_000) });
  });
  await show(stage(), page, { scene: "one-alarm", at: "/wall" });
  await expect.poll(audio.tones, { timeout: 15_000 }).toBeGreaterThanOrEqual(20);
  await loseLink(stage(), page);
});

test("a tab that was frozen and comes back is heard again without a tap", async ({ page }) => {
  const audio = await watchAudio(page);
  await show(stage(), page, { scene: "one-alarm", at: "/wall" });
  await expect.poll(audio.tones).toBeGreaterThanOrEqual(10);
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setWebLifecycleState", { state: "frozen" });
  await page.waitForTimeout(8000);
  await browser.send("Page.setWebLifecycleState", { state: "active" });
  const tones = await audio.tones();
  await expect.poll(audio.tones, { timeout: 10_000 }).toBeGreaterThanOrEqual(tones + 10);
  await expect(page.locator(".head")).toContainText("sound on");
  await expect(page.locator("[data-action=arm-sound]")).toHaveCount(0);
});

test("simulated cuffs, an open server, no broker and no recording are said in plain sight", async ({
  page,
}) => {
  await show(stage(), page, { scene: "eight-simulated", at: "/wall" });
  await expect(page.getByText("SIMULATED")).toBeVisible();
  await expect(page.locator("[data-site=unencrypted]")).toBeVisible();
  stage().show(scenes["no-broker"]);
  await expect(page.locator("[data-site=no-broker]")).toBeVisible();
  await expect(page.locator("footer [data-condition=not-recording]")).toHaveAttribute("data-cuff", "");
  await expect(page.getByText("NOT RECORDING")).toHaveCount(1);
  await expect(page.getByText("SIMULATED")).toHaveCount(0);
});

test("nothing moves when a number grows", async ({ page }) => {
  await show(stage(), page, { scene: "eight-calm", at: "/wall" });
  const boxes = () =>
    page
      .locator("article .main, article .label, article .trace, article [data-field=pressure]")
      .evaluateAll((all) =>
        all.map((e) => {
          const { left, top, bottom } = e.getBoundingClientRect();
          return [left, top, bottom].map(Math.round);
        }),
      );
  const before = await boxes();
  const cuffs = scenes["eight-calm"](stage().now()).stations.flatMap((s) => s.cuffs.map((c) => c.cuff));
  stage().patch({ readings: cuffs.map((c) => [c, stage().now(), 299]) });
  await expect(tile(page, "1").locator("[data-field=pressure]")).toHaveText("299");
  expect(await boxes()).toEqual(before);
});

test("every patch is answered once it was taken in", async ({ page }) => {
  await show(stage(), page, { scene: "eight", at: "/wall" });
  const before = stage().taken();
  await expect.poll(() => stage().taken() - before).toBeGreaterThan(2);
});
