/** Follows a recording that goes on: asks once a second for the lines that are new. */
import { readRecording } from "./opened.ts";
import type { Replay } from "./replay.svelte.ts";

const everyMs = 1000;

/** From the line with the id `lastId` on; gives back how to stop. */
export const follow = (replay: Replay, address: string, lastId: number): (() => void) => {
  let after = lastId;
  let stopped = false;
  let timer: number | undefined;
  const ask = async (): Promise<void> => {
    const answer = await readRecording(address, after);
    if (stopped) return;
    if (answer.ok) {
      const { head, lines } = answer.recording;
      after = Math.max(after, head.lastId);
      replay.append(lines, head.to, head.running);
    }
    replay.look();
    if (replay.running) timer = window.setTimeout(() => void ask(), everyMs);
  };
  // An answer may be long in coming: how long nothing was heard is looked at meanwhile.
  const look = setInterval(() => replay.look(), everyMs);
  timer = window.setTimeout(() => void ask(), everyMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
    clearInterval(look);
  };
};
