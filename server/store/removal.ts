/**
 * Takes lines away for good, at somebody's wish or since they are too old. What is left says from when to when something was there, and nothing
 * of what it was.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import type { SiteId } from "../../shared/ids.ts";
import type { Hole, Line, Stretch } from "../../shared/recording/line.ts";
import { ownLog } from "../../shared/recording/line.ts";
import { isOwn } from "../../shared/recording/restrict.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import { isClassFact, type Span } from "../../shared/recording/span.ts";
import { after, millis } from "../../shared/units.ts";
import { isAboutCuff } from "../../shared/session/fact.ts";
import { linesBetween, type Told } from "./archive-lines.ts";
import { startOf } from "./archive-start.ts";
import { chunkOf, closeLines, linesIn } from "./closed-chunk.ts";
import { forgetStates, remembersMs } from "./forget-states.ts";
import { dropEmptied } from "./log-statements.ts";
import { byBoot, messageOf, type OneMessage, type PackedRuns } from "./packed-runs.ts";
import { chunksIn, cuffsOf, isMeant, type Range, rowsIn } from "./stretch.ts";
import type { StoredFactRow, Tables } from "./tables.ts";

export type Removal = Readonly<{
  stretch: Stretch;
  why: Exclude<Hole["why"], "damaged">;
  /** Whose part is taken away; left out: everything that the stretch means. */
  span?: Span | undefined;
  /** Ids that may stand in no kept state any more. */
  marks: readonly string[];
}>;

export type RemovalOptions = Readonly<{ db: Kysely<Tables>; packed: PackedRuns; site: SiteId; told: Told }>;

/** What becomes of a line: it goes (null), stays (the same), or stays without what was in it. */
type Fate = (line: Line) => Line | null;

/** Answers with how many lines were taken away. The bytes are gone after `scrub`. */
export const removeLines = async (options: RemovalOptions, removal: Removal): Promise<number> => {
  const done: (() => void)[] = [];
  const removed = await options.db.transaction().execute(async (tx) => {
    await setScrubbed(tx, false);
    const { stretch, why } = removal;
    const { log, from, to } = stretch;
    // An alarm of the session is cleared, and a cuff tells what it still had of it, after the session's end.
    const until = removal.span === undefined ? to : after(to, millis(remembersMs));
    const range: Range = { log, from, to: until, cuffs: cuffsOf(stretch), afterId: 0 };
    const fate = await fateOf(tx, options, removal, range);
    const count =
      (await fromChunks(tx, range, fate)) + (await fromRows(tx, options.packed, range, fate, done));
    await forgetStates(tx, removal);
    if (log !== ownLog) await dropEmptied(tx, log);
    const missing = stretch.cuffs ?? [{ cuff: null, from, to }];
    for (const { cuff, from: begin, to: end } of missing)
      await tx.insertInto("hole").values({ log, cuff, from_at: begin, to_at: end, why }).execute();
    return count;
  });
  for (const take of done) take();
  return removed;
};

/** Leaves nothing of what was taken away in the file, in its free pages or in the log of its writes. */
export const scrub = async (db: Kysely<Tables>): Promise<void> => {
  await sql`vacuum`.execute(db);
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
  if (rows[0]?.busy !== 0)
    throw new Error("Somebody reads the database, so that its log of writes cannot be emptied. Try again.");
  await setScrubbed(db, true);
};

/** Whether nothing was taken away since the last `scrub`. It stands in the database's head, so that a crash between the two is made good. */
export const isScrubbed = async (db: Kysely<Tables>): Promise<boolean> => {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  return rows[0]?.user_version !== unscrubbed;
};

/** What the head's number for whoever uses the database says while bytes of what was taken away may be left. */
const unscrubbed = 1;
const setScrubbed = async (db: Kysely<Tables> | Transaction<Tables>, is: boolean): Promise<void> => {
  await sql`pragma user_version = ${sql.lit(is ? 0 : unscrubbed)}`.execute(db);
};

