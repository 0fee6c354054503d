/**
 * Limbs whose session has ended and that may still have to reperfuse. Dose belongs to the limb: whoever was finished by a slip, or comes
 * back at once, gets no new dose by it.
 */
import type { CuffId, PatientId } from "../ids.ts";
import type { Limb } from "../plan/prescription.ts";
import type { CuffState } from "../session/cuff-state.ts";
import { type Dose, joined } from "../session/occlusion.ts";
import { between, minutes, sum } from "../units.ts";
import type { ClassFact } from "./fact.ts";
import type { Seat } from "./seat.ts";

export type Resting = Readonly<{ patient: PatientId; limb: Limb; dose: Dose }>;

/** The longest pause that any plan asks for (prescription.ts). */
const restsAtMost = minutes(30);

/** Those that rest once the session of `fact` has ended; `cuffOf` tells how its cuffs were before. */
export const restingAfter = (
  resting: readonly Resting[],
  { at, seat }: Extract<ClassFact, { kind: "finished" }>,
  cuffOf: (cuff: CuffId) => CuffState | undefined,
): readonly Resting[] => {
  const { patient } = seat.visit;
  const ended = seat.worn.flatMap(({ cuff, limb }): Resting[] => {
    const c = cuffOf(cuff);
    return patient === null || c === undefined || c.dose.upTo === null
      ? []
      : [{ patient, limb, dose: c.dose }];
  });
  const rests = ({ dose: { upTo } }: Resting): boolean => upTo !== null && between(upTo, at) < restsAtMost;
  return [...resting, ...ended].filter(rests);
};

/** A cuff of a patient who was just seated, with what its limb has behind it. */
export const withRest = (c: CuffState, resting: readonly Resting[], { visit, worn }: Seat): CuffState => {
  const limb = worn.find((w) => w.cuff === c.cuff)?.limb;
  if (limb === undefined) return c;
  const last = resting.findLast(
    (r) => r.patient === visit.patient && r.limb.limb === limb.limb && r.limb.side === limb.side,
  );
  if (last === undefined) return c;
  // What the cuff has counted by itself meanwhile, it has counted on this limb as well.
  const { dose, covered } = joined(c, last.dose);
  return { ...c, dose, restricted: sum(c.restricted, covered) };
};
