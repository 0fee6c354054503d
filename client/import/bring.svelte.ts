/** A file that is to be brought in: looked at by the server again whenever something is said of it, and kept only when somebody says so. */
import { importAnswer, type ImportAnswer, type Understood } from "../../shared/clinic/import-api.ts";
import { factsLimits } from "../../shared/recording/facts-file.ts";
import { importWords as words } from "../../shared/view/import-words.ts";
import { send, type Refused } from "../desk/ask.ts";
import { addressOf, type Draft, newDraft } from "./draft.ts";

/** While somebody types they are not asked about each digit. */
const pauseMs = 500;

export class Bringing {
  draft: Draft = $state(newDraft());
  #file = $state.raw<File | null>(null);
  #seen = $state.raw<ImportAnswer | null>(null);
  #understood = $state.raw<Understood | null>(null);
  #refused = $state.raw<Refused | null>(null);
  #busy = $state.raw<"reading" | "taking" | null>(null);
  /** Answers to what was asked before are late, and are not shown. */
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get file(): File | null {
    return this.#file;
  }
  /** What the server took the file for; null before it has answered. */
  get seen(): ImportAnswer | null {
    return this.#seen;
  }
  /** How a table is read; as it was last understood while it is not. */
  get understood(): Understood | null {
    return this.#understood;
  }
  get trouble(): string | null {
    return this.#refused?.detail ?? null;
  }
  get errors(): Refused["errors"] {
    return this.#refused?.errors ?? [];
  }
  get busy(): "reading" | "taking" | null {
    return this.#busy;
  }
  get mayBeTaken(): boolean {
    const { seen } = this;
    return (
      this.#busy === null &&
      this.#refused === null &&
      seen !== null &&
      seen.kind !== null &&
      !seen.imported &&
      seen.problems.length === 0 &&
      !seen.undated &&
      seen.already === null
    );
  }

  choose(file: File | undefined): void {
    if (file === undefined) return;
    this.draft = newDraft();
    this.#file = file;
    this.#seen = null;
    this.#understood = null;
    this.#refused = null;
    if (file.size > factsLimits.bytes)
      this.#refused = {
        ok: false,
        status: 0,
        detail: words.tooLarge(factsLimits.bytes),
        errors: [],
        retryAfterS: null,
      };
    else void this.#ask(true);
  }

  /** Something was said of it: what was seen no longer holds. */
  changed(): void {
    clearTimeout(this.#timer);
    if (this.#seen?.imported === true) return;
    this.#busy = "reading";
    this.#timer = setTimeout(() => void this.#ask(true), pauseMs);
  }

  take(): Promise<void> {
    return this.#ask(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(dry: boolean): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    const mine = ++this.#asked;
    this.#busy = dry ? "reading" : "taking";
    const reply = await send(importAnswer, addressOf(file.name, this.draft, dry), file);
    if (mine !== this.#asked) return;
    this.#busy = null;
    this.#refused = reply.ok ? null : reply;
    if (!reply.ok) return;
    this.#seen = reply.value;
    this.#understood = reply.value.understood ?? this.#understood;
  }
}
