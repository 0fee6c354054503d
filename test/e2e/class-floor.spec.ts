/** A class from its start to its end on the tablet, against a server that plays along; what the wall shows of it. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { passedCheck } from "../support/visit.ts";
import { classScenes, withVisit } from "./class-scenes.ts";
import { assistant, type Desk, deskApi, deskOf, lockedTablet, physiotherapist } from "./floor-desk.ts";
import { wallFaults } from "./geometry.ts";
import { asKiosk, hd, loseLink, phone, uhd, watchAudio } from "./looking.ts";
import type { SceneAt } from "./scenes.ts";
import { openStage, type Stage } from "./stage.ts";

test.use(asKiosk);
const tablet = { width: 1180, height: 820 };
const desk: Desk = deskOf(physiotherapist);
let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage(classScenes["no-class"], deskApi(desk));
});
test.afterAll(() => stage.close());
test.afterEach(() => {
  stage.mute(false);
  stage.answer({ ok: true, recorded: true });
  Object.assign(desk, deskOf(physiotherapist));
});

const open = async (page: Page, scene: SceneAt, size: typeof hd, at = "/floor"): Promise<void> => {
  stage.show(scene);
  await page.setViewportSize(size);
  await page.goto(stage.url + at);
  await expect(page.locator("article[data-station]")).toHaveCount(scene(stage.now()).stations.length);
  await page.evaluate(() => document.fonts.ready);
};
const axe = async (page: Page): Promise<unknown[]> => {
  await page.evaluate(() => document.getAnimations().forEach((a) => a.cancel()));
  return (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
};
/** What was asked last. */
const asked = (): unknown => stage.commands.at(-1);
const act = (page: Page | Locator, action: string): Locator => page.locator(`[data-action="${action}"]`);
const hold = async (button: Locator): Promise<void> => {
  await button.focus();
  await button.page().keyboard.down("Enter");
  await button.page().waitForTimeout(1100);
  await button.page().keyboard.up("Enter");
};

test("a class is started in a room, once somebody has said whether the test was heard", async ({ page }) => {
  const audio = await watchAudio(page);
  await open(page, classScenes["no-class"], phone);
  await expect(page.locator("[data-listening]")).toHaveText("2 screens sound");
  await expect(act(page, "start-class")).toBeDisabled();
  await page.getByRole("button", { name: "Studio" }).click();
  const before = await audio.tones();
  await act(page, "test-sound").click();
  await expect.poll(async () => (await audio.tones()) - before).toBe(3);
  expect(await axe(page)).toEqual([]);
  await act(page, "heard").click();
  await act(page, "start-class").click();
  await expect
    .poll(asked)
    .toMatchObject({ kind: "start-class", by: "Aidan R.", room: "Studio", heard: true });

  stage.show(classScenes["class-nobody"]);
  await expect(page.locator("[data-class-clock]")).toHaveText(/^Class, \d+ min$/);
  await expect(page.locator("[data-class=none]")).toHaveCount(0);
});

test("a patient is seated with a cuff that blinks, and the target's arithmetic in sight", async ({
  page,
}) => {
  desk.obstacles = [{ kind: "not-explained" }];
  await open(page, classScenes["class-four"], phone);
  await act(page, "open-seat").click();
  await expect(act(page, "choose-patient").first()).toBeVisible();
  await page.getByRole("searchbox").fill("nobody");
  await expect(act(page, "new-patient")).toHaveAttribute("href", "/patients");
  await page.getByRole("searchbox").fill("jess");
  await expect(act(page, "choose-patient")).toHaveCount(1);
  await act(page, "choose-patient").click();
  await expect(page.locator("[data-obstacle=not-explained]")).toContainText("on the patient’s page");
  await act(page, "identify").first().click();
  await expect.poll(asked).toMatchObject({ kind: "identify", by: "Aidan R.", cuff: "cuff-21" });
  await page.locator("[data-action=choose-cuff][data-cuff=cuff-21]").click();
  await expect(page.locator("[data-lop]")).toContainText("60 % of 200 mmHg = 120 mmHg");
  await expect(page.locator("[data-fit=other-posture]")).toBeVisible();
  expect(await axe(page)).toEqual([]);

  stage.answer({ ok: false, kind: "blocked", reason: "The explanation was not given yet." });
  await act(page, "seat").click();
  await expect(page.locator("[data-seat]").getByText("The explanation was not given yet.")).toHaveCount(2);
  stage.answer({ ok: true, recorded: true });
  await act(page, "seat").click();
  await expect(page.locator("[data-seat]")).toHaveCount(0);
  expect(asked()).toMatchObject({
    ...{ kind: "seat", station: "5", patient: "p1", programme: "plan-1" },
    cuffs: [{ cuff: "cuff-21", limb: "thigh", side: "left", lop: "lop-1" }],
  });
});

test("a red answer stops; only a physiotherapist sets it aside, with a reason", async ({ page }) => {
  const unchecked = withVisit(classScenes["class-one"], { check: null, set: null, setsDone: [] });
  desk.who = assistant;
  await open(page, unchecked, tablet);
  await expect(act(page, "open-seat")).toHaveCount(0);
  await expect(act(page, "open-check")).toHaveCount(0);

  desk.who = physiotherapist;
  await open(page, unchecked, tablet);
  await act(page, "open-check").click();
  await page.locator("[data-question=calf-pain] [data-answer=yes]").click();
  await expect(page.locator("[data-question=calf-pain]")).toContainText("no cuff on this limb");
  await act(page, "all-no").click();
  expect(await axe(page)).toEqual([]);
  await expect(act(page, "check-override")).toBeDisabled();
  await page.locator("[data-check] textarea").fill("An old bruise, seen by the doctor");
  await act(page, "check-override").click();
  await expect.poll(asked).toMatchObject({
    kind: "check",
    answers: { "calf-pain": "yes", unwell: "no" },
    override: "An old bruise, seen by the doctor",
  });
});

