/** The lines of a stretch of a log as they lie in the database: chunks that hold some of them, and rows that are not packed yet. */
import type { Kysely, Transaction } from "kysely";
import type { Hole, Line, Stretch } from "../../shared/recording/line.ts";
import { ownLog } from "../../shared/recording/line.ts";
import { cuffId } from "../../shared/ids.ts";
import { type Monotonic, monotonic } from "../../shared/units.ts";
import { isAboutCuff } from "../../shared/session/fact.ts";
import { fromRow } from "./fact-row.ts";
import { chunkSpanMs } from "../../shared/recording/grouping.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { lastNumber } from "./statements.ts";
import type { StoredFactRow, Tables } from "./tables.ts";

type Database = Kysely<Tables> | Transaction<Tables>;

/** From a moment (with it) to another one (without it, where it is `until`); null: every cuff. */
export type Range = Readonly<{
  log: number;
  from: Monotonic;
  to: Monotonic;
  cuffs: readonly string[] | null;
  /** Only lines after this one. */
  afterId: number;
}>;

/** Whether a line is one of those that a stretch means. */
export const isMeant = ({ from, to, cuffs }: Stretch, { at, fact }: Line): boolean => {
  if (at < from || at > to) return false;
  if (cuffs === null || !isAboutCuff(fact)) return true;
  return cuffs.some((one) => one.cuff === fact.cuff && one.from <= at && at <= one.to);
};

/** The names of the cuffs of a stretch. */
export const cuffsOf = ({ cuffs }: Stretch): readonly string[] | null =>
  cuffs === null ? null : [...new Set(cuffs.map(({ cuff }) => cuff))];

/** Chunks that may hold lines of a range, the one with the oldest line first. */
export const chunksIn = (
  db: Database,
  { log, from, to, cuffs, afterId }: Range,
): Promise<readonly ChunkRow[]> =>
  db
    .selectFrom("chunk")
    .selectAll()
    .where("log", "=", log)
    .where("to_at", ">=", from)
    .where("to_at", "<=", to + chunkSpanMs)
    .where("from_at", "<=", to)
    .where("last_id", ">", afterId)
    .$if(cuffs !== null, (query) =>
      query.where((e) => e.or([e("cuff", "is", null), e("cuff", "in", [...(cuffs ?? []), ""])])),
    )
    .orderBy("first_id")
    .execute();

/** How many rows are read at once. */
const rowsAtATime = 5000;

/** The rows of a range in order. A row that is no fact is gone past, and told. */
export async function* rowsIn(
  db: Database,
  { log, from, to, cuffs, afterId }: Range,
  damaged: (row: StoredFactRow) => void,
): AsyncGenerator<Line> {
  if (log !== ownLog) return;
  for (let after = Math.max(afterId, (await firstRowAt(db, from)) - 1); ;) {
    const rows = await db
      .selectFrom("fact")
      .selectAll()
      .where("id", ">", after)
      .$if(cuffs !== null, (query) =>
        query.where((e) => e.or([e("cuff", "is", null), e("cuff", "in", [...(cuffs ?? []), ""])])),
      )
      .orderBy("id")
      .limit(rowsAtATime)
      .execute();
    for (const row of rows) {
      if (row.at > to) return;
      if (row.at < from) continue;
      const line = lineOf(row);
      if (line === null) damaged(row);
      else yield line;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtATime) return;
    after = last.id;
  }
}

/** The line of a row; null where it is none. */
export const lineOf = (row: StoredFactRow): Line | null => {
  try {
    return fromRow(row);
  } catch {
    return null;
  }
};

/** The number of the first row of `at` or after it. Site time never runs backwards, so it is found by halves and needs no index. */
const firstRowAt = async (db: Database, at: Monotonic): Promise<number> => {
  let [low, high] = [0, (await lastNumber(db)) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await db
      .selectFrom("fact")
      .select(["id", "at"])
      .where("id", ">=", middle)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined || row.at >= at) high = middle;
    else low = row.id + 1;
  }
  return low;
};

/** The greatest number that a line of a log has, and the moment of the last that is there; site time never runs backwards. */
export const lastOf = async (db: Database, log: number): Promise<Readonly<{ id: number; at: Monotonic }>> => {
  // Each by itself, so that it is the end of an index.
  const greatest = async (column: "last_id" | "to_at"): Promise<number> => {
    const row = await db
      .selectFrom("chunk")
      .select((e) => e.fn.max<number | null>(column).as("greatest"))
      .where("log", "=", log)
      .executeTakeFirst();
    return row?.greatest ?? 0;
  };
  const packedTo = await greatest("to_at");
  if (log !== ownLog) return { id: await greatest("last_id"), at: monotonic(packedTo) };
  const row = await db.selectFrom("fact").select("at").orderBy("id", "desc").limit(1).executeTakeFirst();
  return { id: await lastNumber(db), at: monotonic(Math.max(packedTo, row?.at ?? 0)) };
};

/** What is known to be missing of a range. */
export const holesIn = async (db: Database, { log, from, to, cuffs }: Range): Promise<readonly Hole[]> => {
  const rows = await db
    .selectFrom("hole")
    .selectAll()
    .where("log", "=", log)
    .where("to_at", ">=", from)
    .where("from_at", "<=", to)
    .orderBy("from_at")
    .execute();
  return rows
    .filter(({ cuff }) => cuff === null || cuffs === null || cuffs.includes(cuff))
    .map(({ cuff, from_at, to_at, why }) => ({
      ...{ from: monotonic(from_at), to: monotonic(to_at), why },
      cuff: cuff === null ? null : cuffId(cuff),
    }));
};
