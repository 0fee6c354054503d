/** Bursts as they leave the screen, measured: the product's own code renders them offline in a real browser. */
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { type Burst, bursts, linkLostBurst } from "../../shared/alarm/burst.ts";
import { millis } from "../../shared/units.ts";
import {
  amplitude,
  type BurstRule,
  faultsOf,
  measured,
  type MeasuredPulse,
} from "../support/measured-sound.ts";
import type * as OfflineSound from "./offline-sound.ts";

/** As the script that is put into the page calls it. */
declare const offlineSound: typeof OfflineSound;

const rate = 48_000;
/** When a burst that is looked at by itself begins, in seconds. */
const at = 0.1;

/** From the table of docs/alarms.md, written down here a second time: the constants are what is being judged. */
const rules = {
  high: {
    begins: [0, 250, 500, 1000, 1250, 2400, 2650, 2900, 3400, 3650],
    lasts: 150,
    fundamentalHz: 784,
  },
  medium: { begins: [0, 450, 900], lasts: 250, fundamentalHz: 587 },
  low: { begins: [0], lasts: 200, fundamentalHz: 440 },
  "link lost": { begins: [0, 450, 900], lasts: 250, fundamentalHz: 392 },
} satisfies Record<string, BurstRule>;
const all = { ...bursts, "link lost": linkLostBurst };
const names = ["high", "medium", "low", "link lost"] as const;

let script = "";
test.beforeAll(async () => {
  const entry = new URL("offline-sound.ts", import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["iife"], name: "offlineSound" } },
  });
  for (const { output } of [built].flat().filter((b) => "output" in b)) script += output[0].code;
});
test.beforeEach(({ page }) => page.addScriptTag({ content: script }).then(() => undefined));

const render = (page: Page, burst: Burst): Promise<Float32Array> =>
  page.evaluate(([b, from]) => offlineSound.renderBurst(b, from, 4.5), [burst, at] as const);
/** What a `Sound` plays for these wishes, on a page that ticks every so many seconds. */
const hear = (
  page: Page,
  wishes: readonly OfflineSound.Wish[],
  seconds: number,
  tickEvery = 0.25,
): Promise<Float32Array> =>
  page.evaluate(([w, every, lasts]) => offlineSound.renderSound(w, every, lasts), [
    wishes,
    tickEvery,
    seconds,
  ] as const);

for (const name of names)
  test(`the burst ${name} is what the table says: pulses, edges, pitch, overtones`, async ({ page }) => {
    const sound = measured(await render(page, all[name]), rate);
    expect(faultsOf(sound, rules[name], at * 1000)).toEqual([]);
    // What stands in the data is what is heard, each overtone to a decibel.
    const [, ...harmonics] = all[name].partials;
    harmonics.forEach((partial, i) =>
      expect(Math.abs((sound.harmonicsDb[i] ?? -99) - 20 * Math.log10(partial))).toBeLessThan(1),
    );
  });

test("the more urgent burst is the louder, each by as much as the data says", async ({ page }) => {
  const loud = new Map<string, number>();
  for (const name of names) {
    const { pulses } = measured(await render(page, all[name]), rate);
    loud.set(name, Math.max(...pulses.map((p) => p.level)));
  }
  const high = loud.get("high") ?? Number.NaN;
  for (const name of names) expect((loud.get(name) ?? 0) / high).toBeCloseTo(all[name].level, 2);
  expect(bursts.high.level).toBeGreaterThan(bursts.medium.level);
  expect(bursts.medium.level).toBeGreaterThan(bursts.low.level);
});

