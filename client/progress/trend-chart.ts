/** Chart.js as the trends use it: a point a session over the weeks, no line over what is not known, and adverse events behind. */
import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
} from "chart.js";

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip);
export { Chart };

export type Ink = Readonly<Record<"text" | "soft" | "quiet" | "line" | "tile" | "blue", string>>;

/** The colours that the theme of the page has now. */
export const inkNow = (): Ink => {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string): string => style.getPropertyValue(`--${token}`).trim();
  return {
    ...{ text: of("text"), soft: of("soft"), quiet: of("quiet") },
    ...{ line: of("line"), tile: of("tile"), blue: of("blue") },
  };
};

/** How a point looks: by where its session came from, or how a pressure was found. */
export type PointLook = "full" | "hollow" | "square" | "cross";
const shapes = { full: "circle", hollow: "circle", square: "rect", cross: "crossRot" } as const;
export type TrendLine = Readonly<{
  label: string;
  /** The first line is plain; every other one is drawn with dashes of its own, so that no colour is needed to tell them apart. */
  points: readonly Readonly<{ at: number; value: number | null; look: PointLook }>[];
}>;
export type Picture = Readonly<{
  lines: readonly TrendLine[];
  /** From when to when all pictures of the page reach, by the wall clock. */
  range: Readonly<{ from: number; to: number }>;
  /** The moments of adverse events. */
  events: readonly number[];
  /** The highest value for which there is room; null where the values say it. */
  top: number | null;
  /** Whether the axis begins at 0; else where the values lie. */
  fromZero: boolean;
  text: (value: number) => string;
  dayOf: (at: number) => string;
}>;

type Point = { x: number; y: number };
const dashes: readonly number[][] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];
const font = { family: '"Inter Variable", system-ui, sans-serif', size: 13 };
const dayMs = 86_400_000;
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Midnights of the range, so far apart that their days can be read. */
const dayTicks = ({ from, to }: Picture["range"], width: number): { value: number }[] => {
  const most = Math.max(1, Math.floor(width / 78));
  const step =
    [1, 2, 7, 14, 28, 56, 91, 182, 364].find((days) => (to - from) / (days * dayMs) <= most) ?? 728;
  const first = new Date(from);
  const ticks: { value: number }[] = [];
  for (let days = 1; ; days += step) {
    // By the calendar, since a day may have 23 hours.
    const value = new Date(first.getFullYear(), first.getMonth(), first.getDate() + days).getTime();
    if (value > to) return ticks;
    ticks.push({ value });
  }
};

const datasetOf = ({ label, points }: TrendLine, n: number, ink: Ink): ChartDataset<"line", Point[]> => {
  const colour = n === 0 ? ink.blue : ink.soft;
  return {
    label,
    data: points.map(({ at, value }) => ({ x: at, y: value ?? NaN })),
    borderColor: colour,
    borderWidth: 2,
    borderDash: dashes[n % dashes.length] ?? [],
    spanGaps: false,
    // A point on the edge is drawn whole.
    clip: 8,
    pointRadius: n === 0 ? 4.5 : 3,
    pointHoverRadius: 6,
    pointBorderWidth: 2,
    pointBorderColor: colour,
    pointStyle: points.map(({ look }) => shapes[look]),
    pointBackgroundColor: points.map(({ look }) => (look === "full" ? colour : ink.tile)),
  };
};

/** A thin line for each adverse event, with a small flag on it: grey, since it is no alarm of now. */
const events = (picture: () => Picture, ink: () => Ink): Plugin<"line"> => ({
  id: "events",
  beforeDatasetsDraw: ({ ctx, chartArea: { top, bottom, left, right }, scales: { x } }) => {
    if (x === undefined) return;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = ink().soft;
    ctx.setLineDash([2, 3]);
    for (const at of picture().events) {
      const place = x.getPixelForValue(at);
      if (place < left || place > right) continue;
      ctx.beginPath();
      ctx.moveTo(place, top);
      ctx.lineTo(place, bottom);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(place, top - 9);
      ctx.lineTo(place + 5, top - 4.5);
      ctx.lineTo(place, top);
      ctx.lineTo(place - 5, top - 4.5);
      ctx.fill();
    }
    ctx.restore();
  },
});

export const configOf = (picture: () => Picture, ink: () => Ink): ChartConfiguration<"line", Point[]> => {
  const { lines, range, top, fromZero, text, dayOf } = picture();
  const colours = ink();
  return {
    type: "line",
    data: { datasets: lines.map((line, n) => datasetOf(line, n, colours)) },
    plugins: [events(picture, ink)],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      font,
      layout: { padding: { top: 12, right: 14 } },
      interaction: { mode: "nearest", intersect: false },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...{ backgroundColor: colours.text, titleColor: colours.tile, bodyColor: colours.tile },
          displayColors: false,
          callbacks: {
            title: ([item]) => (item === undefined ? "" : dayOf(item.parsed.x ?? 0)),
            label: ({ dataset, parsed }) => `${dataset.label ?? ""} ${text(parsed.y ?? NaN)}`,
          },
        },
      },
      scales: {
        x: {
          ...{ type: "linear", min: range.from, max: range.to },
          afterBuildTicks: (axis) => {
            axis.ticks = dayTicks(range, axis.width);
          },
          border: { display: false },
          grid: { display: false },
          ticks: {
            ...{ color: colours.soft, font, padding: 4, autoSkip: false, maxRotation: 0 },
            callback: (value) => shortDay.format(Number(value)),
          },
        },
        y: {
          ...{ beginAtZero: fromZero, ...(top === null ? { grace: "10%" as const } : { max: top }) },
          // All pictures have their first day below each other.
          afterFit: (axis) => {
            axis.width = 44;
          },
          border: { display: false },
          grid: { color: colours.line, drawTicks: false },
          ticks: { color: colours.soft, font, padding: 6, maxTicksLimit: 5 },
        },
      },
    },
  };
};
