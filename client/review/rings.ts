/** The last minute of every cuff as a wall had it at a moment of a recording: only what was heard in time, and had arrived by then. */
import type { State } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import { createPlacing, type Placing } from "../../shared/recording/placing.ts";
import { countUpTo, type Lines } from "../../shared/recording/recorded.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import { lastSampleAt } from "../../shared/session/liveness.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { fromTenths, type Monotonic, monotonic } from "../../shared/units.ts";
import type { TracePoint } from "../../shared/wire.ts";
import { type TraceRing, Traces, traceSpan } from "../ui/trace-ring.ts";

/** Points closer together than this cannot be told apart on a wall, in ms. */
const apartMs = 50;

/** Where the lines are, how many were played up to a moment, and the floor at an earlier one. */
export type Source = Readonly<{ lines: Lines; stateAt: (moment: Monotonic) => State }>;

export class RecordedRings {
  readonly #traces = new Traces();
  readonly #placings = new Map<CuffId, Placing>();
  #before: State | null = null;
  /** How many lines were taken in, up to which moment. */
  #played = 0;
  #at = monotonic(-Infinity);

  of(cuff: CuffId): TraceRing {
    return this.#traces.of(cuff);
  }

  /** Brings all of them to `at`, up to which so many lines were played. */
  show(at: Monotonic, played: number, { lines, stateAt }: Source): void {
    if (at < this.#at || at - this.#at > traceSpan) {
      const from = monotonic(at - traceSpan);
      this.#traces.clear();
      this.#placings.clear();
      this.#before = stateAt(from);
      this.#played = countUpTo(lines, from);
    }
    for (let i = this.#played; i < played; i++) this.#take(lines.line(i).fact);
    [this.#played, this.#at] = [played, at];
  }

  #take(fact: Fact): void {
    if (fact.kind === "resumed") for (const placing of this.#placings.values()) placing.resumed(fact);
    if (fact.kind === "basic-sample") this.of(fact.cuff).add([[fact.at, fact.pressure]]);
    if (fact.kind !== "samples") return;
    const { cuff, at, quality, message } = fact;
    const { boot, m0, dt, p } = message;
    const placed = this.#placing(cuff).place({ boot, quality, at, m: lastSampleAt(message) });
    if (quality !== "live" || placed === null) return;
    const every = Math.max(1, Math.ceil(apartMs / dt));
    const ring = this.of(cuff);
    for (const [i, tenths] of p.entries()) {
      const moment = placed(m0 + i * dt);
      if ((p.length - 1 - i) % every !== 0 || moment < ring.lastAt + apartMs) continue;
      const point: TracePoint = [moment, tenths === null ? null : fromTenths(tenths)];
      ring.add([point]);
    }
  }

  #placing(cuff: CuffId): Placing {
    const known = this.#placings.get(cuff);
    if (known !== undefined) return known;
    const state = this.#before;
    const placing = createPlacing(state === null ? [] : cuffIn(state.cuffs, cuff)?.boots);
    this.#placings.set(cuff, placing);
    return placing;
  }
}
