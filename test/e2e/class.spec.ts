/**
 * A clinic's first morning, on the real server: from the printed link to a finished class of four, on a tablet and a phone with a wall
 * beside them. One patient wears two cuffs, one a basic cuff, one comes late, one is stopped by the check and let on by name.
 */
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { z } from "zod";
import { pairedCuff, type PairedCuff, pairedSensor } from "../support/paired-cuff.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { asKiosk } from "./looking.ts";

test.use(asKiosk);

const password = "a good sentence";
const act = (where: Page | Locator, action: string): Locator => where.locator(`[data-action="${action}"]`);
const tile = (page: Page, station: number): Locator => page.locator(`article[data-station="${station}"]`);
const opened = async (browser: Browser, url: string, width: number, height: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: "dark" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  return page;
};
const hold = async (button: Locator): Promise<void> => {
  await button.focus();
  await button.page().keyboard.down("Enter");
  await button.page().waitForTimeout(1100);
  await button.page().keyboard.up("Enter");
};

/** Asks the API as the person who is signed in on a page; what it answers. */
const ask = async (page: Page, address: string, data: unknown, seen?: number): Promise<unknown> => {
  const url = new URL(address, page.url()).href;
  const headers = seen === undefined ? {} : { "If-Match": `"${seen}"` };
  const response = await page.request.post(url, { data, headers });
  expect(response.ok(), `${address}: ${await response.text()}`).toBe(true);
  return response.json();
};
const entry = z.object({ id: z.string(), version: z.number() });
const credentials = z.object({ user: z.string(), password: z.string() });

const pair = async (page: Page, cuff: string, basic: unknown = null) => {
  const { id } = entry.parse(
    await ask(page, "/api/cuffs", { cuff, name: `Cuff ${cuff}`, widthCm: 18, basic }),
  );
  return credentials.parse(await ask(page, `/api/cuffs/${id}/credentials`, {}));
};

const squats = {
  ...{ kind: "restricted", name: "Squats", loadKg: 20 },
  plan: { targetPctLop: 60, sets: [3, 2], repS: 1, restS: 1, limitS: 300, reperfusionS: 30 },
};
const hips = { kind: "free", name: "Hip strength", sets: [10], repS: 2 };

/** A patient of the clinic who may be treated: explained, screened, measured, with a plan. */
const addPatient = async (
  page: Page,
  givenName: string,
  sides: readonly ("left" | "right")[],
): Promise<void> => {
  const limbs = sides.map((side) => ({ limb: "thigh", side }));
  const { id } = entry.parse(await ask(page, "/api/patients", { givenName, familyName: "Test", limbs }));
  await makeReady(page, id, sides);
};
const makeReady = async (page: Page, id: string, sides: readonly ("left" | "right")[]): Promise<void> => {
  const { screeningQuestions } = await import("../../shared/plan/screening.ts");
  const answers = Object.fromEntries(Object.keys(screeningQuestions).map((q) => [q, "no"]));
  const record = entry.parse(
    await (await page.request.get(new URL(`/api/patients/${id}`, page.url()).href)).json(),
  );
  const told = { text: "What it does and what it risks.", given: true };
  const after = entry.parse(await ask(page, `/api/patients/${id}/explanation`, told, record.version));
  await ask(page, `/api/patients/${id}/screening`, { answers }, after.version);
  for (const side of sides)
    await ask(page, `/api/patients/${id}/lop`, {
      ...{
        limb: "thigh",
        side,
        mmhg: 200,
        cuffWidthCm: 18,
        posture: "seated",
        method: "doppler",
        at: Date.now(),
      },
    });
  const cuffs = sides.map((side) => ({ limb: "thigh", side }));
  const programme = {
    name: "Knees",
    source: "a test",
    cuffs,
    exercises: [squats, hips],
    posture: "seated",
    cuffWidthCm: 18,
  };
  await ask(page, "/api/programmes", { owner: id, programme });
};

/** Gives a patient a place, by hand. */
const seat = async (
  page: Page,
  station: number,
  patient: string,
  worn: Readonly<Record<string, string>>,
): Promise<void> => {
  await act(page, "open-seat").click();
  await act(page, "choose-station").getByText(String(station), { exact: true }).click();
  await page.getByRole("searchbox").fill(patient);
  await act(page, "choose-patient").filter({ hasText: patient }).click();
  for (const [limb, cuff] of Object.entries(worn))
    await page.locator(`[data-limb="${limb}"] [data-action="choose-cuff"][data-cuff="${cuff}"]`).click();
  await act(page, "seat").click();
  await expect(page.locator("[data-seat]")).toHaveCount(0);
  await expect(tile(page, station)).toContainText(patient);
};
const checkAllNo = async (page: Page, station: number): Promise<void> => {
  await act(tile(page, station), "open-check").click();
  await act(tile(page, station), "all-no").click();
};

