/** What the alarm bench found, as figures and as a page for people. */
import { conditions } from "../../../shared/alarm/policy.ts";
import type { Figure, Unit } from "../figure.ts";
import { percentile } from "../statistics.ts";
import { faultKinds, type Judged } from "./fault.ts";
import { isRegulated, modelNames } from "./person.ts";
import { type Healthy, together } from "./session.ts";
import type { Done } from "./work.ts";

const bench = "alarms";
/** Healthy regulated cuffs may say none of these. */
const falseWhereRegulated = ["drift", "pressure-high", "pressure-low"];
const classSize = 12;

const figure = (name: string, value: number, unit: Unit, under: Figure["with"] = {}): Figure => ({
  bench,
  figure: name,
  value,
  unit,
  with: under,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const of = (counts: Healthy["counts"], names: readonly string[]): number =>
  sum(names.map((name) => counts[name] ?? 0));
const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** All figures: first those of the last table of docs/alarms.md, then what lies behind them. */
export const figuresOf = ({ healthy, judged }: Done, seed: number): Figure[] => {
  const models = modelNames.map((model) => ({
    regulated: isRegulated(model),
    ...together(healthy, model),
  }));
  const under = { seed };
  const regulated = models.filter((model) => model.regulated);
  const unregulated = models.filter((model) => !model.regulated);
  const missed = judged.filter((one) => one.foundAfterMs === null);
  const leaks = judged.filter((one) => one.beforeExit !== null);
  const overruns = judged.filter((one) => one.kind === "overrun");
  const besides = sum(
    regulated.map(({ counts }) => sum(Object.values(counts)) - (counts["release-soon"] ?? 0)),
  );
  const hours = sum(regulated.map((model) => model.hours));
  return [
    figure("injected", judged.length, "faults", under),
    figure("missed", missed.length, "faults", under),
    figure("said-anyway", judged.filter((one) => one.saidAnyway).length, "faults", under),
    figure("overrun-delay-p99", percentile(present(overruns.map((one) => one.foundAfterMs)), 0.99), "ms", {
      ...under,
      cuffs: 32,
    }),
    figure(
      "false-regulated",
      sum(regulated.map(({ counts }) => of(counts, falseWhereRegulated))),
      "alarms",
      under,
    ),
    figure("unregulated-most-a-set", Math.max(...unregulated.map((m) => m.mostASet)), "alarms", under),
    figure("unregulated-above-low", sum(unregulated.map((m) => m.aboveLow)), "alarms", under),
    figure(
      "leak-before-exit",
      leaks.filter((one) => one.beforeExit === true).length / leaks.length,
      "share",
      {
        ...under,
        leaks: leaks.length,
      },
    ),
    figure("per-10-min-class-12", (besides / (hours * 6)) * classSize, "alarms", under),
    ...models.flatMap(({ model, hours: lived, counts, trueOcclusions, tourniquetAlarms }) => [
      figure("patient-hours", lived, "h", { ...under, model }),
      figure("injected", judged.filter((one) => one.model === model).length, "faults", { ...under, model }),
      figure("missed", missed.filter((one) => one.model === model).length, "faults", { ...under, model }),
      figure("true-full-occlusions", trueOcclusions, "alarms", { ...under, model }),
      figure("tourniquet-alarms-an-hour", tourniquetAlarms / lived, "alarms", { ...under, model }),
      ...conditions
        .filter((condition) => condition !== "release-soon")
        .map((condition) =>
          figure("healthy-alarms-an-hour", (counts[condition] ?? 0) / lived, "alarms", {
            ...under,
            model,
            condition,
          }),
        ),
    ]),
    ...faultKinds.flatMap((fault) => {
      const own = judged.filter((one) => one.kind === fault);
      return [
        figure("injected", own.length, "faults", { ...under, fault }),
        ...delays(own, fault, "engine", (one) => one.foundAfterMs),
        ...delays(own, fault, "tourniquet", (one) => one.tourniquetAfterMs),
      ];
    }),
  ];
};

const delays = (
  own: readonly Judged[],
  fault: string,
  rule: string,
  after: (one: Judged) => number | null,
): Figure[] => {
  const found = present(own.map(after));
  const under = { fault, rule };
  return [
    figure("missed", own.length - found.length, "faults", under),
    ...(found.length === 0
      ? []
      : [
          figure("delay-p50", percentile(found, 0.5), "ms", under),
          figure("delay-p95", percentile(found, 0.95), "ms", under),
          figure("delay-max", percentile(found, 1), "ms", under),
        ]),
  ];
};

/** What each figure must show (docs/alarms.md). */
const mustShow: Readonly<Record<string, string>> = {
  injected: "at least 2000",
  missed: "0",
  "overrun-delay-p99": "at most 100 ms",
  "false-regulated": "0",
  "unregulated-most-a-set": "at most 1, low",
  "unregulated-above-low": "0",
  "leak-before-exit": "at least 0.95",
  "per-10-min-class-12": "at most 1",
};

const seconds = (found: Figure | undefined): string =>
  found === undefined ? "–" : `${(found.value / 1000).toFixed(1)} s`;

/** The page for people. */
export const pageOf = (figures: readonly Figure[], { judged }: Done): string => {
  const heads = figures.filter((f) => f.figure in mustShow && !("fault" in f.with || "model" in f.with));
  const faultOf = (fault: string, rule: string, name: string) =>
    figures.find((f) => f.figure === name && f.with["fault"] === fault && f.with["rule"] === rule);
  const found = (fault: string, rule: string) => [
    String(faultOf(fault, rule, "missed")?.value ?? "–"),
    ...["delay-p50", "delay-p95", "delay-max"].map((name) => seconds(faultOf(fault, rule, name))),
  ];
  return [
    columns([
      ["", "found", "must show"],
      ...heads.map((f) => [f.figure, `${Number(f.value.toFixed(3))} ${f.unit}`, mustShow[f.figure] ?? ""]),
    ]),
    columns([
      [
        "fault",
        "injected",
        "missed",
        "median",
        "95 %",
        "longest",
        "tourniquet rule missed",
        "median",
        "95 %",
        "longest",
      ],
      ...faultKinds.map((fault) => [
        fault,
        String(judged.filter((one) => one.kind === fault).length),
        ...found(fault, "engine"),
        ...found(fault, "tourniquet"),
      ]),
    ]),
    columns([
      [
        "cuff model",
        "faults",
        "missed",
        "healthy hours",
        "tourniquet rule, alarms an hour",
        "engine, alarms an hour",
      ],
      ...modelNames.map((model) => {
        const own = figures.filter((f) => f.with["model"] === model);
        const whole = (name: string) => String(own.find((f) => f.figure === name)?.value ?? "–");
        const value = (name: string) => own.find((f) => f.figure === name)?.value.toFixed(1) ?? "–";
        const raised = own.filter((f) => f.figure === "healthy-alarms-an-hour" && f.value > 0);
        const list = raised.map((f) => `${f.value.toFixed(2)} ${String(f.with["condition"])}`).join(", ");
        return [
          model,
          whole("injected"),
          whole("missed"),
          value("patient-hours"),
          value("tourniquet-alarms-an-hour"),
          list || "none",
        ];
      }),
    ]),
    misses(judged),
  ].join("\n\n");
};

/** The first few of what was missed, so that one can be looked at. */
const misses = (judged: readonly Judged[]): string => {
  const missed = faultKinds.flatMap((kind) =>
    judged.filter((one) => one.kind === kind && one.foundAfterMs === null).slice(0, 3),
  );
  return missed.length === 0
    ? "Nothing was missed."
    : ["Missed, for example:", ...missed.map((m) => `  ${m.kind}, ${m.model} ${m.seed}: ${m.says}`)].join(
        "\n",
      );
};

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
};
