/** A chunk comes in, and the rows that it stands for go, in one transaction: a crash finds every line exactly once. */
import { type Kysely, sql } from "kysely";
import { ownLog } from "../../shared/recording/line.ts";
import type { PackedRuns } from "./packed-runs.ts";
import type { Prepared } from "./prepare.ts";
import type { Tables } from "./tables.ts";

export const takeIn = async (
  db: Kysely<Tables>,
  packed: PackedRuns,
  { chunk, ids, messages }: Prepared,
): Promise<number> => {
  const done = await db.transaction().execute(async (tx) => {
    await tx
      .insertInto("chunk")
      .values({ log: ownLog, ...chunk })
      .execute();
    const gone = await tx
      .deleteFrom("fact")
      .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`)
      .executeTakeFirst();
    // Some were removed since the chunk was made of them: they must not come back.
    if (Number(gone.numDeletedRows) !== ids.length)
      throw new Error(`${ids.length} lines were to be packed, and ${gone.numDeletedRows} were found.`);
    return packed.add(tx, messages);
  });
  done();
  return ids.length;
};
