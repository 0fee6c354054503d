/** What a page of a recording has: what is known of it, and the replay once it is open, followed while it goes on. */
import type { z } from "zod";
import type { CuffId } from "../../shared/ids.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import { reviewWords as words } from "../../shared/view/review-words.ts";
import { ask } from "../desk/ask.ts";
import { follow } from "./follow.ts";
import { type Answer, readRecording } from "./opened.ts";
import { Replay } from "./replay.svelte.ts";

export class Opening<About> {
  about = $state.raw<About | null>(null);
  replay = $state.raw<Replay | null>(null);
  /** Why there is nothing to be seen, in words; null while all is well. */
  trouble = $state.raw<string | null>(null);

  readonly #address: string;
  #stop: () => void = () => undefined;

  constructor(address: string) {
    this.#address = address;
  }

  /** Reads everything; `cuffsOf` tells of which cuffs there are traces. */
  async open(schema: z.ZodType<About>, cuffsOf: (about: About) => readonly CuffId[]): Promise<void> {
    const facts = `${this.#address}/facts`;
    const [about, answer] = await Promise.all([ask(schema, "GET", this.#address), readRecording(facts)]);
    if (!about.ok) {
      this.trouble = about.status === 404 ? words.noRecording : about.detail;
      return;
    }
    this.about = about.value;
    this.#begin(answer, facts, cuffsOf(about.value));
  }

  #begin(answer: Answer, facts: string, cuffs: readonly CuffId[]): void {
    if (!answer.ok) {
      this.trouble = answer.detail;
      return;
    }
    const { head } = answer.recording;
    const { running, lastId } = head;
    const replay = new Replay(recordedOf(answer.recording), { running, cuffs });
    this.replay = replay;
    if (running) this.#stop = follow(replay, facts, lastId);
  }

  close(): void {
    this.#stop();
    this.replay?.close();
  }
}
