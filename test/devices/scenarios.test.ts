import { describe, expect, test } from "vitest";
import { begun, type Cuff, occMs, type Said, step } from "../../devices/cuff.ts";
import { scenarios, type SimulatedClass, usualRates } from "../../devices/scenarios.ts";
import { limitMs } from "../../devices/scenarios/role.ts";
import { dataMessage, eventMessage } from "../../shared/cuff/message.ts";
import { parseRoster, type Roster } from "../../shared/plan/roster.ts";
import { dataOf, eventsOf } from "./some-cuff.ts";

const names = Object.keys(scenarios);

const build = (name: string, patients = 12, seed = 7): SimulatedClass => {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario.build({ patients, seed, ...usualRates });
};

const rosterOf = ({ classFile }: SimulatedClass): Roster => {
  // What the server reads is the file, so it goes through text.
  const result = parseRoster(JSON.parse(JSON.stringify(classFile)));
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.roster;
};

/** What each cuff says in its first seconds, links aside. */
const lived = (simulated: SimulatedClass, seconds: number): { cuff: Cuff; said: readonly Said[] }[] =>
  simulated.devices.map(({ cuff }) => step(cuff, cuff.atMs + seconds * 1000));

describe.each(names)("scenario %s", (name) => {
  test.each([1, 6])("makes a class of %i whose file the server takes", (patients) => {
    const simulated = build(name, patients);
    const roster = rosterOf(simulated);
    expect(roster.stations).toHaveLength(patients);
    const worn = roster.stations.flatMap((station) => station.cuffs.map(({ cuff }) => cuff));
    expect(new Set(simulated.devices.map(({ cuff }) => cuff.spec.cuff))).toEqual(new Set(worn));
    expect(new Set(roster.stations.map(({ patient }) => patient)).size).toBe(patients);
  });

  test("is set to the pressure that each patient's plan asks for", () => {
    const simulated = build(name, 6);
    const targets = new Map(
      rosterOf(simulated).stations.flatMap(({ cuffs }) =>
        cuffs.map(({ cuff, prescription }) => [cuff, prescription.target] as const),
      ),
    );
    for (const { cuff } of simulated.devices)
      expect(cuff.spec.course.targetMmhg).toBe(targets.get(cuff.spec.cuff));
  });

  test("says only what the contract knows", () => {
    for (const { said } of lived(build(name, 3), 60)) {
      expect(dataOf(said).length).toBeGreaterThan(290);
      for (const message of dataOf(said)) expect(dataMessage.parse(message)).toEqual(message);
      for (const message of eventsOf(said)) expect(eventMessage.parse(message)).toEqual(message);
    }
  });

  test("is the same for the same seed, to the sample, and another for another", () => {
    const once = (seed: number) => {
      const simulated = build(name, 2, seed);
      return JSON.stringify([simulated.classFile, lived(simulated, 30)]);
    };
    expect(once(7)).toBe(once(7));
    expect(once(7)).not.toBe(once(8));
  });
});

test("a class can be as large as a wall", () => {
  for (const name of ["demo", "calm"]) expect(rosterOf(build(name, 32)).stations).toHaveLength(32);
});

describe("cuffs that are ready", () => {
  const { devices } = build("ready", 4);
  const minuteMs = 60_000;

  test("stay down for as long as nobody sends them up", () => {
    for (const { cuff } of devices) {
      const { said } = step(cuff, 10 * minuteMs);
      expect(eventsOf(said)).toEqual([]);
      expect(Math.max(...dataOf(said).flatMap(({ p }) => p.map((tenths) => tenths ?? 0)))).toBeLessThan(20);
    }
  });

  test("do one short set when they are sent up, and another only when they are again", () => {
    for (const { cuff } of devices) {
      const once = step(begun(cuff), 10 * minuteMs);
      expect(eventsOf(once.said).map(({ kind }) => kind)).toEqual(["inflate", "on-target", "release"]);
      expect(Math.max(...dataOf(once.said).map(({ st }) => st.occMs))).toBeLessThan(2 * minuteMs);
      // Told twice, it goes on with what it does.
      const up = step(begun(cuff), 30_000).cuff;
      expect(begun(up)).toBe(up);
      const again = step(begun(once.cuff), once.cuff.atMs + 5 * minuteMs);
      expect(eventsOf(again.said).map(({ kind }) => kind)).toEqual(["inflate", "on-target", "release"]);
    }
  });
});

