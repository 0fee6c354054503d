/** What must hold of the engine whatever a cuff, a person or a link does. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apply, type Input, newState, nextDeadline, type State, step } from "../../shared/engine.ts";
import { siteId } from "../../shared/ids.ts";
import { allCuffs } from "../../shared/session/cuffs.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { alarmLog, at, classOf, heard, order, roster, run, type Stretch, tick } from "../support/floor.ts";

/** Two to eight stretches of a cuff's life, some silent, with reboots, nulls, odd phases and orders between them. */
const life = fc
  .array(
    fc.record({
      lasts: fc.integer({ min: 1, max: 60 }),
      p: fc.constantFrom<Stretch["p"][]>(
        150,
        151,
        0,
        15,
        29,
        40,
        100,
        170,
        255,
        310,
        null,
        (s) => 150 + 20 * Math.sin(s),
      ),
      phase: fc.constantFrom<NonNullable<Stretch["phase"]>[]>(
        "occluded",
        "idle",
        "inflating",
        "releasing",
        "measuring",
      ),
      tgt: fc.constantFrom(1500, 0, 1700),
      silent: fc.boolean(),
      reboot: fc.boolean(),
      ordered: fc.constantFrom<("release" | "cuff-off" | null)[]>(null, null, "release", "cuff-off"),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((parts): readonly Input[] => {
    const inputs: Input[] = [];
    let second = 1;
    let boot = 0;
    for (const { lasts, silent, reboot, ordered, ...part } of parts) {
      if (reboot) boot += 1;
      if (ordered !== null) inputs.push(order(second, ordered));
      if (!silent)
        inputs.push(...heard({ ...part, from: second, to: second + lasts, boot: `b${boot}`, occ: second }));
      second += lasts;
    }
    inputs.push(tick(second + 700));
    return inputs;
  });

/** A short limit, so that it is met often. */
const start = (): State =>
  step(newState(siteId("main")), { kind: "roster", at: at(0), roster: roster(classOf({ limitS: 90 })) })
    .state;

const play = (inputs: readonly Input[]): { state: State; facts: readonly Fact[] } =>
  run(inputs, { state: start(), facts: [] });

describe("whatever happens", () => {
  test("extra ticks change nothing", () => {
    fc.assert(
      fc.property(
        life,
        fc.array(fc.integer({ min: 0, max: 900_000 }), { maxLength: 40 }),
        (inputs, ticks) => {
          const extra = ticks.map((ms) => tick(ms / 1000));
          const mixed = [...inputs, ...extra].sort((a, b) => a.at - b.at);
          const [plain, ticked] = [play(inputs), play(mixed)];
          const last = Math.max(...ticks, plain.state.at);
          const until = (r: typeof plain) => run([tick(last / 1000)], r);
          expect(until(ticked).facts).toEqual(until(plain).facts);
          expect(until(ticked).state).toEqual(until(plain).state);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("the facts fold to the live state, at every moment", () => {
    fc.assert(
      fc.property(life, (inputs) => {
        let live = start();
        let folded = live;
        for (const input of inputs) {
          const next = step(live, input);
          live = next.state;
          folded = next.facts.reduce(apply, folded);
          expect(allCuffs(folded.cuffs)).toEqual(allCuffs(live.cuffs));
        }
      }),
      { numRuns: 25 },
    );
  });

  test("repetitions and old sequence numbers change no live state", () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 1000 }), (inputs, pick) => {
        const data = inputs.filter((i) => i.kind === "data");
        const k = data.length === 0 ? -1 : pick % data.length;
        const old = data[k];
        const now = data[Math.min(data.length - 1, k + 3)];
        if (old === undefined || now === undefined) return;
        const replayed = inputs.flatMap((i) => (i === now ? [i, { ...old, at: now.at }, { ...now }] : [i]));
        // An old message of a boot that was left behind long ago is told apart by its age, not by its number.
        if (old.message.boot !== now.message.boot) return;
        expect(play(replayed).state).toEqual(play(inputs).state);
        expect(alarmLog(play(replayed).facts)).toEqual(alarmLog(play(inputs).facts));
      }),
      { numRuns: 150 },
    );
  });

  test("while a cuff is inflated, its overrun is raised exactly when its dose reaches the limit, heard or not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 85 }), fc.integer({ min: 0, max: 60 }), (heardFor, occ) => {
        const r = play([...heard({ from: 1, to: 1 + heardFor, p: 150, occ }), tick(400)]);
        const due = Math.max(1 + 90 - occ, 3).toFixed(1);
        expect(alarmLog(r.facts, "overrun")[0]).toMatch(new RegExp(`^${due} overrun raised`));
      }),
    );
  });

  test("elapsed time of an inflation never goes down", () => {
    fc.assert(
      fc.property(life, (inputs) => {
        let state = start();
        const seen = new Map<number, number>();
        for (const input of inputs) {
          state = step(state, input).state;
          const o = allCuffs(state.cuffs)[0]?.occlusion ?? null;
          if (o === null) continue;
          expect(o.since).toBeLessThanOrEqual(seen.get(o.number) ?? Infinity);
          seen.set(o.number, o.since);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("late data clears nothing: a burst from a hung link leaves every alarm as it was", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 100 }),
        fc.constantFrom<Stretch["p"][]>(0, 150, 300),
        (hung, p) => {
          const before = play([...heard({ from: 1, to: 61, p: 150 }), tick(61 + hung)]);
          const burst = heard({ from: 61, to: 61 + Math.max(1, hung - 3), p, phase: "idle" }).map((i) => ({
            ...i,
            at: at(61 + hung),
          }));
          const r = run(burst, before);
          expect(r.facts.filter((f) => f.kind === "alarm-cleared")).toEqual(
            before.facts.filter((f) => f.kind === "alarm-cleared"),
          );
          expect(allCuffs(r.state.cuffs).map((c) => c.pressure)).toEqual(
            allCuffs(before.state.cuffs).map((c) => c.pressure),
          );
        },
      ),
    );
  });

  test("the next deadline always lies ahead once it was met", () => {
    fc.assert(
      fc.property(life, (inputs) => {
        let state = start();
        for (const input of inputs) {
          state = step(state, input).state;
          expect(nextDeadline(state)).toBeGreaterThan(state.at);
        }
      }),
      { numRuns: 60 },
    );
  });
});
