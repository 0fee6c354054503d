/** One turn of one subject: its own server, its own page, one load, and what was seen of it. */
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { cpuTime, startChild } from "./child.ts";
import { type LoadOrder, loadReportSchema } from "./load-order.ts";
import { machineTime, type Offset, pageOffset } from "./machine-time.ts";
import { lastChangeAfter, type Latencies, latencies, type Published, type Shown } from "./match.ts";
import { watchPage } from "./page-watch.ts";
import { cuffName, valuesInCycle } from "./plan.ts";
import { startSubject, type Subject, type SubjectName } from "./subject.ts";

export type Load = Readonly<{ cuffs: number; hz: number; seconds: number }>;

export type Turn = Readonly<{
  latencies: Latencies;
  /** Share of one core that the server's process used, 0 to 1; null where the system does not say. */
  serverCpu: number | null;
  /** Share of the time in which the page's main thread was busy. */
  mainThread: number;
  /** Tasks of the page that took longer than 50 ms. */
  longTasks: number;
  /** By how much page time and machine time may be apart, in ms. */
  clocks: number;
}>;

/** Not measured: connections settle, code warms up. */
const warmUpSeconds = 3;
const openWithinMs = 15_000;
/** After the last publish the page is given this long to show what it still has. */
const drainMs = 700;

/** Loads `name` once and watches its page. Throws a sentence where what was seen cannot be trusted. */
export const takeTurn = async (browser: Browser, name: SubjectName, load: Load): Promise<Turn> => {
  const subject = await startSubject(name, load.cuffs);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  try {
    await page.addInitScript(watchPage);
    await page.context().addCookies(subject.cookies);
    await page.goto(subject.page);
    await untilShown(page, name, load.cuffs);
    return await measure(page, subject, load);
  } finally {
    await page.close();
    await subject.stop();
  }
};

const untilShown = async (page: Page, name: SubjectName, cuffs: number): Promise<void> => {
  const fields = page.locator('[data-cuff] [data-field="pressure"]');
  const until = machineTime() + openWithinMs;
  for (let found = await fields.count(); found !== cuffs; found = await fields.count()) {
    if (machineTime() > until)
      throw new Error(`The page of the ${name} should hold ${cuffs} cuffs and holds ${found}.`);
    await delay(50);
  }
};

const measure = async (page: Page, subject: Subject, load: Load): Promise<Turn> => {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const child = startChild(new URL("load.ts", import.meta.url), []);
  try {
    const cuffs = Array.from({ length: load.cuffs }, (_, i) => cuffName(i));
    const seconds = warmUpSeconds + load.seconds;
    child.send({
      kind: "load",
      url: subject.broker,
      site: "main",
      cuffs,
      hz: load.hz,
      seconds,
    } satisfies LoadOrder);
    await child.next(loadReportSchema);
    const before = await pageOffset(session);
    child.send({ kind: "go" });
    const done = child.next(loadReportSchema);
    await Promise.race([delay(1000 * warmUpSeconds), done]);
    const start = await usage(session, page, subject);
    const report = await done;
    const end = await usage(session, page, subject);
    await delay(drainMs);
    const after = await pageOffset(session);
    const published =
      report.kind === "done" ? report.published.map(([cuff, at, value]) => ({ cuff, at, value })) : [];
    const shown = await changesOf(page, cuffs, before, after);
    refuseUnclear(published, shown, load);
    const passed = end.at - start.at;
    return {
      latencies: latencies(published, shown, start.at, Infinity),
      serverCpu: start.server === null || end.server === null ? null : (end.server - start.server) / passed,
      mainThread: (end.mainThread - start.mainThread) / passed,
      longTasks: end.longTasks - start.longTasks,
      clocks: Math.max(before.uncertain, after.uncertain) + Math.abs(after.offset - before.offset),
    };
  } finally {
    await child.stop();
  }
};

type Usage = Readonly<{ at: number; server: number | null; mainThread: number; longTasks: number }>;

const usage = async (session: CDPSession, page: Page, subject: Subject): Promise<Usage> => {
  const { metrics } = await session.send("Performance.getMetrics");
  const busySeconds = metrics.find((metric) => metric.name === "TaskDuration")?.value ?? Number.NaN;
  const longTasks = await page.evaluate(() => window.wallBench.longTasks);
  return { at: machineTime(), server: cpuTime(subject.pid), mainThread: 1000 * busySeconds, longTasks };
};

/** What the page noted, in machine time. */
const changesOf = async (
  page: Page,
  cuffs: readonly string[],
  before: Offset,
  after: Offset,
): Promise<Shown[]> => {
  const offset = (before.offset + after.offset) / 2;
  const places = new Map(cuffs.map((name, place) => [name, place]));
  const noted = await page.evaluate(() => window.wallBench.noted);
  return noted.flatMap(({ cuff, value, text, frame }): Shown[] => {
    const place = places.get(cuff);
    return place === undefined ? [] : [{ cuff: place, value, text: text + offset, frame: frame + offset }];
  });
};

/** Changes that come a whole cycle of values late would be taken for early ones of the next cycle. */
const refuseUnclear = (published: readonly Published[], shown: readonly Shown[], { hz }: Load): void => {
  const cycleMs = (1000 * valuesInCycle) / hz;
  const late = lastChangeAfter(published, shown);
  if (late > cycleMs)
    throw new Error(
      `The page still changed ${Math.round(late)} ms after the last message; changes that are more than ` +
        `${Math.round(cycleMs)} ms late cannot be told from those that follow. Take a lower --hz.`,
    );
};
