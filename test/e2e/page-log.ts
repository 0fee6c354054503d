/** Writes down, inside a page, what its alarms, its sound and its vibration do, so that not even one frame goes unseen. */
import type { Page } from "@playwright/test";

/** Times are the page's wall clock, in ms. */
export type PageLog = Readonly<{
  /** Every state that the overruns of the page went through, "medium present", with what the first tile says of itself. */
  overruns: { at: number; shown: string; tile: string }[];
  /** Overruns whose element was taken out of the page. */
  removed: number[];
  /** What it said of its link, and in which words first. */
  links: { at: number; link: string; says: string }[];
  /** Every tone that was put on the audio clock. */
  tones: { at: number; hz: number }[];
  vibrations: { at: number; pattern: string }[];
  /** Every frame after a pause of over a second: how many pressures looked new in it, and how long the pause was. */
  wakings: { pause: number; live: number }[];
  /** How many pressures have turned old. */
  aged: number[];
}>;

declare global {
  interface Window {
    pageLog: PageLog;
    /** Moves the wall clock of the page. */
    setClockBy: (ms: number) => void;
  }
}

/** Begins before the page does; the log is read with `readLog`. */
export const keepLog = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const log: PageLog = {
      overruns: [],
      removed: [],
      links: [],
      tones: [],
      vibrations: [],
      wakings: [],
      aged: [],
    };
    window.pageLog = log;
    const clock = Date.now.bind(Date);
    let setBy = 0;
    Date.now = () => clock() + setBy;
    window.setClockBy = (ms) => (setBy += ms);

    const note = (): void => {
      const shown = [...document.querySelectorAll("[data-condition=overrun]")]
        .map((e) => `${e.getAttribute("data-priority") ?? ""} ${e.getAttribute("data-state") ?? ""}`)
        .join(", ");
      const tile = document.querySelector("[data-alarm][data-phase]")?.getAttribute("data-alarm") ?? "";
      const before = log.overruns.at(-1);
      if (before === undefined ? shown !== "" : shown !== before.shown || tile !== before.tile)
        log.overruns.push({ at: clock(), shown, tile });
      const said = document.querySelector("[data-link]");
      const link = said?.getAttribute("data-link") ?? "";
      if (link !== (log.links.at(-1)?.link ?? ""))
        log.links.push({ at: clock(), link, says: said?.querySelector(".what")?.textContent ?? "" });
    };
    const isOverrun = (node: Node): boolean =>
      node instanceof Element &&
      (node.matches("[data-condition=overrun]") || node.querySelector("[data-condition=overrun]") !== null);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.removedNodes) if (isOverrun(node)) log.removed.push(clock());
        if (change.attributeName === "data-fresh" && change.oldValue === "live") log.aged.push(clock());
      }
      note();
    }).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeOldValue: true,
      attributeFilter: [
        "data-condition",
        "data-state",
        "data-priority",
        "data-alarm",
        "data-link",
        "data-fresh",
      ],
    });

    const start = Reflect.get(AudioScheduledSourceNode.prototype, "start");
    AudioScheduledSourceNode.prototype.start = function (this: AudioScheduledSourceNode, when = 0) {
      const at = clock() + (when - this.context.currentTime) * 1000;
      if (this instanceof OscillatorNode) log.tones.push({ at, hz: this.frequency.value });
      start.call(this, when);
    };
    Object.defineProperty(navigator, "vibrate", {
      value: (pattern: number[]) => log.vibrations.push({ at: clock(), pattern: pattern.join(" ") }) > 0,
    });

    let last = performance.now();
    const frame = (): void => {
      const pause = performance.now() - last;
      last += pause;
      if (pause > 1000) {
        // Observed last of all in a frame: what is counted is what will be painted.
        const painted = new ResizeObserver(() => {
          log.wakings.push({ pause, live: document.querySelectorAll("[data-fresh=live]").length });
          painted.disconnect();
        });
        painted.observe(document.documentElement);
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
};

export const readLog = (page: Page): Promise<PageLog> => page.evaluate(() => window.pageLog);

/** When the bursts of one pitch began: tones with no more than 1.5 s between them are one. */
export const burstsOf = ({ tones }: PageLog, hz: number): readonly number[] =>
  tones
    .filter((tone) => tone.hz === hz)
    .map(({ at }) => at)
    .filter((at, i, all) => i === 0 || at - (all[i - 1] ?? 0) > 1500);
