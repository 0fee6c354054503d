/** What people do about alarms on the tablet, and how it looks on the other screens, with made-up classes. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { wallFaults } from "./geometry.ts";
import { asKiosk, be, hd, phone, show, stageForAll, tile } from "./looking.ts";
import { scenes } from "./scenes.ts";

test.use(asKiosk);
const stage = stageForAll();
const upright = { width: 768, height: 1024 };
const lying = { width: 1024, height: 768 };

const axe = async (page: Page): Promise<unknown[]> => {
  await page.evaluate(() => document.getAnimations().forEach((a) => a.cancel()));
  return (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
};
/** Buttons that are smaller than a thumb, and how much wider than the window the page is. */
const misfits = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => {
    const small = [...document.querySelectorAll("button")]
      .filter((button) => button.checkVisibility())
      .map((button) => ({ text: button.textContent.trim(), box: button.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 47.9 || box.height < 47.9);
    const cut = [...document.querySelectorAll("button")]
      .filter((button) => button.checkVisibility() && button.scrollWidth > button.clientWidth + 1)
      .map((button) => `cut: ${button.textContent.trim()}`);
    const wide = document.documentElement.scrollWidth - innerWidth;
    return [...small.map((b) => b.text), ...cut, ...(wide > 0 ? [`${wide} px too wide`] : [])];
  });

test("a pause is asked for and ended on the tablet, and counts down on every screen", async ({
  page,
  browser,
}) => {
  await show(stage(), page, { scene: "eight", at: "/floor", size: phone });
  await be(page, "Tom S.");
  await page.locator("[data-action=pause-sound]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "pause-sound", by: "Tom S." });
  stage().show(scenes.paused);
  await expect(page.locator("[data-sound=paused]")).toContainText(/Sound paused 1:4\d by Aidan R\./);
  await expect(page.locator("[data-sound=paused]")).toContainText("New alarms sound all the same");
  await expect(page.locator("[data-action=pause-sound]")).toHaveCount(0);
  const wall = await browser.newPage({ viewport: hd });
  await wall.goto(`${stage().url}/wall`);
  const said = wall.locator("[data-sound=paused]");
  await expect(said).toContainText(/Sound paused 1:\d\d\s+by Aidan R\./);
  const before = await said.textContent();
  await expect(said).not.toHaveText(before ?? "", { timeout: 2500 });
  await wall.close();
  await page.locator("[data-action=resume-sound]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "resume-sound" });
});

test("what breaks through a pause is named, and can be paused too", async ({ page }) => {
  await show(stage(), page, { scene: "paused-through", at: "/floor", size: phone });
  await expect(page.locator("[data-sound=paused]")).toContainText(/Not paused: /);
  await be(page, "Tom S.");
  await page.locator("[data-action=pause-sound]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "pause-sound" });
});

test("alarms about the room stand over the list, can be answered, and offer the tap that arms this tablet", async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: phone });
  const silent = await context.newPage();
  // A browser that was not touched does not sound by itself, whatever it was started with.
  await silent.addInitScript(() => {
    Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
  });
  await show(stage(), silent, { scene: "room-alarms", at: "/floor", size: phone });
  const row = silent.locator("[data-condition=nobody-listening]");
  await expect(row).toHaveAttribute("data-cuff", "");
  await expect(row.locator("[data-action=arm-sound]")).toBeVisible();
  await expect(silent.locator("[data-action=arm-sound]")).toHaveCount(1);
  await expect(silent.locator("[data-condition=not-recording]")).toHaveCount(1);
  await be(silent, "Tom S.");
  await silent.locator("[data-condition=not-recording] [data-action=acknowledge]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "acknowledge", by: "Tom S." });
  expect(await axe(silent)).toEqual([]);
  await context.close();
});

test("nobody is going: the tablet says where, counts the others, shakes once, and takes the answer", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const shakes: unknown[] = [];
    Object.assign(globalThis, { shakes });
    // As if this hand had touched it, also after a reload.
    Object.defineProperty(navigator, "userActivation", { value: { hasBeenActive: true } });
    // A new alarm shakes it too, by another pattern.
    navigator.vibrate = (pattern) => JSON.stringify(pattern) !== "[600,200,600]" || shakes.push(pattern) > 0;
  });
  const shakes = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { shakes: unknown[] }).shakes.length);
  await show(stage(), page, { scene: "eight-calm", at: "/floor", size: phone });
  await be(page, "Tom S.");
  stage().show(scenes.reminder);
  const banner = page.locator("[data-reminder]");
  await expect(banner).toContainText(/Nobody is going to station 3:\s*RELEASE 09:1\d > 08:00/);
  await expect(banner).toContainText("+2 more");
  await expect.poll(shakes).toBe(1);
  // The class told anew is no new reminder: the scene stands still, and so do its moments.
  const again = scenes.reminder(stage().now());
  stage().show(() => again);
  await expect.poll(shakes).toBe(2);
  stage().show(() => again);
  await page.reload();
  await expect(banner).toBeVisible();
  await page.waitForTimeout(500);
  expect(await shakes()).toBe(0);

  await page.mouse.wheel(0, 900);
  await expect(banner).toBeInViewport({ ratio: 1 });
  await banner.locator("[data-action=acknowledge]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "acknowledge", by: "Tom S." });
  stage().show(scenes["eight-calm"]);
  await expect(banner).toHaveCount(0);
});

