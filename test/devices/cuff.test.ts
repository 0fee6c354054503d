import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Cuff,
  clockMs,
  joined,
  metaOf,
  occMs,
  rebooted,
  refusal,
  released,
  step,
} from "../../devices/cuff.ts";
import { cuffModels } from "../../devices/physics/model.ts";
import {
  type CommandMessage,
  commandMessage,
  dataMessage,
  eventMessage,
  metaMessage,
} from "../../shared/cuff/message.ts";
import { dataOf, eventsOf, shortCourse, someCuff, until } from "./some-cuff.ts";

const working = (cuff: Cuff) => cuff.stage.kind === "working";
const over = (cuff: Cuff) => cuff.stage.kind === "reperfusing";

describe("the course of a session", () => {
  const { said } = until(someCuff(), (cuff) => over(cuff) && cuff.inflation === 2);
  const data = dataOf(said);

  test("goes from idle through inflating and occluded to releasing and idle, twice", () => {
    const phases = data.map((d) => d.st.phase).filter((phase, i, all) => phase !== all[i - 1]);
    const once = ["idle", "inflating", "occluded", "releasing"];
    expect(phases).toEqual([...once, ...once, "idle"]);
  });

  test("says each inflation, when it is on target and when it releases", () => {
    expect(eventsOf(said).map((e) => [e.kind, e.ep, e.eseq])).toEqual([
      ["inflate", 1, 0],
      ["on-target", 1, 1],
      ["release", 1, 2],
      ["inflate", 2, 3],
      ["on-target", 2, 4],
      ["release", 2, 5],
    ]);
  });

  test("counts sets from 1 and complete repetitions from 0, and has no counters while it is down", () => {
    const counters = data
      .filter((d) => d.st.ep === 1)
      .map((d) => (d.st.set === undefined ? "none" : `${d.st.set}/${d.st.rep ?? "?"}`))
      .filter((c, i, all) => c !== all[i - 1]);
    expect(counters).toEqual(["1/0", "1/1", "1/2", "1/3", "2/0", "2/1", "2/2", "2/3", "none"]);
  });

  test("times an inflation from 30 mmHg until it is below 20 mmHg after the release", () => {
    const first = data.filter((d) => d.st.ep === 1);
    expect(first.filter((d) => d.st.phase === "occluded").map((d) => d.st.occMs)).toSatisfy(
      (times: number[]) => times.every((ms, i) => ms > 0 && (i === 0 || ms > (times[i - 1] ?? 0))),
    );
    // 34 s of plan, 2 s to get ready, 2 s before it is released, and the way up and down.
    const longest = Math.max(...first.map((d) => d.st.occMs));
    expect(longest).toBeGreaterThan(39_000);
    expect(longest).toBeLessThan(46_000);
    expect(data.filter((d) => d.st.phase === "idle").every((d) => d.st.occMs === 0)).toBe(true);
  });

  test("names its target while it is up and none while it vents", () => {
    for (const { st } of data) {
      const up = st.phase === "inflating" || st.phase === "occluded";
      expect(st.tgt).toBe(up ? 1200 : 0);
    }
  });

  test("with the cuff down between sets, each set is an inflation of its own", () => {
    const course = { ...shortCourse, betweenSets: "down" as const };
    const two = until(someCuff({ course }), (cuff) => over(cuff) && cuff.ep === 2);
    expect(eventsOf(two.said).filter((e) => e.kind === "inflate")).toHaveLength(2);
    expect(new Set(dataOf(two.said).map((d) => d.st.set))).toEqual(new Set([undefined, 1, 2]));
    expect(two.cuff.inflation).toBe(1);
  });

  test("a plan without sets lasts as long as it says, without counters", () => {
    const course = { ...shortCourse, sets: [], durationMs: 60_000, repMs: 0 };
    const one = until(someCuff({ course }), over);
    const longest = Math.max(...dataOf(one.said).map((d) => d.st.occMs));
    expect(longest).toBeGreaterThan(60_000);
    expect(longest).toBeLessThan(72_000);
    expect(dataOf(one.said).every((d) => d.st.set === undefined)).toBe(true);
  });

  test("a bladder that cannot be filled is given up as a fault", () => {
    const torn = until(someCuff({ faults: [{ kind: "burst", fromMs: 0 }] }), over);
    expect(eventsOf(torn.said).map((e) => (e.kind === "fault" ? e.code : e.kind))).toEqual([
      "inflate",
      "no-pressure",
      "release",
    ]);
  });
});

