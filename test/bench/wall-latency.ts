/** `wall-latency`: from a cuff's publish to the text on the wall and to the painted frame, product and floor in turns. */
import { chromium } from "@playwright/test";
import { browserArgs, browserPath, missingBrowser } from "../support/browser.ts";
import type { Figure } from "./figure.ts";
import { median, percentile } from "./statistics.ts";
import { type SubjectName, subjects } from "./subject.ts";
import { type Load, takeTurn, type Turn } from "./turn.ts";

export const bench = "wall-latency";

/** A wall in a kiosk needs no tap to arm its sound, and shows no banner that asks for one. */
const kioskArgs = ["--autoplay-policy=no-user-gesture-required"];

export type Rounds = Load & Readonly<{ rounds: number }>;

/** Measures each subject once a round, in alternating order; `note` is told how far it is. */
export const wallLatency = async (
  load: Rounds,
  note: (line: string) => void,
  measured: readonly SubjectName[] = subjects,
): Promise<readonly Figure[]> => {
  const executablePath = browserPath();
  if (executablePath === undefined) throw new Error(missingBrowser);
  const browser = await chromium.launch({ executablePath, args: [...browserArgs, ...kioskArgs] });
  try {
    const turns = new Map<SubjectName, Turn[]>(measured.map((name) => [name, []]));
    for (let round = 1; round <= load.rounds; round++)
      for (const name of round % 2 === 1 ? measured : measured.toReversed()) {
        const turn = await takeTurn(browser, name, load);
        turns.get(name)?.push(turn);
        note(`round ${round} of ${load.rounds}, ${name}: ${inWords(turn)}`);
      }
    return [...turns].flatMap(([name, taken]) => figuresOf(name, taken, load));
  } finally {
    await browser.close();
  }
};

const inWords = (turn: Turn): string => {
  const at = (share: number): string => percentile(turn.latencies.text, share).toFixed(1);
  const { published, shown } = turn.latencies;
  return `text p50 ${at(0.5)}, p99 ${at(0.99)} ms, ${shown} of ${published} shown, clocks within ${turn.clocks.toFixed(2)} ms`;
};

const percentiles = { p50: 0.5, p95: 0.95, p99: 0.99, max: 1 } as const;

const figuresOf = (subject: SubjectName, turns: readonly Turn[], load: Load): readonly Figure[] => {
  const { cuffs, hz } = load;
  const figure = (name: string, unit: Figure["unit"], of: (turn: Turn) => number): Figure => ({
    ...{ bench, figure: name, unit },
    value: median(turns.map(of)),
    with: { subject, cuffs, hz },
  });
  const latency = (to: "text" | "frame"): Figure[] =>
    Object.entries(percentiles).map(([name, share]) =>
      figure(`${to} ${name}`, "ms", (turn) => percentile(turn.latencies[to], share)),
    );
  const cpu = turns.every((turn) => turn.serverCpu !== null)
    ? [figure("server cpu", "%", (turn) => 100 * (turn.serverCpu ?? Number.NaN))]
    : [];
  return [
    ...latency("text"),
    ...latency("frame"),
    figure("shown", "%", ({ latencies }) => (100 * latencies.shown) / latencies.published),
    figure("main thread", "%", (turn) => 100 * turn.mainThread),
    figure("tasks over 50 ms", "tasks", (turn) => turn.longTasks),
    ...cpu,
  ];
};
