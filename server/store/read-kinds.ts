/** Facts of some kinds in a range of wall time, all of them. */
import type { WallTime } from "../../shared/units.ts";
import type { RareKind, Store, Stored, StoreResult } from "./store.ts";

const factsAtATime = 500;

/** In the order in which they were recorded. */
export const readKinds = async (
  store: Pick<Store, "readKind">,
  kinds: readonly RareKind[],
  range: Readonly<{ from: WallTime; to: WallTime }>,
): Promise<StoreResult<readonly Stored[]>> => {
  const all: Stored[] = [];
  for (const kind of kinds)
    for (let olderThan: Readonly<{ wall: WallTime; id: number }> | undefined; ;) {
      const read = await store.readKind({
        ...{ kind, ...range, limit: factsAtATime },
        ...(olderThan === undefined ? {} : { olderThan }),
      });
      if (!read.ok) return read;
      all.push(...read.value);
      const last = read.value.at(-1);
      if (read.value.length < factsAtATime || last === undefined) break;
      olderThan = { wall: last.wall, id: last.id };
    }
  return { ok: true, value: all.toSorted((a, b) => a.id - b.id) };
};