describe("what a cuff says", () => {
  test("fits the contract and joins up without a gap, at every rate", () => {
    const rates = fc.record({ hz: fc.constantFrom(1, 2, 5, 10, 50), samples: fc.constantFrom(1, 2, 5, 20) });
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 2 ** 31 }), ({ hz, samples }, seed) => {
        const { said } = step(someCuff({ hz, samples, seed }), 15_000);
        const data = dataOf(said);
        expect(data.length).toBeGreaterThan(13 * hz);
        for (const [i, message] of data.entries()) {
          expect(dataMessage.parse(message)).toEqual(message);
          expect(message.p).toHaveLength(samples);
          const next = data[i + 1];
          if (next === undefined) continue;
          expect(next.seq).toBe(message.seq + 1);
          expect(Math.abs(next.m0 - message.m0 - samples * message.dt)).toBeLessThanOrEqual(1);
        }
        for (const event of eventsOf(said)) expect(eventMessage.parse(event)).toEqual(event);
      }),
      { numRuns: 30 },
    );
  });

  test("does not depend on how often it is looked at", () => {
    const often = until(someCuff(), (cuff) => cuff.atMs >= 30_000);
    expect(often.said).toEqual(step(someCuff(), often.cuff.atMs).said);
  });

  test("describes itself as simulated, and offers a release only where the model has one", () => {
    expect(metaMessage.parse(metaOf(someCuff()))).toMatchObject({
      simulated: true,
      regulated: true,
      caps: ["identify", "release", "backfill"],
      hz: 10,
    });
    expect(metaOf(someCuff({ model: cuffModels.saga }))).toMatchObject({
      regulated: false,
      caps: ["identify", "backfill"],
    });
  });
});

test("a cuff joins in mid-inflation at a given occlusion time, in the set and repetition that belong to it", () => {
  const cuff = joined(someCuff({ readyMs: 0 }), (now) => occMs(now) >= 28_000);
  expect(Math.abs(occMs(cuff) - 28_000)).toBeLessThanOrEqual(100);
  const [next] = dataOf(step(cuff, cuff.atMs + 400).said);
  expect(next?.st).toMatchObject({ phase: "occluded", ep: 1, set: 2, rep: 0 });
});

describe("a reboot while inflated", () => {
  const before = joined(someCuff(), (cuff) => cuff.ep === 2 && occMs(cuff) >= 20_000);
  const after = rebooted(before);
  const [first] = dataOf(step(after, after.atMs + 1000).said);

  test("gives another boot and counters from the start", () => {
    expect(after.boot).not.toBe(before.boot);
    expect(first).toMatchObject({ boot: after.boot, seq: 0, st: { ep: 1 } });
    expect(first?.m0).toBeLessThan(500);
    expect(first?.st.occMs).toBeLessThan(500);
  });

  test("leaves the pressure where it was", () => {
    expect(Math.min(...(first?.p ?? []).map((p) => p ?? NaN))).toBeGreaterThan(900);
    expect(after.bladder).toEqual(before.bladder);
  });
});

describe("a command", () => {
  const cuff = joined(someCuff(), working);
  const command = (wanted: Partial<CommandMessage>): CommandMessage =>
    commandMessage.parse({
      v: 1,
      id: "c1",
      kind: "release",
      boot: cuff.boot,
      ep: cuff.ep,
      m: clockMs(cuff),
      ttlMs: 5000,
      ...wanted,
    });

  test.each([
    ["is taken when boot, inflation and time are right", {}, null],
    ["is taken at the last moment", { m: clockMs(cuff) - 5000 }, null],
    ["for another boot is refused", { boot: "0" }, "wrong-boot"],
    ["for the inflation before is refused", { ep: cuff.ep - 1 }, "wrong-ep"],
    ["for the next inflation is refused", { ep: cuff.ep + 1 }, "wrong-ep"],
    ["that is a millisecond too old is refused", { m: clockMs(cuff) - 5001 }, "expired"],
    ["of any kind is judged alike", { kind: "identify", m: 0 }, "expired"],
  ] as const)("%s", (_, wanted, code) => {
    expect(refusal(cuff, command(wanted))).toBe(code);
  });

  test("that the model cannot do is refused", () => {
    const passive = joined(someCuff({ model: cuffModels.saga }), working);
    const forIt = command({ boot: passive.boot, ep: passive.ep, m: clockMs(passive) });
    expect(refusal(passive, forIt)).toBe("unsupported");
    expect(refusal(passive, { ...forIt, kind: "identify" })).toBeNull();
  });

  test("to release vents the cuff, and the session goes on to reperfusion", () => {
    const { cuff: venting, said } = released(cuff);
    expect(eventsOf(said).map((e) => e.kind)).toEqual(["release"]);
    const { cuff: down, said: after } = until(venting, over);
    expect(down.atMs - cuff.atMs).toBeLessThan(10_000);
    expect(dataOf(after).some((d) => d.st.phase === "releasing" && d.st.tgt === 0)).toBe(true);
    expect(down.bladder.trueMmhg).toBeLessThan(6);
  });

  test("to release does nothing to a cuff that is down already", () => {
    const down = someCuff();
    expect(released(down)).toEqual({ cuff: down, said: [] });
  });
});
