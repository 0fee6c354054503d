/** Warnings about what cuffs send, at a bounded rate: one line for each cuff and reason a minute, with the count. */
import type { Log } from "./log.ts";

export type LimitedWarnings = Readonly<{
  /** Logs it now, or counts it for the next line. */
  warn: (message: string, about: Readonly<{ cuff: string | null; kind: string; detail: string }>) => void;
  /** Logs what was counted and not told yet, and stops. */
  stop: () => void;
}>;

const everyMs = 60_000;
const lookEveryMs = 5000;
/** Cuffs and reasons that are counted apart; beyond it they share a line of their reason. */
const mostLines = 1000;

type Line = {
  message: string;
  cuff: string | null;
  kind: string;
  detail: string;
  toldAt: number;
  since: number;
};

/** `now` is any clock in milliseconds that does not step. */
export const limitedWarnings = (log: Log, now: () => number): LimitedWarnings => {
  const lines = new Map<string, Line>();
  const tell = (line: Line): void => {
    log.warn({ cuff: line.cuff, kind: line.kind, count: line.since, detail: line.detail }, line.message);
    line.toldAt = now();
    line.since = 0;
  };
  const look = (all: boolean): void => {
    for (const [key, line] of lines) {
      if (!all && now() - line.toldAt < everyMs) continue;
      if (line.since > 0) tell(line);
      else lines.delete(key);
    }
  };
  const timer = setInterval(() => look(false), lookEveryMs);
  timer.unref();

  return {
    warn: (message, { cuff, kind, detail }) => {
      const own = `${kind} ${cuff ?? ""}`;
      const crowded = !lines.has(own) && lines.size >= mostLines;
      const key = crowded ? kind : own;
      const line = lines.get(key);
      if (line !== undefined) {
        line.since += 1;
        line.detail = detail;
        return;
      }
      const first = { message, cuff: crowded ? null : cuff, kind, detail, toldAt: now(), since: 1 };
      lines.set(key, first);
      tell(first);
    },
    stop: () => {
      clearInterval(timer);
      look(true);
    },
  };
};
