/** The player's keys, for as long as the focus is somewhere in what it plays: an attachment. */
import type { Replay } from "./replay.svelte.ts";
import { takersOf } from "./taking-keys.ts";

const takes = (target: EventTarget | null, key: string): boolean =>
  target instanceof HTMLElement && target.closest(takersOf(key)) !== null;

/** What the player has no use for goes to the trace, where there is one: `trace` tells whether the key was one of its own. */
export const playerKeys =
  (replay: Replay, trace: (key: string) => boolean = () => false) =>
  (element: HTMLElement): (() => void) => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || takes(event.target, event.key)) return;
      const act = actions(replay)[event.key.toLowerCase()];
      if (act === undefined && !trace(event.key)) return;
      event.preventDefault();
      act?.();
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
