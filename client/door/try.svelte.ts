/** One try to get in: what stands in its way, in words, and for how long. */
import { wayInWords as words } from "../../shared/view/way-in-words.ts";
import type { Refused } from "../desk/ask.ts";
import { Wait } from "./wait.svelte.ts";

export class Try {
  busy = $state(false);
  #refused = $state.raw<Refused | null>(null);
  readonly #wait: Wait;

  constructor(wait: Wait = new Wait()) {
    this.#wait = wait;
  }

  /** What to say to the person; null while nothing is in the way. */
  get problem(): string | null {
    // A server that is only busy asks for a moment too, and its own sentence says so.
    if (this.#wait.left > 0 && this.#refused?.status === 429) return words.lockedFor(this.#wait.left);
    if (this.#wait.over) return words.tryAgain;
    return this.#refused?.detail ?? null;
  }
  /** The same as a screen reader says it: once, and not every second. */
  get spoken(): string | null {
    return this.#wait.over ? words.tryAgain : (this.#refused?.detail ?? null);
  }
  get errors(): Refused["errors"] {
    return this.#refused?.errors ?? [];
  }
  /** It may not be tried now. */
  get barred(): boolean {
    return this.busy || this.#wait.left > 0;
  }

  /** Tries; true where it went well. */
  async go(ask: () => Promise<Refused | null>): Promise<boolean> {
    if (this.barred) return false;
    this.busy = true;
    this.#wait.clear();
    this.#refused = await ask();
    this.busy = false;
    const seconds = this.#refused?.retryAfterS ?? 0;
    if (seconds > 0) this.#wait.begin(seconds);
    return this.#refused === null;
  }

  /** Says something that was found before anybody was asked. */
  refuse(detail: string): void {
    this.#wait.clear();
    this.#refused = { ok: false, status: 0, detail, errors: [], retryAfterS: null };
  }

  clear(): void {
    this.#refused = null;
    this.#wait.clear();
  }
}
