/** Where everything of a limb's trace stands on paper, in millimetres. */
import type { RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { type CuffId, cuffId } from "../../shared/ids.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import type { Account } from "../../shared/recording/account.ts";
import type { Recorded } from "../../shared/recording/recorded.ts";
import { stretchesOf, traceOf } from "../../shared/recording/trace.ts";
import { decimate } from "../../shared/recording/trace-view.ts";
import type { Priority } from "../../shared/alarm/policy.ts";
import { monotonic, type Monotonic } from "../../shared/units.ts";
import type { AlarmRow } from "../../shared/view/report-alarms.ts";

export type Box = Readonly<{ x: number; y: number; width: number; height: number }>;
export type Mark = Readonly<{ x: number; number: number; priority: Priority; row: number }>;
export type Tick = Readonly<{ at: number; label: string }>;

export type Plot = Readonly<{
  limb: Limb;
  cuffs: readonly CuffId[];
  /** The line, and the parts of it that came later. */
  line: string;
  later: string;
  bands: readonly Box[];
  targets: readonly Box[];
  missing: readonly Box[];
  sets: readonly (Box & Readonly<{ label: string }>)[];
  alarms: readonly Mark[];
  xTicks: readonly Tick[];
  yTicks: readonly Tick[];
  inflations: readonly Box[];
}>;

/** The drawing, and within it the part in which pressures stand. */
export const paper = {
  width: 182,
  height: 58,
  left: 9,
  right: 181,
  top: 9,
  bottom: 47,
  sets: 48.2,
  ticks: 56.5,
} as const;
/** So many columns of the trace are told apart: five to a millimetre, a printer of 600 dpi has twenty-three. */
const columns = 900;
/** Numbers of alarms that are nearer to each other than this, in mm, stand in two rows. */
const markWidth = 3.6;

export const plotsOf = (
  recorded: Recorded,
  account: Account,
  { cuffs }: Pick<RecordingRecord, "cuffs">,
  alarms: readonly AlarmRow[],
): readonly Plot[] => {
  const limbs = [...Map.groupBy(cuffs, (c) => `${c.side} ${c.limb}`).values()];
  return limbs.flatMap((worn) => {
    const [first] = worn;
    if (first === undefined) return [];
    const own = [...new Set(worn.map((w) => cuffId(w.cuff)))];
    const limb: Limb = { limb: first.limb, side: first.side };
    return [plotOf(recorded, account, { limb, cuffs: own }, alarms)];
  });
};

const plotOf = (
  recorded: Recorded,
  account: Account,
  { limb, cuffs }: Pick<Plot, "limb" | "cuffs">,
  alarms: readonly AlarmRow[],
): Plot => {
  const { from, to } = recorded;
  const { left, right, top, bottom, sets } = paper;
  const x = (at: number): number => round(left + ((right - left) * (at - from)) / Math.max(1, to - from));
  const traces = cuffs.map((cuff) => traceOf(recorded, cuff));
  const drawn = traces.map((trace) => decimate(trace, from, to, columns));
  const aims = account.inflations.filter((i) => cuffs.includes(i.cuff));
  const highest = Math.max(
    ...drawn.flatMap((d) => [...d.mmHg].filter((v) => !Number.isNaN(v))),
    ...aims.map((i) => (i.target ?? 0) + (i.tolerance ?? 0)),
    60,
  );
  const most = Math.ceil((highest * 1.04) / 50) * 50;
  const y = (mmHg: number): number => round(bottom - ((bottom - top) * Math.max(0, mmHg)) / most);
  const end = (i: (typeof aims)[number]): Monotonic => i.to ?? to;
  const across = (begin: number, over: number): Pick<Box, "x" | "width"> => {
    const [a, b] = [x(Math.max(from, begin)), x(Math.min(to, over))];
    return { x: a, width: round(Math.max(0, b - a)) };
  };
  const aimed = aims.flatMap((i) =>
    i.target === null || i.tolerance === null ? [] : [{ ...i, target: i.target, tolerance: i.tolerance }],
  );
  return {
    ...{ limb, cuffs },
    line: drawn.map((d) => pathOf(d, x, y, () => true)).join(""),
    later: drawn.map((d) => pathOf(d, x, y, (q) => q === 2)).join(""),
    bands: aimed.map((i) => ({
      ...across(i.from, end(i)),
      y: y(i.target + i.tolerance),
      height: round(y(i.target - i.tolerance) - y(i.target + i.tolerance)),
    })),
    targets: aimed.map((i) => ({ ...across(i.from, end(i)), y: y(i.target), height: 0 })),
    missing: missingIn(traces, from, to).map((s) => ({
      ...across(s.from, s.to),
      y: top,
      height: bottom - top,
    })),
    inflations: aims.map((i) => ({ ...across(i.from, end(i)), y: bottom - 0.6, height: 0.6 })),
    sets: account.sets.map((s) => ({
      ...across(s.from, s.to ?? to),
      ...{ y: sets, height: 2.6, label: `${s.exercise + 1}.${s.set}` },
    })),
    alarms: marksOf(
      alarms.filter((a) => a.cuff === null || cuffs.includes(a.cuff)),
      x,
    ),
    xTicks: minutesOf(from, to).map((m) => ({ at: x(from + m * 60_000), label: String(m) })),
    yTicks: steps(most, most > 200 ? 100 : 50).map((v) => ({ at: y(v), label: String(v) })),
  };
};

const round = (mm: number): number => Math.round(mm * 100) / 100;

/** A line through the points that `which` holds for; it ends where nothing is known. */
const pathOf = (
  { at, mmHg, quality }: Readonly<{ at: Float64Array; mmHg: Float32Array; quality: Uint8Array }>,
  x: (at: number) => number,
  y: (mmHg: number) => number,
  which: (quality: number) => boolean,
): string => {
  let path = "";
  let down = false;
  for (let i = 0; i < at.length; i++) {
    const value = mmHg[i] ?? NaN;
    if (Number.isNaN(value) || !which(quality[i] ?? 0)) {
      down = false;
      continue;
    }
    path += `${down ? "L" : "M"}${x(at[i] ?? 0)} ${y(value)}`;
    down = true;
  }
  return path;
};

/** Where no cuff of the limb has a reading: one that was swapped is silent while the other speaks. */
const missingIn = (
  traces: readonly ReturnType<typeof traceOf>[],
  from: Monotonic,
  to: Monotonic,
): readonly Readonly<{ from: Monotonic; to: Monotonic }>[] =>
  traces
    .map((trace) => stretchesOf(trace, from, to).filter((s) => s.is === "missing"))
    .reduce<readonly Readonly<{ from: Monotonic; to: Monotonic }>[]>(
      (all, own) =>
        all.flatMap((a) =>
          own.flatMap((b) => {
            const [begin, over] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
            return over > begin ? [{ from: monotonic(begin), to: monotonic(over) }] : [];
          }),
        ),
      [{ from, to }],
    );

/** Two rows, so that numbers beside each other can be read. */
const marksOf = (alarms: readonly AlarmRow[], x: (at: number) => number): readonly Mark[] => {
  const ends = [-Infinity, -Infinity];
  return alarms.map(({ at, number, priority }) => {
    const here = x(at);
    const row = here >= (ends[0] ?? 0) ? 0 : 1;
    ends[row] = here + markWidth;
    return { x: here, number, priority, row };
  });
};

const minutesOf = (from: Monotonic, to: Monotonic): readonly number[] => {
  const minutes = (to - from) / 60_000;
  const step = [1, 2, 5, 10, 20, 30, 60, 120].find((s) => minutes / s <= 12) ?? 240;
  return steps(minutes, step);
};
const steps = (to: number, by: number): readonly number[] =>
  Array.from({ length: Math.floor(to / by) + 1 }, (_, i) => i * by);
