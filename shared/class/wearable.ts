/** Which cuffs can be put on somebody now, with what there is to know in choosing one. */
import { inflatedAt } from "../alarm/policy.ts";
import type { CuffsLive, HeardCuff } from "../clinic/cuff-live.ts";

export type Wearable = Readonly<{
  cuff: string;
  /** As it stands on its label; the name in its topics where nobody has given it one. */
  name: string;
  widthCm: number | null;
  batteryPct: number | null;
  /** It times itself by nothing: the server does. */
  basic: boolean;
  canIdentify: boolean;
  /** It has pressure in it already: whoever wears it was not seated yet. */
  up: boolean;
}>;

/** Cuffs that are heard now and on nobody: the clinic's own by name, then those that were only heard. */
export const wearable = (
  live: Pick<CuffsLive, "cuffs" | "strangers">,
  /** The cuffs that the class has on somebody. */
  worn: readonly string[],
): readonly Wearable[] => {
  const own = live.cuffs
    .filter((c) => c.seat === null && !worn.includes(c.cuff) && c.fresh && !c.retired)
    .map((c) => of(c, c.name, c.widthCm));
  const strangers = live.strangers
    .filter((c) => c.fresh && !worn.includes(c.cuff))
    .map((c) => of(c, c.cuff, null));
  return [...own.toSorted(byName), ...strangers.toSorted(byName)];
};

const of = (c: HeardCuff, name: string, widthCm: number | null): Wearable => ({
  ...{ cuff: c.cuff, name, widthCm, batteryPct: c.batteryPct },
  basic: c.quality === "basic",
  canIdentify: c.canIdentify,
  up: c.pressureMmhg !== null && c.pressureMmhg >= inflatedAt,
});

const byName = (a: Wearable, b: Wearable): number => a.name.localeCompare(b.name, "en", { numeric: true });
