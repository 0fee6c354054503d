import { describe, expect, test } from "vitest";
import { step } from "../../devices/cuff.ts";
import { portionsOf } from "./alarms.ts";
import { newBed, next } from "./alarms/bed.ts";
import { type Injection, injectionsInto, says } from "./alarms/fault.ts";
import { banded, isOut, isResting, noBand, occludedSince } from "./alarms/oracle.ts";
import { overrunsIn } from "./alarms/overrun.ts";
import { modelNames, personOf, seedOfPerson } from "./alarms/person.ts";
import { figuresOf } from "./alarms/report.ts";
import { sessionOf } from "./alarms/session.ts";
import { quietRule, ruled } from "./alarms/tourniquet.ts";
import { tried } from "./alarms/trial.ts";

/** A regulated and an unregulated person who press their leg. */
const delfi = personOf("delfi", 1);
const saga = personOf("saga", 1);
const calm = sessionOf(delfi);
const sinking = sessionOf(saga);

/** The moment `afterMs` into the first rest of the first inflation. */
const intoRest = (of: typeof calm, afterMs: number): number => {
  const { moments } = of.session;
  const first = moments.findIndex(({ bed }) => bed.cuff.stage.kind === "resting");
  return first + afterMs / 100;
};
const at = (of: typeof calm, index: number): number => of.session.moments[index]?.bed.cuff.atMs ?? NaN;

describe("the bench's healthy sessions", () => {
  test("have two inflations and nothing wrong with a regulated cuff but a release that is due", () => {
    expect(calm.session.held).toHaveLength(2);
    expect(calm.healthy.hours).toBeGreaterThan(0.15);
    expect(Object.keys(calm.healthy.counts)).toEqual(["release-soon"]);
    expect(calm.healthy.tourniquetAlarms).toBe(0);
  });
  test("make the surgical rule alarm many times an hour on an unregulated one", () => {
    expect(sinking.healthy.tourniquetAlarms / sinking.healthy.hours).toBeGreaterThan(10);
  });
  test("are the same for the same seed", () => {
    expect(sessionOf(saga).session.raised).toEqual(sinking.session.raised);
  });
});

describe("the oracle", () => {
  test("judges an unregulated cuff from the level of its first rest on, a regulated one from its target", () => {
    const before = sinking.session.moments[intoRest(sinking, 9000)];
    const after = sinking.session.moments[intoRest(sinking, 11_000)];
    expect(before?.band.ownMmhg).toBeNull();
    expect(after?.band.ownMmhg).toBeCloseTo(after?.bed.cuff.bladder.trueMmhg ?? NaN, 1);
    expect(after?.isOut).toBe(false);
    expect(calm.session.moments.every(({ band }) => band.ownMmhg === null)).toBe(true);
  });
  test("begins anew with each inflation", () => {
    const { moments, held } = sinking.session;
    expect(moments[held[1]?.from ?? 0]?.band.ownMmhg).toBeNull();
  });
  test("holds a level for out once it is more than 15 mmHg off while nobody moves", () => {
    const { bed } = calm.session.moments[intoRest(calm, 5000)] ?? { bed: newBed(delfi) };
    const off = (mmhg: number) =>
      isOut(banded(noBand, bed.cuff), {
        ...bed.cuff,
        bladder: { ...bed.cuff.bladder, trueMmhg: bed.cuff.spec.course.targetMmhg + mmhg },
      });
    expect(isResting(bed.cuff)).toBe(true);
    expect([-16, -14, 14, 16].map(off)).toEqual([true, false, false, true]);
  });
});

