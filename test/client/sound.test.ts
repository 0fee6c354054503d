import { beforeEach, describe, expect, test } from "vitest";
import { Sound, type Wanted } from "../../client/ui/sound.ts";
import type { Speaker } from "../../client/ui/speaker.ts";
import { bursts } from "../../shared/alarm/burst.ts";

const high: Wanted = { key: "high", burst: bursts.high };
const medium: Wanted = { key: "medium", burst: bursts.medium };

/** An audio device whose clock a test moves, and which writes down what it was asked to play. */
const createSpeaker = () => {
  const state = { running: true, stuck: false, time: 0, played: [] as string[], silenced: 0 };
  const speaker: Speaker = {
    running: () => state.running,
    time: () => state.time,
    resume: () => {
      state.running = true;
      return Promise.resolve();
    },
    play: (burst, at) => {
      state.played.push(`${burst.pulses.length} pulses at ${at.toFixed(2)}`);
      return () => {
        state.silenced++;
      };
    },
  };
  return { state, speaker };
};

let { state, speaker } = createSpeaker();
let armed: boolean[] = [];
let sound: Sound;
let local = 0;
beforeEach(() => {
  ({ state, speaker } = createSpeaker());
  armed = [];
  local = 0;
  sound = new Sound(speaker, (now) => armed.push(now));
});
/** Ticks four times a second for so long, with this wanted. */
const pass = (seconds: number, wanted: Wanted | null): void => {
  for (let t = 0; t < seconds * 4; t++) {
    local += 250;
    if (state.running && !state.stuck) state.time += 0.25;
    sound.tick(wanted, local);
  }
};

describe("bursts", () => {
  test("come again after their pause, on the audio clock and not on the tick's", () => {
    pass(14, high);
    expect(state.played).toEqual(["10 pulses at 0.27", "10 pulses at 6.57", "10 pulses at 12.87"]);
  });

  test("of medium come every 4 s after their end", () => {
    pass(11, medium);
    expect(state.played).toEqual(["3 pulses at 0.27", "3 pulses at 5.42", "3 pulses at 10.57"]);
  });

  test("give way at once to something worse, and are silenced when they are answered", () => {
    pass(0.5, medium);
    pass(0.25, high);
    expect(state.silenced).toBe(1);
    expect(state.played.at(-1)).toBe("10 pulses at 0.77");
    pass(0.25, null);
    expect(state.silenced).toBe(2);
    pass(10, null);
    expect(state.played.length).toBe(2);
  });

  test("begin at once when an alarm comes back in the pause of the last", () => {
    pass(3, medium);
    pass(0.25, null);
    pass(0.25, medium);
    expect(state.played.at(-1)).toBe("3 pulses at 3.52");
  });
});

describe("what sounds once", () => {
  test("a low alarm's cue sounds once, and to its end", () => {
    pass(0.5, null);
    sound.cue();
    pass(5, null);
    expect(state.played).toEqual(["1 pulses at 0.52"]);
    expect(state.silenced).toBe(0);
  });

  test("no cue is heard over something louder", () => {
    pass(1, medium);
    sound.cue();
    expect(state.played.length).toBe(1);
  });

  test("an alarm cuts a cue short", () => {
    pass(0.5, null);
    sound.cue();
    pass(0.25, high);
    expect(state.played.at(-1)).toBe("10 pulses at 0.77");
  });

  test("the test burst sounds once", async () => {
    state.running = false;
    pass(1, null);
    await sound.arm();
    pass(8, null);
    expect(state.played.length).toBe(1);
  });
});

describe("whether sound is heard", () => {
  test("it is told when the browser lets it sound, and nothing is played before", () => {
    state.running = false;
    pass(2, high);
    expect([armed, state.played]).toEqual([[], []]);
    state.running = true;
    pass(0.25, high);
    expect(armed).toEqual([true]);
    expect(state.played.length).toBe(1);
  });

  test("it is not, when the audio clock stands still though the browser says that it runs", () => {
    pass(1, null);
    state.stuck = true;
    pass(1.25, null);
    expect(armed).toEqual([true]);
    pass(0.5, null);
    expect(armed).toEqual([true, false]);
    state.stuck = false;
    pass(0.25, null);
    expect(armed).toEqual([true, false, true]);
  });
});
