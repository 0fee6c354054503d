/** What the register says to its database, for every SQL engine alike. Errors of the database are thrown on to the engine. */
import { type Kysely, sql, type Transaction } from "kysely";
import { wallTime } from "../../shared/units.ts";
import type { RecordRow, Tables } from "../store/tables.ts";
import type { Change, Entry, Listing, Named, RecordKind, Written } from "./register.ts";

export const getRecord = async (
  db: Kysely<Tables>,
  { kind, id }: Readonly<{ kind: RecordKind; id: string }>,
): Promise<Entry | null> => {
  const row = await present(db, kind).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : entryOf(row);
};

export const findRecord = async (
  db: Kysely<Tables>,
  { kind, unique }: Readonly<{ kind: RecordKind; unique: string }>,
): Promise<Entry | null> => {
  const row = await present(db, kind).where("unique_key", "=", unique).executeTakeFirst();
  return row === undefined ? null : entryOf(row);
};

export const listRecords = async (
  db: Kysely<Tables>,
  { kind, owner, words, from, to, after, descending = false, limit }: Listing,
): Promise<readonly (Entry & Readonly<{ sort: string }>)[]> => {
  const direction = descending ? "desc" : "asc";
  let query = present(db, kind).orderBy("sort", direction).orderBy("id", direction).limit(limit);
  if (owner === null) query = query.where("owner", "is", null);
  else if (owner !== undefined) query = query.where("owner", "=", owner);
  if (from !== undefined) query = query.where("sort", ">=", from);
  if (to !== undefined) query = query.where("sort", "<", to);
  for (const word of words ?? [])
    query = query.where(sql<boolean>`search like ${`%${word.replace(/[\\%_]/g, "\\$&")}%`} escape '\\'`);
  if (after !== undefined) {
    const place = sql`(${after.sort}, ${after.id})`;
    query = query.where(
      descending ? sql<boolean>`(sort, id) < ${place}` : sql<boolean>`(sort, id) > ${place}`,
    );
  }
  return (await query.execute()).map((row) => ({ ...entryOf(row), sort: row.sort }));
};

export const recordHistory = async (
  db: Kysely<Tables>,
  { kind, id }: Readonly<{ kind: RecordKind; id: string }>,
): Promise<readonly Entry[]> => {
  const rows = await db
    .selectFrom("record")
    .selectAll()
    .where("kind", "=", kind)
    .where("id", "=", id)
    .orderBy("version", "desc")
    .execute();
  return rows.map(entryOf);
};

export const recordsEverOf = async (db: Kysely<Tables>, owner: string): Promise<readonly Named[]> => {
  const rows = await db
    .selectFrom("record")
    .select(["kind", "id"])
    .distinct()
    .where("owner", "=", owner)
    .execute();
  // Only this program writes the table.
  return rows.map(({ kind, id }) => ({ kind: kind as RecordKind, id }));
};

export const purgeRecords = (
  db: Kysely<Tables>,
  { records, but }: Readonly<{ records: readonly Named[]; but: "nothing" | "what-stands" }>,
): Promise<number> =>
  db.transaction().execute(async (tx) => {
    let versions = 0;
    for (const { kind, id } of records) {
      const gone = await tx
        .deleteFrom("record")
        .where("kind", "=", kind)
        .where("id", "=", id)
        .$if(but === "what-stands", (query) => query.where("present", "=", 0))
        .execute();
      versions += gone.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
    }
    return versions;
  });

/** Ends a transaction that must leave nothing behind, with the reason. */
class NotWritten extends Error {
  readonly why: Written;
  constructor(why: Written) {
    super(why.is);
    this.why = why;
  }
}

export const writeRecords = async (db: Kysely<Tables>, changes: readonly Change[]): Promise<Written> => {
  try {
    return await db.transaction().execute(async (tx) => {
      const versions: number[] = [];
      for (const change of changes) versions.push(await writeOne(tx, change));
      return { is: "written", versions };
    });
  } catch (error) {
    if (error instanceof NotWritten) return error.why;
    throw error;
  }
};

/** Writes one change; its version. */
const writeOne = async (tx: Transaction<Tables>, change: Change): Promise<number> => {
  const { kind, id, seen, by, at } = change;
  const newest = await tx
    .selectFrom("record")
    .selectAll()
    .where("kind", "=", kind)
    .where("id", "=", id)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const standing = newest?.present === 1 ? newest : undefined;
  if ((standing?.version ?? null) !== seen)
    throw new NotWritten({
      is: "conflict",
      kind,
      id,
      present: standing === undefined ? null : entryOf(standing),
    });
  const version = (newest?.version ?? 0) + 1;
  const row =
    change.body === null
      ? { owner: null, unique_key: null, search: "", sort: "", body: "null", present: 0 }
      : await keyed(tx, change);
  await tx.updateTable("record").set({ present: 0 }).where("kind", "=", kind).where("id", "=", id).execute();
  await tx
    .insertInto("record")
    .values({ kind, id, version, at, by, ...row })
    .execute();
  return version;
};

const keyed = async (
  tx: Transaction<Tables>,
  { kind, id, keys, body }: Extract<Change, { keys: unknown }>,
): Promise<Pick<RecordRow, "owner" | "unique_key" | "search" | "sort" | "body" | "present">> => {
  if (keys.unique !== null) {
    const other = await present(tx, kind)
      .where("unique_key", "=", keys.unique)
      .where("id", "!=", id)
      .executeTakeFirst();
    if (other !== undefined) throw new NotWritten({ is: "taken", kind, unique: keys.unique, id: other.id });
  }
  return {
    owner: keys.owner,
    unique_key: keys.unique,
    search: keys.search,
    sort: keys.sort,
    body: JSON.stringify(body),
    present: 1,
  };
};

const present = (db: Kysely<Tables> | Transaction<Tables>, kind: RecordKind) =>
  db.selectFrom("record").selectAll().where("kind", "=", kind).where("present", "=", 1);

const entryOf = ({ id, version, at, by, owner, body }: RecordRow): Entry => ({
  id,
  version,
  at: wallTime(at),
  by,
  owner,
  body: JSON.parse(body) as unknown,
});
