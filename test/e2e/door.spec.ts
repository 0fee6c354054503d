/** The way in: signing in, the PIN on a tablet, the code of a wall, and what is said to whoever is not let in. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { aidan, createDesk, type Desk, meAs, refusal } from "../support/desk-server.ts";
import { asKiosk, hd, phone, watchAudio } from "./looking.ts";
import { scenes } from "./scenes.ts";
import { openStage, type Stage } from "./stage.ts";

test.use(asKiosk);

const tablet = { width: 1180, height: 820 };
const people = [
  { staff: "aidan", name: "Aidan R.", hasPin: true },
  { staff: "lena", name: "Lena M.", hasPin: true },
  { staff: "tom", name: "Tom S.", hasPin: false },
];

const axe = async (page: Page): Promise<unknown[]> => {
  await page.evaluate(() => document.getAnimations().forEach((a) => a.cancel()));
  return (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
};
/** How much wider than the window a page is. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

let desk: Desk;
let stage: Stage;
test.beforeEach(async () => {
  desk = createDesk();
  desk.says("GET /api/me", meAs({ kind: "tablet", device: "t1" }));
  desk.says("GET /api/people", { body: people });
  desk.says("POST /api/lock", () => {
    desk.says("GET /api/me", meAs({ kind: "tablet", device: "t1" }));
    return { body: {} };
  });
  desk.says("POST /api/pin", (body) => {
    if (JSON.stringify(body) !== '{"staff":"aidan","pin":"1234"}')
      return refusal(401, "That is not the PIN of Aidan R. 4 tries are left on this tablet.");
    desk.says("GET /api/me", meAs(aidan));
    return { body: {} };
  });
  stage = await openStage(scenes.eight, desk.router);
});
test.afterEach(() => stage.close());

test("signs in by keyboard, is told of a wrong password and of a wait, and goes where it came from", async ({
  page,
}) => {
  desk.says("GET /api/me", meAs({ kind: "stranger" }, { unencrypted: true }));
  await page.setViewportSize(tablet);
  await page.goto(`${stage.url}/floor`);
  await expect(page).toHaveURL(`${stage.url}/sign-in?to=%2Ffloor`);
  await expect(page.locator("[data-site=unencrypted]")).toBeVisible();
  expect(await axe(page)).toEqual([]);

  desk.says("POST /api/sign-in", refusal(401, "The name or the password is wrong."));
  await page.getByLabel("Login").focus();
  await page.keyboard.type("aidan");
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong one");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-problem]")).toHaveText("The name or the password is wrong.");
  desk.says("POST /api/sign-in", { ...refusal(429, "Too many."), headers: { "Retry-After": "2" } });
  await page.locator("[name=password]").fill("again");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-problem]")).toContainText(/try again in [12] s/);
  await expect(page.locator("[data-action=sign-in]")).toBeDisabled();
  expect(await axe(page)).toEqual([]);
  await expect(page.locator("[data-action=sign-in]")).toBeEnabled({ timeout: 4000 });

  desk.says("POST /api/sign-in", () => {
    desk.says("GET /api/me", meAs(aidan));
    return { body: {} };
  });
  await page.locator("[name=password]").fill("a good sentence");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${stage.url}/floor`);
  await expect(page.locator("[data-action=who]")).toHaveText("Aidan R.");
});

test("switches by PIN on the floor without a word about the link, and locks", async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto(`${stage.url}/floor`);
  await expect(page.locator("article[data-station]")).toHaveCount(8);
  // Whatever is said of the link, however shortly, is kept.
  await page.evaluate(() => {
    const seen = Object.assign(window, { lost: 0 });
    new MutationObserver(() => {
      if (document.querySelector("[data-link]") !== null) seen.lost += 1;
    }).observe(document.body, { subtree: true, childList: true });
  });
  const before = stage.connections();
  await page.locator("[data-action=who]").click();
  await page.getByRole("dialog").getByRole("button", { name: "Aidan R." }).click();
  await page.keyboard.type("9999");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").locator("[data-problem]")).toContainText("4 tries are left");
  expect(await axe(page)).toEqual([]);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  for (const digit of "1234") await page.locator(`[data-digit="${digit}"]`).click();
  await page.locator("[data-action=enter-pin]").click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.locator("[data-action=who]")).toHaveText("Aidan R.");
  await expect.poll(() => stage.connections()).toBe(before + 1);

  await page.locator("[data-action=who]").click();
  expect(await axe(page)).toEqual([]);
  await page.locator("[data-action=lock]").click();
  await expect(page.locator("[data-action=who]")).toHaveText("Who are you?");
  await expect.poll(() => stage.connections()).toBe(before + 2);
  await expect(page.locator("article[data-station]")).toHaveCount(8);
  expect(await page.evaluate("window.lost")).toBe(0);
});

test("a PIN that is being typed goes when a high alarm comes, and that alarm is answered by a tapped name", async ({
  page,
}) => {
  stage.show(scenes["eight-calm"]);
  await page.setViewportSize(phone);
  await page.goto(`${stage.url}/floor`);
  await expect(page.locator("article[data-station]")).toHaveCount(8);
  await page.locator("[data-action=who]").click();
  await page.getByRole("dialog").getByRole("button", { name: "Aidan R." }).click();
  await page.keyboard.type("12");
  stage.show(scenes.alarms);
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.locator("article [data-action=acknowledge]").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Aidan R." }).click();
  await expect.poll(() => stage.commands.at(-1)).toMatchObject({ kind: "acknowledge", by: "Aidan R." });
  await expect(page.locator("[data-action=who]")).toContainText("not signed in");
});

test("a wall shows its code, goes over into the class, and says loudly when it is shut out", async ({
  page,
}) => {
  stage.letIn(false);
  desk.says("GET /api/me", meAs({ kind: "stranger" }));
  desk.says("POST /api/pairings", { body: { code: "ACD347", expiresAt: Date.now() + 600_000 } });
  desk.says("GET /api/pairings/mine", { body: { state: "waiting" } });
  const audio = await watchAudio(page);
  await page.setViewportSize(hd);
  await page.goto(`${stage.url}/wall`);
  const code = page.locator("[data-code]");
  await expect(code).toHaveText("ACD347");
  const height = await code.evaluate((c) => parseFloat(getComputedStyle(c).fontSize));
  // A capital of this size on a 55-inch screen is 7 cm high: read from far more than 5 m.
  expect(height).toBeGreaterThan(200);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  expect(await axe(page)).toEqual([]);

  stage.letIn(true);
  desk.says("GET /api/pairings/mine", { body: { state: "paired" } });
  await expect(page.locator("article[data-station]")).toHaveCount(8, { timeout: 5000 });
  stage.show(scenes["eight-calm"]);
  const tones = await audio.tones();

  desk.says("POST /api/pairings", { body: { code: "EFH999", expiresAt: Date.now() + 600_000 } });
  desk.says("GET /api/pairings/mine", { body: { state: "waiting" } });
  stage.letIn(false);
  await expect(page.locator("[data-link=not-known]")).toContainText("taken out of the class");
  await expect(page.locator("article[data-station]")).toHaveCount(0);
  await expect(code).toHaveText("EFH999");
  await expect.poll(() => audio.tones()).toBeGreaterThan(tones);
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(
    0,
  );
  expect(await axe(page)).toEqual([]);
});

test("a floor that is shut out says so instead of showing old pressures", async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto(`${stage.url}/floor`);
  await expect(page.locator("article[data-station]")).toHaveCount(8);
  desk.says("GET /api/me", meAs({ kind: "stranger" }));
  stage.letIn(false);
  await expect(page.locator("[data-link=not-known]")).toContainText("not let in any more");
  await expect(page.locator("article[data-station]")).toHaveCount(0);
  expect(await axe(page)).toEqual([]);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${stage.url}/sign-in?to=%2Ffloor`);
});

test("every part of the setup keeps to what all pages do, and a limit is refused beside its field", async ({
  page,
}) => {
  const entry = (id: string, body: unknown, more: object = {}) => ({
    ...{ id, version: 3, at: Date.now(), by: "Aidan R.", body },
    ...more,
  });
  const person = { name: "Aidan R.", login: "aidan", roles: ["admin"], active: true };
  const list = (...entries: object[]) => ({ body: { entries, next: null } });
  const settings = { clinic: "North Clinic", rooms: ["Gym 1", "Studio"], limits: { painOver: 6 } };
  const well = { ok: true, detail: "All is as it should be." };
  desk.says("GET /api/me", meAs(aidan, { simulated: true, unencrypted: true }));
  desk.says("GET /api/staff", list(entry("aidan", person, { hasPassword: true, hasPin: false })));
  desk.says("GET /api/devices", list(entry("w1", { name: "Wall by the window", kind: "wall" })));
  desk.says("GET /api/settings", { body: settings, headers: { ETag: '"3"' } });
  desk.says("GET /healthz", {
    body: {
      ...{ ok: true, broker: well, engine: well, storage: { ...well, pending: 0, dropped: 0 } },
      ...{ cuffs: { known: 2, live: 1, inflated: 1, silent: 0, unknown: ["cuff-9"] } },
      rejections: [{ cuff: "cuff-9", kind: "malformed", count: 3, lastDetail: "is not JSON" }],
    },
  });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(phone);
  await page.goto(`${stage.url}/setup`);
  await expect(page.locator("[data-part]")).toHaveCount(7);
  const parts = await page
    .locator("[data-part]")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
  for (const part of parts) {
    await page.goto(stage.url + part);
    await expect(page.locator("main h1")).toBeVisible();
    await expect(page.getByText("Reading …")).toHaveCount(0);
    if (part === "/setup/staff") await page.locator("[data-action=edit-person]").click();
    if (part === "/setup/screens") await page.locator("[data-action=revoke]").click();
    expect([part, await tooWide(page), await axe(page)]).toEqual([part, 0, []]);
  }
  await page.setViewportSize(tablet);
  await page.goto(`${stage.url}/setup/limits`);
  const limit = page.locator("[data-limit=releaseSoonS]");
  await limit.locator("input").fill("500");
  await page.keyboard.press("Enter");
  await expect(limit.locator(".problem")).toContainText("15 to 180 s");
  await expect(limit.locator("input")).toBeFocused();
  desk.says("PUT /api/settings", (body) => ({ body, headers: { ETag: '"4"' } }));
  await limit.locator("input").fill("90");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved")).toBeVisible();
  expect(desk.asked.at(-1)).toMatchObject({
    ...{ what: "PUT /api/settings", seen: '"3"' },
    body: { limits: { painOver: 6, releaseSoonS: 90 } },
  });
});
