/** What somebody waits for on the pages of recordings, as the page itself sees it. */
import type { Page } from "@playwright/test";

/** From the click to the first picture, in ms; what the server took of it for the facts, and how many bytes they were on the wire. */
export type Opened = Readonly<{ shown: number; server: number; bytes: number }>;

/** What stands on the page once it can be looked at: the traces of a session, or the tiles of a class. */
export type Sight = Readonly<{ selector: string; count: number }>;

/** Notes when the sight was there and had been painted: an own clock in the page, since a question from outside would come late. */
const watch = ({ selector, count }: Sight): void => {
  const look = (): void => {
    if (document.querySelectorAll(selector).length < count) requestAnimationFrame(look);
    // Whatever stands there in this frame is painted before the next.
    else requestAnimationFrame(() => performance.mark("in-sight"));
  };
  requestAnimationFrame(look);
};

/** Clicks a link to `address` on a page of the same server. */
export const open = async (page: Page, address: string, sight: Sight): Promise<Opened> => {
  await page.addInitScript(watch, sight);
  await page.evaluate((to) => {
    const link = document.createElement("a");
    link.href = to;
    link.id = "to-be-clicked";
    link.textContent = "Open";
    document.body.prepend(link);
  }, address);
  await page.click("#to-be-clicked");
  await page.waitForFunction(() => performance.getEntriesByName("in-sight").length > 0);
  return page.evaluate(() => {
    const facts = performance
      .getEntriesByType("resource")
      .find(({ name }) => name.endsWith("/facts"))
      ?.toJSON() as
      Readonly<Record<"requestStart" | "responseStart" | "encodedBodySize", number>> | undefined;
    return {
      shown: performance.getEntriesByName("in-sight")[0]?.startTime ?? Number.NaN,
      server: (facts?.responseStart ?? Number.NaN) - (facts?.requestStart ?? Number.NaN),
      bytes: facts?.encodedBodySize ?? Number.NaN,
    };
  });
};

/** Scrubs to each of these shares of the recording; from each to the frame in which it was painted, in ms. */
export const seek = (page: Page, shares: readonly number[]): Promise<readonly number[]> =>
  page.evaluate(async (all) => {
    const scrub = document.querySelector<HTMLInputElement>("input.scrub");
    if (scrub === null) throw new Error("There is no player.");
    const took: number[] = [];
    for (const share of all) {
      const began = performance.now();
      scrub.value = String(share * Number(scrub.max));
      scrub.dispatchEvent(new Event("input", { bubbles: true }));
      took.push(
        await new Promise<number>((resolve) =>
          requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = () => resolve(performance.now() - began);
            painted.port2.postMessage(null);
          }),
        ),
      );
    }
    return took;
  }, shares);
