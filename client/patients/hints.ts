/** What a session of a patient would still lack, though nothing forbids it: the page says it beside the obstacles. */
import type { Patient } from "../../shared/clinic/patient.ts";
import type { LopEntry } from "../../shared/plan/limb-occlusion.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import type { Programme } from "../../shared/plan/programme.ts";
import { patientWords as words } from "../../shared/view/patient-words.ts";

type Known = Readonly<{
  limbs: Patient["limbs"];
  programmes: readonly Pick<Programme, "cuffs">[];
  lops: readonly Pick<LopEntry, "limb" | "side">[];
}>;

/** No plan; and each limb of a plan, or of the record where there is none, whose pressure nobody has found. */
export const hintsOf = ({ limbs, programmes, lops }: Known): readonly string[] => {
  const wanted: readonly Limb[] = programmes.length === 0 ? limbs : programmes.flatMap(({ cuffs }) => cuffs);
  const isSame = (a: Limb, b: Limb): boolean => a.limb === b.limb && a.side === b.side;
  const bare = wanted.filter(
    (limb, n) => wanted.findIndex((other) => isSame(other, limb)) === n && !lops.some((l) => isSame(l, limb)),
  );
  return [...(programmes.length === 0 ? [words.plansNone] : []), ...bare.map((limb) => words.lopLacks(limb))];
};
