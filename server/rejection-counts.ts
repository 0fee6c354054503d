/** What was refused at the edge: counted per cuff and reason, within a bound of memory, whoever sends what. */
import type { Rejection } from "../shared/cuff/message.ts";
import type { CuffId } from "../shared/ids.ts";

/** `cuff` is null where no cuff can be told, `others` where more cuff names were refused than are counted apart. */
export type RejectionCount = Readonly<{
  cuff: string | null;
  kind: Rejection["kind"];
  count: number;
  lastDetail: string;
}>;

/** Stands for every cuff beyond the bound; no cuff can be called this. */
export const otherCuffs = "(others)";

const mostCuffs = 2000;

export class RejectionCounts {
  readonly #most: number;
  readonly #counts = new Map<string | null, Map<Rejection["kind"], { count: number; lastDetail: string }>>();
  #total = 0;

  constructor(most = mostCuffs) {
    this.#most = most;
  }

  /** All that was refused since the start. */
  get total(): number {
    return this.#total;
  }

  count(cuff: CuffId | null, { kind, detail }: Rejection): void {
    this.#total += 1;
    const kinds = this.#kindsOf(cuff);
    const entry = kinds.get(kind);
    if (entry === undefined) kinds.set(kind, { count: 1, lastDetail: detail });
    else {
      entry.count += 1;
      entry.lastDetail = detail;
    }
  }

  /** The most frequent first, at most `limit`. */
  list(limit = 100): readonly RejectionCount[] {
    return [...this.#counts]
      .flatMap(([cuff, kinds]) => [...kinds].map(([kind, entry]) => ({ cuff, kind, ...entry })))
      .sort((a, b) => b.count - a.count)
      .slice(0, limit);
  }

  #kindsOf(cuff: CuffId | null): Map<Rejection["kind"], { count: number; lastDetail: string }> {
    const known = this.#counts.get(cuff);
    if (known !== undefined) return known;
    const name = cuff !== null && this.#counts.size >= this.#most ? otherCuffs : cuff;
    const kinds = this.#counts.get(name) ?? new Map<Rejection["kind"], never>();
    this.#counts.set(name, kinds);
    return kinds;
  }
}
