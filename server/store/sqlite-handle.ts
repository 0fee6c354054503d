/** A database of node:sqlite in the form in which Kysely's SQLite driver speaks to one. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import type { Tables } from "./tables.ts";

export const kyselyOn = (handle: DatabaseSync): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyExpects(handle) }) });

/** Statements are kept, since groups of facts are stored with the same few over and over. */
const mostStatements = 100;

const asKyselyExpects = (handle: DatabaseSync): SqliteDatabase => {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const kept = statements.get(sql);
    if (kept !== undefined) return kept;
    if (statements.size >= mostStatements) statements.clear();
    const statement = handle.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    close: () => handle.close(),
    prepare: (sql) => {
      // A full disk has rolled the transaction back by itself; a second rollback would hide the first error.
      if (sql === "rollback" && !handle.isTransaction) return nothingToDo;
      const statement = prepared(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(asInput)),
        run: (parameters) => statement.run(...parameters.map(asInput)),
        iterate: (parameters) => statement.iterate(...parameters.map(asInput)),
      };
    },
  };
};

const nothingToDo: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

const asInput = (value: unknown): SQLInputValue => {
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "bigint")
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite cannot store a ${typeof value}.`);
};
