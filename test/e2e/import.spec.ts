/** A recording that was made elsewhere is brought in: looked at, corrected, taken in and found again. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type Desk, openDesk } from "./desk-stage.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(() => desk.end());

/** A minute and a half in kPa, ten times a second, with commas; the limb was let go after seventy seconds. */
const table = [
  "Zeit [s];Druck [kPa]",
  ...Array.from({ length: 900 }, (_, i) => {
    const kpa = i < 30 || i > 700 ? 0.1 : 20 + (i % 7) / 100;
    return `${String(i / 10).replace(".", ",")};${kpa.toFixed(2).replace(".", ",")}`;
  }),
].join("\n");
const choose = async (page: Page, name: string, content: string): Promise<void> => {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
};
const looksRight = async (page: Page): Promise<void> => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    page.viewportSize()?.width ?? 0,
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([]);
};
const take = (page: Page) => page.locator("[data-action=bring-in]");

test("a table is looked at, corrected, taken in, and said to be there when it comes again", async ({
  page,
}) => {
  await page.goto(`${desk.url}/sessions`);
  await page.getByRole("link", { name: "Bring in a recording" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bring in a recording");
  // The file is within reach of the keyboard.
  await page.locator("input[type=file]").focus();
  await choose(page, "pump.csv", table);
  const seen = page.locator("[data-part=seen]");
  await expect(seen).toContainText("900");
  await expect(seen).toContainText("0.8 to 150.5 mmHg");
  await expect(seen).toContainText("No alarm");
  await expect(page.getByLabel("Between the columns")).toHaveValue("semicolon");
  await looksRight(page);

  // A stricter limit would have been passed, and a fall that nobody meant would have been a loss.
  await page.getByLabel("Limit, minutes").fill("1");
  await expect(seen).toContainText("RELEASE");
  await page.getByLabel("Limit, minutes").fill("90");
  await expect(page.locator("[data-field-name=limitMin] .problem")).toBeVisible();
  await expect(take(page)).toBeDisabled();
  await page.getByLabel("Limit, minutes").fill("8");
  // What was read wrong is said line by line, and can be set right again.
  await page.getByLabel("Between the columns").selectOption("comma");
  await expect(page.locator("[data-part=problems]")).toBeVisible();
  await page.getByLabel("Between the columns").selectOption("semicolon");
  await page.getByLabel("Name on the tile").fill("Zoë");
  // Nobody has said yet when it was.
  await expect(seen).toContainText("say below when it began");
  await expect(take(page)).toBeDisabled();
  await page.getByLabel("Began").fill("2026-03-03T12:00");
  await expect(take(page)).toBeEnabled();
  await take(page).press("Enter");
  await expect(page.getByText("It is here now")).toBeVisible();
  await expect(page.getByRole("link", { name: "Look at it" })).toHaveAttribute(
    "href",
    /\/sessions\/imported-/,
  );
  await looksRight(page);

  await choose(page, "again.csv", table);
  await expect(page.getByText("It is here already: Emily")).toBeVisible();
  await expect(take(page)).toBeDisabled();
});

test("a file of another kind says what it is, on a phone as well", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.url}/sessions/import`);
  await choose(page, "page.csv", "<!doctype html><p>Not found");
  await expect(page.locator("[data-part=problems]")).toContainText("a web page");
  await choose(page, "bad.csv", "time_s,p\n0,100\n1,=1+1\n");
  await expect(page.locator("[data-part=problems]")).toContainText('line 3, pressure: "=1+1" is no number');
  await expect(take(page)).toBeDisabled();
  await looksRight(page);
});

test("whoever may not bring anything in is told so", async ({ page }) => {
  desk.asAssistant();
  await page.goto(`${desk.url}/sessions/import`);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("input[type=file]")).toHaveCount(0);
  desk.asPhysiotherapist();
});
