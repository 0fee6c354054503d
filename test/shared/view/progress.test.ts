import { expect, test } from "vitest";
import type { Figures, RecordingRecord } from "../../../shared/clinic/recording-record.ts";
import type { LopEntry } from "../../../shared/plan/limb-occlusion.ts";
import { monotonic } from "../../../shared/units.ts";
import { beginnings, type Laid } from "../../../shared/view/overlay.ts";
import {
  exerciseProgress,
  lopHistory,
  type OfSession,
  sessionBefore,
} from "../../../shared/view/progress.ts";
import { differenceTable } from "../../../shared/view/progress-table.ts";
import { noon, recordingRecord, someFigures } from "../../support/recording-record.ts";

type Exercise = Figures["exercises"][number];

const day = 86_400_000;
const [limb] = someFigures.limbs;
const [press] = someFigures.exercises;
if (limb === undefined || press === undefined) throw new Error("There is a limb and an exercise.");

const session = (
  id: string,
  {
    exercises = [press],
    figures = {},
    ...rest
  }: Partial<Omit<RecordingRecord, "figures">> & { exercises?: Exercise[]; figures?: Partial<Figures> },
): OfSession => ({
  id,
  body: recordingRecord({ figures: { ...someFigures, ...figures, exercises }, ...rest }),
});

test("an exercise has a point a session in the order of time, and gaps where nothing is known", () => {
  const sessions = [
    session("late", {
      startedAt: noon + 2 * day,
      source: "imported",
      exercises: [{ ...press, name: "Leg Press", loadKg: null, repetitions: null }],
      figures: {
        ...{ pain: null, exertion: null },
        limbs: [{ ...limb, exercising: { inMs: 0, ofMs: 0 } }],
      },
    }),
    session("early", {
      startedAt: noon,
      exercises: [press, { ...press, name: "Cycling", kind: "free", loadKg: null }],
    }),
    session("gone", { startedAt: noon + day, removed: { why: "outlived", at: noon + 9 * day } }),
  ];
  const [leg, cycling, ...more] = exerciseProgress(sessions);
  expect(more).toEqual([]);
  expect(leg?.name).toBe("Leg Press");
  expect(leg?.points.map((p) => [p.session, p.source, p.removed])).toEqual([
    ["early", "recorded", null],
    ["gone", "recorded", "outlived"],
    ["late", "imported", null],
  ]);
  expect(leg?.points[0]).toMatchObject({
    ...{ loadKg: 40, pctOneRm: 30, repetitions: 45, repetitionsPlanned: 45, restrictedMs: 300_000 },
    ...{ restingPct: 100, pain: 3, exertion: 6 },
  });
  expect(leg?.points[0]?.exercisingPct).toBeCloseTo(83.3, 1);
  expect(leg?.points[2]).toMatchObject({
    ...{ loadKg: null, repetitions: null, exercisingPct: null, pain: null, exertion: null },
  });
  expect(cycling?.points[0]?.restrictedMs).toBeNull();
});

test("an exercise that came twice in a session is one point, and an uncounted part leaves its sum unknown", () => {
  const of = (exercises: Exercise[]) => exerciseProgress([session("s", { exercises })])[0]?.points[0];
  expect(of([press, { ...press, loadKg: 45 }])).toMatchObject({
    ...{ loadKg: 45, repetitions: 90, restrictedMs: 600_000 },
  });
  expect(of([press, { ...press, repetitions: null }])?.repetitions).toBeNull();
  // A load that stands in the plan only was not lifted.
  expect(of([{ ...press, setsDone: 0 }])?.loadKg).toBeNull();
  expect(exerciseProgress([session("s", { exercises: [] })])).toEqual([]);
});

test("a warm-up that is in every session comes after what was restricted or had a load", () => {
  const walk: Exercise = { ...press, name: "Walk", kind: "free", loadKg: null, pctOneRm: null };
  const curl: Exercise = { ...press, name: "Curl", kind: "free", loadKg: 8 };
  const sessions = [
    session("a", { exercises: [walk, curl] }),
    session("b", { exercises: [walk, curl] }),
    session("c", { exercises: [walk, press] }),
  ];
  expect(exerciseProgress(sessions).map(({ name }) => name)).toEqual(["Curl", press.name, "Walk"]);
});

