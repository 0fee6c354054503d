/** A chunk whose bytes are not as they were: it is said once, and what it held counts as missing. */
import type { CuffId } from "../../shared/ids.ts";
import { cuffId } from "../../shared/ids.ts";
import type { Hole } from "../../shared/recording/line.ts";
import { monotonic } from "../../shared/units.ts";
import type { ChunkRow } from "./recording-tables.ts";

/** `detail` is a sentence for the person who runs the server. */
export type Damage = Readonly<{
  chunk: number;
  log: number;
  cuff: CuffId | null;
  lines: number;
  detail: string;
}>;

type Head = Pick<ChunkRow, "id" | "log" | "cuff" | "from_at" | "to_at" | "count">;

export const damageOf = ({ id, log, cuff, count }: Head, why: string): Damage => ({
  ...{ chunk: id, log, lines: count, detail: why },
  cuff: cuff === null ? null : cuffId(cuff),
});

export const holeOf = ({ cuff, from_at, to_at }: Head): Hole => ({
  ...{ from: monotonic(from_at), to: monotonic(to_at), why: "damaged" },
  cuff: cuff === null ? null : cuffId(cuff),
});

/** Tells of each damaged chunk once. */
export const damageTeller = (tell: (damage: Damage) => void): ((damage: Damage) => void) => {
  const told = new Set<number>();
  return (damage) => {
    if (told.has(damage.chunk)) return;
    told.add(damage.chunk);
    tell(damage);
  };
};
