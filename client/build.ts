/** A screen that runs another build than its server reloads itself, when that takes nobody's eyes off an alarm. */
import { type Occurrence, occurrenceState } from "../shared/alarm/occurrence.ts";

/** Builds that do not come from a whole `vite build`. */
const unbuilt = "dev";

/**
 * Whether to reload now: the builds differ, no medium or high alarm stands, and it has not been tried for this build before
 * (a cache that keeps giving the old page must not make it reload for ever).
 */
export const shouldReload = (
  own: string,
  servers: string,
  seen: Readonly<{ alarms: readonly Occurrence[]; tried: string | null }>,
): boolean =>
  own !== servers &&
  own !== unbuilt &&
  servers !== unbuilt &&
  seen.tried !== servers &&
  seen.alarms.every((o) => o.priority === "low" || occurrenceState(o) === "closed");
