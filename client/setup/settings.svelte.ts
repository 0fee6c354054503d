/** The clinic's settings as the setup holds them: read whole, changed in part, and never over somebody else's change. */
import type { FieldProblem } from "../../shared/clinic/api.ts";
import { type ClinicSettings, settingsSchema } from "../../shared/clinic/settings.ts";
import { deskWords } from "../../shared/view/desk-words.ts";
import { ask } from "../desk/ask.ts";

export class Settings {
  /** What is saved; null before it was read. */
  saved: ClinicSettings | null = $state.raw(null);
  problem: string | null = $state.raw(null);
  errors: readonly FieldProblem[] = $state.raw([]);
  busy = $state(false);
  /** The last thing that happened is that it was saved. */
  done = $state(false);
  #version = 0;

  async read(): Promise<void> {
    const reply = await ask(settingsSchema, "GET", "/api/settings");
    if (!reply.ok) {
      this.problem = reply.detail;
      return;
    }
    this.problem = null;
    this.#take(reply);
  }

  /** Saves a change; where somebody else was faster, theirs is shown and nothing is saved. True where it was saved. */
  async save(change: Partial<ClinicSettings>): Promise<boolean> {
    if (this.saved === null || this.busy) return false;
    this.busy = true;
    this.touched();
    const body = { ...this.saved, ...change };
    const reply = await ask(settingsSchema, "PUT", "/api/settings", { body, seen: this.#version });
    this.busy = false;
    if (reply.ok) {
      this.#take(reply);
      this.done = true;
      return true;
    }
    this.errors = reply.errors;
    if (reply.status === 412) {
      await this.read();
      this.problem = deskWords.conflict;
    } else this.problem = reply.detail;
    return false;
  }

  /** Something is typed: what was said of the last try is no longer true. */
  touched(): void {
    this.done = false;
    this.problem = null;
    this.errors = [];
  }

  refuse(errors: readonly FieldProblem[]): void {
    this.done = false;
    this.errors = errors;
  }

  #take({ value, version }: Readonly<{ value: ClinicSettings; version: number | null }>): void {
    this.saved = value;
    this.#version = version ?? 0;
  }
}
