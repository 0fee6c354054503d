/**
 * Rows of closed lines become chunks, one at a time: each is one transaction, chunk in and rows out, so that a crash finds every line exactly
 * once. What is said of alarms stays as rows, since the log of the alarms picks them out one by one.
 */
import { type Kysely, sql } from "kysely";

import { type Line, ownLog } from "../../shared/recording/line.ts";
import type { Monotonic } from "../../shared/units.ts";
import { closeLines } from "./closed-chunk.ts";
import { fromRow } from "./fact-row.ts";
import { chunkSpanMs, mostLines } from "./grouping.ts";
import type { OfBoot, PackedRuns } from "./packed-runs.ts";
import { frequentKinds } from "./store.ts";
import { isRare, type StoredFactRow, type Tables } from "./tables.ts";

/** Which lines may be packed. */
export type Packing = Readonly<{
  /** Only those before this moment. */
  before: Monotonic;
  /** Only as many as fill a chunk's span of time: where more of the same are still to come, they are waited for. */
  whole: boolean;
}>;

/** `lines` is how many were packed at this call; 0: there is nothing more to pack now. */
export type Packed = Readonly<{ lines: number; problem: string | null }>;

export class Packer {
  readonly #db: Kysely<Tables>;
  readonly #runs: PackedRuns;
  /** Rows that may be packed all have at least this number, so that alarms of many years are not gone through each time. */
  #from = 0;
  /** Rows that no chunk can hold; they stay as they are. */
  readonly #left = new Set<number>();

  constructor(db: Kysely<Tables>, runs: PackedRuns) {
    this.#db = db;
    this.#runs = runs;
  }

  /** Packs one chunk. */
  async packOne({ before, whole }: Packing): Promise<Packed> {
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
    if (closed === null || !closed.ok) {
      for (const { id } of rows) this.#left.add(id);
      const why = closed?.error.detail ?? `Line ${first.id} cannot be read.`;
      return { lines: rows.length, problem: `${why} They stay as they are.` };
    }
    const ids = JSON.stringify(lines.map(({ id }) => id));
    const packed = await this.#db.transaction().execute(async (tx) => {
      await tx
        .insertInto("chunk")
        .values({ log: ownLog, ...closed.value })
        .execute();
      const gone = await tx
        .deleteFrom("fact")
        .where(sql<boolean>`id in (select value from json_each(${ids}))`)
        .executeTakeFirst();
      if (Number(gone.numDeletedRows) !== lines.length)
        throw new Error(`${lines.length} lines were to be packed, and ${gone.numDeletedRows} were found.`);
      return this.#runs.add(tx, messagesOf(lines));
    });
    packed();
    return { lines: lines.length, problem: null };
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

/** Which messages are among some lines. */
export const messagesOf = (lines: readonly Line[]): readonly OfBoot[] => {
  const boots = new Map<string, { cuff: string; boot: string; seqs: number[] }>();
  for (const { fact } of lines) {
    if (fact.kind !== "samples") continue;
    const { cuff, message } = fact;
    const key = `${cuff}\n${message.boot}`;
    const ofBoot = boots.get(key) ?? { cuff, boot: message.boot, seqs: [] };
    ofBoot.seqs.push(message.seq);
    boots.set(key, ofBoot);
  }
  return [...boots.values()];
};
