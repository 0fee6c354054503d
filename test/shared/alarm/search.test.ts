/** What is not judged while a cuff looks for the limb occlusion pressure: it squeezes on purpose, and has no target yet. */
import { describe, expect, test } from "vitest";
import type { CuffCondition } from "../../../shared/alarm/policy.ts";
import type { Input } from "../../../shared/engine.ts";
import { alarmLog, heard, meta, run, type Stretch, told } from "../../support/floor.ts";

type Phase = NonNullable<Stretch["phase"]>;
/** What brings a condition about by this second, in a cuff that says this of itself. */
type Course = Readonly<{ by: number; of: (phase: Phase) => readonly Input[] }>;

const stretch = (phase: Phase, from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  heard({ from, to, p: 150, occ: from, phase, ...more });

const courses = {
  "full-occlusion": {
    by: 70,
    of: (phase) => [...stretch(phase, 0, 60), ...stretch(phase, 60, 70, { p: 260 })],
  },
  "pressure-high": { by: 60, of: (phase) => stretch(phase, 0, 60, { p: 170 }) },
  "pressure-low": { by: 60, of: (phase) => stretch(phase, 0, 60, { p: 130 }) },
  "pressure-lost": {
    by: 66,
    of: (phase) => [...stretch(phase, 0, 60), ...stretch(phase, 60, 66, { p: 80 })],
  },
  "peaks-over-lop": {
    by: 60,
    of: (phase) => stretch(phase, 0, 60, { p: (s) => 150 + 105 * Math.max(0, Math.sin((s * Math.PI) / 2)) }),
  },
  drift: {
    by: 100,
    of: (phase) => [
      meta(0, true),
      ...stretch(phase, 0, 60),
      ...stretch(phase, 60, 100, { p: (s) => 150 - Math.max(0, s - 60) / 2 }),
    ],
  },
  "target-differs": { by: 20, of: (phase) => stretch(phase, 0, 20, { tgt: 1750 }) },
  "sensor-frozen": { by: 20, of: (phase) => stretch(phase, 0, 20, { p: () => 150.4 }) },
  "inflated-unassigned": { by: 20, of: (phase) => stretch(phase, 0, 20, { cuff: "stranger" }) },
} as const satisfies Partial<Record<CuffCondition, Course>>;
const rows = Object.entries<Course>(courses) as readonly (readonly [keyof typeof courses, Course])[];

/** Nothing is wrong from here on, in the cuff that the condition is about. */
const well = (condition: CuffCondition, phase: Phase, from: number, to: number): readonly Input[] =>
  stretch(phase, from, to, condition === "inflated-unassigned" ? { cuff: "stranger" } : {});

describe("what is not judged while the cuff looks for the LOP", () => {
  test.each(rows)("%s is not raised, and would be in treatment", (condition, { of }) => {
    expect(alarmLog(run(of("occluded")).facts, condition)[0]).toContain("raised");
    expect(alarmLog(run(of("measuring")).facts, condition)).toEqual([]);
  });

  test.each(rows)("%s that stands already stays until the search is over", (condition, { by, of }) => {
    const before = run(of("occluded"));
    const searched = run(well(condition, "measuring", by, by + 30), before);
    expect(alarmLog(searched.facts, condition)).toEqual(alarmLog(before.facts, condition));
    const treated = run(well(condition, "occluded", by + 30, by + 40), searched);
    expect(alarmLog(treated.facts, condition).slice(alarmLog(before.facts, condition).length)[0]).toContain(
      "cleared",
    );
  });

  test("a leak that the cuff tells of is not drift yet", () => {
    const inputs = (phase: Phase) => [
      ...stretch(phase, 0, 20),
      told(20, { kind: "leak" }),
      ...stretch(phase, 20, 40),
    ];
    expect(alarmLog(run(inputs("occluded")).facts, "drift")).toHaveLength(1);
    expect(alarmLog(run(inputs("measuring")).facts, "drift")).toEqual([]);
  });

  test("nothing at all, however high it goes", () => {
    const r = run(stretch("measuring", 0, 100, { p: (s) => 100 + (s % 50) * 5, tgt: 2000 }));
    expect(alarmLog(r.facts)).toEqual([]);
  });
});
