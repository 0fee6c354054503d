/** The cuffs as the page has them: the records, and what is heard, read again every two seconds. */
import { type CuffsLive, cuffsLiveSchema, type LiveCuff } from "../../shared/clinic/cuff-live.ts";
import { type CuffRecord, cuffRecordSchema } from "../../shared/clinic/cuff-record.ts";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { ask } from "../desk/ask.ts";

export const cuffEntry = entryOf(cuffRecordSchema);
const page = pageOf(cuffEntry);

export type CuffEntry = Readonly<{ id: string; version: number; body: CuffRecord }>;
/** A record with what is heard of it; null where the server has not told yet. */
export type Listed = Readonly<{ entry: CuffEntry; live: LiveCuff | null }>;

const everyMs = 2000;
const tickMs = 1000;
/** The records are read again after so many readings of what is heard, in case somebody else has changed them. */
const recordsEvery = 8;

export class CuffList {
  #entries = $state.raw<readonly CuffEntry[] | null>(null);
  #live = $state.raw<CuffsLive | null>(null);
  #trouble = $state.raw<string | null>(null);
  /** When the last answer came, and what time it is, on the page's own clock. */
  #readAt = $state.raw(0);
  #now = $state.raw(0);

  /** Null before the server has answered. */
  get listed(): readonly Listed[] | null {
    const heard = this.#live?.cuffs;
    return (
      this.#entries?.map((entry) => ({ entry, live: heard?.find((c) => c.id === entry.id) ?? null })) ?? null
    );
  }
  get live(): CuffsLive | null {
    return this.#live;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  /** How old what stands here is, in milliseconds: to be added to every age that the server has told. */
  get age(): number {
    return Math.max(0, this.#now - this.#readAt);
  }
  /** Nothing here can be taken for the present. */
  get isLost(): boolean {
    return this.#live !== null && this.age > 2.5 * everyMs;
  }

  /** Reads on until it is told to stop. */
  start(): () => void {
    let stopped = false;
    let count = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      if (count % recordsEvery === 0) await this.readRecords();
      await this.#readLive();
      count += 1;
      if (!stopped) timer = setTimeout(() => void turn(), everyMs);
    };
    void turn();
    const clock = setInterval(() => (this.#now = performance.now()), tickMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(clock);
    };
  }

  /** Reads everything anew: something was changed here. */
  async refresh(): Promise<void> {
    await this.readRecords();
    await this.#readLive();
  }

  async readRecords(): Promise<void> {
    const all: CuffEntry[] = [];
    for (let next: string | null = ""; next !== null;) {
      const cursor: string = next === "" ? "" : `&cursor=${encodeURIComponent(next)}`;
      const reply = await ask(page, "GET", `/api/cuffs?limit=200${cursor}`);
      this.#trouble = reply.ok ? null : reply.detail;
      if (!reply.ok) return;
      all.push(...reply.value.entries);
      next = reply.value.next;
    }
    this.#entries = all;
  }

  async #readLive(): Promise<void> {
    const reply = await ask(cuffsLiveSchema, "GET", "/api/cuffs/live");
    this.#now = performance.now();
    if (!reply.ok) {
      if (this.#live === null) this.#trouble = reply.detail;
      return;
    }
    this.#readAt = this.#now;
    this.#live = reply.value;
  }
}
