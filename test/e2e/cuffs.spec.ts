/** The page of the cuffs over its real API and a real broker; only who is signed in is made up. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import mqtt, { type MqttClient } from "mqtt";
import { type Clinic, openClinic } from "../server/cuffs/clinic.ts";

let clinic: Clinic;
let clients: MqttClient[] = [];
test.beforeEach(async () => {
  clinic = await openClinic();
  clients = [];
});
test.afterEach(async () => {
  await Promise.all(clients.map((c) => c.endAsync(true)));
  await clinic.close();
});

const connect = async (options = {}): Promise<MqttClient> => {
  const url = `mqtt://127.0.0.1:${clinic.mqttPort}`;
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options });
  client.on("error", () => undefined);
  clients.push(client);
  return client;
};
/** What a cuff says now, by a clock of its own that keeps time. */
const data = (): string =>
  JSON.stringify({
    ...{ v: 1, boot: "b0", seq: Math.round(performance.now()), m0: Math.round(performance.now()) },
    ...{ dt: 100, p: [42], bat: { pct: 63 } },
    st: { phase: "idle", tgt: 0, occMs: 0, ep: 1 },
  });
const meta = JSON.stringify({ v: 1, boot: "b0", model: "Delfi", serial: "S-7", fw: "2.1", caps: [] });

const holds = async (page: Page): Promise<void> => {
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]),
  ).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
};
const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    // A form that is refused is an answer, which the browser reports as well.
    if (message.type() === "error" && !message.text().includes("422")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
};

test("a cuff that is heard is added and paired, and then comes in alone", async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.setViewportSize({ width: 1180, height: 820 });
  await page.goto(`${clinic.url}/cuffs`);
  await expect(page.getByRole("heading", { name: "No cuff is registered yet." })).toBeVisible();
  await holds(page);
  const stranger = await connect();
  await stranger.publishAsync("bfr/v1/main/left-1/meta", meta, { qos: 1 });
  await stranger.publishAsync("bfr/v1/main/left-1/data", data(), { qos: 1 });

  await page.getByRole("button", { name: "Add left-1" }).click();
  await expect(page.getByLabel("Name in its topics")).toHaveValue("left-1");
  await page.locator("[data-action=save]").click();
  await expect(page.getByLabel("Name on the label")).toBeFocused();
  await expect(page.getByText("Nothing was saved: one field is wrong.")).toBeVisible();
  await page.getByLabel("Name on the label").fill("Thigh <b>red</b> 👍");
  await page.getByLabel("Calibration due").fill("2020-01-31");
  await page.keyboard.press("Enter");
  const card = page.locator("article[data-cuff=left-1]");
  await expect(card.getByRole("heading", { name: "Thigh <b>red</b> 👍" })).toBeVisible();
  await expect(card.locator("[data-field=calibration]")).toHaveText("overdue since 2020-01-31");
  await expect(card).toContainText("63 %");

  await card.locator("[data-action=pair]").click();
  await expect(page.getByRole("dialog")).toContainText("These are the first credentials here.");
  await page.locator("[data-action=make-credentials]").click();
  await expect(page.getByRole("img", { name: "QR code with the credentials of Thigh" })).toBeVisible();
  await holds(page);
  const username = await page.locator("dd[data-field='User name']").innerText();
  const password = await page.locator("dd[data-field=Password]").innerText();
  await expect.poll(() => stranger.connected).toBe(false);
  await page.locator("[data-action=have-it]").click();
  await expect(page.locator("body")).not.toContainText(password);
  await expect(card.locator("[data-field=paired]")).toContainText("by Emily");

  await expect(connect()).rejects.toThrow();
  await expect(page.locator("[data-part=turned-away]")).toContainText("Somebody gave no user name");
  const cuff = await connect({ username, password });
  const speaking = setInterval(() => cuff.publish("bfr/v1/main/left-1/data", data()), 200);
  await expect(card.locator("[data-field=heard]")).toContainText("just now");
  await expect(card).toHaveAttribute("data-fresh", "live");
  clearInterval(speaking);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "light" });
  await holds(page);
  expect(complaints).toEqual([]);
});

test("plain numbers are set up by keyboard while one sees what arrives", async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const pump = await connect();
  let kpa = 16;
  const speaking = setInterval(
    () => pump.publish("pump/state", JSON.stringify({ p: { kpa: (kpa += 0.1) } })),
    250,
  );
  try {
    await page.goto(`${clinic.url}/cuffs`);
    await page.getByRole("button", { name: "Add a cuff" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Name on the label").fill("Pump");
    await page.getByLabel("Name in its topics").fill("pump-1");
    await page.getByLabel("How it speaks").selectOption("basic");
    await page.locator("[data-topic='pump/state']").press("Enter");
    await expect(page.getByLabel("Topic", { exact: true })).toHaveValue("pump/state");
    const preview = page.locator("[data-part=preview]");
    await expect(preview).toContainText("Expected a plain number.");
    await page.getByLabel("Place in the JSON").fill("p.kpa");
    await page.getByLabel("Unit").selectOption("kPa");
    await expect(preview).toContainText("This can be supervised: a value every 0.3 s.");
    await expect(preview.locator("li").first()).toContainText(/1[2-4]\d(\.\d)? mmHg/);
    await page.getByLabel("A value every … ms").fill("5000");
    await expect(page.getByText("too slow to be supervised")).toBeVisible();
    await holds(page);
    await page.getByLabel("A value every … ms").fill("1000");
    await page.locator("[data-action=save]").press("Enter");
    await expect(page.locator("article[data-cuff=pump-1]")).toContainText("basic");
  } finally {
    clearInterval(speaking);
  }
  expect(complaints).toEqual([]);
});
