/** The list of what is still up after "release all": opened here, or because somebody has released all on another tablet. */
import { canBeSeenOff } from "../../../shared/class/confirmed-down.ts";
import type { ReleasedAll } from "../../../shared/class/visit.ts";
import type { CuffId } from "../../../shared/ids.ts";
import { type NotDown, notDown, notYetDown, unseenOf } from "../../../shared/view/not-down.ts";
import { Asking, type Tablet } from "../tablet.svelte.ts";

export class Release {
  readonly asking: Asking;
  readonly #tablet: Tablet;
  #opened = $state(false);
  /** When that was released whose list somebody has closed here. */
  #closedFor = $state(-Infinity);
  /** What somebody here has seen to be off since all were released the last time. */
  #seen = $state.raw<Readonly<{ since: number; cuffs: readonly CuffId[] }>>({ since: -Infinity, cuffs: [] });

  constructor(tablet: Tablet) {
    this.#tablet = tablet;
    this.asking = new Asking(() => tablet);
  }

  get seen(): readonly CuffId[] {
    return this.#seen.since === this.#since ? this.#seen.cuffs : [];
  }

  /** Every cuff of the floor that is not confirmed down, whoever has seen it. */
  get all(): readonly NotDown[] {
    const { screen } = this.#tablet;
    return notDown(screen.stations, screen.now.current);
  }

  /** Somebody has seen it off; where it counts as inflated the server has to hear of it, which ends that. */
  sawOff({ cuff: { cuff }, why }: NotDown): void {
    this.#seen = { since: this.#since, cuffs: [...this.seen, cuff] };
    if (!canBeSeenOff(why)) this.asking.ask({ kind: "cuff-off", cuff });
  }

  /** How many of those that were to come down are not down. */
  get left(): number {
    const { screen } = this.#tablet;
    return unseenOf(notYetDown(screen.stations, this.#last, screen.now.current), this.seen).length;
  }

  get shown(): boolean {
    const last = this.#last;
    return this.#opened || (last !== null && last.at > this.#closedFor && this.left > 0);
  }

  open(): void {
    this.#opened = true;
  }

  close(): void {
    this.#opened = false;
    this.#closedFor = this.#last?.at ?? this.#closedFor;
  }

  get #since(): number {
    return this.#last?.at ?? -Infinity;
  }

  get #last(): ReleasedAll | null {
    return this.#tablet.screen.floor.site?.releasedAll ?? null;
  }
}