test("sets go by keyboard alone: begun, counted, done", async ({ page }) => {
  const before = { check: passedCheck, set: null, setsDone: [] };
  await open(page, withVisit(classScenes["class-one"], { ...before, check: null }), tablet);
  const reach = async (selector: string): Promise<void> => {
    for (let tabs = 0; tabs < 80; tabs++) {
      if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`No key leads to ${selector}.`);
  };
  const press = async (action: string): Promise<void> => {
    await reach(`[data-action="${action}"]`);
    await page.keyboard.press("Enter");
  };
  await press("open-check");
  await press("all-no");
  await expect.poll(asked).toMatchObject({ kind: "check", override: null });
  stage.show(withVisit(classScenes["class-one"], before));
  await press("begin-set");
  await expect.poll(asked).toMatchObject({ kind: "begin-set", session: "session-1" });
  stage.show(withVisit(classScenes["class-one"], { ...before, set: { number: 1, beganAt: stage.now() } }));
  await expect(page.locator("[data-repetitions]")).toHaveText("30");
  await press("fewer");
  await press("end-set");
  await expect.poll(asked).toMatchObject({ kind: "end-set", repetitions: 29 });
});

test("a session ends only when its cuff is down, or somebody has seen it off", async ({ page }) => {
  await open(page, classScenes["class-finish"], phone);
  const up = page.locator("article[data-station='1']");
  await act(up, "more").click();
  await act(up, "open-finish").click();
  await expect(up.locator("[data-seen-off]")).toContainText(
    "is inflated. Release it, or say at the cuff that it is off.",
  );
  await up.locator("textarea").fill("Felt dizzy");
  await expect(act(up, "finish")).toBeDisabled();

  const silent = page.locator("article[data-station='2']");
  await act(silent, "open-finish").click();
  await expect(act(silent, "finish")).toBeDisabled();
  await hold(act(silent, "seen-off"));
  await expect(silent.locator("[data-follow-up]")).toContainText("Follow-up is asked on");
  expect(await axe(page)).toEqual([]);
  stage.answer({ ok: false, kind: "not-down", reason: "Not every cuff is down: cuff-02 is inflated." });
  await act(silent, "finish").click();
  await expect(silent).toContainText("Not every cuff is down: cuff-02 is inflated.");
  stage.answer({ ok: true, recorded: true });
  await act(silent, "finish").click();
  await expect.poll(asked).toMatchObject({ kind: "finish", outcome: "completed", seenOff: ["cuff-02"] });
  await expect(silent.locator("[data-finish]")).toHaveCount(0);

  await act(page, "open-end").click();
  await expect(page.locator("[data-end-refused]")).toContainText("2 patients are still on a station");
});

test("release all is held, never tapped; it lists what is still up, and without a link says that nothing was sent", async ({
  page,
}) => {
  desk.who = lockedTablet;
  await open(page, classScenes["class-all-at-once"], phone);
  const count = stage.commands.length;
  await act(page, "release-all").click();
  await expect(page.getByText("Hold for one second: it releases every cuff")).toBeVisible();
  expect(stage.commands).toHaveLength(count);
  await hold(act(page, "release-all"));
  // Nobody is signed in: a tapped name is enough, and nothing of a PIN is asked.
  await page.getByRole("dialog").getByRole("button", { name: "Tom S." }).click();
  await expect.poll(asked).toMatchObject({ kind: "release-all", by: "Tom S." });
  const list = page.locator("[data-release-all]");
  await expect(list).toBeInViewport();
  await expect(list.locator("[data-how=up]")).not.toHaveCount(0);
  expect(await axe(page)).toEqual([]);

  await loseLink(stage, page);
  await expect(list).toContainText("No link: nothing can be sent from here. Loosen every cuff by hand.");
  await expect(list.locator("[data-how] button:enabled")).toHaveCount(0);
  await act(page, "close-release-all").click();
  await act(page, "show-cuffs").click();
  await expect(list).toBeInViewport();
});

for (const [name, scene, size] of [
  ["eight patients at 1080p", "class-eight-alarms", hd],
  ["32 patients at 1080p", "class-thirtytwo", hd],
  ["everything at once at 4K", "class-all-at-once", uhd],
] as const)
  test(`the wall has room for the class, its exercises and a missing check: ${name}`, async ({ page }) => {
    await open(page, classScenes[scene], size, "/wall");
    await expect(page.locator("[data-class-clock]")).toHaveText(/^\d+ min$/);
    await expect(page.locator("article[data-station='3'] .progress")).toContainText("not checked yet");
    expect(await wallFaults(page)).toEqual([]);
  });

test("a wall without a class says so calmly", async ({ page }) => {
  await open(page, classScenes["no-class"], hd, "/wall");
  await expect(page.locator("[data-class=none]")).toContainText("No class is running");
  expect(await axe(page)).toEqual([]);
});
