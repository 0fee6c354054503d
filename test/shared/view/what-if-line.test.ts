/** A session judged again, and how what differs is told. */
import { expect, test } from "vitest";
import type { OtherLimits } from "../../../shared/recording/other-limits.ts";
import { compare } from "../../../shared/recording/what-if.ts";
import { differenceLine } from "../../../shared/view/what-if-line.ts";
import { recordedFrom } from "../../support/recorded-floor.ts";
import { at, heard, note, run, tick } from "../../support/floor.ts";

const course = [...heard({ from: 1, to: 200, p: 150 }), ...heard({ from: 200, to: 500, p: 180, occ: 199 })];
const recorded = recordedFrom(run([...course, note(500, { kind: "pain", score: 6 }), tick(560)]), 560);

const told = (other: OtherLimits): readonly string[] =>
  compare(recorded, other)
    .differences.map(differenceLine)
    .map(
      ({ name, says, then, now }) => `${name}: ${says.join(", ")} [${then?.text ?? ""}|${now?.text ?? ""}]`,
    );

test("under its own limits nothing is told, and both sides are the same", () => {
  expect(told({})).toEqual([]);
  const { then, now } = compare(recorded, {});
  expect(then.map((h) => h.condition)).toEqual(now.map((h) => h.condition));
  expect(then.length).toBeGreaterThan(3);
});

test("what is only on one side has no moment on the other", () => {
  expect(told({ clinic: { painOver: 5 } })).toEqual(["STOP ADVISED: Only now [|pain 6 of 10, for 1 min]"]);
  expect(told({ plan: { exerciseMmhg: 40, restMmhg: 40 } })).toEqual([
    "DRIFTING: medium then, low now, 12 s later, 12 s shorter [180 mmHg, was 150, for 5 min 53 s|180 mmHg, was 150, for 5 min 41 s]",
    "PRESSURE HIGH: Only then [180 mmHg, target 150, for 5 min 52 s|]",
  ]);
});

test("what is on both says how much later, and how much less urgent", () => {
  expect(told({ plan: { releaseSoonS: 30 } })).toEqual([
    "Release soon: 30 s later, 30 s shorter [01:00 left, for 1 min|00:30 left, for 30 s]",
  ]);
  expect(told({ clinic: { overrunHighAfterS: 120 } })).toEqual([
    "RELEASE: high then, medium now [08:00 > 08:00, for 1 min 19 s|08:00 > 08:00, for 1 min 19 s]",
  ]);
});

test("what becomes high sooner says by how much, though it is raised, ends and is at its worst as it was", () => {
  expect(told({ clinic: { overrunHighAfterS: 20 } })).toEqual([
    "RELEASE: becomes high 40 s earlier [08:00 > 08:00, for 1 min 19 s|08:00 > 08:00, for 1 min 19 s]",
  ]);
  expect(told({ clinic: { overrunHighAfterS: 70 } })).toEqual([
    "RELEASE: becomes high 10 s later [08:00 > 08:00, for 1 min 19 s|08:00 > 08:00, for 1 min 19 s]",
  ]);
});

test("alarms of the room are counted, and are on neither side", () => {
  const unheard = run([...course, { kind: "listening", at: at(501), screens: 0 }, tick(520)]);
  const { then, now, ofRoom } = compare(recordedFrom(unheard, 520), {});
  expect([...then, ...now].filter((h) => h.cuff === null)).toEqual([]);
  expect([ofRoom, compare(recorded, {}).ofRoom]).toEqual([1, 0]);
});
