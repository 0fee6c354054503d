/** A session judged again, as far as it has come. One worker for each asking; asking anew, or closing, ends the one before. */
import type { ChosenLimits } from "../../shared/alarm/limits.ts";
import type { Comparison } from "../../shared/recording/what-if.ts";
import { whatIfWords as words } from "../../shared/view/what-if-words.ts";
import { judge } from "./judge.ts";
import type { Told } from "./judge-messages.ts";
import { otherLimits } from "./what-if.ts";

export type Judging =
  | Readonly<{ is: "not-asked" }>
  | Readonly<{ is: "busy"; says: string }>
  | Readonly<{ is: "failed"; says: string }>
  | Readonly<{ is: "judged"; chosen: ChosenLimits; comparison: Comparison }>;

export class WhatIf {
  judging = $state.raw<Judging>({ is: "not-asked" });

  readonly #address: string;
  #stop: () => void = () => undefined;

  /** `address` is where the recording's lines are. */
  constructor(address: string) {
    this.#address = address;
  }

  get comparison(): Comparison | null {
    return this.judging.is === "judged" ? this.judging.comparison : null;
  }

  /** Judges it under `chosen`; under the limits that it had where nothing is. */
  judge(chosen: ChosenLimits): void {
    this.#stop();
    this.judging = { is: "busy", says: words.reading };
    const task = { address: this.#address, other: otherLimits(chosen) };
    this.#stop = judge(task, (told) => this.#hear(told, chosen));
  }

  /** Forgets what was judged. */
  close(): void {
    this.#stop();
    this.judging = { is: "not-asked" };
  }

  #hear(told: Told, chosen: ChosenLimits): void {
    if (told.is === "judging") {
      this.judging = { is: "busy", says: words.judging(told.lines.toLocaleString("en")) };
      return;
    }
    this.#stop();
    this.judging =
      told.is === "failed"
        ? { is: "failed", says: told.detail }
        : { is: "judged", chosen, comparison: told.comparison };
  }
}