describe("full occlusion", () => {
  const { bed } = calm.session.moments[intoRest(calm, 5000)] ?? { bed: newBed(delfi) };
  const pressing = (mmhg: number, atMs: number) => ({
    ...bed.cuff,
    atMs,
    bladder: { ...bed.cuff.bladder, trueMmhg: mmhg, swingMmhg: 0, counteredMmhg: 0 },
  });
  const lop = delfi.spec.limb.lopMmhg;
  test("is so from when the artery is shut, and not once it was open between", () => {
    expect(occludedSince(null, pressing(lop, 7000))).toBe(7000);
    expect(occludedSince(7000, pressing(lop + 5, 9000))).toBe(7000);
    expect(occludedSince(7000, pressing(lop - 1, 9000))).toBeNull();
  });
  test("is so at once at 300 mmHg", () => {
    expect(occludedSince(null, pressing(300, 7000))).toBe(4000);
  });
});

describe("an alarm says a fault", () => {
  const injection = (kind: "leak" | "step", byMmhg = -20): Injection =>
    kind === "leak"
      ? { kind, from: 0, fault: { kind: "slow-leak", fromMs: 0, mmhgPerMin: 5 } }
      : { kind, from: 0, fault: { kind: "posture-step", fromMs: 0, byMmhg } };
  const fell = { value: 120, limit: 140 };
  const rose = { value: 160, limit: 140 };
  test.each([
    ["a fall, where the pressure fell", injection("step"), true, { condition: "drift", ...fell }, true],
    ["a rise, where it fell", injection("step"), true, { condition: "drift", ...rose }, false],
    ["a rise, where it rose", injection("step", 20), true, { condition: "drift", ...rose }, true],
    ["too high, where it fell", injection("step"), true, { condition: "pressure-high", ...rose }, false],
    ["too high, where it rose", injection("step", 20), true, { condition: "pressure-high", ...rose }, true],
    [
      "below the target, before it has a band",
      injection("step"),
      false,
      { condition: "pressure-low", ...fell },
      true,
    ],
    [
      "below the target, which it was",
      injection("step"),
      true,
      { condition: "pressure-low", ...fell },
      false,
    ],
    ["below the target, for a leak", injection("leak"), false, { condition: "pressure-low", ...fell }, false],
    [
      "that it has burst, for a leak that has emptied it",
      injection("leak"),
      true,
      { condition: "pressure-lost", ...fell },
      true,
    ],
    ["silence, for a leak", injection("leak"), true, { condition: "silent", ...fell }, false],
  ])("%s: as it should", (_name, what, own, said, expected) => {
    expect(says(what, said, { model: "saga", own })).toBe(expected);
  });
  test("a pump that keeps running, where a regulated cuff leaks", () => {
    const regulated = { model: "delfi", own: false } as const;
    expect(says(injection("leak"), { condition: "drift", value: 150, limit: 150 }, regulated)).toBe(true);
    expect(says(injection("leak"), { condition: "pressure-low", ...fell }, regulated)).toBe(false);
  });
});

test("everybody wears one model, and has eight faults tried on them", () => {
  const seeds = modelNames.flatMap((model) => [0, 1, 2].map((n) => seedOfPerson(1, model, n)));
  expect(new Set(seeds).size).toBe(seeds.length);
  const kinds = injectionsInto(sinking.session, 0).map(({ kind }) => kind);
  expect(kinds).toEqual(["full-occlusion", "burst", "step", "step", "leak", "leak", "leak", "leak"]);
});

