/** Whether the target that a limb has fits another cuff: its limb occlusion pressure was found with a cuff of one width. */
import { fitting, type FitWarning, type LopRecord } from "../plan/limb-occlusion.ts";
import type { Limb } from "../plan/prescription.ts";

/**
 * What is to be told of the pressure that the target goes by, under a cuff of `widthCm`; null where nobody can judge it. A pressure goes
 * by its figure here: of several that are equal the one counts of which most is to be told.
 */
export const swapFit = (
  entries: readonly LopRecord[],
  { limb, lop }: Readonly<{ limb: Limb; lop: number | null }>,
  widthCm: number | null,
  now: number,
  reviewAfterDays: number,
): readonly FitWarning[] | null => {
  if (lop === null) return [];
  if (widthCm === null) return null;
  const wanted = { ...limb, cuffWidthCm: widthCm, posture: null };
  const told = entries
    .filter(({ body }) => body.limb === limb.limb && body.side === limb.side && body.mmhg === lop)
    .map((one) => fitting([one], wanted, now, reviewAfterDays).warnings)
    .toSorted((a, b) => b.length - a.length);
  return told[0] ?? null;
};
