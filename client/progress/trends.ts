/** The small pictures of one exercise: which there are, and what each shows. */
import type { ExerciseProgress, ProgressPoint } from "../../shared/view/progress.ts";
import { progressWords as words } from "../../shared/view/progress-words.ts";
import { dayOf } from "../desk/when.ts";
import type { Picture, PointLook, TrendLine } from "./trend-chart.ts";

type Values = Readonly<{ label: string; of: (point: ProgressPoint) => number | null }>;
export type TrendName = keyof typeof words.plots;
export type Trend = Readonly<{
  name: TrendName;
  values: readonly [Values, ...Values[]];
  top: number | null;
  text: (value: number) => string;
}>;

const oneDecimal = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const with_ = (format: Intl.NumberFormat, unit: string) => (value: number) =>
  `${format.format(value)}${unit}`;

const { plots, series } = words;
const all: readonly Trend[] = [
  {
    name: "load",
    values: [{ label: plots.load.title, of: (p) => p.loadKg }],
    top: null,
    text: with_(oneDecimal, " kg"),
  },
  {
    name: "oneRm",
    values: [{ label: plots.oneRm.title, of: (p) => p.pctOneRm }],
    top: null,
    text: with_(oneDecimal, " %"),
  },
  {
    name: "repetitions",
    values: [
      { label: series.done, of: (p) => p.repetitions },
      { label: series.planned, of: (p) => p.repetitionsPlanned },
    ],
    ...{ top: null, text: with_(whole, "") },
  },
  {
    name: "restricted",
    values: [
      {
        label: plots.restricted.title,
        of: (p) => (p.restrictedMs === null ? null : p.restrictedMs / 60_000),
      },
    ],
    ...{ top: null, text: with_(oneDecimal, " min") },
  },
  {
    name: "band",
    values: [
      { label: series.exercising, of: (p) => p.exercisingPct },
      { label: series.resting, of: (p) => p.restingPct },
    ],
    ...{ top: 100, text: with_(whole, " %") },
  },
  {
    name: "pain",
    values: [{ label: plots.pain.title, of: (p) => p.pain }],
    top: 10,
    text: with_(whole, " of 10"),
  },
  {
    name: "exertion",
    values: [{ label: plots.exertion.title, of: (p) => p.exertion }],
    top: 10,
    text: with_(whole, " of 10"),
  },
];

/** Those that this exercise can have: no share of a maximum where none was ever said, nothing of a cuff for work without one. */
export const trendsOf = ({ kind, points }: ExerciseProgress): readonly Trend[] =>
  all.filter(({ name, values: [first] }) => {
    if (name === "oneRm") return points.some((point) => first.of(point) !== null);
    return kind === "restricted" || (name !== "restricted" && name !== "band");
  });

const looks = {
  recorded: "full",
  demonstration: "hollow",
  imported: "square",
} as const satisfies Record<ProgressPoint["source"], PointLook>;

export const pictureOf = (
  { values, top, text }: Trend,
  { points }: ExerciseProgress,
  common: Pick<Picture, "range" | "events">,
): Picture => ({
  ...common,
  ...{ top, text, dayOf, fromZero: true },
  lines: values.map(({ label, of }): TrendLine => ({
    label,
    points: points.map((p) => ({
      at: p.at,
      value: of(p),
      look: p.removed === null ? looks[p.source] : "cross",
    })),
  })),
});

/** What is to be known of a session beside its values: where it came from, how it ended, and that its facts are gone. */
export const markOf = ({
  source,
  outcome,
  removed,
}: Pick<ProgressPoint, "source" | "outcome" | "removed">): string =>
  [
    ...(source === "recorded" ? [] : [words.marks[source]]),
    ...(outcome === "completed" ? [] : [words.outcomes[outcome ?? "unknown"]]),
    ...(removed === null ? [] : [words.removed[removed]]),
  ].join(", ");
