/** The last limb occlusion pressure that each cuff has found on somebody, so that a form can take it over. It is forgotten with the process. */
import type { FoundLop } from "../../shared/clinic/cuff-live.ts";
import type { State } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import { postures } from "../../shared/plan/limb-occlusion.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { fromTenths, type WallTime } from "../../shared/units.ts";

export class FoundLops {
  readonly #last = new Map<CuffId, FoundLop>();

  of(cuff: CuffId): FoundLop | null {
    return this.#last.get(cuff) ?? null;
  }

  /** Takes in what was said live by a cuff that sits on a patient; what comes late is of no present search. */
  take(facts: readonly Fact[], state: State, wall: WallTime): void {
    for (const fact of facts) {
      if (fact.kind !== "event" || fact.quality !== "live" || fact.message.kind !== "lop") continue;
      const c = cuffIn(state.cuffs, fact.cuff);
      if (c === undefined || c.station === null) continue;
      const { lop, posture } = fact.message;
      this.#last.set(fact.cuff, {
        mmhg: fromTenths(lop),
        posture: postures.find((p) => p === posture) ?? null,
        at: wall,
        patient: c.patient,
      });
    }
  }
}