test("whoever went too long ago is named with the time, and anybody can go anew", async ({ page }) => {
  await show(stage(), page, { scene: "flood", at: "/floor", size: phone });
  const row = tile(page, "11").locator("[data-condition=overrun]");
  await expect(row).toContainText(/Lena M\. went 0:3\d ago/);
  await expect(row.locator("[data-action=acknowledge]")).toHaveText("I’m going");
});

test("what is over and was not answered can be said to be seen", async ({ page }) => {
  await show(stage(), page, { scene: "alarms", at: "/floor", size: phone });
  const row = tile(page, "4").locator("[data-state=latched]");
  await expect(row).toContainText("is over");
  await expect(row).toContainText("nobody answered");
  await expect(row.locator("[data-action=acknowledge]")).toHaveText("Seen");
});

test("answering what has just cleared is answered with a sentence, although its row is gone", async ({
  page,
}) => {
  await show(stage(), page, { scene: "one-alarm", at: "/floor", size: phone });
  await be(page, "Tom S.");
  stage().answer({
    ok: false,
    kind: "no-such-alarm",
    reason: "This alarm is over and was taken off the list.",
  });
  await page.locator("[data-condition=overrun] [data-action=acknowledge]").click();
  stage().show(scenes.one);
  await expect(page.locator(".dock .known")).toHaveText("This alarm is over and was taken off the list.");
});

test("pain is noted with two taps, a symptom with one, and both are shown with their time", async ({
  page,
}) => {
  await show(stage(), page, { scene: "stop-advised", at: "/floor", size: phone });
  await be(page, "Tom S.");
  const maya = tile(page, "1");
  await expect(maya.locator("[data-notes]")).toContainText(/pain 8, 2 min ago · refill 1–3 s, 4 min ago/);
  await maya.locator("[data-note=pain]").click();
  await expect(maya.locator("[data-note=pain][data-value]")).toHaveCount(11);
  expect(await misfits(page)).toEqual([]);
  expect(await axe(page)).toEqual([]);
  await maya.locator("[data-note=pain][data-value='9']").click();
  await expect
    .poll(() => stage().commands.at(-1))
    .toMatchObject({
      kind: "note",
      cuff: "cuff-01",
      note: { kind: "pain", score: 9 },
    });
  await expect(maya.locator("[data-value]")).toHaveCount(0);
  await maya.locator("[data-note=refill]").click();
  await maya.getByRole("button", { name: "Capillary refill 5 s+" }).click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ note: { kind: "refill", seconds: 5 } });
  await expect(maya.locator("[data-note=dizziness]")).toHaveAttribute("aria-pressed", "true");
  await maya.locator("[data-note=dizziness]").click();
  await expect
    .poll(() => stage().commands.at(-1))
    .toMatchObject({
      note: { kind: "symptom", symptom: "dizziness", present: false },
    });
});

/** Somebody is signed in on this page: the duty is no matter of tapped names. */
const signIn = async (page: Page, name: string, role: "physiotherapist" | "assistant"): Promise<void> => {
  const who = { kind: "staff", staff: name, name, roles: [role] };
  const me = { who, setUp: true, demo: false, simulated: false, unencrypted: false };
  await page.route("**/api/me", (asked) => asked.fulfill({ json: me }));
};

