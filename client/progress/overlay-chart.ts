/** Chart.js for two sessions on one time axis: a line for each, and behind them what each was held to. */
import type { ChartConfiguration, ChartDataset } from "chart.js";
import type { Inflation } from "../../shared/recording/account.ts";
import type { Trace } from "../../shared/recording/trace.ts";
import { decimate } from "../../shared/recording/trace-view.ts";
import { monotonic } from "../../shared/units.ts";
import { inset } from "../review/pressure-chart.ts";
import { type Range, ticks } from "../review/range.ts";
import { Chart, type Ink } from "./trend-chart.ts";

/** One session in one panel. `zero` is the moment of its log that stands at 0 of the axis, in ms. */
export type Side = Readonly<{
  which: "a" | "b";
  zero: number;
  traces: readonly Trace[];
  inflations: readonly Inflation[];
}>;
export type OverlayPicture = Readonly<{
  sides: readonly Side[];
  /** What is shown, in ms from 0. */
  range: Range;
  width: number;
  top: number;
  ink: Ink;
}>;

type Point = { x: number; y: number };

export const colourOf = (which: Side["which"], ink: Ink): string => (which === "a" ? ink.soft : ink.blue);

const linesOf = ({ sides, range, width, ink }: OverlayPicture): ChartDataset<"line", Point[]>[] =>
  sides.flatMap(({ which, zero, traces }) =>
    traces.map((trace) => {
      const [from, to] = [monotonic(range.from + zero), monotonic(range.to + zero)];
      const { at, mmHg } = decimate(trace, from, to, Math.max(1, Math.round(width)));
      return {
        data: Array.from(at, (moment, i) => ({ x: moment - zero, y: mmHg[i] ?? NaN })),
        borderColor: colourOf(which, ink),
        borderWidth: which === "a" ? 1.25 : 2,
        pointRadius: 0,
        pointHitRadius: 0,
        spanGaps: false,
      };
    }),
  );

/** The target bands of both: A's is filled, B's is between two dashed lines. */
const bands = (
  { sides, ink }: OverlayPicture,
  { ctx, chartArea: area, scales: { x, y } }: Chart<"line", Point[]>,
): void => {
  if (x === undefined || y === undefined) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.width, area.height);
  ctx.clip();
  for (const { which, zero, inflations } of sides)
    for (const { from, to, target, tolerance } of inflations) {
      if (target === null || tolerance === null) continue;
      const left = x.getPixelForValue(from - zero);
      const right = to === null ? area.right : x.getPixelForValue(to - zero);
      const [high, low] = [y.getPixelForValue(target + tolerance), y.getPixelForValue(target - tolerance)];
      if (which === "a") {
        ctx.fillStyle = ink.line;
        ctx.globalAlpha = 0.75;
        ctx.fillRect(left, high, right - left, low - high);
        ctx.globalAlpha = 1;
        continue;
      }
      ctx.strokeStyle = ink.blue;
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      for (const edge of [high, low]) {
        ctx.moveTo(left, edge);
        ctx.lineTo(right, edge);
      }
      ctx.stroke();
      ctx.setLineDash([]);
    }
  ctx.restore();
};

/** A chart of `first` on a canvas, and how to show something else on it. */
export const createOverlayChart = (
  canvas: HTMLCanvasElement,
  first: OverlayPicture,
): Readonly<{ show: (picture: OverlayPicture) => void; destroy: () => void }> => {
  let picture = first;
  const font = { family: '"Inter Variable", system-ui, sans-serif', size: 13 };
  const config: ChartConfiguration<"line", Point[]> = {
    type: "line",
    data: { datasets: [] },
    plugins: [{ id: "bands", beforeDatasetsDraw: (drawn: Chart<"line", Point[]>) => bands(picture, drawn) }],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { right: inset.right, top: 4 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          type: "linear",
          afterBuildTicks: (axis) => {
            axis.ticks = ticks(picture.range, 0, picture.width).map((value) => ({ value }));
          },
          afterFit: (axis) => {
            axis.height = 1;
          },
          border: { display: false },
          grid: { color: () => picture.ink.line, drawTicks: false },
          ticks: { display: false },
        },
        y: {
          min: 0,
          afterFit: (axis) => {
            axis.width = inset.left;
          },
          border: { display: false },
          grid: { color: () => picture.ink.line, drawTicks: false },
          ticks: { color: () => picture.ink.soft, padding: 6, maxTicksLimit: 5, font },
        },
      },
    },
  };
  const chart = new Chart(canvas, config);
  const show = (next: OverlayPicture): void => {
    picture = next;
    chart.data.datasets = linesOf(next);
    const { x, y } = chart.options.scales ?? {};
    if (x !== undefined) [x.min, x.max] = [next.range.from, next.range.to];
    if (y !== undefined) y.max = next.top;
    chart.update("none");
  };
  show(first);
  return { show, destroy: () => chart.destroy() };
};
