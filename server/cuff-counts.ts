/** How many cuffs there are, and how they are, without anybody's name. */
import { allCuffs } from "../shared/session/cuffs.ts";
import { isFresh } from "../shared/session/cuff-state.ts";
import type { State } from "../shared/engine.ts";
import type { Monotonic } from "../shared/units.ts";
import type { Config } from "./config.ts";
import type { CuffCounts } from "./http/health.ts";

/** How many cuffs that are in no class `/healthz` names. */
const mostUnknown = 20;

/** Whether any of this comes from a simulated cuff: then every page says so. */
export const isSimulated = ({ demo }: Pick<Config, "demo">, state: State): boolean =>
  demo || allCuffs(state.cuffs).some((c) => c.meta?.simulated === true);

/** How the cuffs are, for `/healthz`. */
export const countsOf = (state: State, now: Monotonic): CuffCounts => {
  const cuffs = allCuffs(state.cuffs);
  const fresh = cuffs.filter((c) => isFresh(c, now));
  return {
    known: cuffs.length,
    live: fresh.length,
    inflated: cuffs.filter((c) => c.occlusion !== null).length,
    silent: cuffs.filter((c) => c.station !== null && !isFresh(c, now)).length,
    unknown: cuffs
      .filter((c) => c.station === null)
      .map((c) => c.cuff)
      .slice(0, mostUnknown),
  };
};
