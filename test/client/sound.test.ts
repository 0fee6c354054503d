import { beforeEach, describe, expect, test } from "vitest";
import { Sound, type Wanted } from "../../client/ui/sound.ts";
import type { Speaker } from "../../client/ui/speaker.ts";
import { burstLasts, bursts } from "../../shared/alarm/burst.ts";

const high: Wanted = { key: "high", burst: bursts.high };
const medium: Wanted = { key: "medium", burst: bursts.medium };

/** An audio device whose clock a test moves, and which writes down what it was asked to play. */
const createSpeaker = () => {
  const state = {
    running: true,
    stuck: false,
    refuses: false,
    time: 0,
    played: [] as string[],
    silenced: 0,
    asked: 0,
    renewed: 0,
    /** Those on the clock: from when to when, and until when they are heard. */
    bursts: [] as { from: number; to: number }[],
  };
  const speaker: Speaker = {
    running: () => state.running,
    time: () => state.time,
    resume: () => {
      state.asked++;
      if (state.refuses) return Promise.reject(new Error("needs a tap"));
      state.running = true;
      return Promise.resolve();
    },
    renew: () => {
      state.renewed++;
      state.stuck = false;
      state.time = 0;
      state.bursts = [];
    },
    play: (burst, at) => {
      state.played.push(`${burst.pulses.length} pulses at ${at.toFixed(2)}`);
      const on = { from: at, to: at + burstLasts(burst) / 1000 };
      state.bursts.push(on);
      return () => {
        state.silenced++;
        on.to = Math.max(on.from, Math.min(on.to, state.time));
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
const pass = (seconds: number, wanted: Wanted | null, every = 0.25): void => {
  for (let t = 0; t < seconds / every; t++) {
    local += every * 1000;
    if (state.running && !state.stuck) state.time += every;
    sound.tick(wanted, local);
  }
};
/** Whether two bursts are ever heard at once. */
const overlap = (): boolean =>
  state.bursts
    .toSorted((a, b) => a.from - b.from)
    .some((b, i, all) => b.to > b.from && all.slice(0, i).some((a) => a.to > b.from && a.to > a.from));

describe("bursts", () => {
  test("come again after their pause, on the audio clock and not on the tick's", () => {
    pass(14, high);
    expect(state.played).toEqual(["10 pulses at 0.30", "10 pulses at 6.60", "10 pulses at 12.90"]);
  });

  test("of medium come every 4 s after their end", () => {
    pass(11, medium);
    expect(state.played).toEqual(["3 pulses at 0.30", "3 pulses at 5.45", "3 pulses at 10.60"]);
  });

  test("give way at once to something worse, and are silenced when they are answered", () => {
    pass(0.5, medium);
    pass(0.25, high);
    expect(state.silenced).toBe(1);
    expect(state.played.at(-1)).toBe("10 pulses at 0.80");
    pass(0.25, null);
    expect(state.silenced).toBe(2);
    pass(10, null);
    expect(state.played.length).toBe(2);
  });

  test("begin at once when an alarm comes back in the pause of the last", () => {
    pass(3, medium);
    pass(0.25, null);
    pass(0.25, medium);
    expect(state.played.at(-1)).toBe("3 pulses at 3.55");
  });
});

describe("one at a time", () => {
  test("a burst that waits on the clock is taken off when something worse comes, and when it is answered", () => {
    // Its second burst is on the clock from 3.05 s on, to begin at 5.45 s.
    pass(3.25, medium);
    expect(state.played).toEqual(["3 pulses at 0.30", "3 pulses at 5.45"]);
    pass(0.25, high);
    expect(state.played.at(-1)).toBe("10 pulses at 3.55");
    pass(10, null);
    expect(overlap()).toBe(false);
    expect(state.bursts.filter((b) => b.to > 4 && b.to > b.from)).toEqual([]);
  });

  test("whatever comes and goes, never are two heard at once", () => {
    const wishes = [high, medium, null, medium, high, high, null, medium];
    for (let i = 0; i < 400; i++) {
      pass(((i * 7) % 11) * 0.5, wishes[(i * 5) % wishes.length] ?? null);
      if (i % 13 === 0) sound.cue();
    }
    expect(state.played.length).toBeGreaterThan(200);
    expect(overlap()).toBe(false);
  });

  test.each([1, 2])("on a page whose timers come every %i s bursts are on time all the same", (every) => {
    pass(20, high, every);
    const first = Number(state.played[0]?.split(" ").at(-1));
    expect(state.played.slice(0, 3)).toEqual(
      [0, 6.3, 12.6].map((at) => `10 pulses at ${(first + at).toFixed(2)}`),
    );
    expect(overlap()).toBe(false);
  });

  test("between two bursts it says how long it stays quiet, and never while one sounds", () => {
    const told: [number, number][] = [];
    for (let t = 0; t < 8; t += 0.25) {
      pass(0.25, high);
      told.push([state.time, sound.quietAfter("high")]);
    }
    // The first sounds from 0.30 to 4.10 s, the second from 6.60 s.
    for (const [time, quiet] of told)
      expect(quiet).toBeCloseTo(time >= 4.1 && time < 6.6 ? (6.6 - time) * 1000 : 0);
    expect(sound.quietAfter("medium")).toBe(0);
  });
});

describe("what sounds once", () => {
  test("a low alarm's cue sounds once, and to its end", () => {
    pass(0.5, null);
    sound.cue();
    pass(5, null);
    expect(state.played).toEqual(["1 pulses at 0.55"]);
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
    expect(state.played.at(-1)).toBe("10 pulses at 0.80");
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
    pass(0.25, null);
    expect(armed).toEqual([true, false]);
    state.stuck = false;
    pass(0.25, null);
    expect(armed).toEqual([true, false, true]);
  });

  test("a device that stands still is changed for another, on whose clock the burst begins anew", () => {
    pass(30, high);
    const before = state.played.length;
    state.stuck = true;
    pass(2.5, high);
    expect(state.renewed).toBe(1);
    expect(armed).toEqual([true, false, true]);
    expect(state.played.length).toBe(before + 1);
    expect(state.bursts).toEqual([
      { from: expect.closeTo(0.3) as number, to: expect.closeTo(4.1) as number },
    ]);
    pass(10, high);
    expect(overlap()).toBe(false);
  });

  test("a device that the browser suspends is asked to go on, without a tap, and the burst begins anew", () => {
    pass(1, high);
    state.running = false;
    pass(0.25, high);
    expect([armed, state.asked, state.silenced]).toEqual([[true, false], 1, 1]);
    pass(0.5, high);
    expect(armed).toEqual([true, false, true]);
    expect(overlap()).toBe(false);
    expect(state.played).toEqual(["10 pulses at 0.30", "10 pulses at 1.30"]);
  });

  test("where the browser refuses it is asked again every two seconds, and a tap arms it at once", async () => {
    pass(1, high);
    [state.running, state.refuses] = [false, true];
    pass(6, high);
    expect(state.asked).toBe(3);
    expect(armed).toEqual([true, false]);
    state.refuses = false;
    await sound.arm();
    pass(1, high);
    expect(armed).toEqual([true, false, true]);
    expect(overlap()).toBe(false);
    expect(state.played.at(-1)).toMatch(/^10 pulses/);
  });

  test("what was never heard is not asked without a tap: the browser would refuse", () => {
    state.running = false;
    pass(10, high);
    expect(state.asked).toBe(0);
  });

  test("a page that stood still and comes back is given time to see its clock move, once", () => {
    pass(1, null);
    // Put away and fetched back: neither its timers nor its audio clock went on.
    local += 60_000;
    sound.tick(null, local);
    pass(1, null);
    expect(armed).toEqual([true]);
    state.stuck = true;
    for (let i = 0; i < 2; i++) sound.tick(null, (local += 60_000));
    expect(armed).toEqual([true, false]);
  });
});
