/**
 * Which rows become a chunk next, and the chunk that they become. What is said of alarms stays as rows, since the log of the alarms picks
 * them out one by one. Reading and encoding is done here, beside whoever stores; the store's thread only takes the result in (take-in.ts).
 */
import { type Kysely, sql } from "kysely";
import type { Line } from "../../shared/recording/line.ts";
import type { Monotonic } from "../../shared/units.ts";
import { type ClosedChunk, closeLines } from "./closed-chunk.ts";
import { fromRow } from "./fact-row.ts";
import { chunkSpanMs, mostLines } from "../../shared/recording/grouping.ts";
import { messagesOf, type OfBoot } from "./packed-runs.ts";
import { frequentKinds } from "../../shared/recording/line.ts";
import { isRare, type StoredFactRow, type Tables } from "./tables.ts";

/** Which lines may be packed. */
export type Packing = Readonly<{
  /** Only those before this moment. */
  before: Monotonic;
  /** Only as many as fill a chunk's span of time: where more of the same are still to come, they are waited for. */
  whole: boolean;
}>;

/** `lines` is how many rows were dealt with at this call; 0: there is nothing more to pack now. */
export type Packed = Readonly<{ lines: number; problem: string | null }>;

/** A chunk, and the rows that it stands for. */
export type Prepared = Readonly<{ chunk: ClosedChunk; ids: readonly number[]; messages: readonly OfBoot[] }>;

export class Preparing {
  readonly #db: Kysely<Tables>;
  /** Rows that may be packed all have at least this number, so that alarms of many years are not gone through each time. */
  #from = 0;
  /** Rows that no chunk can hold; they stay as they are. */
  readonly #left = new Set<number>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The next chunk; or that there is none, or none of some rows. */
  async next({ before, whole }: Packing): Promise<Prepared | Packed> {
    const first = await this.#first();
    if (first === null || first.at >= before) return { lines: 0, problem: null };
    const end = first.at + chunkSpanMs;
    if (whole && end > before) return { lines: 0, problem: null };
    const rows = await this.#group(first, Math.min(end, before));
    const lines: Line[] = [];
    for (const row of rows) {
      try {
        lines.push(fromRow(row));
      } catch {
        this.#left.add(row.id);
      }
    }
    const closed = lines.length === 0 ? null : closeLines(lines);
    if (closed?.ok === true)
      return { chunk: closed.value, ids: lines.map(({ id }) => id), messages: messagesOf(lines) };
    for (const { id } of rows) this.#left.add(id);
    return {
      lines: rows.length,
      problem: `${closed?.error.detail ?? `Line ${first.id} cannot be read.`} It stays as it is.`,
    };
  }

  /** The oldest row that may be packed. */
  async #first(): Promise<StoredFactRow | null> {
    const rows = await this.#db
      .selectFrom("fact")
      .selectAll()
      .where("id", ">=", this.#from)
      .where("alarm", "is", null)
      .orderBy("id")
      .limit(this.#left.size + 1)
      .execute();
    const first = rows.find(({ id }) => !this.#left.has(id));
    if (first !== undefined) this.#from = rows[0]?.id ?? 0;
    return first ?? null;
  }

  /** The rows of a chunk that begins with `first` and ends before `end`, in site time. */
  async #group(first: StoredFactRow, end: number): Promise<readonly StoredFactRow[]> {
    const isFrequent = frequentKinds.some((kind) => kind === first.kind);
    const cuff = isFrequent ? first.cuff : null;
    const most = mostLines + this.#left.size;
    // Both indices hold what is asked for, so that no row is read that is not packed.
    const ids =
      cuff === null
        ? sql`select id from fact indexed by fact_rare where ${isRare} and alarm is null and id >= ${first.id} order by id limit ${most}`
        : sql`select id from fact indexed by fact_message where cuff = ${cuff} and id >= ${first.id} order by id limit ${most}`;
    const rows = await this.#db
      .selectFrom("fact")
      .selectAll()
      .where(sql<boolean>`id in (${ids})`)
      .where("alarm", "is", null)
      .where("at", "<", end)
      .orderBy("id")
      .execute();
    return rows
      .filter(({ id, kind }) => !this.#left.has(id) && frequentKinds.some((f) => f === kind) === isFrequent)
      .slice(0, mostLines);
  }
}
