/** What is wrong with the boxes of a page, as sentences; an empty list where nothing overlaps, sticks out or scrolls. */
import type { Page } from "@playwright/test";

/** Looks at every tile of a wall: its parts must lie inside it and apart from each other, and the page must not scroll. */
export const wallFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Box = Readonly<{ left: number; top: number; right: number; bottom: number }>;
    const faults: string[] = [];
    /** Where the text of an element really is, and not only its box. */
    const boxOf = (element: Element): Box => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = element.childElementCount === 0 ? range.getBoundingClientRect() : null;
      // A DOMRect has no properties of its own, so it must not be spread.
      const { left, top, right, bottom } =
        text === null || text.width === 0 ? element.getBoundingClientRect() : text;
      return { left, top, right, bottom };
    };
    const inside = (inner: Box, outer: Box): boolean =>
      inner.left >= outer.left - 1 &&
      inner.right <= outer.right + 1 &&
      inner.top >= outer.top - 1 &&
      inner.bottom <= outer.bottom + 1;
    const overlap = (a: Box, b: Box): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

    const root = document.documentElement;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth)
      faults.push(`the page scrolls: ${root.scrollWidth} × ${root.scrollHeight}`);
    const tiles = [...document.querySelectorAll("article[data-station]")];
    const window_: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (const [i, tile] of tiles.entries()) {
      const name = `tile ${tile.getAttribute("data-station") ?? ""}`;
      const box = tile.getBoundingClientRect();
      if (!inside(box, window_)) faults.push(`${name} sticks out of the window`);
      for (const other of tiles.slice(i + 1))
        if (overlap(box, other.getBoundingClientRect()))
          faults.push(`${name} overlaps tile ${other.getAttribute("data-station") ?? ""}`);
      const parts = [
        ".station",
        ".name",
        ".main",
        ".dial",
        ".label",
        ".progress",
        ".pressure",
        ".trace",
        ".banner",
      ]
        .flatMap((selector) =>
          [...tile.querySelectorAll(selector)].map((part) => ({ selector, box: boxOf(part) })),
        )
        .filter((part) => part.box.right > part.box.left && part.box.bottom > part.box.top);
      for (const [k, part] of parts.entries()) {
        if (!inside(part.box, box) && part.selector !== ".name" && part.selector !== ".progress")
          faults.push(`${part.selector} sticks out of ${name}`);
        for (const other of parts.slice(k + 1)) {
          // A line of capitals is lower than its line box: the figures themselves are what must not touch.
          const shrink = (p: typeof part): Box =>
            p.selector === ".main"
              ? {
                  ...p.box,
                  top: p.box.top + 0.12 * (p.box.bottom - p.box.top),
                  bottom: p.box.bottom - 0.12 * (p.box.bottom - p.box.top),
                }
              : p.selector === ".name" || p.selector === ".progress"
                ? { ...p.box, right: Math.min(p.box.right, p.box.left + 1) }
                : p.box;
          if (overlap(shrink(part), shrink(other)))
            faults.push(`${part.selector} and ${other.selector} of ${name} overlap`);
        }
      }
      for (const row of tile.querySelectorAll(".pressure")) {
        const room = row.getBoundingClientRect();
        // What went out of sight whole is not cut off; half a number would be another number.
        for (const part of row.querySelectorAll(".target, .age, .basic")) {
          const text = boxOf(part);
          if (text.top < room.bottom - 3 && !inside({ ...text, top: room.top, bottom: room.bottom }, room))
            faults.push(`${part.textContent.trim()} of ${name} is cut off`);
        }
      }
      const main = tile.querySelector(".main");
      const number = tile.querySelector("[data-field=pressure]");
      for (const text of [main, number])
        if (
          text !== null &&
          text.scrollWidth > text.clientWidth + 1 &&
          getComputedStyle(text).overflow === "hidden"
        )
          faults.push(`a figure of ${name} is cut off`);
    }
    const queue = document.querySelector(".queue")?.getBoundingClientRect();
    for (const time of document.querySelectorAll(".queue .in")) {
      const box = boxOf(time);
      if (queue !== undefined && box.top < queue.bottom && !inside(box, queue))
        faults.push(`${time.textContent.trim()} of the queue is cut off`);
    }
    for (const alarm of document.querySelectorAll("footer li")) {
      if (!inside(alarm.getBoundingClientRect(), window_)) faults.push("an alarm of the strip is cut off");
    }
    return faults;
  });
