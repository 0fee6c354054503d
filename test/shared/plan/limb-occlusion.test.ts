import { describe, expect, test } from "vitest";
import {
  type EstimateFrom,
  estimateLop,
  fitting,
  type LopEntry,
  type LopRecord,
  lopSchema,
  type Wanted,
} from "../../../shared/plan/limb-occlusion.ts";

const day = 86_400_000;
const now = 1_000 * day;
const person: EstimateFrom = { thighCm: 55, systolicMmhg: 120, ageYears: 30, sex: "male" };

describe("an estimate follows the published formula of the 18 cm thigh cuff", () => {
  test.each<[string, EstimateFrom, number]>([
    // 65.290 + 61.05 + 21.36 + 34.59 - 7.984 = 174.306
    ["a man of 30", person, 174],
    // ... - 15.968 = 166.322
    ["a woman of 30", { ...person, sex: "female" }, 166],
    // 65.290 + 72.15 + 28.48 + 80.71 - 7.984 = 238.646
    ["a man of 70", { thighCm: 65, systolicMmhg: 160, ageYears: 70, sex: "male" }, 239],
  ])("%s", (_, from, expected) => {
    expect(estimateLop(from, { limb: "thigh", cuffWidthCm: 18 })).toEqual({
      ok: true,
      mmhg: expected,
      seeMmhg: 15.3,
    });
  });

  test.each([
    ["an arm", "arm", 18, "arm"],
    ["a narrow cuff", "thigh", 5, "narrow-cuff"],
    ["a cuff that the formula was not made with", "thigh", 13, "other-width"],
    ["a wider one", "thigh", 20, "other-width"],
  ] as const)("and there is none for %s", (_, limb, cuffWidthCm, why) => {
    expect(estimateLop(person, { limb, cuffWidthCm })).toEqual({ ok: false, why });
  });
});

const entry = (id: string, parts: Partial<LopEntry> = {}): LopRecord => ({
  id,
  body: lopSchema.parse({
    ...{ limb: "thigh", side: "left", mmhg: 200, cuffWidthCm: 11, posture: "seated" },
    ...{ method: "doppler", at: now - day, ...parts },
  }),
});
const wanted: Wanted = { limb: "thigh", side: "left", cuffWidthCm: 11, posture: "seated" };
const found = (
  entries: readonly LopRecord[],
  parts: Partial<Wanted> = {},
): readonly [string | null, unknown] => {
  const { entry: one, warnings } = fitting(entries, { ...wanted, ...parts }, now, 28);
  return [one?.id ?? null, warnings];
};

describe("the pressure that counts for a limb", () => {
  test("is the newest that fits", () => {
    expect(found([entry("old", { at: now - 9 * day }), entry("new")])).toEqual(["new", []]);
  });

  test("never one of the other side or another limb", () => {
    const other = [entry("right", { side: "right" }), entry("arm", { limb: "arm" })];
    expect(found(other)).toEqual([null, [{ kind: "missing" }]]);
  });

  test("is of the right width before the right posture, and measured before newer", () => {
    const standing = entry("standing", { posture: "standing" });
    const wide = entry("wide", { cuffWidthCm: 18 });
    expect(found([wide, standing])[0]).toBe("standing");
    const estimate = entry("estimate", { method: "estimated" });
    expect(found([estimate, entry("measured", { at: now - 20 * day })])).toEqual(["measured", []]);
  });

  test("is any of the limb's where the plan leaves width and posture open", () => {
    expect(found([entry("wide", { cuffWidthCm: 18 })], { cuffWidthCm: null, posture: null })).toEqual([
      "wide",
      [],
    ]);
  });

  test.each<[string, Partial<LopEntry>, unknown]>([
    ["another width", { cuffWidthCm: 18 }, { kind: "other-width", measuredCm: 18, wantedCm: 11 }],
    [
      "another posture",
      { posture: "supine" },
      { kind: "other-posture", measured: "supine", wanted: "seated" },
    ],
    ["its age", { at: now - 28 * day }, { kind: "too-old", days: 28, afterDays: 28 }],
    ["being an estimate", { method: "estimated" }, { kind: "estimated", seeMmhg: 15.3 }],
  ])("comes with a warning of %s", (_, parts, warning) => {
    expect(found([entry("only", parts)])).toEqual(["only", [warning]]);
  });

  test("has no warning of its age the day before", () => {
    expect(found([entry("only", { at: now - 28 * day + 1 })])).toEqual(["only", []]);
  });

  test("may have several warnings at once", () => {
    const [, warnings] = found([
      entry("only", { cuffWidthCm: 18, posture: "supine", at: 0, method: "estimated" }),
    ]);
    expect(warnings).toHaveLength(4);
  });
});
