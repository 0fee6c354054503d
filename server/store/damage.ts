/** A chunk or a row whose bytes are not as they were: it is said once, and what it held counts as missing. */
import type { CuffId } from "../../shared/ids.ts";
import { cuffId } from "../../shared/ids.ts";
import { type Hole, ownLog } from "../../shared/recording/line.ts";
import { monotonic } from "../../shared/units.ts";
import type { ChunkRow } from "./recording-tables.ts";
import type { StoredFactRow } from "./tables.ts";

/** `detail` is a sentence for the person who runs the server. */
export type Damage = Readonly<{
  /** In which table it is, and its number there. */
  table: "chunk" | "fact";
  id: number;
  log: number;
  cuff: CuffId | null;
  lines: number;
  detail: string;
}>;

type Head = Pick<ChunkRow, "id" | "log" | "cuff" | "from_at" | "to_at" | "count">;

export const damageOf = ({ id, log, cuff, count }: Head, why: string): Damage => ({
  ...{ table: "chunk", id, log, lines: count, detail: why },
  cuff: cuff === null ? null : cuffId(cuff),
});

export const holeOf = ({ cuff, from_at, to_at }: Head): Hole => ({
  ...{ from: monotonic(from_at), to: monotonic(to_at), why: "damaged" },
  cuff: cuff === null ? null : cuffId(cuff),
});

/** The same of a row that is no fact. */
export const damageOfRow = ({ id, cuff }: StoredFactRow): Damage => ({
  ...{ table: "fact", id, log: ownLog, lines: 1, detail: `Line ${id} cannot be read.` },
  cuff: cuff === null ? null : cuffId(cuff),
});

export const holeOfRow = ({ at, cuff }: StoredFactRow): Hole => ({
  ...{ from: monotonic(at), to: monotonic(at), why: "damaged" },
  cuff: cuff === null ? null : cuffId(cuff),
});

/** Tells of each damaged chunk and row once. */
export const damageTeller = (tell: (damage: Damage) => void): ((damage: Damage) => void) => {
  const told = new Set<string>();
  return (damage) => {
    const place = `${damage.table} ${damage.id}`;
    if (told.has(place)) return;
    told.add(place);
    tell(damage);
  };
};
