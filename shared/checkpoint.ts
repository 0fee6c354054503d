/**
 * A folded state as text and back, so that a restart need not fold from the first day. It is a cache: facts are the
 * truth, and text that does not fit exactly is not used.
 */
import { limitsOf } from "./alarm/limits.ts";
import { type ClassState, noClass } from "./class/seat.ts";
import { newState, rebuilt, type State } from "./engine.ts";
import { cuffId, type SiteId, siteId } from "./ids.ts";
import { emptyRoster, type Roster } from "./plan/roster.ts";
import { type CuffState, newCuff } from "./session/cuff-state.ts";
import { emptyRoom, type Room } from "./session/room.ts";
import { allCuffs } from "./session/cuffs.ts";
import { monotonic } from "./units.ts";

/** Raised whenever the meaning of anything in the state changes. */
export const checkpointFormat = 10;

/** `state` as text. */
export const freeze = (state: State): string => {
  const { site, at, roster, room, cuffs } = state;
  return JSON.stringify({ site, at, roster, class: state.class, room, cuffs: allCuffs(cuffs) });
};

/** The state in `text`, or null where it is another site's, another version's, or no state at all. */
export const thaw = (text: string, site: SiteId): State | null => {
  const found = objectIn(text);
  if (found === null || found.site !== site || typeof found.at !== "number" || !Array.isArray(found.cuffs))
    return null;
  if (!hasKeysOf(emptyRoster, found.roster) || !hasKeysOf(emptyRoom, found.room)) return null;
  if (!hasKeysOf(noClass, found.class)) return null;
  if (!found.cuffs.every(isCuff)) return null;
  const { roster, room, class: seats } = found as { roster: Roster; room: Room; class: ClassState };
  const limits = limitsOf(roster.limits);
  const state = { ...newState(siteId(site)), at: monotonic(found.at), roster, class: seats, limits, room };
  return rebuilt(state, found.cuffs);
};

const objectIn = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
};

const hasKeysOf = (model: object, value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(model).sort().join() === Object.keys(value).sort().join();

const modelCuff = newCuff(cuffId("model"));
/** A field that was added or taken away since is the commonest way in which an old checkpoint stops fitting. */
const isCuff = (value: unknown): value is CuffState => {
  if (!hasKeysOf(modelCuff, value)) return false;
  const { pressure, limits } = value as { pressure: unknown; limits: unknown };
  return hasKeysOf(modelCuff.pressure, pressure) && hasKeysOf(modelCuff.limits, limits);
};
