/** What every screen must keep to in every state: nothing overlaps, nothing is cut off, axe finds nothing. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { wallFaults } from "./geometry.ts";
import { asKiosk, hd, loseLink, phone, show, stageForAll, uhd } from "./looking.ts";

test.use(asKiosk);
test.describe.configure({ mode: "parallel" });
const stage = stageForAll();

/** All sizes on a wall follow from its own, so that a larger one differs by rounding: fewest, usual and most tiles show it. */
const atUhd: ReadonlySet<string> = new Set([
  "one",
  "eight",
  "thirtytwo",
  "alarms",
  "bilateral-thirtytwo",
  "flood",
]);

for (const scene of [
  "one",
  "one-alarm",
  "two",
  "four",
  "six",
  "eight",
  "twelve",
  "sixteen",
  "thirtytwo",
  "phases",
  "alarms",
  "long-names",
  "paused-through",
  "room-alarms",
  "stop-advised",
  "flood",
  "all-at-once",
  "bilateral",
  "bilateral-sixteen",
  "bilateral-thirtytwo",
] as const)
  for (const [name, size] of [["1080p", hd] as const, ...(atUhd.has(scene) ? [["4K", uhd] as const] : [])])
    test(`nothing overlaps, is cut off or scrolls: ${scene} at ${name}`, async ({ page }) => {
      await show(stage(), page, { scene: scene, at: "/wall", size: size });
      expect(await wallFaults(page)).toEqual([]);
    });

test("the check itself finds a number that runs into the ring, and a tile that sticks out", async ({
  page,
}) => {
  await show(stage(), page, { scene: "eight", at: "/wall" });
  await page
    .locator(".main")
    .first()
    .evaluate((main) => (main.style.transform = "translateX(20%)"));
  await page
    .locator(".banner")
    .last()
    .evaluate((banner) => (banner.style.transform = "translateY(50%)"));
  const faults = await wallFaults(page);
  expect(faults.some((fault) => fault.includes(".main and .dial"))).toBe(true);
  expect(faults.some((fault) => fault.includes("sticks out"))).toBe(true);
});

test("nothing overlaps with the link lost, nor with every banner there is", async ({ page }) => {
  await show(stage(), page, { scene: "no-broker", at: "/wall" });
  expect(await wallFaults(page)).toEqual([]);
  await loseLink(stage(), page);
  expect(await wallFaults(page)).toEqual([]);
});

for (const theme of ["dark", "light", "contrast", "contrast-light"])
  for (const address of ["/wall", "/floor"])
    test(`axe finds nothing on ${address} in ${theme}: calm, alarming, link lost`, async ({ page }) => {
      // Colours are judged as they are painted, so the flash must hold still at its brightest.
      const look = async (): Promise<unknown[]> => {
        await page.evaluate(() => document.getAnimations().forEach((a) => a.cancel()));
        const axe = new AxeBuilder({ page });
        // Themes differ in nothing but their colours; the rest was looked at in the first of them.
        if (theme !== "dark") axe.withRules(["color-contrast"]);
        return (await axe.analyze()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
      };
      const at = `${address}?theme=${theme}`;
      const size = address === "/wall" ? hd : phone;
      await show(stage(), page, { scene: "eight-calm", at: at, size: size });
      expect(await look()).toEqual([]);
      for (const scene of ["alarms", "all-at-once"] as const) {
        await show(stage(), page, { scene, at: at, size: size });
        // What has just come may not be tapped, and looks it, for a moment.
        if (scene === "all-at-once" && address === "/floor")
          await expect(page.locator("[data-reminder] button")).toBeEnabled();
        expect([scene, ...(await look())]).toEqual([scene]);
      }
      await loseLink(stage(), page);
      expect(await look()).toEqual([]);
    });
