/** Judges a session again beside the page, which goes on playing: a second of work for an hour of readings. It only ever reads. */
import "./no-eval.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import { compare } from "../../shared/recording/what-if.ts";
import { whatIfWords as words } from "../../shared/view/what-if-words.ts";
import type { Task, Told } from "./judge-messages.ts";
import { readRecording } from "./opened.ts";

const tell = (told: Told): void => postMessage(told);

const judge = async ({ address, other }: Task): Promise<void> => {
  const answer = await readRecording(address);
  if (!answer.ok) {
    tell({ is: "failed", detail: answer.detail });
    return;
  }
  const recorded = recordedOf(answer.recording);
  tell({ is: "judging", lines: recorded.lines.length });
  tell({ is: "judged", comparison: compare(recorded, other) });
};

addEventListener("message", ({ data }: MessageEvent<Task>) => {
  // A page is not told of what a promise in its worker throws, and would wait.
  judge(data).catch(() => tell({ is: "failed", detail: words.failed }));
});
