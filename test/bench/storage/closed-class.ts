/** A class stored as the server stores it, as fast as it goes, then packed: what the database weighs in the end. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqlite } from "../../../server/store/sqlite.ts";
import type { Recorded, StoreResult } from "../../../server/store/store.ts";
import { checkpointFormat, freeze } from "../../../shared/checkpoint.ts";
import { epoch } from "../../../shared/ids.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { classLife } from "./class-life.ts";

export type Closed = Readonly<{
  samples: number;
  /** By how much the file has grown, once it is packed and vacuumed. */
  bytes: number;
  tables: readonly Readonly<{ name: string; bytes: number }>[];
  /** While nothing else is done. */
  storedPerSecond: number;
  packSeconds: number;
}>;

const own = epoch("b3a1f0c2-5d4e-4f6a-9b8c-7d6e5f4a3b2c");
const wallAtZero = 1_790_000_000_000;
/** The recorder takes this many facts at once when there are many. */
const group = 2000;
/** The site stores a folded state this often, in tenths of a second. */
const checkpointEvery = 100;

const valueOf = <T>(result: StoreResult<T>): T => {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};

export const closedClass = async ({
  folder,
  cuffs,
  seed,
  seconds,
}: Readonly<{ folder: string; cuffs: number; seed: number; seconds: number }>): Promise<Closed> => {
  await valueOf(await openSqlite({ folder })).close();
  const empty = weighed(folder);
  const store = valueOf(await openSqlite({ folder }));
  let [samples, tenths, storedMs] = [0, 0, 0];
  let held: Recorded[] = [];
  for (const moment of classLife(cuffs, seed, seconds)) {
    samples += moment.samples;
    tenths += 1;
    for (const fact of moment.facts)
      held.push({ epoch: own, at: fact.at, wall: wallTime(wallAtZero + fact.at), fact });
    const isDue = tenths % checkpointEvery === 0;
    if (held.length < group && !isDue) continue;
    const began = performance.now();
    const factId = valueOf(await store.append(held));
    storedMs += performance.now() - began;
    held = [];
    if (isDue)
      valueOf(await store.saveCheckpoint({ factId, format: checkpointFormat, state: freeze(moment.state) }));
  }
  valueOf(await store.append(held));
  const began = performance.now();
  const before = monotonic(Number.MAX_SAFE_INTEGER);
  for (let packed = 1; packed > 0;) {
    const { lines, problem } = valueOf(await store.pack({ before, whole: false }));
    if (problem !== null) throw new Error(problem);
    packed = lines;
  }
  const packSeconds = (performance.now() - began) / 1000;
  await store.close();
  const tables = [...weighed(folder)].map(([name, bytes]) => ({
    name,
    bytes: bytes - (empty.get(name) ?? 0),
  }));
  return {
    ...{ samples, tables, bytes: tables.reduce((sum, table) => sum + table.bytes, 0) },
    ...{ storedPerSecond: (1000 * samples) / storedMs, packSeconds },
  };
};

/**
 * What a database weighs after a vacuum, in bytes by table with its indices. The checkpoint is left out: there is one, of the cuffs as they
 * are now, however much is recorded.
 */
const weighed = (folder: string): ReadonlyMap<string, number> => {
  const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  db.exec("vacuum");
  const rows = db
    .prepare(
      `select coalesce(m.tbl_name, s.name) as name, sum(s.pgsize) as bytes
       from dbstat s left join sqlite_schema m on m.name = s.name group by 1 order by 2 desc`,
    )
    .all();
  db.close();
  return new Map(
    rows.flatMap(({ name, bytes }) =>
      name === "checkpoint" ? [] : [[String(name), Number(bytes)] as const],
    ),
  );
};
