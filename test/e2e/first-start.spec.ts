/** The first start of a real server, as its people do it: the link, a second person, a PIN on the tablet, and a wall. */
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { startServer } from "../support/server.ts";
import { asKiosk } from "./looking.ts";

test.use(asKiosk);

const room: ClassFile = {
  ...{ version: 1, room: "Studio", staff: [{ id: "noor", name: "Noor B." }] },
  plans: [{ id: "long", name: "long", targetPctLop: 60, limitS: 480 }],
  stations: [
    {
      ...{ station: "1", patient: "Maya K.", plan: "long" },
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
};
const axe = async (page: Page): Promise<unknown[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
const opened = async (browser: Browser, url: string, width: number, height: number): Promise<Page> => {
  const page = await (
    await browser.newContext({ viewport: { width, height }, colorScheme: "dark" })
  ).newPage();
  await page.goto(url);
  return page;
};

test("goes from the printed link to a clinic with two people and a wall, which is shut out again", async ({
  browser,
}) => {
  const server = await startServer(room);
  const pages: Page[] = [];
  try {
    const link = server.setupPath();
    const desk = await opened(browser, `${server.url}/`, 1180, 820);
    pages.push(desk);
    await expect(desk.locator("[data-set-up=false]")).toContainText("/setup?token=");
    await desk.goto(`${server.url}/setup?token=wrong`);
    const fill = async (): Promise<void> => {
      await desk.getByLabel("Your name").fill("Aidan R.");
      await expect(desk.getByLabel("Login")).toHaveValue("aidan");
      await desk.locator("[name=password]").fill("a good sentence");
      await desk.locator("[name=pin]").fill("1234");
      await desk.locator("[name=clinic]").fill("North Clinic");
      await desk.locator("[name=room]").fill("Studio");
      await desk.keyboard.press("Enter");
    };
    await fill();
    await expect(desk.locator("[data-problem]")).toContainText("earlier start");
    expect(await axe(desk)).toEqual([]);
    await desk.goto(server.url + String(link));
    await fill();
    await expect(desk.locator("[data-next=wall]")).toBeVisible();
    expect(await axe(desk)).toEqual([]);
    await desk.goto(server.url + String(link));
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText("This clinic is set up already");

    await desk.goto(`${server.url}/setup/staff`);
    await desk.locator("[data-action=add-person]").click();
    await desk.getByLabel("Name, as others see it").fill("Lena M.");
    await desk.locator("[name=login]").fill("aidan");
    await desk.locator("[name=pin]").fill("5678");
    await desk.locator("[data-action=save-person]").click();
    await expect(desk.locator('[data-field-name="login"] .problem')).toContainText("somebody else");
    await desk.locator("[name=login]").fill("lena");
    await desk.locator("[data-action=save-person]").click();
    await expect(desk.locator("[data-person]").filter({ hasText: "Lena M." })).toContainText("no password");

    const wall = await opened(browser, `${server.url}/wall`, 1920, 1080);
    pages.push(wall);
    const code = await wall.locator("[data-code]").getAttribute("data-code");
    await desk.goto(`${server.url}/floor`);
    await expect(desk.locator("[data-action=who]")).toHaveText("Aidan R.");
    await desk.locator("[data-action=who]").click();
    await desk.getByRole("dialog").getByRole("button", { name: "Lena M." }).click();
    await desk.keyboard.type("5678");
    await desk.keyboard.press("Enter");
    await expect(desk.locator("[data-action=who]")).toHaveText("Lena M.");
    await desk.locator("[data-action=who]").click();
    await desk.locator("[data-action=pair]").click();
    await desk.getByLabel("Code on the screen").fill("AAAAAA");
    await desk.getByLabel("Name").fill("Wall by the window");
    await desk.keyboard.press("Enter");
    await expect(desk.locator('[data-field-name="code"] .problem')).toContainText(
      "no screen shows this code",
    );
    await desk.getByLabel("Code on the screen").fill(String(code).toLowerCase());
    await desk.keyboard.press("Enter");
    await expect(desk.getByText("Wall by the window is let in")).toBeVisible();
    await expect(wall.locator('article[data-station="1"]')).toBeVisible({ timeout: 8000 });

    // Lena may let a wall in; shutting one out is an administrator's.
    await expect(desk.locator("[data-device]")).toHaveCount(0);
    await desk.locator(".wide [data-action=sign-out]").click();
    await desk.locator("[data-action=choose-person]").filter({ hasText: "Aidan R." }).click();
    await desk.keyboard.type("1234");
    await desk.keyboard.press("Enter");
    await expect(desk).toHaveURL(`${server.url}/floor`);
    await desk.goto(`${server.url}/setup/screens`);
    const device = desk.locator("[data-device][data-kind=wall]");
    await device.locator("[data-action=revoke]").click();
    await device.locator("[data-action=revoke-sure]").click();
    await expect(wall.locator("[data-link=not-known]")).toBeVisible({ timeout: 5000 });
    await expect(wall.locator("article[data-station]")).toHaveCount(0);
    await expect(wall.locator("[data-code]")).not.toHaveAttribute("data-code", String(code));
  } finally {
    for (const page of pages) await page.context().close();
    await server.remove();
  }
});
