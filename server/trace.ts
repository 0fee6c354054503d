/** The last minute of every cuff's readings, for the traces on a wall: thinned, and never what decides anything. */
import type { CuffState } from "../shared/session/cuff-state.ts";
import type { CuffFact } from "../shared/session/fact.ts";
import { siteTime } from "../shared/session/liveness.ts";
import { before, fromTenths, type Monotonic, seconds } from "../shared/units.ts";
import type { TracePoint } from "../shared/wire.ts";

const keptFor = seconds(60);
/** Points closer together than this cannot be told apart on a wall, in ms. */
const apartMs = 50;

/** The points that a live fact adds to its cuff's trace, oldest first; `cuff` is its state after the fact. */
export const pointsOf = (fact: CuffFact, cuff: CuffState): readonly TracePoint[] => {
  if (fact.kind === "basic-sample") return [[fact.at, fact.pressure]];
  const boot = cuff.boots[0];
  if (fact.kind !== "samples" || fact.quality !== "live" || boot === undefined) return [];
  const { m0, dt, p } = fact.message;
  const every = Math.max(1, Math.ceil(apartMs / dt));
  return p.flatMap((tenths, i): TracePoint[] =>
    (p.length - 1 - i) % every === 0
      ? [[siteTime(boot, m0 + i * dt, fact.at), tenths === null ? null : fromTenths(tenths)]]
      : [],
  );
};

/** One cuff's trace: appended to, read from any moment on. */
export class TraceRing {
  #points: TracePoint[] = [];

  add(points: readonly TracePoint[]): void {
    for (const point of points) {
      const last = this.#points.at(-1);
      if (last === undefined || point[0] >= last[0] + apartMs) this.#points.push(point);
    }
    const newest = this.#points.at(-1);
    if (newest === undefined) return;
    // Cut in larger pieces, so that most messages move nothing.
    const oldest = this.#points[0];
    if (oldest !== undefined && oldest[0] < before(newest[0], keptFor) - 10_000)
      this.#points = this.since(before(newest[0], keptFor));
  }

  /** The points after `moment`. */
  since(moment: Monotonic): TracePoint[] {
    let i = this.#points.length;
    while (i > 0 && (this.#points[i - 1]?.[0] ?? -Infinity) > moment) i--;
    return this.#points.slice(i);
  }

  /** The last minute before `now`. */
  lastMinute(now: Monotonic): TracePoint[] {
    return this.since(before(now, keptFor));
  }
}
