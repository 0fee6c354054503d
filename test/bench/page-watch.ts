/** Runs in the page, before its own scripts: notes when each cuff's number changes and when the next frame is painted. */

/** One change, in the page's time; `cuff` is its name. */
export type Noted = { cuff: string; value: number; text: number; frame: number };

declare global {
  interface Window {
    /** What was noted so far, and how many tasks took longer than 50 ms. */
    wallBench: { noted: Noted[]; longTasks: number };
  }
}

/** To be handed to `page.addInitScript`; refers to nothing outside itself. */
export const watchPage = (): void => {
  const field = '[data-cuff] [data-field="pressure"]';
  const bench: Window["wallBench"] = { noted: [], longTasks: 0 };
  window.wallBench = bench;
  const lastText = new WeakMap<Element, string>();
  let unpainted: Noted[] = [];

  /** A frame has begun: once the browser has painted it, everything that was changed until now has been seen. */
  let inFrame = false;
  const painted = (): void => {
    const now = performance.now();
    for (const change of unpainted) change.frame = now;
    unpainted = [];
    inFrame = false;
  };
  const ask = window.requestAnimationFrame.bind(window);
  const atFrame = (): void => {
    if (inFrame) return;
    inFrame = true;
    // The urgent task runs after this frame's paint, and before a message that came meanwhile could change more.
    void scheduler.postTask(painted, { priority: "user-blocking" });
  };
  // A page that changes its text inside a frame callback has it painted in that very frame, not in the next one.
  window.requestAnimationFrame = (callback) =>
    ask((time) => {
      atFrame();
      callback(time);
    });

  const note = (element: Element, now: number): void => {
    const text = element.textContent;
    if (text === lastText.get(element)) return;
    lastText.set(element, text);
    const value = Number.parseInt(text, 10);
    const cuff = element.closest("[data-cuff]")?.getAttribute("data-cuff");
    if (Number.isNaN(value) || cuff === null || cuff === undefined) return;
    const change = { cuff, value, text: now, frame: Number.NaN };
    bench.noted.push(change);
    if (unpainted.push(change) === 1 && !inFrame) ask(atFrame);
  };
  new MutationObserver((records) => {
    const now = performance.now();
    for (const { target, addedNodes } of records) {
      const changed = target instanceof Element ? target : target.parentElement;
      const own = changed?.closest(field);
      if (own !== null && own !== undefined) note(own, now);
      else
        for (const added of addedNodes)
          if (added instanceof Element) for (const inside of added.querySelectorAll(field)) note(inside, now);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((list) => {
    bench.longTasks += list.getEntries().length;
  }).observe({ type: "longtask" });
};
