/** Chart.js as the trace uses it: one line over time, and what is painted behind it: the target, what is missing, and holes. */
import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
} from "chart.js";
import type { Hole } from "../../shared/recording/line.ts";
import { qualityNames, type TraceStretch } from "../../shared/recording/trace.ts";
import type { Drawn } from "../../shared/recording/trace-view.ts";
import { reviewWords as words } from "../../shared/view/review-words.ts";
import { type Range, ticks } from "./range.ts";
import type { Target } from "./targets.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** How far the time axis lies from both edges of a plot, in CSS pixels: the same for all that stands below each other. */
export const inset = { left: 40, right: 12 } as const;

export type Ink = Readonly<
  Record<"text" | "soft" | "line" | "band" | "target" | "trace" | "tile" | "quiet", string>
>;

/** The colours that the theme of the page has now. */
export const inkNow = (): Ink => {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string): string => style.getPropertyValue(`--${token}`).trim();
  return {
    ...{ text: of("text"), soft: of("soft"), line: of("line"), band: of("band"), target: of("target") },
    ...{ trace: of("trace"), tile: of("tile"), quiet: of("quiet") },
  };
};

/** Tells of every change of the theme; gives back how to stop. */
export const onTheme = (changed: () => void): (() => void) => {
  const watch = new MutationObserver(changed);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => watch.disconnect();
};

/** What one drawing shows. */
export type Picture = Readonly<{
  points: Drawn;
  range: Range;
  /** Where the clock of the recording begins. */
  zero: number;
  width: number;
  /** The highest pressure for which there is room, in mmHg. */
  top: number;
  targets: readonly Target[];
  stretches: readonly TraceStretch[];
  holes: readonly Hole[];
  ink: Ink;
}>;

type Point = { x: number; y: number };
type Lines = ChartDataset<"line", Point[]>;

const backfilled = qualityNames.indexOf("backfilled");

/** Two lines, each where the other is not: what was heard, and dashed what the cuff told later. They meet in the point between them. */
const linesOf = ({ at, mmHg, quality }: Drawn, ink: Ink): Lines[] => {
  const heard: Point[] = [];
  const later: Point[] = [];
  for (let i = 0; i < at.length; i++) {
    const point = { x: at[i] ?? 0, y: mmHg[i] ?? NaN };
    const isLater = quality[i] === backfilled;
    const turns = i > 0 && (quality[i - 1] === backfilled) !== isLater;
    if (turns) (isLater ? heard : later).push(point, { x: point.x, y: NaN });
    (isLater ? later : heard).push(point);
  }
  const line = (data: Point[], dash: number[]): Lines => ({
    data,
    borderColor: ink.trace,
    borderWidth: 1.5,
    borderDash: dash,
    borderJoinStyle: "round",
    pointRadius: 0,
    pointHitRadius: 0,
    spanGaps: false,
  });
  return [line(heard, []), line(later, [5, 3])];
};

const hatchOf = (context: CanvasRenderingContext2D, colour: string): CanvasPattern | string => {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  if (pen === null) return colour;
  pen.strokeStyle = colour;
  pen.globalAlpha = 0.55;
  pen.beginPath();
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift - 1, 9);
    pen.lineTo(shift + 9, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? colour;
};

/** What lies behind the line. `picture` gives what is shown now. */
const ground = (picture: () => Picture): Plugin<"line"> => ({
  id: "ground",
  beforeDatasetsDraw: (chart) => {
    const { ctx, chartArea: area } = chart;
    const { x, y } = chart.scales;
    if (x === undefined || y === undefined) return;
    const { targets, stretches, holes, ink } = picture();
    const box = (from: number, to: number, high: number, low: number): void => {
      const [left, right] = [
        Math.max(area.left, x.getPixelForValue(from)),
        Math.min(area.right, x.getPixelForValue(to)),
      ];
      if (right > left)
        ctx.fillRect(
          left,
          y.getPixelForValue(high),
          right - left,
          y.getPixelForValue(low) - y.getPixelForValue(high),
        );
    };
    ctx.save();
    ctx.beginPath();
    ctx.rect(area.left, area.top, area.width, area.height);
    ctx.clip();
    for (const { from, to, mmHg, exercise, rest } of targets) {
      ctx.fillStyle = ink.band;
      ctx.globalAlpha = 0.6;
      box(from, to, mmHg + exercise, mmHg - exercise);
      ctx.globalAlpha = 1;
      box(from, to, mmHg + rest, mmHg - rest);
      ctx.strokeStyle = ink.target;
      ctx.setLineDash([4, 6]);
      ctx.beginPath();
      ctx.moveTo(x.getPixelForValue(from), y.getPixelForValue(mmHg));
      ctx.lineTo(x.getPixelForValue(to), y.getPixelForValue(mmHg));
      ctx.stroke();
      ctx.setLineDash([]);
    }
    const hatch = hatchOf(ctx, ink.quiet);
    for (const { from, to, is } of stretches) {
      if (is !== "missing") continue;
      ctx.fillStyle = hatch;
      box(from, to, y.max, y.min);
    }
    ctx.font = '600 13px "Inter Variable", system-ui, sans-serif';
    for (const { from, to, why } of holes) {
      ctx.fillStyle = ink.tile;
      box(from, to, y.max, y.min);
      ctx.fillStyle = hatch;
      box(from, to, y.max, y.min);
      const text = words.hole(words.holes[why]);
      const left = Math.max(area.left, x.getPixelForValue(from)) + 6;
      if (Math.min(area.right, x.getPixelForValue(to)) - left < ctx.measureText(text).width) continue;
      ctx.fillStyle = ink.text;
      ctx.fillText(text, left, area.top + 16);
    }
    ctx.restore();
  },
});

/** A chart of `first` on a canvas, and how to show something else on it. */
export const createPressureChart = (
  canvas: HTMLCanvasElement,
  first: Picture,
): Readonly<{ show: (picture: Picture) => void; destroy: () => void }> => {
  let picture = first;
  const config: ChartConfiguration<"line", Point[]> = {
    type: "line",
    data: { datasets: linesOf(first.points, first.ink) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { right: inset.right, top: 4 } },
      scales: {
        x: {
          type: "linear",
          afterBuildTicks: (axis) => {
            axis.ticks = ticks(picture.range, picture.zero, picture.width).map((value) => ({ value }));
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
          ticks: {
            color: () => picture.ink.soft,
            padding: 6,
            maxTicksLimit: 5,
            font: { family: '"Inter Variable", system-ui, sans-serif', size: 13 },
          },
        },
      },
    },
    plugins: [ground(() => picture)],
  };
  const chart = new Chart(canvas, config);
  const show = (next: Picture): void => {
    picture = next;
    chart.data.datasets = linesOf(next.points, next.ink);
    const { x, y } = chart.options.scales ?? {};
    if (x !== undefined) [x.min, x.max] = [next.range.from, next.range.to];
    if (y !== undefined) y.max = next.top;
    chart.update("none");
  };
  show(first);
  return { show, destroy: () => chart.destroy() };
};