const lop = (changes: Partial<LopEntry>): LopEntry => ({
  ...{ limb: "thigh", side: "left", mmhg: 200, cuffWidthCm: 13, posture: "seated", method: "doppler" },
  ...{ at: noon, from: null, note: "" },
  ...changes,
});

test("limb occlusion pressures are joined by limb, width and posture only, and an estimate is one", () => {
  const history = lopHistory([
    lop({ at: noon + 2 * day, mmhg: 206 }),
    lop({ at: noon, mmhg: 200 }),
    lop({ at: noon + day, posture: "supine", mmhg: 187 }),
    lop({ cuffWidthCm: 18, method: "estimated", mmhg: 180 }),
    lop({ side: "right" }),
  ]);
  expect(history.map((h) => h.limb.side)).toEqual(["left", "right"]);
  expect(history[0]?.series.map((s) => [s.cuffWidthCm, s.posture, s.points.map((p) => p.mmHg)])).toEqual([
    [13, "seated", [200, 206]],
    [18, "seated", [180]],
    [13, "supine", [187]],
  ]);
  expect(history[0]?.series[1]?.points[0]).toMatchObject({ estimated: true, method: "estimated" });
});

test("the session before is the last one that can still be looked at", () => {
  const all = [
    session("c", { startedAt: noon + 2 * day }),
    session("b", { startedAt: noon + day, removed: { why: "erased", at: noon } }),
    session("a", { startedAt: noon }),
  ];
  expect(sessionBefore(all, "c")).toBe("a");
  expect(sessionBefore(all, "a")).toBeNull();
  expect(sessionBefore(all, "no such")).toBeNull();
});

test("figures are told apart limb by limb and exercise by exercise; what one has not stays unknown", () => {
  const a = recordingRecord();
  const b = recordingRecord({
    to: 661_000,
    figures: {
      ...someFigures,
      limbs: [{ ...limb, side: "right" }],
      exercises: [{ ...press, loadKg: 42.5 }],
      pain: null,
    },
  });
  const groups = differenceTable(a, b);
  const row = (of: number, name: string) => groups[of]?.rows.find((r) => r.name === name);
  expect(row(0, "lasted")).toMatchObject({ a: 600_000, b: 660_000, by: 60_000 });
  expect(row(0, "pain")).toMatchObject({ a: 3, b: null, by: null });
  expect(groups.map(({ of }) => of)).toEqual([
    null,
    { limb: "thigh", side: "right" },
    { limb: "thigh", side: "left" },
    "Leg press",
  ]);
  expect(row(1, "restricted")).toMatchObject({ a: null, b: 300_000, by: null });
  expect(row(3, "load")).toMatchObject({ a: 40, b: 42.5, by: 2.5 });
});

test("reminders of a release are no alarms of either session", () => {
  const soon = { condition: "release-soon", priority: "low", answeredAfterMs: null, lastedMs: 9000 } as const;
  const reminded = recordingRecord({ figures: { ...someFigures, alarms: [soon, soon] } });
  const [whole] = differenceTable(recordingRecord(), reminded);
  const row = (name: string) => whole?.rows.find((r) => r.name === name);
  expect(row("alarms")).toMatchObject({ a: 2, b: 0, by: -2 });
  expect(row("reminders")).toMatchObject({ a: 0, b: 2, by: 2 });
  const [without] = differenceTable(recordingRecord(), recordingRecord());
  expect(without?.rows.map(({ name }) => name)).not.toContain("reminders");
});

test("two sessions begin together at the first inflation, or at a set that both had", () => {
  const laid = (from: number, more: Partial<Laid> = {}): Laid => ({
    from: monotonic(from),
    inflations: [{ from: monotonic(from + 900) }, { from: monotonic(from + 100) }],
    sets: [
      { exercise: 0, set: 1, from: monotonic(from + 200) },
      { exercise: 1, set: 1, from: monotonic(from + 300) },
    ],
    exercises: ["Leg press", "Cycling"],
    ...more,
  });
  const other = laid(5000, { exercises: ["Squat", "leg press"], inflations: [] });
  expect(beginnings(laid(1000), other)).toEqual([
    { key: "first", set: null, a: 1100, b: 5000 },
    { key: "Leg press/1", set: { exercise: "Leg press", number: 1 }, a: 1200, b: 5300 },
  ]);
});
