/** A burst as tones on the audio clock. Which burst is to be heard, and when, is decided in sound.ts. */
import type { Burst } from "../../shared/alarm/burst.ts";

/** What sound.ts needs of an audio device; moments are seconds on its own clock. */
export type Speaker = Readonly<{
  /** Whether the browser lets it sound. */
  running: () => boolean;
  time: () => number;
  /** Asks the browser to let it sound; to be called from a person's tap. */
  resume: () => Promise<void>;
  /** Puts a burst on the clock; what is returned silences it. */
  play: (burst: Burst, at: number) => () => void;
}>;

/** Loudness of the loudest burst, 0 to 1: below the point at which partials add up beyond what a speaker can give. */
const loudness = 0.8;

export const webSpeaker = (): Speaker => {
  const context = new AudioContext({ latencyHint: "interactive" });
  return {
    running: () => context.state === "running",
    time: () => context.currentTime,
    resume: () => context.resume(),
    play: (burst, at) => {
      const gain = new GainNode(context, { gain: burst.level * loudness });
      gain.connect(context.destination);
      const wave = context.createPeriodicWave(
        new Float32Array(burst.partials.length + 1),
        new Float32Array([0, ...burst.partials]),
      );
      for (const pulse of burst.pulses) {
        const from = at + pulse.at / 1000;
        const to = from + pulse.lasts / 1000;
        const ramp = (burst.ramp * pulse.lasts) / 1000;
        const envelope = new GainNode(context, { gain: 0 });
        envelope.gain.setValueAtTime(0, from);
        envelope.gain.linearRampToValueAtTime(1, from + ramp);
        envelope.gain.setValueAtTime(1, to - ramp);
        envelope.gain.linearRampToValueAtTime(0, to);
        const tone = new OscillatorNode(context, {
          type: "custom",
          periodicWave: wave,
          frequency: burst.fundamentalHz,
        });
        tone.connect(envelope).connect(gain);
        tone.start(from);
        tone.stop(to);
      }
      return () => {
        gain.gain.setTargetAtTime(0, context.currentTime, 0.01);
        // Disconnected only once it is silent, or the cut would click.
        setTimeout(() => gain.disconnect(), 100);
      };
    },
  };
};
