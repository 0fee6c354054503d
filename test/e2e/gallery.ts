/** `node test/e2e/gallery.ts FOLDER [name …]`: pictures of the screens in every state, to be looked at by a person. */
import { mkdirSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";
import { browserArgs, browserPath, missingBrowser } from "../support/browser.ts";
import { type SceneName, scenes } from "./scenes.ts";
import { kioskArg, openStage, type Stage } from "./stage.ts";

type Picture = Readonly<{
  name: string;
  scene: SceneName;
  page?: string;
  size?: readonly [number, number];
  /** Says first who holds the tablet. */
  as?: string;
  /** Taps these first, in order. */
  tap?: readonly string[];
  /** Lets the stage fall silent for this long first, in milliseconds. */
  muteFor?: number;
}>;
const hd = [1920, 1080] as const;
const uhd = [3840, 2160] as const;
const tablet = [820, 1180] as const;
const phone = [390, 844] as const;

const pictures: readonly Picture[] = [
  ...(Object.keys(scenes) as SceneName[]).map((scene): Picture => ({ name: `wall-${scene}`, scene })),
  { name: "wall-eight-4k", scene: "eight", size: uhd },
  { name: "wall-thirtytwo-4k", scene: "thirtytwo", size: uhd },
  { name: "wall-sixteen-8m", scene: "sixteen", page: "/wall?distance=8" },
  { name: "wall-eight-light", scene: "eight", page: "/wall?theme=light" },
  { name: "wall-alarms-light", scene: "alarms", page: "/wall?theme=light" },
  { name: "wall-eight-contrast", scene: "eight", page: "/wall?theme=contrast" },
  { name: "wall-eight-contrast-light", scene: "eight", page: "/wall?theme=contrast-light" },
  { name: "wall-lost", scene: "eight", muteFor: 6000 },
  { name: "wall-lost-32", scene: "thirtytwo", muteFor: 4500 },
  { name: "floor-tablet", scene: "eight", page: "/floor", size: tablet },
  { name: "floor-phone", scene: "eight", page: "/floor", size: phone },
  { name: "floor-phone-alarms", scene: "alarms", page: "/floor", size: phone },
  { name: "floor-tablet-light", scene: "alarms", page: "/floor?theme=light", size: tablet },
  { name: "floor-phone-lost", scene: "eight", page: "/floor", size: phone, muteFor: 4500 },
  ...(["paused", "paused-through", "room-alarms", "reminder", "stop-advised", "flood"] as const).flatMap(
    (scene): Picture[] => [
      { name: `floor-tablet-${scene}`, scene, page: "/floor", size: tablet, as: "Tom S." },
      { name: `floor-phone-${scene}`, scene, page: "/floor", size: phone },
      { name: `floor-wide-${scene}`, scene, page: "/floor?theme=light", size: [1024, 768] },
    ],
  ),
  { name: "floor-phone-duty-asked", scene: "duty-offered", page: "/floor", size: phone, as: "Lena M." },
  { name: "floor-phone-duty-withdraw", scene: "duty-offered", page: "/floor", size: phone, as: "Aidan R." },
  { name: "floor-wide-duty-others", scene: "duty-offered", page: "/floor", size: [1024, 768], as: "Tom S." },
  { name: "floor-phone-duty-nobody", scene: "duty-nobody", page: "/floor", size: phone },
  {
    ...{ name: "floor-phone-hand-over", scene: "eight-calm", page: "/floor", size: phone, as: "Aidan R." },
    tap: ["[data-action=offer-duty]"],
  },
  {
    ...{ name: "floor-phone-pain", scene: "stop-advised", page: "/floor", size: phone },
    tap: ["[data-note=pain]"],
  },
  {
    ...{ name: "floor-tablet-refill", scene: "stop-advised", page: "/floor", size: tablet },
    tap: ["[data-note=refill]"],
  },
  ...(["light", "contrast", "contrast-light"] as const).flatMap((theme): Picture[] => [
    { name: `wall-paused-${theme}`, scene: "paused", page: `/wall?theme=${theme}` },
    { name: `floor-phone-reminder-${theme}`, scene: "reminder", page: `/floor?theme=${theme}`, size: phone },
  ]),
  { name: "wall-flood-4k", scene: "flood", size: uhd },
  { name: "floor-phone-open", scene: "eight-simulated", page: "/floor", size: phone },
  { name: "start", scene: "eight", page: "/", size: [1280, 800] },
  { name: "start-phone", scene: "eight", page: "/", size: phone },
];

const take = async (browser: Browser, stage: Stage, picture: Picture, folder: string): Promise<void> => {
  const [width, height] = picture.size ?? hd;
  stage.show(scenes[picture.scene]);
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: "dark" });
  page.on("console", (message) => {
    if (message.type() === "error") console.log(`${picture.name}: ${message.text()}`);
  });
  page.on("pageerror", (error) => console.log(`${picture.name}: ${error.message}`));
  await page.goto(stage.url + (picture.page ?? "/wall"));
  await page.waitForTimeout(1300);
  if (picture.as !== undefined) {
    await page.locator("[data-action=who]").click();
    await page.getByRole("dialog").getByRole("button", { name: picture.as }).click();
  }
  for (const selector of picture.tap ?? []) await page.locator(selector).first().click();
  if (picture.as !== undefined || picture.tap !== undefined) await page.waitForTimeout(300);
  if (picture.muteFor !== undefined) {
    stage.mute(true);
    await page.waitForTimeout(picture.muteFor);
  }
  await page.screenshot({ path: `${folder}/${picture.name}.png` });
  stage.mute(false);
  await page.close();
};

const [folder, ...wanted] = process.argv.slice(2);
const executablePath = browserPath();
if (folder === undefined || executablePath === undefined) {
  console.log(folder === undefined ? "node test/e2e/gallery.ts FOLDER [name …]" : missingBrowser);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const stage = await openStage(scenes.eight);
const kiosk = await chromium.launch({ executablePath, args: [...browserArgs, kioskArg] });
for (const picture of pictures)
  if (wanted.length === 0 || wanted.some((w) => picture.name.startsWith(w)))
    await take(kiosk, stage, picture, folder);
await kiosk.close();
const silent = await chromium.launch({ executablePath, args: [...browserArgs] });
for (const page of ["wall", "floor"])
  if (wanted.length === 0 || wanted.includes(`${page}-silent`))
    await take(
      silent,
      stage,
      { name: `${page}-silent`, scene: "eight", page: `/${page}`, size: page === "wall" ? hd : phone },
      folder,
    );
await silent.close();
await stage.close();