describe("the demonstration", () => {
  const simulated = build("demo");
  const inWindow = lived(simulated, 90);
  const limit = limitMs("legPress");

  test("has a cuff that comes within a minute of its limit and then releases by itself", () => {
    const soon = inWindow.filter(({ said }) => eventsOf(said).some((event) => event.kind === "release"));
    expect(soon.some(({ said }) => dataOf(said).some(({ st }) => st.occMs > limit - 60_000))).toBe(true);
    expect(soon.every(({ said }) => dataOf(said).every(({ st }) => st.occMs < limit))).toBe(true);
  });

  test("has one that passes its limit in the first minute and stays up", () => {
    const over = lived(simulated, 60).filter(
      ({ cuff }) => cuff.spec.course.sets.length > 0 && occMs(cuff) > limit,
    );
    expect(over).toHaveLength(1);
    expect(
      inWindow.filter(({ cuff }) => cuff.spec.course.sets.length > 0 && occMs(cuff) > limit),
    ).toHaveLength(1);
  });

  test("has an unregulated one that leaves its band within 75 s, and begins well inside it", () => {
    const off = ({ bladder, spec }: Cuff) => spec.course.targetMmhg - bladder.trueMmhg;
    const leaking = simulated.devices.filter(({ cuff }) => cuff.spec.model.regulation === null);
    expect(leaking).toHaveLength(1);
    for (const { cuff } of leaking) {
      expect(off(cuff)).toBeLessThan(8);
      expect(off(step(cuff, cuff.atMs + 75_000).cuff)).toBeGreaterThan(16);
    }
  });

  test("has one that falls silent while inflated, and comes back", () => {
    const silent = simulated.devices.flatMap(({ cuff, mishaps }) =>
      mishaps
        .filter(({ kind, fromMs }) => kind === "silent" && fromMs < 60_000)
        .map(({ untilMs }) => ({ cuff, untilMs })),
    );
    expect(silent).toHaveLength(1);
    for (const { cuff, untilMs } of silent) {
      expect(occMs(step(cuff, cuff.atMs + 25_000).cuff)).toBeGreaterThan(100_000);
      expect(untilMs).toBeLessThan(180_000);
    }
  });

  test("has a patient with two cuffs, and others ready, resting and reperfusing", () => {
    expect(simulated.classFile.stations.filter(({ cuffs }) => cuffs.length === 2)).toHaveLength(1);
    const seen = new Set(lived(simulated, 20).map(({ cuff }) => cuff.stage.kind));
    for (const stage of ["ready", "working", "resting", "reperfusing"] as const)
      expect(seen).toContain(stage);
  });

  test("goes on for an hour: every cuff goes up again and comes down again", () => {
    for (const { cuff, said } of lived(simulated, 3600)) {
      const of = (kind: string) => eventsOf(said).filter((event) => event.kind === kind).length;
      expect(of("inflate"), cuff.spec.cuff).toBeGreaterThanOrEqual(2);
      expect(of("release"), cuff.spec.cuff).toBeGreaterThanOrEqual(2);
      expect(of("fault"), cuff.spec.cuff).toBe(0);
    }
  });

  test("a class of one sees the overrun, a class of four all that goes wrong", () => {
    const past = (patients: number) =>
      lived(build("demo", patients), 60).some(({ cuff }) => occMs(cuff) > limit);
    expect(past(1)).toBe(true);
    const four = build("demo", 4).devices;
    expect(four.some(({ mishaps }) => mishaps.length > 0)).toBe(true);
    expect(four.some(({ cuff }) => cuff.spec.faults.length > 0)).toBe(true);
    expect(past(4)).toBe(true);
  });
});

test("in a calm class nobody passes a limit, and every true pressure stays on its target", () => {
  const simulated = build("calm");
  const limits = new Map(
    rosterOf(simulated).stations.flatMap(({ cuffs }) =>
      cuffs.map(({ cuff, prescription }) => [cuff, prescription.limit] as const),
    ),
  );
  for (const { cuff } of simulated.devices) {
    const { course, limb } = cuff.spec;
    let now = cuff;
    while (now.atMs < cuff.atMs + 900_000) {
      now = step(now, now.atMs + 500).cuff;
      expect(occMs(now)).toBeLessThan(limits.get(cuff.spec.cuff) ?? 0);
      const steady = now.stage.kind === "working" || now.stage.kind === "resting";
      if (steady)
        expect(Math.abs(now.bladder.trueMmhg - course.targetMmhg)).toBeLessThan(0.015 * limb.lopMmhg);
    }
  }
});
