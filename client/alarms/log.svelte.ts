/** The log as the page holds it: asked for again every 10 s while somebody looks, without taking away what is there. */
import type { z } from "zod";
import type { History } from "../../shared/alarm/history.ts";
import {
  type LogFigures,
  logFiguresSchema,
  logPageSchema,
  problemSchema,
} from "../../shared/alarm/log-wire.ts";
import { type WallTime, wallTime } from "../../shared/units.ts";
import { logWords } from "../../shared/view/log-words.ts";
import { addressOf, type Filter, filterIn, queryOf } from "./filter.ts";
import { joined, type Listed, nothingListed } from "./listed.ts";

export type Trouble = Readonly<
  /** `not-signed-in`: nobody here is known who may read it. */
  { kind: "lost" } | { kind: "not-signed-in" } | { kind: "refused"; reason: string }
>;

const refreshMs = 10_000;
/** A server that has not answered for this long does not answer. */
const patienceMs = 8000;
export const onePage = 50;
const mostOfOnePage = 500;

type Heard<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; trouble: Trouble }>;

export class Log {
  #filter = $state.raw<Filter>(filterIn(location.search));
  #listed = $state.raw<Listed>(nothingListed);
  #figures = $state.raw<LogFigures | null>(null);
  #trouble = $state.raw<Trouble | null>(null);
  #readAt = $state.raw<WallTime | null>(null);
  #busy = $state.raw(false);
  /** Counts what was asked: the answer to an older filter is no answer to this one. */
  #asked = 0;

  get filter(): Filter {
    return this.#filter;
  }
  get entries(): readonly History[] {
    return this.#listed.entries;
  }
  get hasMore(): boolean {
    return this.#listed.next !== null;
  }
  get figures(): LogFigures | null {
    return this.#figures;
  }
  get trouble(): Trouble | null {
    return this.#trouble;
  }
  /** When what is shown was read, on the clock of this screen; null while nothing was. */
  get readAt(): WallTime | null {
    return this.#readAt;
  }
  /** Something else than what is shown was asked for. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Reads the log now and while the page is seen; gives back how to stop. */
  start(): () => void {
    void this.#read("anew");
    const look = (): void => {
      if (document.visibilityState === "visible") void this.#read("again");
    };
    const timer = setInterval(look, refreshMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }

  choose(change: Partial<Filter>): void {
    this.#filter = { ...this.#filter, ...change };
    history.replaceState(null, "", addressOf(this.#filter, location.search));
    void this.#read("anew");
  }

  /** Adds older ones to the list. */
  async more(): Promise<void> {
    const asked = this.#asked;
    const { next } = this.#listed;
    if (next === null) return;
    const query = this.#query({ limit: String(onePage), cursor: next });
    const page = await heard(`/api/alarms?${query}`, logPageSchema);
    if (asked !== this.#asked) return;
    if (!page.ok) this.#trouble = page.trouble;
    else {
      const { entries } = this.#listed;
      this.#listed = { entries: [...entries, ...page.value.occurrences], next: page.value.next };
    }
  }

  /** The address of what is shown, as a table. */
  csv(rows: "occurrences" | "transitions"): string {
    return `/api/alarms.csv?${this.#query({ rows })}`;
  }

  async #read(how: "anew" | "again"): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    if (how === "anew") this.#busy = true;
    // As many as are shown, and room for new ones.
    const limit = how === "anew" ? onePage : Math.min(mostOfOnePage, this.entries.length + onePage);
    const query = this.#query({});
    const [page, figures] = await Promise.all([
      heard(`/api/alarms?${this.#query({ limit: String(limit) })}`, logPageSchema),
      heard(`/api/alarms/figures${query === "" ? "" : `?${query}`}`, logFiguresSchema),
    ]);
    if (asked !== this.#asked) return;
    this.#busy = false;
    if (!page.ok || !figures.ok) {
      this.#trouble = page.ok ? (figures.ok ? null : figures.trouble) : page.trouble;
      return;
    }
    this.#trouble = null;
    this.#figures = figures.value;
    this.#listed = how === "anew" ? asListed(page.value) : joined(this.#listed, asListed(page.value));
    this.#readAt = wallTime(Date.now());
  }

  #query(more: Readonly<Record<string, string>>): string {
    const query = queryOf(this.#filter, Date.now());
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return query.toString();
  }
}

const asListed = ({
  occurrences,
  next,
}: Readonly<{ occurrences: History[]; next: string | null }>): Listed => ({
  entries: occurrences,
  next,
});

const heard = async <T>(address: string, schema: z.ZodType<T>): Promise<Heard<T>> => {
  let body: unknown;
  let ok: boolean;
  let status: number;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
    ({ ok, status } = response);
    body = await response.json();
  } catch {
    return { ok: false, trouble: { kind: "lost" } };
  }
  if (status === 401) return { ok: false, trouble: { kind: "not-signed-in" } };
  if (!ok) {
    const problem = problemSchema.safeParse(body);
    const reason = problem.success ? problem.data.detail : logWords.notUnderstood;
    return { ok: false, trouble: { kind: "refused", reason } };
  }
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, trouble: { kind: "refused", reason: logWords.notUnderstood } };
};
