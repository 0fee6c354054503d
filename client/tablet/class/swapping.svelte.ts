/** What there is to know in choosing a cuff that is to take another's place. */
import { swapFit } from "../../../shared/class/swap-fit.ts";
import type { Wearable } from "../../../shared/class/wearable.ts";
import { cuffName } from "../../../shared/cuff/basic.ts";
import type { FitWarning, LopRecord } from "../../../shared/plan/limb-occlusion.ts";
import type { CuffOnScreen } from "../../../shared/wire.ts";
import type { Reply } from "../../desk/ask.ts";
import { cuffsNow, lopsOf, readReviewDays } from "./desk.ts";

export class Swapping {
  /** Null while they are being read. */
  free: readonly Wearable[] | null = $state.raw(null);
  /** Why the records could not be read. */
  trouble: string | null = $state(null);
  #names: ReadonlyMap<string, string> | null = $state.raw(null);
  #lops: readonly LopRecord[] = $state.raw([]);
  #reviewDays = $state(0);

  /** By the name on its label, where it has one. */
  nameOf(cuff: string): string {
    return this.#names?.get(cuff) ?? cuff;
  }

  /** What is to be told of the target that stays, under another cuff; null where nobody can judge it. */
  fit({ prescription }: CuffOnScreen, { widthCm }: Wearable): readonly FitWarning[] | null {
    if (prescription === null) return [];
    return swapFit(this.#lops, prescription, widthCm, Date.now(), this.#reviewDays);
  }

  /** Reads the patient's pressures; a class file's station has none in the records. */
  async readLops(patient: string | null): Promise<void> {
    if (patient === null) return;
    const [lops, days] = await Promise.all([lopsOf(patient), readReviewDays()]);
    this.#reviewDays = days;
    this.#lops = this.#read(lops)?.entries ?? [];
  }

  /** Reads which cuffs are there; to be called again and again while the choice is open. */
  async readCuffs(worn: readonly string[]): Promise<void> {
    const now = this.#read(await cuffsNow(worn));
    if (now === null) return;
    this.free = now.free.filter((c) => cuffName.safeParse(c.cuff).success);
    this.#names = now.names;
  }

  #read<T>(reply: Reply<T>): T | null {
    this.trouble = reply.ok ? null : reply.detail;
    return reply.ok ? reply.value : null;
  }
}