const firstStart = async (page: Page, server: TestServer): Promise<void> => {
  await page.goto(server.url + String(server.setupPath()));
  await page.getByLabel("Your name").fill("Aidan R.");
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=pin]").fill("1234");
  await page.locator("[name=clinic]").fill("North Clinic");
  await page.locator("[name=room]").fill("Studio");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-next=wall]")).toBeVisible();
};

test("from the printed link to a finished class of four", async ({ browser }) => {
  test.setTimeout(180_000);
  const server = await startServer(null);
  const pages: Page[] = [];
  const cuffs: PairedCuff[] = [];
  const add = (cuff: PairedCuff): PairedCuff => {
    cuffs.push(cuff);
    return cuff;
  };
  try {
    const tablet = await opened(browser, `${server.url}/`, 1180, 820);
    pages.push(tablet);
    await firstStart(tablet, server);
    await ask(tablet, "/api/staff", { name: "Lena M.", login: "lena", roles: ["physiotherapist"], password });

    const wall = await opened(browser, `${server.url}/wall`, 1920, 1080);
    pages.push(wall);
    const code = await wall.locator("[data-code]").getAttribute("data-code");
    await tablet.goto(`${server.url}/setup/screens`);
    await tablet.getByLabel("Code on the screen").fill(String(code));
    await tablet.getByLabel("Name").fill("Wall by the window");
    await tablet.keyboard.press("Enter");
    await expect(wall.locator("[data-class=none]")).toBeVisible({ timeout: 10_000 });

    // The first patient by hand; the record's own page has tests of its own.
    await tablet.goto(`${server.url}/patients`);
    await tablet.getByRole("button", { name: "Add a patient" }).click();
    await tablet.getByLabel("First name").fill("Maya");
    await tablet.getByLabel("Family name").fill("Kováčová");
    await tablet.getByRole("button", { name: "Add and open" }).click();
    await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Maya Kováčová");
    await makeReady(tablet, new URL(tablet.url()).pathname.split("/")[2] ?? "", ["left", "right"]);
    await addPatient(tablet, "Noor", ["left"]);
    await addPatient(tablet, "Olga", ["right"]);
    await addPatient(tablet, "Pavel", ["left"]);

    const { mqttPort } = server;
    const left = add(await pairedCuff(mqttPort, await pair(tablet, "left-1"), ["release"]));
    const right = add(await pairedCuff(mqttPort, await pair(tablet, "right-1")));
    const late = add(await pairedCuff(mqttPort, await pair(tablet, "late-1"), ["release"]));
    const stopped = add(await pairedCuff(mqttPort, await pair(tablet, "stop-1"), ["release"]));
    const topic = "esp/pressure/state";
    const plain = await pair(tablet, "plain-1", { topic, unit: "mmHg", intervalMs: 500 });
    const sensor = add(await pairedSensor(mqttPort, plain, topic));

    // A class, with the test burst heard.
    await tablet.goto(`${server.url}/floor`);
    await expect(act(tablet, "who")).toHaveText("Aidan R.");
    // The wall's sound has to be there before it can be tried.
    await expect(tablet.locator("[data-listening]")).not.toHaveAttribute("data-listening", "0", {
      timeout: 20_000,
    });
    await act(tablet, "room").filter({ hasText: "Studio" }).click();
    await act(tablet, "test-sound").click();
    await act(tablet, "heard").click();
    await act(tablet, "start-class").click();
    await expect(wall.locator("[data-class=none]")).toHaveCount(0);

    await seat(tablet, 1, "Maya", { "left-thigh": "left-1", "right-thigh": "right-1" });
    await expect(tile(wall, 1)).toContainText("Maya K.");
    await expect(tile(wall, 1).locator(".progress")).toContainText("not checked yet");

    // Lena takes a phone, and sees what Aidan did.
    const phone = await opened(browser, `${server.url}/floor`, 390, 844);
    pages.push(phone);
    await phone.locator("[name=login]").fill("lena");
    await phone.locator("[name=password]").fill(password);
    await phone.keyboard.press("Enter");
    await expect(tile(phone, 1)).toContainText("Maya K.");
    await seat(phone, 2, "Noor", { "left-thigh": "plain-1" });
    await seat(phone, 4, "Pavel", { "left-thigh": "stop-1" });
    await expect(tile(tablet, 4)).toContainText("Pavel T.");

    // Pavel is stopped by the check; Lena sets it aside by name.
    await act(tile(phone, 4), "open-check").click();
    await tile(phone, 4).locator("[data-question=unwell] [data-answer=yes]").click();
    await act(tile(phone, 4), "all-no").click();
    await act(tile(phone, 4), "check-stop").click();
    await expect(tile(tablet, 4).locator("[data-stopped]")).toBeVisible();
    await expect(act(tile(tablet, 4), "begin-set")).toHaveCount(0);
    await act(tile(phone, 4), "open-check").click();
    await tile(phone, 4).locator("[data-question=unwell] [data-answer=yes]").click();
    await act(tile(phone, 4), "all-no").click();
    await tile(phone, 4).locator("[data-check] textarea").fill("A cold last week, well today");
    await act(tile(phone, 4), "check-override").click();
    await expect(tile(tablet, 4)).toContainText("A cold last week, well today");

    // Maya works under two cuffs, and cannot be let go while they are up.
    await checkAllNo(tablet, 1);
    left.to(120);
    right.to(121);
    await act(tile(tablet, 1), "begin-set").click();
    await expect(tile(wall, 1).locator("[data-cuff]")).toHaveCount(2);
    await expect(tile(wall, 1)).toHaveAttribute("data-phase", /working|resting/, { timeout: 8000 });
    await expect(tile(phone, 1)).toHaveAttribute("data-phase", /working|resting/);
    await act(tile(tablet, 1), "end-set").click();
    await act(tile(tablet, 1), "begin-set").click();
    await act(tile(tablet, 1), "end-set").click();
    await act(tile(tablet, 1), "more").click();
    await act(tile(tablet, 1), "open-finish").last().click();
    await expect(tile(tablet, 1).locator("[data-finish] [data-seen-off]")).toContainText(
      "Release it, or say",
    );
    await expect(act(tile(tablet, 1), "finish")).toBeDisabled();
    await act(tile(tablet, 1), "close-finish").click();
    await hold(act(tile(tablet, 1), "release"));
    await expect(tile(tablet, 1)).toContainText("Done: the pressure is down", { timeout: 8000 });
    right.to(1);

    // Noor wears a sensor that says plain numbers; it dies, and only who has seen it off ends the session.
    await checkAllNo(phone, 2);
    await act(tile(phone, 2), "begin-set").click();
    await act(tile(phone, 2), "end-set").click();
    await sensor.end();

    // Olga comes late, and stops early.
    await seat(tablet, 3, "Olga", { "right-thigh": "late-1" });
    await checkAllNo(tablet, 3);
    late.to(118);
    await act(tile(tablet, 3), "begin-set").click();
    await expect(tile(wall, 3)).toHaveAttribute("data-phase", /working|resting/, { timeout: 8000 });
    await hold(act(tile(tablet, 3), "release"));
    await expect(tile(tablet, 3)).toContainText("Done: the pressure is down", { timeout: 8000 });

    const finish = async (page: Page, station: number, outcome: string, why = ""): Promise<void> => {
      const card = tile(page, station);
      await act(card, "more").click();
      await act(card, "open-finish").last().click();
      await card.locator(`[data-outcome="${outcome}"]`).click();
      if (why !== "") await card.locator("[data-finish] textarea").fill(why);
      for (const button of await act(card, "seen-off").all()) await hold(button);
      await act(card, "finish").click();
      await expect(tile(page, station)).toHaveCount(0, { timeout: 8000 });
    };
    await finish(tablet, 1, "completed");
    await expect(tile(wall, 1)).toHaveCount(0);
    await finish(phone, 3, "stopped-early", "Had to leave");
    stopped.to(1);
    await finish(phone, 4, "stopped-early", "Tired");
    await expect(tile(phone, 2)).toHaveAttribute("data-phase", "no-data", { timeout: 8000 });
    await finish(phone, 2, "completed");

    await act(tablet, "open-end").click();
    await hold(act(tablet, "end-class"));
    await expect(wall.locator("[data-class=none]")).toBeVisible();

    // What is left of it: a record of each session, and whom to ask tomorrow: everybody but Pavel, who was never restricted.
    const followUps = await tablet.request.get(`${server.url}/api/follow-ups?state=all`);
    expect(z.object({ entries: z.array(z.unknown()) }).parse(await followUps.json()).entries).toHaveLength(6);
    await tablet.goto(`${server.url}/patients`);
    await tablet.getByRole("link", { name: /Pavel/ }).first().click();
    await expect(tablet.locator("[data-session]")).toContainText("A cold last week, well today");
  } finally {
    for (const cuff of cuffs) await cuff.end();
    for (const page of pages) await page.context().close();
    await server.remove();
  }
});
