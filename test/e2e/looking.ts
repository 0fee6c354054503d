/** A stage and a browser that looks at it. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { browserArgs, browserPath } from "../support/browser.ts";
import { type SceneName, scenes } from "./scenes.ts";
import { kioskArg, openStage, type Stage } from "./stage.ts";

export const hd = { width: 1920, height: 1080 };
export const uhd = { width: 3840, height: 2160 };
export const phone = { width: 390, height: 844 };

const executablePath = browserPath();
/** Starts the browser as a kiosk's is: it sounds without a tap. */
export const asKiosk = {
  launchOptions: {
    args: [...browserArgs, kioskArg],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
};

/** A stage for all tests of a file; what a test did to it is undone after it. */
export const stageForAll = (): (() => Stage) => {
  let stage: Stage | undefined;
  const opened = (): Stage => {
    if (stage === undefined) throw new Error("The stage is opened before the first test.");
    return stage;
  };
  test.beforeAll(async () => {
    stage = await openStage(scenes.eight);
  });
  test.afterAll(() => opened().close());
  test.afterEach(() => {
    opened().mute(false);
    opened().answer({ ok: true, recorded: true });
  });
  return opened;
};

/**
 * Plays a class and opens a page on it, until every tile is there. Whatever asks the page counts for the browser as a
 * person's touch; `untouchedUntil` says how long it is to be left alone.
 */
export const show = async (
  stage: Stage,
  page: Page,
  what: Readonly<{ scene: SceneName; at: string; size?: typeof hd; untouchedUntil?: Promise<unknown> }>,
): Promise<void> => {
  stage.show(scenes[what.scene]);
  await page.setViewportSize(what.size ?? hd);
  await page.goto(stage.url + what.at);
  await what.untouchedUntil;
  const tiles = scenes[what.scene](stage.now()).stations.length;
  await expect(page.locator("article[data-station]")).toHaveCount(tiles);
  await page.evaluate(() => document.fonts.ready);
};

export const tile = (page: Page, station: string): Locator =>
  page.locator(`article[data-station="${station}"]`);

/** Silences the stage until the page says that it has lost it. */
export const loseLink = async (stage: Stage, page: Page): Promise<void> => {
  stage.mute(true);
  await expect(page.locator("[data-link=lost]")).toBeVisible({ timeout: 5000 });
};

/** Says on the tablet who is there. */
export const be = async (page: Page, name: string): Promise<void> => {
  await page.locator("[data-action=who]").click();
  await page.getByRole("dialog").getByRole("button", { name }).click();
};

/** Put into a page before its own script: counts its tones and keeps its audio contexts. */
const watching = `
  window.watched = { tones: 0, contexts: [] };
  const RealContext = AudioContext;
  window.AudioContext = class extends RealContext {
    constructor(options) { super(options); watched.contexts.push(this); audioOpened(); }
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) { watched.tones += 1; start.apply(this, at); };
`;

export type Audio = Readonly<{
  /** How many tones were put on the clock since the page was loaded. */
  tones: () => Promise<number>;
  /** Where its audio clock stands, in seconds. */
  clock: () => Promise<number>;
  contexts: () => Promise<number>;
  /** Comes true with the first audio context of the page. */
  opened: Promise<unknown>;
  /** Does something to its newest audio context, as the browser may. */
  does: (what: "suspend" | "close") => Promise<void>;
}>;

/** Watches what a page plays, from its next load on. */
export const watchAudio = async (page: Page): Promise<Audio> => {
  const opened = Promise.withResolvers<null>();
  await page.exposeBinding("audioOpened", () => opened.resolve(null));
  await page.addInitScript({ content: watching });
  return {
    opened: opened.promise,
    tones: () => page.evaluate<number>("watched.tones"),
    clock: () => page.evaluate<number>("watched.contexts.at(-1).currentTime"),
    contexts: () => page.evaluate<number>("watched.contexts.length"),
    does: (what) => page.evaluate<undefined>(`watched.contexts.at(-1).${what}()`),
  };
};
