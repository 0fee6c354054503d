/** The player's keys, for as long as the focus is somewhere in what it plays: an attachment. */
import type { Replay } from "./replay.svelte.ts";

/** What takes keys itself. */
const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input:not([type=range]), select, textarea") !== null;
const takesSpace = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("button, summary, a, select, input") !== null;

export const playerKeys =
  (replay: Replay) =>
  (element: HTMLElement): (() => void) => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      if (event.key === " " && takesSpace(event.target)) return;
      const act = actions(replay)[event.key.toLowerCase()];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    element.addEventListener("keydown", onKey);
    // Whoever opens the page can use the keys at once.
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
    return () => element.removeEventListener("keydown", onKey);
  };

const actions = (replay: Replay): Readonly<Record<string, () => void>> => ({
  " ": () => replay.togglePlaying(),
  ",": () => replay.step(-1000),
  ".": () => replay.step(1000),
  // The same keys with Shift, on keyboards that have these signs there, and on those that have others.
  "<": () => replay.stepSample(-1),
  ">": () => replay.stepSample(1),
  ";": () => replay.stepSample(-1),
  ":": () => replay.stepSample(1),
  p: () => replay.toAlarm(-1),
  n: () => replay.toAlarm(1),
  l: () => replay.toLive(),
});
