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
