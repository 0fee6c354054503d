/** Above and below the target on a cuff that does not regulate, where hard pushes lift the median far off the level. */
import { describe, expect, test } from "vitest";
import type { Input } from "../../shared/engine.ts";
import { alarmLog, classOf, floorOf, heard, meta, run } from "../support/floor.ts";

const plan = { sets: [15, 15, 15], repS: 4, restS: 30 };
const setS = 60;
const cycleS = setS + 30;
/** Briefly deep, long on high: the median of a repetition lies over its middle. */
const pushing = (level: number, high: number, low: number) => (s: number) =>
  level + ((s % cycleS) % 4 < 2.6 ? high : low);
/** Sets of 60 s with 30 s of rest after each, counted by the cuff. */
const sets = (count: number, level: number, high: number, low: number): Input[] =>
  Array.from({ length: count }, (_, n) => {
    const begins = n * cycleS;
    const rep = (s: number) => Math.min(15, Math.floor((s - begins) / 4));
    const common = { occ: begins, set: n + 1, rep };
    return [
      ...heard({ ...common, from: begins, to: begins + setS, p: pushing(level, high, low) }),
      ...heard({ ...common, occ: begins + setS, from: begins + setS, to: begins + cycleS, p: level }),
    ];
  }).flat();
const log = (inputs: readonly Input[]): string[] =>
  alarmLog(run(inputs, floorOf(classOf(plan))).facts).map((line) => line.slice(line.indexOf(" ") + 1));

describe("an unregulated cuff", () => {
  test("whose peaks lift the median is said to be high in its first set alone, and low", () => {
    expect(log(sets(3, 150, 25, -12))).toEqual(["pressure-high raised low", "pressure-high cleared"]);
  });
  test("that is over its band even in the valleys is high, medium, in its first set already", () => {
    expect(log(sets(1, 175, 25, -5))[0]).toBe("pressure-high raised medium");
  });
  test("whose first rest shows that it is too high becomes medium", () => {
    expect(log(sets(1, 170, 25, -12))).toEqual(["pressure-high raised low", "pressure-high is medium"]);
  });
  test("is said to be low once a set, and not in a set that was said to be high", () => {
    expect(log(sets(2, 132, 45, -12)).filter((line) => line.includes("raised"))).toEqual([
      "pressure-high raised low",
      "pressure-low raised low",
    ]);
  });
});

test("a regulated cuff is judged by its median: it takes the motion out itself", () => {
  expect(log([meta(0, true), ...sets(1, 150, 25, -12)])[0]).toBe("pressure-high raised medium");
});
