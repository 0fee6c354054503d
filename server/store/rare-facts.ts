/** Facts of one kind by the wall clock, also those that are packed: of the chunks only those are opened in which there are some. */
import type { Kysely } from "kysely";
import type { Chunk } from "../../shared/recording/chunk.ts";
import { type Line, ownLog } from "../../shared/recording/line.ts";
import { readKindRows } from "./alarm-statements.ts";
import { chunkOf, linesIn } from "./closed-chunk.ts";
import { type Damage, damageOf } from "./damage.ts";
import { toRow } from "./fact-row.ts";
import type { KindRange } from "./store.ts";
import type { StoredFactRow, Tables } from "./tables.ts";

/** How many chunks are asked for at once. */
const chunksAtATime = 20;

/** The newest first. */
export const readKindOf = async (
  db: Kysely<Tables>,
  range: KindRange,
  damaged: (damage: Damage) => void,
): Promise<readonly StoredFactRow[]> => {
  const { kind, limit } = range;
  const rows = await readKindRows(db, range);
  // What is said of alarms is never packed.
  if (kind.startsWith("alarm-")) return rows;
  const found: StoredFactRow[] = [...rows];
  const newest = (): readonly StoredFactRow[] =>
    found.sort((a, b) => b.wall - a.wall || b.id - a.id).slice(0, limit);
  let last: Readonly<{ to_wall: number; id: number }> | null = null;
  for (;;) {
    const chunks = await chunksWith(db, range, last);
    for (const row of chunks) {
      const before = newest();
      const oldest = before.at(-1);
      // None of this chunk or of those before it can be among the newest.
      if (before.length === limit && oldest !== undefined && oldest.wall > row.to_wall) return before;
      const chunk = chunkOf(row);
      if (chunk.ok) found.push(...wantedIn(chunk.value, range));
      else damaged(damageOf(row, chunk.error.detail));
    }
    last = chunks.at(-1) ?? null;
    if (chunks.length < chunksAtATime || last === null) return newest();
  }
};

const chunksWith = (
  db: Kysely<Tables>,
  { kind, from, to }: KindRange,
  after: Readonly<{ to_wall: number; id: number }> | null,
) =>
  db
    .selectFrom("chunk")
    .selectAll()
    .where("log", "=", ownLog)
    .where("cuff", "is", null)
    .where("to_wall", ">=", from)
    .where("from_wall", "<", to)
    .where("kinds", "like", `%,${kind},%`)
    .$if(after !== null, (query) =>
      query.where((e) => e(e.refTuple("to_wall", "id"), "<", e.tuple(after?.to_wall ?? 0, after?.id ?? 0))),
    )
    .orderBy("to_wall", "desc")
    .orderBy("id", "desc")
    .limit(chunksAtATime)
    .execute();

const wantedIn = (chunk: Chunk, range: KindRange): readonly StoredFactRow[] =>
  linesIn(chunk)
    .filter((line) => isWanted(line, range))
    .map((line) => ({ id: line.id, ...toRow(line) }));

const isWanted = ({ id, wall, fact }: Line, { kind, from, to, olderThan }: KindRange): boolean =>
  fact.kind === kind &&
  wall >= from &&
  wall < to &&
  (olderThan === undefined || wall < olderThan.wall || (wall === olderThan.wall && id < olderThan.id));
