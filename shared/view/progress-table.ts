/** Two sessions held against each other, figure by figure. */
import { countsAsAlarm } from "../alarm/policy.ts";
import type { Figures, RecordingRecord } from "../clinic/recording-record.ts";
import type { Limb } from "../plan/prescription.ts";
import { inBand } from "./progress.ts";

/** What a figure is; how it reads is told by its unit. */
export type FigureName =
  | "lasted"
  | "restricted"
  | "inflations"
  | "exercising"
  | "resting"
  | "mean"
  | "peak"
  | "missing"
  | "pain"
  | "exertion"
  | "alarms"
  | "reminders"
  | "load"
  | "oneRm"
  | "sets"
  | "repetitions";
export type FigureUnit = "ms" | "percent" | "mmHg" | "kg" | "ten" | "count";

export type FigureRow = Readonly<{
  name: FigureName;
  unit: FigureUnit;
  a: number | null;
  b: number | null;
  /** b less a; null where one of them is not known. */
  by: number | null;
}>;
export type FigureGroup = Readonly<{
  /** The whole session, one limb, or one exercise. */
  of: null | Limb | string;
  rows: readonly FigureRow[];
}>;

type Session = Pick<RecordingRecord, "figures" | "from" | "to">;

export const differenceTable = (a: Session, b: Session): readonly FigureGroup[] => {
  const row = <T>(
    [name, unit]: readonly [FigureName, FigureUnit],
    of: (one: T) => number | null,
    [one, other]: readonly [T | null, T | null],
  ): FigureRow => {
    const [x, y] = [one === null ? null : of(one), other === null ? null : of(other)];
    return { name, unit, a: x, b: y, by: x === null || y === null ? null : y - x };
  };
  const both = [a, b] as const;
  const figures = [a.figures, b.figures] as const;
  const whole: FigureGroup = {
    of: null,
    rows: [
      row(["lasted", "ms"], (s: Session) => s.to - s.from, both),
      row(["exercising", "percent"], (f: Figures) => inBand(f).exercisingPct, figures),
      row(["resting", "percent"], (f: Figures) => inBand(f).restingPct, figures),
      row(["pain", "ten"], (f: Figures) => f.pain, figures),
      row(["exertion", "ten"], (f: Figures) => f.exertion, figures),
      row(["alarms", "count"], (f: Figures) => f.alarms.length - remindersIn(f), figures),
      ...(figures.some((f) => remindersIn(f) > 0) ? [row(["reminders", "count"], remindersIn, figures)] : []),
    ],
  };
  const limbs = pairs(a.figures.limbs, b.figures.limbs, ({ limb, side }) => `${limb} ${side}`);
  const exercises = pairs(a.figures.exercises, b.figures.exercises, ({ name }) => name.toLowerCase());
  return [
    whole,
    ...limbs.map(({ is, pair }) => ({
      of: { limb: is.limb, side: is.side },
      rows: [
        row(["restricted", "ms"], (l: typeof is) => l.restrictedMs, pair),
        row(["inflations", "count"], (l: typeof is) => l.inflations, pair),
        row(["mean", "mmHg"], (l: typeof is) => l.meanMmhg, pair),
        row(["peak", "mmHg"], (l: typeof is) => l.peakMmhg, pair),
        row(["missing", "ms"], (l: typeof is) => l.missingMs, pair),
      ],
    })),
    ...exercises.map(({ is, pair }) => ({
      of: is.name,
      rows: [
        row(["load", "kg"], (e: typeof is) => e.loadKg, pair),
        row(["oneRm", "percent"], (e: typeof is) => e.pctOneRm, pair),
        row(["sets", "count"], (e: typeof is) => e.setsDone, pair),
        row(["repetitions", "count"], (e: typeof is) => e.repetitions, pair),
      ],
    })),
  ];
};

const remindersIn = ({ alarms }: Figures): number =>
  alarms.filter(({ condition }) => !countsAsAlarm(condition)).length;

/** What is in either of them, each beside its like; null where one of them has none. */
const pairs = <T>(
  a: readonly T[],
  b: readonly T[],
  keyOf: (one: T) => string,
): readonly Readonly<{ is: T; pair: readonly [T | null, T | null] }>[] => {
  const of = (all: readonly T[], key: string): T | null => all.find((one) => keyOf(one) === key) ?? null;
  const keys = new Map([...b, ...a].map((one) => [keyOf(one), one] as const));
  return [...keys].map(([key, is]) => ({ is, pair: [of(a, key), of(b, key)] as const }));
};
