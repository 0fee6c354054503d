/** Every screen in a room flashes in the server's phase, and no faster than a person can bear. */
import { type Browser, expect, type Page, test } from "@playwright/test";
import { asKiosk, phone, show, stageForAll } from "./looking.ts";
import type { SceneName } from "./scenes.ts";

test.use(asKiosk);
const stage = stageForAll();

/** How far two screens, or a screen and the server, may be apart, in milliseconds. */
const tolerance = 50;
const periods = { high: 500, medium: 2000 };

/** One painted frame: when it was, in milliseconds since 1970, and how opaque each flashing element was in it. */
type Frame = Readonly<{ at: number; opacity: readonly number[] }>;

/** What flashes of a page, frame by frame. */
const watch = (page: Page, selector: string, lasts: number): Promise<Frame[]> =>
  page.evaluate(
    ([flashing, ms]) =>
      new Promise<Frame[]>((done) => {
        const elements = [...document.querySelectorAll(flashing)];
        const frames: Frame[] = [];
        const began = performance.now();
        const look = (at: number): void => {
          frames.push({
            at: performance.timeOrigin + at,
            opacity: elements.map((e) => Number(getComputedStyle(e).opacity)),
          });
          if (at - began < ms) requestAnimationFrame(look);
          else done(frames);
        };
        requestAnimationFrame(look);
      }),
    [selector, lasts] as const,
  );

/** When the first of the elements watched goes light, and dark. */
const turns = (frames: readonly Frame[]): { light: number[]; dark: number[] } => {
  const found = { light: [] as number[], dark: [] as number[] };
  frames.slice(1).forEach(({ at, opacity: [is = 1] }, i) => {
    const was = frames[i]?.opacity[0] ?? is;
    if (is > was) found.light.push(at);
    if (is < was) found.dark.push(at);
  });
  return found;
};

/** How far a moment lies from the nearest beginning of a period on the server's clock. */
const offPhase = (at: number, period: number): number => {
  const into = (((at - stage().zero()) % period) + period) % period;
  return Math.min(into, period - into);
};

/** The flashes of a page that are out of the server's phase: by how much each of its animations is off. */
const offPhases = async (page: Page): Promise<number[]> => {
  const all = await page.evaluate(() =>
    document.getAnimations().map((a) => ({
      period: Number(a.effect?.getComputedTiming().duration),
      began: performance.timeOrigin + Number(a.startTime),
    })),
  );
  expect(all.length).toBeGreaterThan(0);
  return all.map(({ period, began }) => offPhase(began, period)).filter((off) => off > tolerance);
};

/** A wall and a tablet that look at one class. */
const room = async (browser: Browser, scene: SceneName): Promise<readonly [wall: Page, floor: Page]> => {
  const wall = await browser.newPage();
  const floor = await browser.newPage();
  await show(stage(), wall, { scene, at: "/wall" });
  await show(stage(), floor, { scene, at: "/floor", size: phone });
  return [wall, floor];
};

test("a wall and a tablet flash together, in the server's phase, two times a second, half light and half dark", async ({
  browser,
}) => {
  const pages = await room(browser, "one-alarm");
  await expect.poll(async () => (await Promise.all(pages.map(offPhases))).flat()).toEqual([]);
  const seen = await Promise.all(pages.map((page) => watch(page, "[data-priority=high] .shape", 3000)));
  const [wall, floor] = seen.map(turns);
  for (const { light, dark } of [wall, floor].flatMap((t) => t ?? [])) {
    expect(light.length).toBeGreaterThanOrEqual(5);
    expect(light.length).toBeLessThanOrEqual(7);
    for (const at of light) expect(offPhase(at, periods.high)).toBeLessThanOrEqual(tolerance);
    for (const at of dark)
      expect(offPhase(at - periods.high / 2, periods.high)).toBeLessThanOrEqual(tolerance);
  }
  for (const at of wall?.light ?? []) {
    const apart = Math.min(...(floor?.light ?? []).map((other) => Math.abs(other - at)));
    if (apart < 400) expect(apart).toBeLessThanOrEqual(tolerance);
  }
  for (const frames of seen) {
    const share = frames.filter((f) => (f.opacity[0] ?? 0) > 0.5).length / frames.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  }
  for (const page of pages) await page.close();
});

test("nothing but badges and borders flashes, and a page goes light at most three times a second", async ({
  browser,
}) => {
  const pages = await room(browser, "alarms");
  for (const page of pages) {
    const flashing = await page.evaluate(() => [
      ...new Set(
        document
          .getAnimations()
          .map((a) => (a.effect instanceof KeyframeEffect ? a.effect.target : null))
          .map((e) => e?.classList[0] ?? "something else"),
      ),
    ]);
    expect(flashing.filter((name) => name !== "shape" && name !== "edge")).toEqual([]);
    const frames = await watch(page, ".shape, .edge", 4000);
    // Moments at which anything goes light, however many do together.
    const lit = frames
      .filter((f, i) => f.opacity.some((o, k) => o > (frames[i - 1]?.opacity[k] ?? o)))
      .map((f) => f.at);
    const moments = lit.filter((at, i) => i === 0 || at - (lit[i - 1] ?? 0) > tolerance);
    expect(moments.length).toBeGreaterThanOrEqual(7);
    for (const at of moments)
      expect(moments.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(3);
    await page.close();
  }
});

test("the phase follows the server's clock when it is corrected, and when another process speaks", async ({
  browser,
}) => {
  const pages = await room(browser, "alarms");
  const inPhase = (): Promise<void> =>
    expect.poll(async () => (await Promise.all(pages.map(offPhases))).flat(), { timeout: 5000 }).toEqual([]);
  await inPhase();
  stage().shiftClock(170);
  for (const page of pages) expect((await offPhases(page)).length).toBeGreaterThan(0);
  await inPhase();
  stage().shiftClock(-1_000_100);
  stage().restart();
  await inPhase();
  for (const page of pages) await page.close();
});

test.describe("for somebody who wants no motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("a wall still flashes its badges, and its borders are steady", async ({ page }) => {
    await show(stage(), page, { scene: "one-alarm", at: "/wall" });
    const shapes = turns(await watch(page, "article .shape", 2000));
    expect(shapes.light.length).toBeGreaterThanOrEqual(3);
    const edge = await watch(page, ".edge", 1200);
    expect(new Set(edge.map((f) => f.opacity[0]))).toEqual(new Set([1]));
    expect(
      await page.locator(".edge").evaluate((e) => parseFloat(getComputedStyle(e).borderTopWidth)),
    ).toBeGreaterThan(3);
  });

  test("a tablet shows a steady border in the alarm's colour, and nothing on it moves", async ({ page }) => {
    await show(stage(), page, { scene: "one-alarm", at: "/floor", size: phone });
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    const border = (): Promise<string> =>
      page.locator("article[data-alarm=high]").evaluate((e) => {
        const { borderTopWidth, borderTopColor, opacity } = getComputedStyle(e);
        return `${borderTopWidth} ${borderTopColor} ${opacity}`;
      });
    const seen = new Set<string>();
    for (let i = 0; i < 10; i++) {
      seen.add(await border());
      await page.waitForTimeout(70);
    }
    expect([...seen]).toEqual(["3px rgb(255, 90, 79) 1"]);
  });
});
