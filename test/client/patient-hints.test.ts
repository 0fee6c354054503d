import { expect, test } from "vitest";
import { hintsOf } from "../../client/patients/hints.ts";

const left = { limb: "thigh", side: "left" } as const;
const right = { limb: "thigh", side: "right" } as const;

test("a patient without a plan, and a limb without a pressure, are told of", () => {
  expect(hintsOf({ limbs: [right], programmes: [], lops: [] })).toEqual([
    "No plan yet.",
    "No limb occlusion pressure for the right thigh: no target.",
  ]);
  expect(hintsOf({ limbs: [], programmes: [], lops: [] })).toEqual(["No plan yet."]);
});

test("with a plan its limbs count, each once, and not what the record treats", () => {
  const programmes = [{ cuffs: [left, right] }, { cuffs: [left] }];
  expect(hintsOf({ limbs: [right], programmes, lops: [right] })).toEqual([
    "No limb occlusion pressure for the left thigh: no target.",
  ]);
  expect(hintsOf({ limbs: [right], programmes: [{ cuffs: [left] }], lops: [left] })).toEqual([]);
});
