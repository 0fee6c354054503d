/**
 * Puts bursts on the audio clock: one at a time, again after its pause, stopped when what it stands for is answered or
 * something worse comes. Watches that the audio clock goes on, since a context can say "running" and play nothing.
 */
import { type Burst, burstLasts, bursts } from "../../shared/alarm/burst.ts";

/** What should be heard; `key` tells one reason from another. */
export type Wanted = Readonly<{ key: string; burst: Burst }>;

/** Scheduled this long ahead, in seconds: more than one tick of the page's clock. */
const ahead = 0.4;
/** The first pulse comes this long after it was decided, in seconds. */
const lead = 0.02;
/** Sound counts as stopped when the audio clock stood still for this long, in milliseconds. */
const stuckAfter = 1500;

type Playing = Readonly<{ key: string; gain: GainNode; endsAt: number; nextAt: number }>;

export class Sound {
  readonly #context = new AudioContext({ latencyHint: "interactive" });
  readonly #changed: (armed: boolean) => void;
  #playing: Playing | null = null;
  #armed = false;
  #lastAudio = -1;
  #advancedAt = -Infinity;

  /** `changed` is told whenever sound begins to be heard, and when it stops being so. */
  constructor(changed: (armed: boolean) => void) {
    this.#changed = changed;
  }

  /** Called by a person's tap: browsers let a page sound only then, unless they are started as a kiosk. */
  async arm(): Promise<void> {
    await this.#context.resume();
    this.#play("test", bursts.medium);
  }

  /** One soft cue for a new low alarm, unless something louder is on. */
  cue(): void {
    if (this.#armed && this.#playing === null) this.#play("cue", bursts.low);
  }

  /** To be called several times a second with what should be heard now, or null. */
  tick(wanted: Wanted | null, local: number): void {
    this.#watch(local);
    if (!this.#armed) return;
    const time = this.#context.currentTime;
    if (this.#playing !== null) {
      const over = this.#playing.endsAt <= time && (wanted === null || wanted.key !== this.#playing.key);
      const once = this.#playing.key === "test" || this.#playing.key === "cue";
      if (over) this.#playing = null;
      else if (once ? wanted !== null && this.#playing.key === "cue" : wanted?.key !== this.#playing.key)
        this.#stop();
    }
    if (wanted === null) return;
    if (this.#playing === null) this.#play(wanted.key, wanted.burst);
    else if (this.#playing.key === wanted.key && this.#playing.nextAt <= time + ahead)
      this.#play(wanted.key, wanted.burst, this.#playing.nextAt);
  }

  #watch(local: number): void {
    const time = this.#context.currentTime;
    if (this.#context.state === "running" && time > this.#lastAudio) this.#advancedAt = local;
    this.#lastAudio = time;
    const armed = this.#context.state === "running" && local - this.#advancedAt < stuckAfter;
    if (armed === this.#armed) return;
    this.#armed = armed;
    this.#changed(armed);
  }

  #play(key: string, burst: Burst, at = this.#context.currentTime + lead): void {
    const start = Math.max(at, this.#context.currentTime + lead);
    const gain = new GainNode(this.#context, { gain: burst.level * 0.8 });
    gain.connect(this.#context.destination);
    const wave = this.#context.createPeriodicWave(
      new Float32Array([0, ...burst.partials.map(() => 0)]),
      new Float32Array([0, ...burst.partials]),
    );
    for (const pulse of burst.pulses) {
      const from = start + pulse.at / 1000;
      const to = from + pulse.lasts / 1000;
      const ramp = (burst.ramp * pulse.lasts) / 1000;
      const envelope = new GainNode(this.#context, { gain: 0 });
      envelope.gain.setValueAtTime(0, from);
      envelope.gain.linearRampToValueAtTime(1, from + ramp);
      envelope.gain.setValueAtTime(1, to - ramp);
      envelope.gain.linearRampToValueAtTime(0, to);
      const tone = new OscillatorNode(this.#context, {
        type: "custom",
        periodicWave: wave,
        frequency: burst.fundamentalHz,
      });
      tone.connect(envelope).connect(gain);
      tone.start(from);
      tone.stop(to);
    }
    const endsAt = start + burstLasts(burst) / 1000;
    this.#playing = {
      key,
      gain,
      endsAt,
      nextAt: burst.pause === null ? Infinity : endsAt + burst.pause / 1000,
    };
  }

  #stop(): void {
    if (this.#playing === null) return;
    const { gain } = this.#playing;
    gain.gain.setTargetAtTime(0, this.#context.currentTime, 0.01);
    // Disconnected only once it is silent, or the cut would click.
    setTimeout(() => gain.disconnect(), 100);
    this.#playing = null;
  }
}
