/** Has a session judged again beside the page. */
import { whatIfWords as words } from "../../shared/view/what-if-words.ts";
import type { Task, Told } from "./judge-messages.ts";

/** Begins it in a worker of its own; `hear` is told how far it has come. Returns what ends it. */
export const judge = (task: Task, hear: (told: Told) => void): (() => void) => {
  const worker = new Worker(new URL("./judge-worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    hear({ is: "failed", detail: words.failed });
  };
  worker.postMessage(task);
  return () => worker.terminate();
};
