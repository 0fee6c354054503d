/** A burst as tones on the audio clock. Which burst is to be heard, and when, is decided in sound.ts. */
import type { Burst } from "../../shared/alarm/burst.ts";

/** What sound.ts needs of an audio device; moments are seconds on its own clock. */
export type Speaker = Readonly<{
  /** Whether the browser lets it sound. */
  running: () => boolean;
  time: () => number;
  /** Asks the browser to let it sound; the first time to be called from a person's tap. */
  resume: () => Promise<void>;
  /** Takes another device instead of one that stands still. Its clock is another, and nothing is on it. */
  renew: () => void;
  /** Puts a burst on the clock; what is returned silences it, also before it has begun. */
  play: (burst: Burst, at: number) => () => void;
}>;

/** Loudness of the loudest burst, 0 to 1: below the point at which partials add up beyond what a speaker can give. */
const loudness = 0.8;
/** A burst that is cut falls by the factor e in this time, so that it does not click, and is gone ten times later; in seconds. */
const fall = 0.01;

/**
 * Puts a burst on the clock of any audio context, one that renders offline included. `at` is when its first pulse has half its
 * loudness; the rise begins half a rise earlier, so it must lie a little ahead.
 */
export const playOn = (context: BaseAudioContext, burst: Burst, at: number): (() => void) => {
  const gain = new GainNode(context, { gain: burst.level * loudness });
  gain.connect(context.destination);
  // The wave is scaled to a peak of 1, whatever its partials are.
  const wave = context.createPeriodicWave(
    new Float32Array(burst.partials.length + 1),
    new Float32Array([0, ...burst.partials]),
  );
  const tones = burst.pulses.map((pulse) => {
    const half = (burst.ramp * pulse.lasts) / 2000;
    const from = at + pulse.at / 1000;
    const to = from + pulse.lasts / 1000;
    const envelope = new GainNode(context, { gain: 0 });
    envelope.gain.setValueAtTime(0, from - half);
    envelope.gain.linearRampToValueAtTime(1, from + half);
    envelope.gain.setValueAtTime(1, to - half);
    envelope.gain.linearRampToValueAtTime(0, to + half);
    const tone = new OscillatorNode(context, {
      type: "custom",
      periodicWave: wave,
      frequency: burst.fundamentalHz,
    });
    tone.connect(envelope).connect(gain);
    tone.start(from - half);
    tone.stop(to + half);
    return tone;
  });
  return () => {
    gain.gain.setTargetAtTime(0, context.currentTime, fall);
    for (const tone of tones) tone.stop(context.currentTime + 10 * fall);
  };
};

const open = (): AudioContext => new AudioContext({ latencyHint: "interactive" });

export const webSpeaker = (): Speaker => {
  let context = open();
  const renew = (): void => {
    const old = context;
    context = open();
    if (old.state !== "closed") void old.close();
  };
  return {
    running: () => context.state === "running",
    time: () => context.currentTime,
    resume: () => {
      if (context.state === "closed") renew();
      return context.resume();
    },
    renew,
    play: (burst, at) => playOn(context, burst, at),
  };
};