const fateOf = async (
  tx: Transaction<Tables>,
  { site, told }: RemovalOptions,
  { stretch, span }: Removal,
  range: Range,
): Promise<Fate> => {
  if (span === undefined) return (line) => (isMeant(stretch, line) ? null : line);
  const { log, from: at, cuffs } = range;
  const start = await startOf(tx, { log, at, cuffs, site }, told);
  const lines: Line[] = [];
  for await (const line of linesBetween(tx, { ...range, afterId: start.afterId }, told)) lines.push(line);
  const own = new Set<number>();
  for (const { id } of ownLines(span, start.state, lines)) own.add(id);
  return (line) => (own.has(line.id) ? withoutPart(line, span) : line);
};

/** A line without what is one patient's: null where it is all theirs. What is said of the room and of the whole class stays. */
const withoutPart = (line: Line, span: Span): Line | null => {
  const { fact } = line;
  if (isAboutCuff(fact)) return null;
  if (fact.kind === "roster") {
    const { stations } = fact.roster;
    if (stations === "keep" || !stations.some((s) => isOwn(s, span))) return line;
    return {
      ...line,
      fact: { ...fact, roster: { ...fact.roster, stations: stations.filter((s) => !isOwn(s, span)) } },
    };
  }
  if (!isClassFact(fact)) return line;
  return "session" in fact || fact.kind === "patient-seated" ? null : line;
};

const fromChunks = async (tx: Transaction<Tables>, range: Range, fate: Fate): Promise<number> => {
  let count = 0;
  for (const { id, body, ...row } of await chunksIn(tx, range)) {
    const chunk = chunkOf({ body, crc: row.crc });
    const lines = chunk.ok ? linesIn(chunk.value) : [];
    const kept = lines.flatMap((line) => fate(line) ?? []);
    if (chunk.ok && kept.every((line, i) => line === lines[i]) && kept.length === lines.length) continue;
    await tx.deleteFrom("chunk").where("id", "=", id).execute();
    count += row.count - kept.length;
    if (!chunk.ok) {
      // Nobody can say what is in a damaged chunk, so none of it may stay.
      const { log, cuff, from_at, to_at } = row;
      await tx.insertInto("hole").values({ log, cuff, from_at, to_at, why: "damaged" }).execute();
    }
    if (kept.length === 0) continue;
    const closed = closeLines(kept);
    if (!closed.ok) throw new Error(closed.error.detail);
    await tx
      .insertInto("chunk")
      .values({ log: row.log, ...closed.value })
      .execute();
  }
  return count;
};

const fromRows = async (
  tx: Transaction<Tables>,
  packed: PackedRuns,
  range: Range,
  fate: Fate,
  done: (() => void)[],
): Promise<number> => {
  const gone: Line[] = [];
  const damaged: StoredFactRow[] = [];
  for await (const line of rowsIn(tx, range, (row) => damaged.push(row))) {
    const left = fate(line);
    if (left === null) gone.push(line);
    else if (left !== line)
      await tx
        .updateTable("fact")
        .set({ body: JSON.stringify(left.fact) })
        .where("id", "=", line.id)
        .execute();
  }
  if (range.log !== ownLog) return 0;
  await tx
    .deleteFrom("fact")
    .where(
      sql<boolean>`id in (select value from json_each(${JSON.stringify([...gone, ...damaged].map(({ id }) => id))}))`,
    )
    .execute();
  // Nobody can say what is in a damaged row either.
  for (const { cuff, at } of damaged)
    await tx
      .insertInto("hole")
      .values({ log: ownLog, cuff, from_at: at, to_at: at, why: "damaged" })
      .execute();
  // What a cuff tells again of what was taken away must not come back.
  const messages = [...gone.flatMap(({ fact }) => messageOf(fact)), ...damaged.flatMap(messageOfRow)];
  done.push(await packed.add(tx, byBoot(messages)));
  return gone.length + damaged.length;
};

/** The message whose row is damaged: which one it was stands beside what it said. */
const messageOfRow = ({ cuff, boot, seq }: StoredFactRow): readonly OneMessage[] =>
  cuff === null || boot === null || seq === null ? [] : [{ cuff, boot, seq }];
