/** The list of what is still up after "release all": opened here, or because somebody has released all on another tablet. */
import type { ReleasedAll } from "../../../shared/class/visit.ts";
import { notYetDown } from "../../../shared/view/not-down.ts";
import { Asking, type Tablet } from "../tablet.svelte.ts";

export class Release {
  readonly asking: Asking;
  readonly #tablet: Tablet;
  #opened = $state(false);
  /** When that was released whose list somebody has closed here. */
  #closedFor = $state(-Infinity);

  constructor(tablet: Tablet) {
    this.#tablet = tablet;
    this.asking = new Asking(() => tablet);
  }

  /** How many of those that were to come down are still up. */
  get left(): number {
    const { screen } = this.#tablet;
    return notYetDown(screen.stations, this.#last, screen.now.current).length;
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

  get #last(): ReleasedAll | null {
    return this.#tablet.screen.floor.site?.releasedAll ?? null;
  }
}
