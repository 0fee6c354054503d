/** The site's own log in order of its lines, rows and chunks alike, from any place on. */
import type { Kysely } from "kysely";
import type { Chunk } from "../../shared/recording/chunk.ts";
import { ownLog } from "../../shared/recording/line.ts";
import { chunkOf } from "./closed-chunk.ts";
import { type Damage, damageOf } from "./damage.ts";
import { toRow } from "./fact-row.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { readRows } from "./statements.ts";
import type { StoredFactRow, Tables } from "./tables.ts";

type Span = Pick<ChunkRow, "id" | "first_id" | "last_id">;
/** Where a packed line is. */
type Place = Readonly<{ id: number; chunk: Chunk; row: number }>;

/** Chunks that are held open at most: those of all cuffs of a large class, as they lie beside each other. */
const mostOpen = 64;

export class LogReader {
  readonly #db: Kysely<Tables>;
  readonly #damaged: (damage: Damage) => void;
  /** Chunks that end after `#after`, in order of their first line; null: to be asked for anew. */
  #spans: readonly Span[] | null = null;
  #after = 0;
  /** Null: damaged. */
  readonly #open = new Map<number, Chunk | null>();

  constructor(db: Kysely<Tables>, damaged: (damage: Damage) => void) {
    this.#db = db;
    this.#damaged = damaged;
  }

  /** Chunks have come or gone. */
  forget(): void {
    this.#spans = null;
    this.#open.clear();
  }

  /** At most `limit` lines after `afterId`, in order; none only where there are no more. A damaged chunk is gone past. */
  async read(afterId: number, limit: number): Promise<readonly StoredFactRow[]> {
    for (let from = afterId; ;) {
      const { rows, upTo } = await this.#window(from, limit);
      if (rows.length > 0 || upTo === Infinity) return rows;
      from = upTo;
    }
  }

  /** Lines after `afterId`, and up to which number there are no others. */
  async #window(
    afterId: number,
    limit: number,
  ): Promise<Readonly<{ rows: readonly StoredFactRow[]; upTo: number }>> {
    const rows = await readRows(this.#db, afterId, limit);
    const rowsUpTo = rows.length < limit ? Infinity : (rows.at(-1)?.id ?? Infinity);
    const spans = (await this.#spansAfter(afterId)).filter((span) => span.last_id > afterId);
    const packed: Place[] = [];
    let upTo = rowsUpTo;
    for (const span of spans) {
      if (span.first_id > upTo) break;
      // Lines of a chunk that is not looked at yet begin at its first one: enough are there before it.
      if (packed.length >= limit && packed.filter(({ id }) => id < span.first_id).length >= limit) {
        upTo = span.first_id - 1;
        break;
      }
      const chunk = await this.#chunk(span.id);
      if (chunk === null) continue;
      const first = firstAfter(chunk, afterId);
      // No more of one chunk than could be answered.
      const end = Math.min(chunk.length, first + limit);
      for (let row = first; row < end; row++) packed.push({ id: chunk.ids[row] ?? 0, chunk, row });
      const next = chunk.ids[end];
      if (next !== undefined) upTo = Math.min(upTo, next - 1);
    }
    const merged = [...rows, ...packed].filter(({ id }) => id <= upTo).sort((a, b) => a.id - b.id);
    return { rows: merged.slice(0, limit).map(asRow), upTo };
  }

  async #spansAfter(afterId: number): Promise<readonly Span[]> {
    if (this.#spans !== null && this.#after <= afterId) return this.#spans;
    this.#spans = await this.#db
      .selectFrom("chunk")
      .select(["id", "first_id", "last_id"])
      .where("log", "=", ownLog)
      .where("last_id", ">", afterId)
      .orderBy("first_id")
      .execute();
    this.#after = afterId;
    return this.#spans;
  }

  async #chunk(id: number): Promise<Chunk | null> {
    const open = this.#open.get(id);
    if (open !== undefined) return open;
    const row = await this.#db.selectFrom("chunk").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) return null;
    const chunk = chunkOf(row);
    if (!chunk.ok) this.#damaged(damageOf(row, chunk.error.detail));
    const oldest = this.#open.keys().next();
    if (this.#open.size >= mostOpen && oldest.done === false) this.#open.delete(oldest.value);
    this.#open.set(id, chunk.ok ? chunk.value : null);
    return chunk.ok ? chunk.value : null;
  }
}

const asRow = (line: StoredFactRow | Place): StoredFactRow =>
  "chunk" in line ? { id: line.id, ...toRow(line.chunk.line(line.row)) } : line;

/** The first row of a chunk whose number is greater. */
const firstAfter = (chunk: Chunk, afterId: number): number => {
  let [low, high] = [0, chunk.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunk.ids[middle] ?? Infinity) > afterId) high = middle;
    else low = middle + 1;
  }
  return low;
};
