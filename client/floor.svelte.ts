/**
 * The class as this screen knows it. What arrives is taken in at once; pages see it once a frame, alarms and changes of the
 * layout at once. One small state for each tile, so that a reading touches its own tile only.
 */
import { type Occurrence, occurrenceState } from "../shared/alarm/occurrence.ts";
import type { CuffId } from "../shared/ids.ts";
import type { CuffOnScreen, Patch, SiteOnScreen, Snapshot, StationOnScreen } from "../shared/wire.ts";
import { type TraceRing, Traces } from "./ui/trace-ring.ts";
import { Unseen } from "./unseen.ts";

const empty: StationOnScreen = { station: null, patient: "", cuffs: [] };

/** What tells tiles apart; after a change of the class one station may stand there for two patients for a while. */
const keyOf = ({ station, patient, cuffs }: StationOnScreen): string =>
  station === null ? `cuff:${cuffs[0]?.cuff ?? ""}` : `${station}:${patient}`;

/** What one tile is made from, as its page sees it. */
export class Slot {
  readonly key: string;
  station = $state.raw<StationOnScreen>(empty);
  alarms = $state.raw<readonly Occurrence[]>([]);

  constructor(key: string) {
    this.key = key;
  }
}

export class Floor {
  site = $state.raw<SiteOnScreen | null>(null);
  slots = $state.raw<readonly Slot[]>([]);
  /** Every occurrence that is not closed. */
  alarms = $state.raw<readonly Occurrence[]>([]);
  /** Wall clock − site time, for the clock in the header. */
  wallOffset = $state.raw(0);

  readonly #unseen = new Unseen();
  readonly #traces = new Traces();
  #frame: number | null = null;
  readonly #raised: (occurrence: Occurrence) => void;

  /** `raised` is told of each occurrence that was not there before, or whose priority rose. */
  constructor(raised: (occurrence: Occurrence) => void) {
    this.#raised = raised;
  }

  /** The last minute of a cuff; painted, so not reactive. */
  trace(cuff: CuffId): TraceRing {
    return this.#traces.of(cuff);
  }

  takeSnapshot(s: Snapshot): void {
    this.#unseen.clear();
    this.#traces.clear();
    this.#traces.add(s.traces);
    this.site = s.site;
    this.wallOffset = s.wall - s.now;
    this.#layOut(s.stations);
    this.#setAlarms(s.alarms.filter(isOpen));
  }

  takePatch(p: Patch): void {
    this.#traces.add(p.traces);
    this.#unseen.take(p, (cuff) => this.#shown(cuff));
    if (p.site !== undefined) this.site = p.site;
    if (Math.abs(this.wallOffset - (p.wall - p.now)) > 500) this.wallOffset = p.wall - p.now;
    if (p.layout !== undefined) this.#layOut(p.layout);
    if (p.alarms.length > 0) this.#changeAlarms(p.alarms);
    if (p.layout !== undefined || p.alarms.length > 0 || document.hidden) this.#flush();
    else this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  #shown(cuff: CuffId): CuffOnScreen | undefined {
    for (const slot of this.slots) {
      const found = slot.station.cuffs.find((c) => c.cuff === cuff);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #flush(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (this.#unseen.size === 0) return;
    for (const slot of this.slots)
      if (slot.station.cuffs.some((c) => this.#unseen.of(c.cuff) !== undefined))
        slot.station = {
          ...slot.station,
          cuffs: slot.station.cuffs.map((c) => this.#unseen.of(c.cuff) ?? c),
        };
    this.#unseen.clear();
  }

  /** Tiles anew; a tile that stays keeps its slot, and with it its place in the page. */
  #layOut(stations: readonly StationOnScreen[]): void {
    const before = this.slots;
    this.slots = stations.map((station) => {
      const key = keyOf(station);
      const slot = before.find((b) => b.key === key) ?? new Slot(key);
      slot.station = station;
      slot.alarms = alarmsOf(station, this.alarms);
      return slot;
    });
    // A layout carries every cuff whole, and no older than any patch before it.
    this.#unseen.clear();
  }

  #changeAlarms(changes: readonly Occurrence[]): void {
    let open = this.alarms;
    for (const o of changes) {
      const before = open.find((b) => b.id === o.id);
      open = open.filter((b) => b !== before);
      if (!isOpen(o)) continue;
      if (before === undefined || (before.priority !== o.priority && o.priority === "high")) this.#raised(o);
      open = [...open, o];
    }
    this.#setAlarms(open);
  }

  #setAlarms(alarms: readonly Occurrence[]): void {
    this.alarms = alarms;
    for (const slot of this.slots) {
      const own = alarmsOf(slot.station, alarms);
      if (own.length > 0 || slot.alarms.length > 0) slot.alarms = own;
    }
  }
}

const isOpen = (o: Occurrence): boolean => occurrenceState(o) !== "closed";

const alarmsOf = (station: StationOnScreen, alarms: readonly Occurrence[]): readonly Occurrence[] =>
  alarms.filter((o) => station.cuffs.some((c) => c.cuff === o.cuff));
