/**
 * The class as this screen knows it. What arrives is taken in at once; pages see it once a frame, alarms and changes of the
 * layout at once. One small state for each tile, so that a reading touches its own tile only.
 */
import { type Occurrence, occurrenceState } from "../shared/alarm/occurrence.ts";
import type { CuffId } from "../shared/ids.ts";
import { after, type Monotonic, never } from "../shared/units.ts";
import type { CuffOnScreen, Patch, SiteOnScreen, Snapshot, StationOnScreen } from "../shared/wire.ts";
import {
  notYetTold,
  ownOverruns,
  ownOverrunsChangeAt,
  serverWithin,
  type Told,
  withOwn,
} from "./local-overrun.ts";
import { alarmsOf, keyOf } from "./shown.ts";
import { type TraceRing, Traces } from "./ui/trace-ring.ts";
import { Unseen } from "./unseen.ts";

const empty: StationOnScreen = { station: null, patient: "", cuffs: [], visit: null };

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
  /** Every occurrence that is not closed, the screen's own overruns included. */
  alarms = $state.raw<readonly Occurrence[]>([]);
  /** Wall clock − site time, for the clock in the header. */
  wallOffset = $state.raw(0);

  /** What the server says of them, and what this screen has found while it could not be heard. */
  #told: readonly Occurrence[] = [];
  #own: readonly Occurrence[] = [];
  /** Until when that stands beside what the server says; null while the server cannot be heard. */
  #ownUntil: Monotonic | null = null;
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
    const first = this.site === null;
    this.site = s.site;
    this.wallOffset = s.wall - s.now;
    this.#layOut(s.stations);
    this.#told = s.alarms.filter(isOpen);
    this.#ownUntil ??= after(s.now, serverWithin);
    this.#own = notYetTold(this.#own, this.#all, s.now);
    this.#setAlarms(first ? "as-known" : "as-news");
  }

  takePatch(p: Patch): void {
    this.#traces.add(p.traces);
    this.#unseen.take(p, (cuff) => this.#shown(cuff));
    if (p.site !== undefined) this.site = p.site;
    if (Math.abs(this.wallOffset - (p.wall - p.now)) > 500) this.wallOffset = p.wall - p.now;
    if (p.layout !== undefined) this.#layOut(p.layout);
    if (p.alarms.length > 0) this.#changeAlarms(p.alarms, p.now);
    if (p.layout !== undefined || p.alarms.length > 0 || document.hidden) this.#flush();
    else this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  /** Alarms that this screen has found by itself. */
  get own(): readonly Occurrence[] {
    return this.#own;
  }

  /**
   * Finds the overruns of `now` while the link is lost; keeps what was found, once it is back, until the server tells of it.
   * Returns when there may be more to find.
   */
  findOverruns(now: Monotonic, link: "lost" | "there"): Monotonic {
    if (link === "lost") this.#ownUntil = null;
    else if (this.#own.length === 0) return never;
    const told = this.#all;
    const until = this.#ownUntil;
    if (until === null) this.#find(ownOverruns(this.#own, told, now));
    else this.#find(now < until ? notYetTold(this.#own, told, now) : []);
    return until ?? ownOverrunsChangeAt(told, now);
  }

  #find(own: readonly Occurrence[]): void {
    if (own === this.#own) return;
    this.#own = own;
    this.#setAlarms("as-news");
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

  /** Every state is looked at, in order: one that is over within a single patch was news all the same. */
  #changeAlarms(changes: readonly Occurrence[], now: Monotonic): void {
    let open = this.#told;
    for (const o of changes) {
      if (isNews(o, [...this.#own, ...open])) this.#raised(o);
      open = [...open.filter((t) => t.id !== o.id), ...(isOpen(o) ? [o] : [])];
    }
    this.#told = open;
    this.#own = notYetTold(this.#own, this.#all, now);
    this.#setAlarms("as-known");
  }

  #setAlarms(taken: "as-known" | "as-news"): void {
    const before = this.alarms;
    this.alarms = withOwn(this.#told, this.#own);
    for (const slot of this.slots) {
      const own = alarmsOf(slot.station, this.alarms);
      if (own.length > 0 || slot.alarms.length > 0) slot.alarms = own;
    }
    if (taken === "as-news") for (const o of this.alarms) if (isNews(o, before)) this.#raised(o);
  }

  get #all(): Told {
    return {
      site: this.site?.site ?? "",
      stations: this.slots.map((slot) => slot.station),
      alarms: this.#told,
    };
  }
}

/** Whether it was not there before, or has become high since; what somebody has answered is news to nobody. */
const isNews = (o: Occurrence, before: readonly Occurrence[]): boolean => {
  if (occurrenceState(o) !== "present") return false;
  const was = before.filter((b) => b.id === o.id);
  return was.length === 0 || (o.priority === "high" && was.every((b) => b.priority !== "high"));
};

const isOpen = (o: Occurrence): boolean => occurrenceState(o) !== "closed";
