/** Runs in a browser: renders bursts to samples with the product's own code, on an audio clock that is not in a hurry. */
import { Sound, type Wanted } from "../../client/ui/sound.ts";
import { playOn } from "../../client/ui/speaker.ts";
import type { Burst } from "../../shared/alarm/burst.ts";

export const sampleRate = 48_000;

const offline = (seconds: number): OfflineAudioContext =>
  new OfflineAudioContext(1, Math.round(seconds * sampleRate), sampleRate);

const samplesOf = async (context: OfflineAudioContext): Promise<Float32Array> =>
  (await context.startRendering()).getChannelData(0);

/** One burst that begins at `at`, in seconds. */
export const renderBurst = (burst: Burst, at: number, seconds: number): Promise<Float32Array> => {
  const context = offline(seconds);
  playOn(context, burst, at);
  return samplesOf(context);
};

/** What is wanted from a moment on, in seconds. */
export type Wish = Readonly<{ from: number; wanted: Wanted | null }>;

/** What is heard of a `Sound` whose page ticks every so many seconds. */
export const renderSound = (
  wishes: readonly Wish[],
  tickEvery: number,
  seconds: number,
): Promise<Float32Array> => {
  const context = offline(seconds);
  const sound = new Sound(
    {
      running: () => true,
      time: () => context.currentTime,
      resume: () => Promise.resolve(),
      renew: () => undefined,
      play: (burst, at) => playOn(context, burst, at),
    },
    () => undefined,
  );
  // The rendering is held at each tick, so that the page's clock and the audio clock go together.
  for (let at = tickEvery; at < seconds; at += tickEvery)
    void context.suspend(at).then(() => {
      sound.tick(wishes.findLast((wish) => wish.from <= at)?.wanted ?? null, at * 1000);
      return context.resume();
    });
  return samplesOf(context);
};
