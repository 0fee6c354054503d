/**
 * Which burst is on the audio clock: one at a time, again after its pause, silenced when what it stands for is answered or
 * something else takes its place. Watches that the audio clock goes on, since a browser can say "running" and play nothing.
 */
import { type Burst, burstLasts, bursts } from "../../shared/alarm/burst.ts";
import { type Millis, millis } from "../../shared/units.ts";
import type { Speaker } from "./speaker.ts";

/** What should be heard; `key` tells one reason from another. */
export type Wanted = Readonly<{ key: string; burst: Burst }>;

/**
 * The next burst is put on the clock this long ahead, in seconds: once the last has ended, so that never two are there, and
 * early enough that a page whose timers come once a second misses none.
 */
const ahead = 2.4;
/** A burst begins this long after it was decided, in seconds: longer than half the rise of any. */
const lead = 0.05;
/** Sound counts as stopped when the audio clock stood still for this long, in milliseconds. */
const stuckAfter = 1500;
/** How often a device that was heard and stopped is asked to go on, in milliseconds. */
const retryEvery = 2000;

/** By which a person hears that a screen sounds. */
const testBurst: Burst = { ...bursts.medium, pause: null };

/** Moments on the audio clock; `nextAt` is never for what sounds once. */
type Playing = Readonly<{
  key: string;
  startsAt: number;
  endsAt: number;
  nextAt: number;
  /** A burst for the same reason came before it. */
  again: boolean;
  silence: () => void;
}>;

export class Sound {
  readonly #speaker: Speaker;
  readonly #changed: (armed: boolean) => void;
  #playing: Playing | null = null;
  #armed = false;
  #wasArmed = false;
  #triedAt = -Infinity;
  #lastAudio = -1;
  #advancedAt = -Infinity;
  #watchedAt = -Infinity;
  /** Where the audio clock stood when a page that had stood still was given time to see it move: once for each standstill. */
  #sparedAt = -1;

  /** `changed` is told whenever sound begins to be heard, and when it stops being so. */
  constructor(speaker: Speaker, changed: (armed: boolean) => void) {
    this.#speaker = speaker;
    this.#changed = changed;
  }

  /** To be called from a person's tap: arms the sound, with a burst by which they hear that it is. */
  async arm(): Promise<void> {
    await this.#speaker.resume();
    this.#play("test", testBurst);
  }

  /** The test burst, for somebody who listens whether this screen is heard; what sounds already is heard as well as any test. */
  test(): void {
    if (this.#armed && this.#playing === null) this.#play("test", testBurst);
  }

  /** One soft cue for a new low alarm, unless something louder is on. */
  cue(): void {
    if (this.#armed && this.#playing === null) this.#play("cue", bursts.low);
  }

  /** To be called several times a second with what should be heard now, or null; `local` is the page's own clock. */
  tick(wanted: Wanted | null, local: number): void {
    this.#watch(local);
    if (!this.#armed) {
      this.#recover(local);
      return;
    }
    const time = this.#speaker.time();
    const playing = this.#playing;
    if (playing !== null && playing.key !== wanted?.key) {
      // What sounds once is heard to its end, unless something else is to be heard.
      const finishes = wanted === null && playing.nextAt === Infinity && playing.endsAt > time;
      if (!finishes) this.#hush();
    }
    if (wanted === null) return;
    if (this.#playing === null) this.#play(wanted.key, wanted.burst);
    else if (this.#playing.nextAt <= time + ahead)
      this.#play(wanted.key, wanted.burst, this.#playing.nextAt, true);
  }

  /** For how long nothing sounds now, after a burst for this reason; 0 while one sounds, and before the first has ended. */
  quietAfter(key: string): Millis {
    const playing = this.#playing;
    if (!this.#armed || playing?.key !== key) return millis(0);
    const time = this.#speaker.time();
    if (time >= playing.endsAt) return millis(Math.max(0, (playing.nextAt - time) * 1000));
    return millis(playing.again ? Math.max(0, (playing.startsAt - time) * 1000) : 0);
  }

  #watch(local: number): void {
    const time = this.#speaker.time();
    const moved = time !== this.#lastAudio;
    const slept = local - this.#watchedAt > stuckAfter && time !== this.#sparedAt;
    if (!moved && slept && this.#armed) {
      this.#sparedAt = time;
      this.#advancedAt = local;
    }
    if (this.#speaker.running() && moved) this.#advancedAt = local;
    this.#lastAudio = time;
    this.#watchedAt = local;
    const armed = this.#speaker.running() && local - this.#advancedAt < stuckAfter;
    if (armed === this.#armed) return;
    this.#armed = armed;
    this.#wasArmed ||= armed;
    // When it is heard again it begins anew; what was left on the clock must not sound on beside it.
    if (!armed) this.#hush();
    this.#changed(armed);
  }

  /** A device that was heard before needs no tap to be asked again. */
  #recover(local: number): void {
    if (!this.#wasArmed || local - this.#triedAt < retryEvery) return;
    this.#triedAt = local;
    if (this.#speaker.running()) this.#speaker.renew();
    // Where the browser refuses, the banner stands and asks for a tap.
    else this.#speaker.resume().catch(() => undefined);
  }

  #hush(): void {
    if (this.#playing !== null && this.#playing.endsAt > this.#speaker.time()) this.#playing.silence();
    this.#playing = null;
  }

  #play(key: string, burst: Burst, at = 0, again = false): void {
    this.#hush();
    const startsAt = Math.max(at, this.#speaker.time() + lead);
    const endsAt = startsAt + burstLasts(burst) / 1000;
    this.#playing = {
      key,
      startsAt,
      endsAt,
      nextAt: burst.pause === null ? Infinity : endsAt + burst.pause / 1000,
      again,
      silence: this.#speaker.play(burst, startsAt),
    };
  }
}