test("the measuring finds what is wrong with a burst that is wrong", async ({ page }) => {
  const wrong = (changes: Partial<Burst>): Promise<string[]> =>
    render(page, { ...bursts.medium, ...changes }).then((samples) =>
      faultsOf(measured(samples, rate), rules.medium, at * 1000),
    );
  expect(await wrong({})).toEqual([]);
  expect(await wrong({ pulses: bursts.medium.pulses.slice(1) })).toContain("2 pulses");
  const late = bursts.medium.pulses.map((p, i) => (i === 1 ? { ...p, at: millis(p.at + 15) } : p));
  expect(await wrong({ pulses: late })).toEqual(["pulse 1 begins at 465", "pulse 1 ends at 715"]);
  const short = bursts.medium.pulses.map((p) => ({ ...p, lasts: millis(235) }));
  expect(await wrong({ pulses: short })).toEqual(
    [235, 685, 1135].map((end, i) => `pulse ${i} ends at ${end}`),
  );
  expect(
    (await wrong({ ramp: 0.05 })).filter((fault) => / a (rise|fall) of [45] %/.test(fault)),
  ).toHaveLength(6);
  expect(await wrong({ fundamentalHz: 600 })).toEqual(["a fundamental of 600 Hz"]);
  expect(await wrong({ partials: [1, 0.8, 0.6, 0.45, 0.1] })).toEqual(["3 harmonics within 15 dB"]);
  expect(await wrong({ level: 2 })).toEqual(["clipped at 1.6"]);
});

/** Pauses between pulses that belong to two bursts, in milliseconds. */
const pauses = (pulses: readonly MeasuredPulse[]): number[] =>
  pulses
    .slice(1)
    .map((p, i) => p.begins - (pulses[i]?.ends ?? Number.NaN))
    .filter((gap) => gap > 1500);

for (const [priority, pause] of [
  ["high", 2500],
  ["medium", 4000],
] as const)
  for (const tickEvery of [0.25, 1])
    test(`the next burst of ${priority} begins ${pause} ms after the last, on a page that ticks every ${tickEvery} s`, async ({
      page,
    }) => {
      const wish = { from: 0, wanted: { key: priority, burst: bursts[priority] } };
      const { pulses, peak } = measured(await hear(page, [wish], 15, tickEvery), rate);
      const rule = rules[priority];
      const lasts = (rule.begins.at(-1) ?? 0) + rule.lasts;
      const found = pauses(pulses);
      expect(found.length).toBeGreaterThanOrEqual(2);
      for (const gap of found) expect(Math.abs(gap - pause)).toBeLessThanOrEqual(10);
      // And each burst up to the last pause is whole.
      expect(pulses.length).toBeGreaterThan(found.length * rule.begins.length);
      expect(pulses[rule.begins.length]?.begins).toBeCloseTo((pulses[0]?.begins ?? 0) + lasts + pause, -1);
      expect(peak).toBeLessThanOrEqual(1);
    });

test("a more urgent burst takes the place of one that sounds, at once and alone", async ({ page }) => {
  const samples = await hear(
    page,
    [
      { from: 0, wanted: { key: "medium", burst: bursts.medium } },
      { from: 0.5, wanted: { key: "high", burst: bursts.high } },
    ],
    2,
  );
  const part = (from: number, to: number): Float32Array => samples.subarray(from * rate, to * rate);
  const [before, after] = [part(0.35, 0.5), part(0.58, 0.68)];
  expect(amplitude(before, rate, 587) / amplitude(after, rate, 587)).toBeGreaterThan(100);
  expect(amplitude(after, rate, 784) / amplitude(before, rate, 784)).toBeGreaterThan(100);
  expect(samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeLessThanOrEqual(1);
});

test("an answered alarm is silent within a tenth of a second, and so is what waited on the clock", async ({
  page,
}) => {
  const high = { from: 0, wanted: { key: "high", burst: bursts.high } };
  const loudest = (samples: Float32Array): number =>
    samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const cut = await hear(page, [high, { from: 0.5, wanted: null }], 5);
  expect(loudest(cut.subarray(0.4 * rate, 0.5 * rate))).toBeGreaterThan(0.5);
  expect(loudest(cut.subarray(0.6 * rate))).toBeLessThan(0.001);
  // The second burst is on the clock from 4.5 s on, to begin at 6.6 s.
  const waiting = await hear(page, [high, { from: 5, wanted: null }], 9);
  expect(loudest(waiting.subarray(5 * rate))).toBe(0);
});