test("the duty is offered, seen by everybody, and taken only by the one it is offered to", async ({
  page,
}) => {
  const look = () => show(stage(), page, { scene: "eight-calm", at: "/floor", size: phone });
  await signIn(page, "Aidan R.", "physiotherapist");
  await look();
  await page.locator("[data-action=offer-duty]").click();
  expect(await axe(page)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Lena M." }).click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "offer-duty", to: "Lena M." });
  stage().show(scenes["duty-offered"]);
  await expect(page.locator(".top")).toContainText("You are on duty, offered to Lena M.");
  await expect(page.locator("[data-action=decline-duty]")).toHaveText("Withdraw");
  await signIn(page, "Tom S.", "physiotherapist");
  await page.reload();
  await expect(page.locator(".top")).toContainText("Aidan R. is on duty, offered to Lena M.");
  await expect(page.locator("[data-action=take-duty]")).toHaveCount(0);
  await signIn(page, "Lena M.", "physiotherapist");
  await page.reload();
  await expect(page.locator(".top")).toContainText("Aidan R. offers you the class");
  expect(await axe(page)).toEqual([]);
  await page.locator("[data-action=take-duty]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "take-duty", by: "Lena M." });
});

test("what nobody has can be taken over by whoever may treat, and by nobody else", async ({ page }) => {
  const look = () => show(stage(), page, { scene: "duty-nobody", at: "/floor", size: phone });
  await signIn(page, "Asha A.", "assistant");
  await look();
  await expect(page.locator(".top")).toContainText("Nobody is on duty");
  await expect(page.locator("[data-action=take-duty]")).toHaveCount(0);
  await signIn(page, "Tom S.", "physiotherapist");
  await look();
  await page.locator("[data-action=take-duty]").click();
  await expect.poll(() => stage().commands.at(-1)).toMatchObject({ kind: "take-duty", by: "Tom S." });
});

test("a cuff is said to be off only by holding the button", async ({ page }) => {
  await show(stage(), page, { scene: "one", at: "/floor", size: phone });
  await be(page, "Tom S.");
  const off = tile(page, "1").locator("[data-action=cuff-off]");
  const before = stage().commands.length;
  await off.click();
  await expect(tile(page, "1")).toContainText("Hold for one second");
  await off.hover();
  await page.mouse.down();
  await expect.poll(() => stage().commands.at(-1)?.kind, { timeout: 3000 }).toBe("cuff-off");
  await page.mouse.up();
  expect(stage().commands.length).toBe(before + 1);
});

test("who is ready is told on the tablet when to start, in grey", async ({ page }) => {
  await show(stage(), page, { scene: "stop-advised", at: "/floor", size: phone });
  await expect(tile(page, "2").locator("[data-start]")).toContainText(
    /start in 0:\d\d: would end with station 3/,
  );
});

test("a release queue that is longer than the header says how many more there are", async ({ page }) => {
  await show(stage(), page, { scene: "twelve-calm", at: "/wall" });
  const shown = await page
    .locator(".queue li")
    .evaluateAll((all) => all.filter((li) => (li as HTMLElement).offsetTop < 60).length);
  const all = await page.locator(".queue li").count();
  expect(shown).toBeLessThan(all);
  await expect(page.locator(".head")).toContainText(`+${all - shown} more`);
});

for (const scene of [
  "paused-through",
  "room-alarms",
  "reminder",
  "stop-advised",
  "flood",
  "duty-offered",
] as const)
  test(`fits every hand: ${scene}`, async ({ page }) => {
    await page.addInitScript(() => sessionStorage.setItem("cuffwatch.me", "Lena M."));
    await show(stage(), page, { scene, at: "/floor", size: phone });
    for (const size of [phone, upright, lying]) {
      await page.setViewportSize(size);
      await expect(page.locator("article[data-station]").first()).toBeVisible();
      expect(await misfits(page)).toEqual([]);
    }
    await show(stage(), page, { scene, at: "/wall", size: hd });
    expect(await wallFaults(page)).toEqual([]);
  });
