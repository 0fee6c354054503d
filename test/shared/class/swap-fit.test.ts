import { expect, test } from "vitest";
import { swapFit } from "../../../shared/class/swap-fit.ts";
import { type LopEntry, lopSchema } from "../../../shared/plan/limb-occlusion.ts";

const limb = { limb: "thigh", side: "left" } as const;
const entry = (changes: Partial<LopEntry> = {}) => ({
  id: "lop",
  body: lopSchema.parse({
    ...{ ...limb, mmhg: 250, cuffWidthCm: 11, posture: "seated", method: "cuff", at: 0, note: "" },
    ...changes,
  }),
});
const kinds = (entries: ReturnType<typeof entry>[], width: number | null, lop: number | null = 250) =>
  swapFit(entries, { limb, lop }, width, 1000, 28)?.map((w) => w.kind) ?? null;

test("a target fits a cuff as wide as the one that its pressure was found with", () => {
  expect(kinds([entry()], 11)).toEqual([]);
  expect(kinds([entry()], 18)).toEqual(["other-width"]);
});

test("another pressure of the patient does not make it fit, and of two equal ones the doubtful counts", () => {
  expect(kinds([entry(), entry({ mmhg: 180, cuffWidthCm: 18 })], 18)).toEqual(["other-width"]);
  expect(kinds([entry({ cuffWidthCm: 18 }), entry()], 18)).toEqual(["other-width"]);
});

test("where a width is not on record nobody can judge it; without a target there is nothing to judge", () => {
  expect(kinds([entry()], null)).toBeNull();
  expect(kinds([entry({ side: "right" })], 11)).toBeNull();
  expect(kinds([], null, null)).toEqual([]);
});
