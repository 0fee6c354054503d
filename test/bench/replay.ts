/**
 * `replay`: how long somebody waits for a recording. A real server finds a session of an hour with two cuffs, and a class of twelve, in
 * its folder, and gives them to Chromium.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { z } from "zod";
import { scenarios } from "../../devices/scenarios.ts";
import { cast, type SimulatedClass } from "../../devices/scenarios/role.ts";
import { openSqlite } from "../../server/store/sqlite.ts";
import { epoch } from "../../shared/ids.ts";
import { minutes, type Monotonic, monotonic, wallTime } from "../../shared/units.ts";
import { spansOf } from "../../shared/recording/span.ts";
import { browserArgs, browserPath, missingBrowser } from "../support/browser.ts";
import { administrator, cookiesOf } from "../support/let-in.ts";
import { livedClass } from "../support/lived-class.ts";
import { startChild } from "./child.ts";
import type { Figure } from "./figure.ts";
import { open, type Opened, seek, type Sight } from "./replay-page.ts";
import { median, percentile } from "./statistics.ts";

export const bench = "replay";

export type ReplayLoad = Readonly<{ seed: number; rounds: number; minutes: number }>;

type Subject = "session" | "class of 12";
const hz = 10;

const simulated: Readonly<Record<Subject, (seed: number) => SimulatedClass>> = {
  session: (seed) =>
    cast([{ plan: "legPress", start: { kind: "inflated", occMs: 30_000 }, bothSides: true }], seed, {
      hz,
      samples: 1,
    }),
  "class of 12": (seed) => {
    const demo = scenarios["demo"];
    if (demo === undefined) throw new Error("There is no demonstration.");
    return demo.build({ patients: 12, seed, hz, samples: 1 });
  },
};
const sights: Readonly<Record<Subject, Sight>> = {
  session: { selector: "[data-trace] canvas", count: 2 },
  "class of 12": { selector: "article[data-station]", count: 12 },
};

/** Places all over a recording, no two of them near each other. */
const places = Array.from({ length: 40 }, (_, k) => (k * 0.618) % 1);

type Round = Readonly<{ opened: Opened; seeks: readonly number[] }>;

/** Measures both; `note` is told how far it is. */
export const replay = async (load: ReplayLoad, note: (line: string) => void): Promise<readonly Figure[]> => {
  const executablePath = browserPath();
  if (executablePath === undefined) throw new Error(missingBrowser);
  const browser = await chromium.launch({ executablePath, args: [...browserArgs] });
  try {
    const figures: Figure[] = [];
    for (const subject of ["session", "class of 12"] as const) {
      const rounds = await measured(browser, subject, load, note);
      figures.push(...figuresOf(subject, rounds, load));
    }
    return figures;
  } finally {
    await browser.close();
  }
};

const measured = async (
  browser: Browser,
  subject: Subject,
  { seed, rounds, minutes: lasts }: ReplayLoad,
  note: (line: string) => void,
): Promise<readonly Round[]> => {
  note(`${subject}: ${lasts} minutes are lived through and stored`);
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-bench-"));
  try {
    const { session, stored } = await storeIn(folder, simulated[subject](seed), lasts);
    note(`${subject}: ${stored} facts`);
    const child = startChild(new URL("../../server/main.ts", import.meta.url), [
      ...["--http-port", "0", "--mqtt-port", "0", "--log-level", "warn", "--data", folder],
    ]);
    try {
      const { httpPort, setupPath } = await child.next(listening);
      const url = `http://127.0.0.1:${httpPort}`;
      const admin = await administrator({ url, setupPath: () => setupPath });
      const address = await addressOf(admin, subject, session);
      const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
      await context.addCookies(cookiesOf(admin));
      const done: Round[] = [];
      for (let round = 1; round <= rounds; round++) {
        const page = await context.newPage();
        await page.goto(`${url}/patients`);
        const opened = await open(page, address, sights[subject]);
        await page.waitForSelector(".player[data-ready=true]");
        const seeks = await seek(page, places);
        await page.close();
        done.push({ opened, seeks });
        note(
          `${subject}, round ${round} of ${rounds}: shown after ${opened.shown.toFixed(0)} ms, seek ${median(seeks).toFixed(1)} ms`,
        );
      }
      await context.close();
      return done;
    } finally {
      await child.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const listening = z.object({
  kind: z.literal("listening"),
  httpPort: z.number(),
  setupPath: z.string().nullable(),
});

/** Puts what a class lived through into a folder as a server would have left it. */
const storeIn = async (
  folder: string,
  simulation: SimulatedClass,
  lasts: number,
): Promise<Readonly<{ session: string; stored: number }>> => {
  const { lines } = livedClass(simulation, minutes(lasts), "ends");
  const opened = await openSqlite({ folder });
  if (!opened.ok) throw new Error(opened.error.detail);
  const last: Monotonic = lines.at(-1)?.at ?? monotonic(0);
  const wall = wallTime(Date.now());
  const anchor = { at: last, epoch: epoch("lived"), bootId: "earlier", bootClockMs: 0, wall };
  for (let i = 0; i < lines.length; i += 5000) {
    const some = lines.slice(i, i + 5000).map(({ fact, at, epoch: of }) => ({
      ...{ fact, at, epoch: of },
      wall: wallTime(wall - (last - at)),
    }));
    const stored = await opened.value.append(some, anchor);
    if (!stored.ok) throw new Error(stored.error.detail);
  }
  // As it is once the class is over for a while: a session is looked at rather later than at once.
  for (let left = 1; left > 0;) {
    const packed = await opened.value.pack({ before: monotonic(last + 1), whole: true });
    if (!packed.ok) throw new Error(packed.error.detail);
    left = packed.value.lines;
  }
  await opened.value.close();
  const [span] = spansOf(lines);
  if (span === undefined) throw new Error("Nobody was in the class.");
  return { session: span.session, stored: lines.length };
};

const classes = z.object({ entries: z.array(z.object({ id: z.string() })) });
const patienceMs = 60_000;

/** Where the recording is to be seen, once the server has a record of it. */
const addressOf = async (
  admin: Awaited<ReturnType<typeof administrator>>,
  subject: Subject,
  session: string,
): Promise<string> => {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if (subject === "session") {
      const { status } = await admin.ask("GET", `/api/recordings/${session}`);
      if (status === 200) return `/sessions/${session}`;
    } else {
      const [first] = classes.parse((await admin.ask("GET", "/api/classes")).body).entries;
      if (first !== undefined) return `/classes/${first.id}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("The server has no record of what was stored.");
};

const figuresOf = (
  subject: Subject,
  rounds: readonly Round[],
  { minutes: lasts }: ReplayLoad,
): readonly Figure[] => {
  const figure = (name: string, unit: Figure["unit"], of: (round: Round) => number): Figure => ({
    ...{ bench, figure: name, unit },
    value: median(rounds.map(of)),
    with: { subject, minutes: lasts, hz },
  });
  return [
    figure("first sight", "ms", ({ opened }) => opened.shown),
    figure("server", "ms", ({ opened }) => opened.server),
    figure("on the wire", "kB", ({ opened }) => opened.bytes / 1000),
    figure("seek p50", "ms", ({ seeks }) => median(seeks)),
    figure("seek p95", "ms", ({ seeks }) => percentile(seeks, 0.95)),
  ];
};