describe("a fault that is tried", () => {
  const injected = (of: typeof calm, wanted: Omit<Injection, "from">, index: number) =>
    tried(of.session, { ...wanted, from: index });

  test("burst: is found as lost pressure, within 3 s", () => {
    const index = intoRest(calm, 5000);
    const found = injected(
      calm,
      { kind: "burst", fault: { kind: "burst", fromMs: at(calm, index) + 1 } },
      index,
    );
    expect(found?.condition).toBe("pressure-lost");
    expect(found?.foundAfterMs).toBeLessThan(3000);
  });
  test("silence: is found, and the surgical rule says nothing", () => {
    const found = injected(calm, { kind: "silence", fault: "silence" }, intoRest(calm, 5000));
    expect(found).toMatchObject({ condition: "silent", tourniquetAfterMs: null });
  });
  test("a step on a regulated cuff is none: it is back within a second", () => {
    const index = intoRest(calm, 5000);
    const fault = { kind: "posture-step", fromMs: at(calm, index) + 1, byMmhg: 20 } as const;
    expect(injected(calm, { kind: "step", fault }, index)).toBeNull();
  });
  test("a leak that the release comes before is none", () => {
    const index = (sinking.session.held[0]?.to ?? 0) - 300;
    const fault = { kind: "slow-leak", fromMs: at(sinking, index) + 1, mmhgPerMin: 3 } as const;
    expect(injected(sinking, { kind: "leak", fault }, index)).toBeNull();
  });
  test("a leak that takes an unregulated cuff out of its own band is one", () => {
    const index = intoRest(sinking, 15_000);
    const fault = { kind: "slow-leak", fromMs: at(sinking, index) + 1, mmhgPerMin: 10 } as const;
    expect(injected(sinking, { kind: "leak", fault }, index)).toMatchObject({ kind: "leak", model: "saga" });
  });
});

test("an overrun in a class of 32 is said within 100 ms, heard or silent", () => {
  const overruns = overrunsIn(3);
  expect(overruns).toHaveLength(32);
  expect(overruns.filter(({ foundAfterMs }) => foundAfterMs === null)).toEqual([]);
  expect(overruns.filter(({ says }) => says.startsWith("silent"))).toHaveLength(16);
});

test("the surgical rule begins once the pressure has been over 15 mmHg off for 1.5 s, and ends when it is back", () => {
  const { cuff } = calm.session.moments[intoRest(calm, 5000)]?.bed ?? newBed(delfi);
  const reading = (mmhg: number, passedMs: number) => ({
    ...cuff,
    atMs: cuff.atMs + passedMs,
    bladder: { ...cuff.bladder, readMmhg: cuff.spec.course.targetMmhg + mmhg },
  });
  const off = [0, 1400, 1500].reduce(
    (rules, passedMs) => [...rules, ruled(rules.at(-1) ?? quietRule, reading(-16, passedMs))],
    [quietRule],
  );
  expect(off.map(({ alarming }) => alarming)).toEqual([false, false, false, true]);
  expect(ruled(off.at(-1) ?? quietRule, reading(-14, 1600))).toEqual(quietRule);
});

describe("what the bench tells", () => {
  test("a whole run has at least 2,000 faults and 100 hours a model to live through", () => {
    const portions = portionsOf("whole", 1);
    const people = portions.reduce((sum, one) => sum + (one.kind === "people" ? one.count : 0), 0);
    expect(people).toBe(4 * 440);
    expect(portions.filter(({ kind }) => kind === "overruns")).toHaveLength(10);
  });
  test("counts a fault as missed when nothing right was raised in time", () => {
    const judged = ["found", "missed"].map((says) => ({
      kind: "burst" as const,
      model: "saga" as const,
      seed: 1,
      foundAfterMs: says === "found" ? 2400 : null,
      condition: null,
      saidAnyway: false,
      tourniquetAfterMs: null,
      beforeExit: null,
      says,
    }));
    const figures = figuresOf({ healthy: [calm.healthy, sinking.healthy], judged }, 1);
    expect(figures.filter((f) => f.with["condition"] === "drift").map((f) => f.value)).toContain(0);
    const value = (name: string) => figures.find((f) => f.figure === name)?.value;
    expect([value("injected"), value("missed"), value("false-regulated")]).toEqual([2, 1, 0]);
  });
});

test("a moment later is a sample later, and the bed before it is untouched", () => {
  const bed = newBed(delfi);
  const { bed: after } = next(bed);
  expect(after.cuff.atMs).toBe(bed.cuff.nextSampleMs);
  expect(step(bed.cuff, bed.cuff.nextSampleMs).cuff).toEqual(after.cuff);
});
