/** New states of cuffs that the page has not shown yet; plain, since nothing is rendered from it. */
import type { CuffId } from "../shared/ids.ts";
import type { CuffOnScreen, Patch } from "../shared/wire.ts";

export class Unseen {
  readonly #cuffs = new Map<CuffId, CuffOnScreen>();

  get size(): number {
    return this.#cuffs.size;
  }

  /** The newest state of a cuff, where there is one that the page has not shown. */
  of(cuff: CuffId): CuffOnScreen | undefined {
    return this.#cuffs.get(cuff);
  }

  /** Takes in what a patch says of cuffs; `shown` is what the page shows of one. */
  take(patch: Patch, shown: (cuff: CuffId) => CuffOnScreen | undefined): void {
    for (const cuff of patch.cuffs) this.#cuffs.set(cuff.cuff, cuff);
    for (const [id, at, pressure] of patch.readings) {
      const known = this.#cuffs.get(id) ?? shown(id);
      if (known !== undefined) this.#cuffs.set(id, { ...known, pressure, pressureAt: at });
    }
  }

  clear(): void {
    this.#cuffs.clear();
  }
}
