/** Patients, plans and follow-up in a browser, over the real routes. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { someFigures } from "../support/recording-record.ts";
import { type Desk, openDesk } from "./desk-stage.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(() => desk.end());
test.afterEach(() => desk.asPhysiotherapist());

/** Nothing is wider than the screen, targets are large enough, and axe finds nothing. */
const looksRight = async (page: Page): Promise<void> => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    page.viewportSize()?.width ?? 0,
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([]);
  const small = await page
    .locator(
      "main :is(a, button, select, summary, input:not([type=checkbox], [type=radio]), label:has(input)):visible",
    )
    .evaluateAll((all) =>
      all.map((e) => [e.textContent, e.getBoundingClientRect().height] as const).filter(([, h]) => h < 43.5),
    );
  expect(small).toEqual([]);
};

const notes = (page: Page): Locator => page.getByRole("textbox", { name: "Notes" });

const odd = "<b>Zoë</b> 🦵 محمد";

test("a patient is added, screened red and set aside, given Giles’ plan and an estimate with its error", async ({
  page,
}) => {
  await page.goto(`${desk.url}/patients`);
  await page.getByRole("button", { name: "Add a patient" }).click();
  await page.getByLabel("Family name").fill("Rossi");
  await page.getByRole("button", { name: "Add and open" }).click();
  await expect(page.getByRole("alert")).toHaveText("the first name must not be empty");
  await looksRight(page);
  await page.getByLabel("First name").fill(odd);
  await page.getByLabel("Condition treated").fill("Patellofemoral pain");
  await page.getByLabel("Left thigh").check();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${odd} Rossi`);
  await expect(page.locator("[data-obstacle]")).toHaveText([
    "Not screened yet.",
    "The explanation was not given yet.",
  ]);

  await page.getByRole("group", { name: "Takes anticoagulants" }).getByLabel("yes").check();
  await page.getByRole("button", { name: "Every open answer is no" }).click();
  await page.getByRole("button", { name: "Save the answers" }).click();
  await expect(page.locator("[data-obstacle=screening-red]")).toHaveText("Screening: Takes anticoagulants.");
  // An estimate goes by the record's age and sex, and is only made for the cuff of its formula.
  await page.getByLabel("Date of birth").fill("1990-01-01");
  await page.getByLabel("Sex", { exact: true }).selectOption("male");
  await page.locator("[data-action=save-record]").click();
  await expect(page.locator("#record [role=status]")).toHaveText("Saved");
  await page.getByRole("button", { name: "Add a limb occlusion pressure" }).click();
  await page.getByLabel("How it was found").selectOption("estimated");
  await page.getByLabel("Cuff width, cm").fill("5");
  await expect(page.locator("[data-estimate]")).toContainText("no estimate for a narrow cuff");
  await page.getByLabel("Cuff width, cm").fill("18");
  await page.getByLabel("Thigh, cm around").fill("55");
  await page.getByLabel("Systolic blood pressure, mmHg").fill("120");
  await expect(page.locator("[data-estimate]")).toContainText(
    /Estimated: 1\d\d mmHg, with a standard error of 15\.3 mmHg/,
  );
  await looksRight(page);
  await page.getByRole("button", { name: "Save this pressure" }).click();
  await expect(page.locator("[data-lop]")).toContainText("± 15.3 mmHg, an estimate");
  // A measured one comes before it.
  await page.getByRole("button", { name: "Add a limb occlusion pressure" }).click();
  await page.getByLabel("Pressure, mmHg").fill("200");
  await page.getByLabel("Cuff width, cm").fill("18");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-lop]")).toHaveCount(2);

  await page.getByLabel("Why it may be set aside").fill("agreed with the haematologist");
  await page.getByRole("button", { name: "Set the red answers aside" }).click();
  await expect(page.locator("[data-screening=overridden]")).toContainText("by Emily: agreed with");
  await expect(page.locator("[data-obstacle=screening-red]")).toHaveCount(0);

  await page.getByRole("button", { name: "New plan" }).click();
  await page.getByRole("button", { name: /^Patellofemoral pain \(Giles 2017\)/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Patellofemoral pain (Giles 2017)");
  const press = page.locator("[data-exercise='1']");
  await expect(press.locator("[data-target]")).toHaveText("60 % of 200 mmHg = 120 mmHg");
  await expect(press).toContainText("75 repetitions × 4 s + 3 rests × 30 s = 6 min 30 s");
  await expect(press).toContainText("Limit: 6 min 30 s + 10 % = 7 min 9 s");
  await press.getByLabel("Pressure, % LOP").fill("70");
  await expect(press.locator("[data-target]")).toHaveText("70 % of 200 mmHg = 140 mmHg");
  await press.getByLabel("Pressure, % LOP").fill("95");
  await expect(press.getByRole("alert")).toHaveText("plans end at 90 % of the limb occlusion pressure");
  await expect(page.locator("[data-action=save-plan]")).toBeDisabled();
  await press.getByLabel("Pressure, % LOP").fill("60");
  await page.setViewportSize({ width: 390, height: 844 });
  await looksRight(page);
  await press.getByRole("button", { name: "Move “Leg press” earlier" }).click();
  await expect(page.getByLabel("Exercise", { exact: true }).first()).toHaveValue("Leg press");
  await page.locator("[data-action=save-plan]").click();
  await expect(page.locator(".save [role=status]")).toHaveText("Saved");

  const [, , patient = ""] =
    (await page.getByRole("link", { name: "To the patient" }).getAttribute("href"))?.split(/[/#]/) ?? [];
  const [, , plan = ""] = new URL(page.url()).pathname.split("/");
  await desk.addSession("once", patient, plan);
  await page.getByRole("link", { name: "To the patient" }).click();
  await expect(page.locator("[data-session=once]")).toContainText("Left thigh restricted for 6 min 30 s");
  await expect(page.locator("[data-suggestion=stay]")).toContainText("1 of 2 good sessions");
  await page.getByRole("button", { name: /^Begin with the text of/ }).click();
  await page.getByRole("button", { name: "Given now" }).click();
  await expect(page.locator("[data-explanation=given]")).toContainText("by Emily");
  await expect(page.locator("[data-obstacles='0']")).toContainText("Nothing stands in the way");
});

test("whoever was slower loses nothing of what was typed, and both see both", async ({ page }) => {
  await desk.addPatient("slow", { givenName: "Sami", notes: "first", condition: "knee" });
  await page.goto(`${desk.url}/patients/slow`);
  await notes(page).fill("mine");
  const record = {
    ...{ givenName: "Sami", familyName: "", number: "", born: null, sex: null },
    ...{ limbs: [], stationOnly: false },
  };
  const other = await desk.ask("PUT", "/api/patients/slow", {
    body: { ...record, notes: "theirs", condition: "hip" },
    seen: 1,
  });
  expect(other.status).toBe(200);
  await page.locator("[data-action=save-record]").click();
  const conflict = page.locator("[data-conflict]");
  await expect(conflict).toContainText("mine");
  await expect(conflict).toContainText("theirs");
  await expect(conflict).toContainText("taken over below: Condition treated");
  await expect(notes(page)).toHaveValue("mine");
  await expect(page.getByRole("textbox", { name: "Condition treated" })).toHaveValue("hip");
  await looksRight(page);
  await page.getByRole("button", { name: "Notes: keep yours" }).click();
  await page.locator("[data-action=save-record]").click();
  await expect(page.locator("#record [role=status]")).toHaveText("Saved");
  await page.reload();
  await expect(notes(page)).toHaveValue("mine");
});

test("a form that was not stored asks before it is left", async ({ page }) => {
  await desk.addPatient("leaving", { givenName: "Lea" });
  await page.goto(`${desk.url}/patients/leaving`);
  await notes(page).fill("not stored");
  const asked = page.waitForEvent("dialog");
  const leaving = page.goto(`${desk.url}/patients`).catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await leaving;
  await expect(notes(page)).toHaveValue("not stored");
});

test("follow-ups are answered with one tap, a red one says to seek care and is cleared with a reason", async ({
  page,
}) => {
  await desk.addPatient("well", { givenName: "Aino", familyName: "Virtanen" });
  await desk.addPatient("unwell", { givenName: "Bo", familyName: "x".repeat(400) });
  await desk.addFollowUp("f1", { patient: "well" });
  await desk.addFollowUp("f2", { patient: "unwell", kind: "72-hours" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.url}/follow-up`);
  await expect(page.locator("[data-follow-up]")).toHaveCount(2);
  await page.getByRole("button", { name: "No to everything for Aino Virtanen" }).click();
  await expect(page.locator("[data-follow-up=f1]")).toHaveAttribute("data-state", "answered");

  const two = page.locator("[data-follow-up=f2]");
  await two.locator("[data-action=ask]").click();
  await two.getByRole("group", { name: "Dark urine" }).getByLabel("yes").check();
  await expect(two.locator("[data-advice]")).toContainText("Seek care the same day");
  await two.getByRole("button", { name: "No to the rest" }).click();
  await looksRight(page);
  await two.getByRole("button", { name: "Save the answers" }).click();
  await expect(two).toHaveAttribute("data-state", "red");
  await expect(page.locator("[data-event]")).toContainText("Dark urine");
  await looksRight(page);
  await two.locator("[data-action=clear]").click();
  await two.getByLabel("What was found").fill("seen by the GP: no rhabdomyolysis");
  await page.keyboard.press("Enter");
  await expect(two).toHaveAttribute("data-state", "cleared");
});

