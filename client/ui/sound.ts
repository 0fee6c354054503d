/**
 * Which burst is on the audio clock: one at a time, again after its pause, silenced when what it stands for is answered or
 * something else takes its place. Watches that the audio clock goes on, since a browser can say "running" and play nothing.
 */
import { type Burst, burstLasts, bursts } from "../../shared/alarm/burst.ts";
import type { Speaker } from "./speaker.ts";

/** What should be heard; `key` tells one reason from another. */
export type Wanted = Readonly<{ key: string; burst: Burst }>;

/** The next burst is put on the clock this long ahead, in seconds: more than one tick of the page's clock. */
const ahead = 0.4;
/** A burst begins this long after it was decided, in seconds. */
const lead = 0.02;
/** Sound counts as stopped when the audio clock stood still for this long, in milliseconds. */
const stuckAfter = 1500;

/** `endsAt` and `nextAt` on the audio clock; `nextAt` is never for what sounds once. */
type Playing = Readonly<{ key: string; endsAt: number; nextAt: number; silence: () => void }>;

export class Sound {
  readonly #speaker: Speaker;
  readonly #changed: (armed: boolean) => void;
  #playing: Playing | null = null;
  #armed = false;
  #lastAudio = -1;
  #advancedAt = -Infinity;

  /** `changed` is told whenever sound begins to be heard, and when it stops being so. */
  constructor(speaker: Speaker, changed: (armed: boolean) => void) {
    this.#speaker = speaker;
    this.#changed = changed;
  }

  /** To be called from a person's tap: arms the sound, with a burst by which they hear that it is. */
  async arm(): Promise<void> {
    await this.#speaker.resume();
    this.#play("test", { ...bursts.medium, pause: null });
  }

  /** One soft cue for a new low alarm, unless something louder is on. */
  cue(): void {
    if (this.#armed && this.#playing === null) this.#play("cue", bursts.low);
  }

  /** To be called several times a second with what should be heard now, or null; `local` is the page's own clock. */
  tick(wanted: Wanted | null, local: number): void {
    this.#watch(local);
    if (!this.#armed) return;
    const time = this.#speaker.time();
    const playing = this.#playing;
    if (playing !== null && playing.key !== wanted?.key) {
      const once = playing.nextAt === Infinity;
      if (playing.endsAt > time && (wanted !== null || !once)) playing.silence();
      if (playing.endsAt <= time || wanted !== null || !once) this.#playing = null;
    }
    if (wanted === null) return;
    if (this.#playing === null) this.#play(wanted.key, wanted.burst);
    else if (this.#playing.nextAt <= time + ahead) this.#play(wanted.key, wanted.burst, this.#playing.nextAt);
  }

  #watch(local: number): void {
    const time = this.#speaker.time();
    if (this.#speaker.running() && time > this.#lastAudio) this.#advancedAt = local;
    this.#lastAudio = time;
    const armed = this.#speaker.running() && local - this.#advancedAt < stuckAfter;
    if (armed === this.#armed) return;
    this.#armed = armed;
    this.#changed(armed);
  }

  #play(key: string, burst: Burst, at = 0): void {
    const start = Math.max(at, this.#speaker.time() + lead);
    const endsAt = start + burstLasts(burst) / 1000;
    this.#playing = {
      key,
      endsAt,
      nextAt: burst.pause === null ? Infinity : endsAt + burst.pause / 1000,
      silence: this.#speaker.play(burst, start),
    };
  }
}
