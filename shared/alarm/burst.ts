/**
 * What an alarm sounds like, as data (docs/alarms.md, "Signals"; pulses and bursts after IEC 60601-1-8). Nothing here makes
 * a sound: client/ui/sound.ts puts these pulses on the audio clock.
 */
import { type Millis, millis, type Monotonic } from "../units.ts";
import type { Occurrence } from "./occurrence.ts";
import type { Priority } from "./policy.ts";
import { type SoundPause, sounds } from "./suppression.ts";

/**
 * One tone of a burst: when it begins, counted from the beginning of the burst, and how long it lasts. Both are measured at
 * half of its peak, in the middle of its rise and of its fall.
 */
export type Pulse = Readonly<{ at: Millis; lasts: Millis }>;

export type Burst = Readonly<{
  pulses: readonly Pulse[];
  /** From the end of one burst to the beginning of the next; null where it sounds only once. */
  pause: Millis | null;
  /** Between 300 and 1000 Hz. */
  fundamentalHz: number;
  /** Amplitude of the fundamental and of each harmonic above it: at least four within 15 dB (a factor of 5.6). */
  partials: readonly number[];
  /** Rise, and fall, as a share of the pulse: 0.1 to 0.4. */
  ramp: number;
  /** Loudness beside the other bursts, 0 to 1. */
  level: number;
}>;

/** Pulses of one length with these gaps between them. */
const train = (lasts: number, gaps: readonly number[]): Pulse[] => {
  const pulses: Pulse[] = [{ at: millis(0), lasts: millis(lasts) }];
  let at = 0;
  for (const gap of gaps) {
    at += lasts + gap;
    pulses.push({ at: millis(at), lasts: millis(lasts) });
  }
  return pulses;
};

const fiveGaps = [100, 100, 350, 100];
const partials = [1, 0.8, 0.6, 0.45, 0.35, 0.25];

/** The burst of each priority. */
export const bursts: Readonly<Record<Priority, Burst>> = {
  high: {
    pulses: train(150, [...fiveGaps, 1000, ...fiveGaps]),
    pause: millis(2500),
    fundamentalHz: 784,
    partials,
    ramp: 0.2,
    level: 1,
  },
  medium: {
    pulses: train(250, [200, 200]),
    pause: millis(4000),
    fundamentalHz: 587,
    partials,
    ramp: 0.2,
    level: 0.8,
  },
  low: { pulses: train(200, []), pause: null, fundamentalHz: 440, partials, ramp: 0.35, level: 0.35 },
};

/** The screen's own technical alarm, when it has lost its server: a medium burst at a pitch of its own. */
export const linkLostBurst: Burst = { ...bursts.medium, fundamentalHz: 392 };

/** How long a burst lasts, from its first pulse to the end of its last. */
export const burstLasts = (burst: Burst): Millis =>
  burst.pulses.reduce<Millis>((end, p) => millis(Math.max(end, p.at + p.lasts)), millis(0));

/** The priority whose burst is to be heard now: the highest that is not silenced, one at a time in a room. */
export const loudest = (
  alarms: readonly Occurrence[],
  now: Monotonic,
  pause: SoundPause | null,
): "high" | "medium" | null => {
  const heard = alarms.filter((o) => sounds(o, now, pause));
  if (heard.some((o) => o.priority === "high")) return "high";
  return heard.length > 0 ? "medium" : null;
};
