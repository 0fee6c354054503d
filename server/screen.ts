/**
 * What one screen has yet to be told. It holds one patch that it has not taken in at a time; meanwhile its readings
 * coalesce and its alarms queue, so a slow screen delays neither another screen nor the floor.
 */
import type { Occurrence } from "../shared/alarm/occurrence.ts";
import type { CuffId } from "../shared/ids.ts";
import { between, type Monotonic, monotonic, seconds } from "../shared/units.ts";
import type {
  CuffOnScreen,
  Patch,
  Reading,
  SiteOnScreen,
  StationOnScreen,
  Trace,
  TracePoint,
} from "../shared/wire.ts";

/** What a patch is made from; the present floor, read when the patch is sent. */
export type Floorside = Readonly<{
  epoch: string;
  now: () => Monotonic;
  wall: () => Patch["wall"];
  site: () => SiteOnScreen;
  stations: () => StationOnScreen[];
  cuff: (cuff: CuffId) => CuffOnScreen | undefined;
  traceSince: (cuff: CuffId, since: Monotonic) => readonly TracePoint[];
}>;

/** Sends a patch; `taken` is called once the screen has taken it in. */
export type Send = (patch: Patch, taken: () => void) => void;

/** A screen that takes this long for one patch shows an old class while beats tell it that all is well. */
const givenUpAfter = seconds(5);
/** The most alarms that wait for one screen; one that is this far behind is given a snapshot instead. */
const mostAlarms = 5000;

export class Screen {
  readonly #floor: Floorside;
  readonly #send: Send;
  readonly #startOver: () => void;
  readonly #giveUp: () => void;
  #seq = 0;
  /** A snapshot was sent; patches follow it. */
  #following = false;
  /** When the patch was sent that it has yet to take in. */
  #waitingSince: Monotonic | null = null;
  #changed = new Set<CuffId>();
  #read = new Set<CuffId>();
  #alarms: Occurrence[] = [];
  #site = false;
  #layout = false;
  readonly #traced = new Map<CuffId, Monotonic>();

  /** `startOver` gives it a new snapshot; `giveUp` ends a connection on which nothing is taken in any more. */
  constructor(floor: Floorside, send: Send, startOver: () => void, giveUp: () => void) {
    this.#floor = floor;
    this.#send = send;
    this.#startOver = startOver;
    this.#giveUp = giveUp;
  }

  get seq(): number {
    return this.#seq;
  }

  /** A snapshot with this number was sent: everything up to now is known to the screen. */
  begin(traces: readonly Trace[]): void {
    this.#seq += 1;
    this.#following = true;
    this.#waitingSince = null;
    this.#changed.clear();
    this.#read.clear();
    this.#alarms = [];
    this.#site = this.#layout = false;
    this.#traced.clear();
    for (const { cuff, points } of traces) {
      const last = points.at(-1);
      if (last !== undefined) this.#traced.set(cuff, last[0]);
    }
  }

  cuffChanged(cuff: CuffId): void {
    this.#changed.add(cuff);
  }
  cuffRead(cuff: CuffId): void {
    this.#read.add(cuff);
  }
  alarmMoved(occurrence: Occurrence): void {
    this.#alarms.push(occurrence);
  }
  siteChanged(): void {
    this.#site = true;
  }
  layoutChanged(): void {
    this.#layout = true;
  }

  /** Sends what there is to tell, unless the screen has yet to take in the patch before. */
  flush(): void {
    if (!this.#following || this.#waitingSince !== null || !this.#hasNews()) return;
    if (this.#alarms.length > mostAlarms) {
      this.#following = false;
      this.#startOver();
      return;
    }
    const patch = this.#patch();
    this.#waitingSince = this.#floor.now();
    const { seq } = patch;
    this.#send(patch, () => {
      // The answer to a patch of before a new snapshot says nothing about the present one.
      if (seq !== this.#seq) return;
      this.#waitingSince = null;
      this.flush();
    });
  }

  /** Ends a connection whose screen has taken nothing in for so long that what it shows is old. */
  look(): void {
    if (this.#waitingSince === null || between(this.#waitingSince, this.#floor.now()) < givenUpAfter) return;
    this.#following = false;
    this.#waitingSince = null;
    this.#giveUp();
  }

  #hasNews(): boolean {
    return (
      this.#site || this.#layout || this.#changed.size > 0 || this.#read.size > 0 || this.#alarms.length > 0
    );
  }

  #patch(): Patch {
    const floor = this.#floor;
    this.#seq += 1;
    const cuffs = [...this.#changed].flatMap((id) => floor.cuff(id) ?? []);
    const readings = [...this.#read].flatMap((id): Reading[] => {
      const c = floor.cuff(id);
      return c === undefined || c.pressure === null || c.pressureAt === null
        ? []
        : [[id, c.pressureAt, c.pressure]];
    });
    const patch: Patch = {
      epoch: floor.epoch,
      seq: this.#seq,
      now: floor.now(),
      wall: floor.wall(),
      ...(this.#site ? { site: floor.site() } : {}),
      ...(this.#layout ? { layout: floor.stations() } : {}),
      cuffs,
      readings: readings.filter(([id]) => !this.#changed.has(id)),
      alarms: this.#alarms,
      traces: [...this.#read].flatMap((cuff) => this.#trace(cuff)),
    };
    this.#changed = new Set();
    this.#read = new Set();
    this.#alarms = [];
    this.#site = this.#layout = false;
    return patch;
  }

  #trace(cuff: CuffId): Trace[] {
    const points = [...this.#floor.traceSince(cuff, this.#traced.get(cuff) ?? monotonic(-Infinity))];
    const last = points.at(-1);
    if (last === undefined) return [];
    this.#traced.set(cuff, last[0]);
    return [{ cuff, points }];
  }
}
