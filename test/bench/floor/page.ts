/** The page of the floor: a text and a line for each cuff, set and drawn as soon as a message comes. */
import type { io as connect } from "socket.io-client";
import type { DataMessage } from "../../../shared/cuff/message.ts";

declare const io: typeof connect;

const span = 60_000;
type Line = {
  text: HTMLElement;
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  points: [number, number][];
};
const lines = new Map<string, Line>();

const lineOf = (cuff: string): Line => {
  const known = lines.get(cuff);
  if (known !== undefined) return known;
  const tile = document.createElement("div");
  tile.dataset["cuff"] = cuff;
  const text = document.createElement("b");
  text.dataset["field"] = "pressure";
  text.textContent = "–";
  const canvas = document.createElement("canvas");
  tile.append(text, canvas);
  document.body.append(tile);
  canvas.width = canvas.clientWidth;
  canvas.height = canvas.clientHeight;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas.");
  context.strokeStyle = "#eee";
  const line = { text, canvas, context, points: [] };
  lines.set(cuff, line);
  return line;
};

const draw = ({ canvas, context, points }: Line, now: number): void => {
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  context.beginPath();
  for (const [at, mmhg] of points)
    context.lineTo(width + ((at - now) / span) * width, height - (mmhg / 300) * height);
  context.stroke();
};

const socket = io();
socket.on("cuffs", (cuffs: readonly string[]) => cuffs.forEach(lineOf));
socket.on("data", (cuff: string, message: string) => {
  const line = lineOf(cuff);
  const now = performance.now();
  const { p, dt } = JSON.parse(message) as DataMessage;
  p.forEach((tenths, i) => line.points.push([now - (p.length - 1 - i) * dt, (tenths ?? 0) / 10]));
  while ((line.points[0]?.[0] ?? now) < now - span) line.points.shift();
  line.text.textContent = String(Math.round((p.at(-1) ?? 0) / 10));
  draw(line, now);
});
