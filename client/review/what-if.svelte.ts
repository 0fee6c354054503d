/** A session judged again, as far as it has come. One worker for each asking; asking anew, or closing, ends the one before. */
import type { ChosenLimits } from "../../shared/alarm/limits.ts";
import type { Comparison } from "../../shared/recording/what-if.ts";
import { whatIfWords as words } from "../../shared/view/what-if-words.ts";
import type { Task, Told } from "./judge-messages.ts";
import { otherLimits } from "./what-if.ts";

export type Judging =
  | Readonly<{ is: "not-asked" }>
  | Readonly<{ is: "busy"; says: string }>
  | Readonly<{ is: "failed"; says: string }>
  | Readonly<{ is: "judged"; chosen: ChosenLimits; comparison: Comparison }>;

export class WhatIf {
  judging = $state.raw<Judging>({ is: "not-asked" });

  readonly #address: string;
  #worker: Worker | null = null;

  /** `address` is where the recording's lines are. */
  constructor(address: string) {
    this.#address = address;
  }

  get comparison(): Comparison | null {
    return this.judging.is === "judged" ? this.judging.comparison : null;
  }

  /** Judges it under `chosen`; under the limits that it had where nothing is. */
  judge(chosen: ChosenLimits): void {
    this.#end();
    this.judging = { is: "busy", says: words.reading };
    const worker = new Worker(new URL("./judge-worker.ts", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Told>) => this.#hear(data, chosen);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#hear({ is: "failed", detail: words.failed }, chosen);
    };
    const task: Task = { address: this.#address, other: otherLimits(chosen) };
    worker.postMessage(task);
  }

  /** Forgets what was judged. */
  close(): void {
    this.#end();
    this.judging = { is: "not-asked" };
  }

  #hear(told: Told, chosen: ChosenLimits): void {
    if (told.is === "judging") {
      this.judging = { is: "busy", says: words.judging(told.lines.toLocaleString("en")) };
      return;
    }
    this.#end();
    this.judging =
      told.is === "failed"
        ? { is: "failed", says: told.detail }
        : { is: "judged", chosen, comparison: told.comparison };
  }
  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