test("an assistant reads everything and changes nothing", async ({ page }) => {
  await desk.addPatient("read", { givenName: "Ruth" });
  desk.asAssistant();
  await page.goto(`${desk.url}/patients/read`);
  await expect(notes(page)).toBeDisabled();
  await expect(page.locator("main [data-action=save-record]")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "New plan" })).toHaveCount(0);
  await looksRight(page);
});

test("presets stand on the page of the plans, and a patient is found while typing", async ({ page }) => {
  await page.goto(`${desk.url}/plans`);
  await expect(page.locator("[data-preset]")).toHaveCount(6);
  await looksRight(page);
  await desk.addPatient("found", { givenName: "Élodie", familyName: "Vanderbrück" });
  await desk.addPatient("other", { givenName: "Oto", condition: "vander" });
  await page.goto(`${desk.url}/patients`);
  await page.getByLabel("Search by name").fill("elod vander");
  await expect(page.locator("[data-patient]")).toHaveCount(1);
  await expect(page.locator("[data-patient]")).toContainText("Not screened yet.");
  await looksRight(page);
});

test("the sessions that were recorded are searched and read on, and what is under way is followed", async ({
  page,
}) => {
  const day = 86_400_000;
  await desk.addPatient("zoe", { givenName: "Zoë", familyName: "Marsh" });
  const begun = Array.from({ length: 60 }, (_, n) => Date.now() - n * day);
  await desk.addRecordings(
    begun.map((startedAt, n) => ({
      ...(n % 2 === 0 ? { patient: "zoe", name: "Zoë M." } : { patient: null, name: "<b>Ana</b> 🦵 محمد" }),
      startedAt,
    })),
  );
  await page.goto(`${desk.url}/sessions`);
  const rows = page.locator("li[data-session^=recorded-]");
  await expect(rows.first()).toContainText("Zoë M.");
  await expect(rows.first()).toContainText("5 min restricted");
  await expect(rows.first()).toContainText("2 alarms, 1 high");
  await expect(rows.first().getByRole("link")).toHaveAttribute("href", "/sessions/recorded-0");
  // The end of the first page is far away: nobody has to ask for the rest.
  await page.locator("[data-action=more]").scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(60);
  await expect(page.getByRole("link", { name: "Follow Patient 1" })).toHaveAttribute(
    "href",
    "/sessions/session-1",
  );
  await page.evaluate(() => scrollTo(0, 0));
  await looksRight(page);
  await page.getByRole("searchbox").fill("zoe");
  await expect(rows).toHaveCount(30);
  await page.getByLabel("From").fill(new Date(Date.now() - 5 * day).toISOString().slice(0, 10));
  await expect(rows).toHaveCount(3);
  await page.goto(`${desk.url}/sessions?patient=zoe&text=nothing`);
  await expect(page.getByRole("link", { name: "Only Zoë Marsh" })).toBeVisible();
  await expect(page.locator("main").getByRole("status")).toContainText("Nothing found");
  await page.getByRole("link", { name: "Classes" }).click();
  await expect(page.getByRole("link", { name: "Follow the class in Gym" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await looksRight(page);
});

test("a patient's sessions are trends with gaps, and what the clinic did in a month is summed up", async ({
  page,
}) => {
  await desk.addPatient("ana", { givenName: "Ana", familyName: "Ruiz" });
  await desk.addRecordings(
    [0, 1, 2].map((n) => ({
      ...{ patient: "ana", name: "Ana R.", startedAt: Date.now() - n * 60_000 },
      figures: { ...someFigures, pain: n === 1 ? null : 3 },
    })),
  );
  await page.goto(`${desk.url}/patients/ana`);
  await page.getByRole("link", { name: "Progress" }).click();
  await expect(page.locator("[data-trend=load]")).toHaveAttribute("data-points", "3");
  const pain = page.locator("[data-trend=pain]");
  await expect(pain).toHaveAttribute("data-points", "2");
  await expect(pain.getByRole("img")).toHaveAccessibleName(/3 of 10, 3 of 10\. Not known in 1 session\.$/);
  await pain.locator("summary").click();
  await expect(pain.locator("tbody tr").nth(1)).toContainText("not known");
  await looksRight(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.url}/summary?by=month`);
  await expect(page.locator("[data-class=class-1] a")).toHaveAttribute("href", "/classes/class-1");
  await expect(page.locator("[data-summary]")).not.toHaveAttribute("data-summary", "0");
  await looksRight(page);
});
