/** That no limit can be ignored unnoticed: each has a case in which another choice changes what happens. */
import { describe, expect, test } from "vitest";
import { type ChosenLimits, type LimitName, limitNames } from "../../../shared/alarm/limits.ts";
import { type Input, openAlarms } from "../../../shared/engine.ts";
import { cuffId } from "../../../shared/ids.ts";
import type { ClassFile } from "../../../shared/plan/roster.ts";
import { millis, mmhg } from "../../../shared/units.ts";
import {
  acknowledge,
  alarmLog,
  at,
  classOf,
  floorOf,
  heard,
  inRoom,
  meta,
  note,
  run,
  type Stretch,
  tick,
  told,
} from "../../support/floor.ts";

/** What becomes of these inputs under these choices of the clinic: "61.0 full-occlusion raised high". */
const becomes = (limits: ChosenLimits, inputs: readonly Input[], file: ClassFile = classOf()): string[] =>
  alarmLog(run(inputs, floorOf({ ...file, limits })).facts);

const up = (from: number, to: number, more: Partial<Stretch> = {}): readonly Input[] =>
  heard({ from, to, p: 150, occ: from, ...more });
const down = (from: number, to: number): readonly Input[] => heard({ from, to, p: 2, phase: "idle", tgt: 0 });
/** A repetition of 4 s on this level whose peak is so high. */
const reps = (from: number, to: number, peak: number, level = 150): readonly Input[] =>
  up(from, to, { p: (s) => level + (peak - level) * Math.max(0, Math.sin((s * Math.PI) / 2)) });
/** A motion about a level that neither rests nor peaks at the LOP. */
const moving = (from: number, to: number, level: number): readonly Input[] =>
  up(from, to, { p: (s) => level + 8 * Math.sin(s * 3) });
const basic = (from: number, to: number, p: number): readonly Input[] =>
  Array.from({ length: to - from }, (_, i) => ({
    kind: "basic",
    at: at(from + i),
    cuff: cuffId("cuff-1"),
    pressure: mmhg(p),
    freshFor: millis(3000),
  }));
/** A cuff that says that it is regulated, and whether its pump runs. */
const regulated = (to: number, more: Partial<Stretch>): readonly Input[] => [
  meta(0, true),
  ...heard({ from: 0, to, p: 150, pump: false, ...more }),
];
const clockFast = (speed: number, to: number): readonly Input[] =>
  Array.from({ length: to }, (_, s) => up(s, s + 1, { occ: s * speed })).flat();

/** For each limit another choice, what is done to a floor, and the second of the first line about it, as usual and as chosen; null: none. */
type Row = readonly [
  chosen: ChosenLimits,
  inputs: readonly Input[],
  line: RegExp,
  usual: number | null,
  chosenAt: number | null,
  file?: ClassFile,
];

const rows = {
  releaseSoonS: [{ releaseSoonS: 20 }, up(0, 65), /release-soon raised/, 20, 60, classOf({ limitS: 80 })],
  overrunHighAfterS: [
    { overrunHighAfterS: 20 },
    up(0, 130),
    /overrun is high/,
    120,
    80,
    classOf({ limitS: 60 }),
  ],
  releaseWithinS: [
    { releaseWithinS: 5 },
    [...up(0, 20), ...up(20, 40, { phase: "releasing", tgt: 0 })],
    /release-failed raised/,
    30,
    25,
  ],
  sessionLimitMin: [
    { sessionLimitMin: 5 },
    [...up(0, 10), tick(1900)],
    /session-overrun raised/,
    1800,
    300,
    classOf({ limitS: 600 }),
  ],
  fullOcclusionForS: [
    { fullOcclusionForS: 1 },
    [...up(0, 60), ...up(60, 65, { p: 260 })],
    /full-occlusion raised/,
    63,
    61,
  ],
  absoluteCapMmhg: [
    { absoluteCapMmhg: 240 },
    [...up(0, 60), ...up(60, 61, { p: 245 })],
    /full-occlusion raised/,
    null,
    60,
  ],
  measuringForS: [
    { measuringForS: 30 },
    up(0, 130, { phase: "measuring" }),
    /measuring-too-long raised/,
    120,
    30,
  ],
  peaksInARow: [{ peaksInARow: 5 }, reps(0, 60, 255), /peaks-over-lop raised/, 13, 21],
  settingPct: [
    { settingPct: 20, settingMmhg: 2 },
    up(0, 30, { tgt: 1750 }),
    /target-differs raised/,
    7,
    null,
  ],
  settingMmhg: [{ settingMmhg: 20 }, up(0, 30, { tgt: 1650 }), /target-differs raised/, 7, null],
  settingForS: [{ settingForS: 10 }, up(0, 30, { tgt: 1700 }), /target-differs raised/, 7, 12],
  exercisePct: [
    { exercisePct: 30, exerciseMmhg: 5 },
    [meta(0, true), ...moving(0, 80, 175)],
    /pressure-high raised/,
    40,
    null,
  ],
  exerciseMmhg: [
    { exerciseMmhg: 40 },
    [meta(0, true), ...moving(0, 80, 175)],
    /pressure-high raised/,
    40,
    null,
  ],
  restPct: [{ restPct: 20, restMmhg: 5 }, up(0, 60, { p: 170 }), /pressure-high raised/, 35, null],
  restMmhg: [{ restMmhg: 25 }, up(0, 60, { p: 170 }), /pressure-high raised/, 35, null],
  restForS: [{ restForS: 10 }, up(0, 60, { p: 170 }), /pressure-high raised/, 35, 40],
  driftAheadS: [
    { driftAheadS: 120 },
    regulated(300, { p: (s) => 150 - Math.max(0, s - 60) / 20 + (Math.round(s * 5) % 2) / 10 }),
    /drift raised/,
    null,
    245,
  ],
  pumpForS: [{ pumpForS: 15 }, regulated(90, { pump: true }), /drift raised/, 44, 52],
  lostPct: [{ lostPct: 80 }, [...up(0, 60), ...up(60, 66, { p: 112 })], /pressure-lost raised/, null, 62],
  lostForS: [{ lostForS: 4 }, [...up(0, 60), ...up(60, 66, { p: 80 })], /pressure-lost raised/, 62, 64],
  silentAfterS: [{ silentAfterS: 8 }, [...up(0, 20), tick(60)], /silent raised/, 23, 28],
  silentDownAfterS: [{ silentDownAfterS: 60 }, [...down(0, 20), tick(120)], /silent raised/, 50, 80],
  frozenForS: [
    { frozenForS: 10 },
    [...up(0, 20), ...up(20, 40, { p: () => 150.4 })],
    /sensor-frozen raised/,
    25,
    30,
  ],
  frozenBasicForS: [
    { frozenBasicForS: 20 },
    [...basic(0, 5, 149), ...basic(5, 80, 150)],
    /sensor-frozen raised/,
    65,
    25,
  ],
  clockApartS: [{ clockApartS: 1 }, clockFast(1.02, 150), /clock-disagrees raised/, 112, 62],
  unassignedForS: [
    { unassignedForS: 30 },
    up(0, 40, { cuff: "stranger" }),
    /inflated-unassigned raised/,
    10,
    30,
  ],
  batteryLowPct: [{ batteryLowPct: 40 }, up(0, 5, { pct: 30 }), /battery raised/, null, 0],
  batteryEmptyPct: [{ batteryEmptyPct: 18 }, up(0, 5, { pct: 15 }), /battery raised medium/, null, 0],
  painOver: [
    { painOver: 5 },
    [...up(0, 10), note(10, { kind: "pain", score: 6 })],
    /stop-advised raised/,
    null,
    10,
  ],
  refillOverS: [
    { refillOverS: 4 },
    [...up(0, 10), note(10, { kind: "refill", seconds: 4 })],
    /stop-advised raised/,
    10,
    null,
  ],
  unheardForS: [
    { unheardForS: 10 },
    [{ kind: "listening", at: at(0), screens: 0 }, ...up(0, 20)],
    /nobody-listening raised/,
    7,
    12,
  ],
} as const satisfies Partial<Record<LimitName, Row>>;

