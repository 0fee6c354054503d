/** Chart.js as this page uses it: only what is drawn here, without motion, in the colours of the theme and with a pattern for each. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartDataset,
  type ChartOptions,
  Legend,
  LinearScale,
  Tooltip,
} from "chart.js";
import type { Priority } from "../../shared/alarm/policy.ts";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

export type Bars = ChartDataset<"bar", number[]>;

/** The colours that the theme of the page has now. */
export type Ink = Readonly<{
  text: string;
  soft: string;
  line: string;
  tile: string;
  plain: string;
  edge: string;
  priority: Readonly<Record<Priority, string>>;
}>;

export const inkNow = (): Ink => {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string): string => style.getPropertyValue(token).trim();
  const edge = of("--alarm-edge");
  return {
    text: of("--text"),
    soft: of("--soft"),
    line: of("--line"),
    tile: of("--tile"),
    plain: of("--blue"),
    edge: edge === "transparent" ? of("--tile") : edge,
    priority: { high: of("--high"), medium: of("--medium"), low: of("--low") },
  };
};

/** Tells of every change of the theme; gives back how to stop. */
export const onTheme = (changed: () => void): (() => void) => {
  const watch = new MutationObserver(changed);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => watch.disconnect();
};

const tileSize = 8;

/** Draws one tile of a pattern, which is then laid over and over. */
const pattern = (
  draw: (context: CanvasRenderingContext2D) => void,
  fallback: string,
): CanvasPattern | string => {
  const tile = document.createElement("canvas");
  tile.width = tile.height = tileSize;
  const context = tile.getContext("2d");
  if (context === null) return fallback;
  draw(context);
  return context.createPattern(tile, "repeat") ?? fallback;
};

const fill = (context: CanvasRenderingContext2D, colour: string): void => {
  context.fillStyle = colour;
  context.fillRect(0, 0, tileSize, tileSize);
};

/** High is plain, medium striped, low dotted: told apart without their colours. */
export const fillOf = (priority: Priority, ink: Ink): CanvasPattern | string => {
  const colour = ink.priority[priority];
  const mark = ink.tile;
  if (priority === "high") return colour;
  return pattern((context) => {
    fill(context, colour);
    context.fillStyle = context.strokeStyle = mark;
    if (priority === "medium") {
      context.lineWidth = 2;
      context.beginPath();
      for (const shift of [-tileSize, 0, tileSize]) {
        context.moveTo(shift - 1, tileSize + 1);
        context.lineTo(shift + tileSize + 1, -1);
      }
      context.stroke();
    } else {
      context.beginPath();
      context.arc(tileSize / 2, tileSize / 2, 1.7, 0, 2 * Math.PI);
      context.fill();
    }
  }, colour);
};

/** Lines in a quiet colour over nothing, for what lies behind the bars. */
export const hatch = (ink: Ink): CanvasPattern | string =>
  pattern((context) => {
    context.globalAlpha = 0.45;
    context.strokeStyle = ink.soft;
    context.beginPath();
    for (const shift of [-tileSize, 0, tileSize]) {
      context.moveTo(shift - 1, -1);
      context.lineTo(shift + tileSize + 1, tileSize + 1);
    }
    context.stroke();
  }, ink.line);

/** What all plots have in common. Nothing moves: the page is read again every few seconds. */
export const commonOptions = (ink: Ink): ChartOptions<"bar"> => ({
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  font: { family: '"Inter Variable", system-ui, sans-serif', size: 14 },
  color: ink.soft,
  plugins: {
    tooltip: { backgroundColor: ink.text, titleColor: ink.tile, bodyColor: ink.tile, displayColors: false },
    legend: { display: false },
  },
});

export const axis = (ink: Ink, grid: boolean): { grid: object; border: object; ticks: object } => ({
  grid: { display: grid, color: ink.line, drawTicks: false },
  border: { display: false },
  ticks: {
    color: ink.soft,
    padding: 6,
    font: { family: '"Inter Variable", system-ui, sans-serif', size: 14 },
  },
});

export { Chart };