describe("every limit reaches what it is about: another choice changes when it happens, or whether", () => {
  test.each(Object.entries<Row>(rows))("%s", (_, [chosen, inputs, line, usual, chosenAt, file]) => {
    const first = (limits: ChosenLimits): number | null => {
      const found = becomes(limits, inputs, file).find((l) => line.test(l));
      return found === undefined ? null : Math.round(Number(found.split(" ")[0]));
    };
    expect([first({}), first(chosen)]).toEqual([usual, chosenAt]);
  });

  const answers = {
    silencesHighS: () => until({ silencesHighS: 10 }, shut),
    silencesS: () => until({ silencesS: 30 }, fault),
    pauseForS: () => {
      const paused = (limits: ChosenLimits): number => {
        const { state } = run([inRoom(10, { kind: "pause-sound" })], floorOf({ ...classOf(), limits }));
        return ((state.room.pause?.until ?? NaN) - at(10)) / 1000;
      };
      return [paused({}), paused({ pauseForS: 40 })] as const;
    },
    remindAfterS: () => {
      const reminded = (limits: ChosenLimits): number => {
        const { facts } = run([...shut, ...up(10, 100, { p: 305 })], floorOf({ ...classOf(), limits }));
        return (facts.find((f) => f.kind === "alarm-reminded")?.at ?? NaN) / 1000;
      };
      return [reminded({}), reminded({ remindAfterS: 20 })] as const;
    },
  } as const satisfies Partial<Record<LimitName, () => readonly [number, number]>>;
  const shut = up(0, 10, { p: 305 });
  const fault: readonly Input[] = [...up(0, 9), told(9, { kind: "fault", code: "E1" }), ...up(9, 10)];
  /** For how long an answer silences what these bring about, as usual and as chosen; in seconds. */
  const until = (chosen: ChosenLimits, inputs: readonly Input[]): readonly [number, number] => {
    const silenced = (limits: ChosenLimits): number => {
      const before = run(inputs, floorOf({ ...classOf(), limits }));
      const [alarm] = openAlarms(before.state);
      const [answered] = openAlarms(run([acknowledge(10, alarm)], before).state);
      return ((answered?.acknowledged?.until ?? NaN) - at(10)) / 1000;
    };
    return [silenced({}), silenced(chosen)];
  };
  test("silencesHighS", () => {
    expect(answers.silencesHighS()).toEqual([30, 10]);
  });
  test("silencesS", () => {
    expect(answers.silencesS()).toEqual([120, 30]);
  });
  test("pauseForS", () => {
    expect(answers.pauseForS()).toEqual([120, 40]);
  });
  test("remindAfterS", () => {
    expect(answers.remindAfterS()).toEqual([60, 20]);
  });

  test("none is left out", () => {
    expect([...Object.keys(rows), ...Object.keys(answers)].sort()).toEqual([...limitNames].sort());
  });
});
