/** The values of a basic cuff as evenly spaced ones: it has no clock, so that each lies where it arrived, to half a step. */
import type { CuffId } from "../../shared/ids.ts";
import type { CuffFact } from "../../shared/session/fact.ts";
import type { Piece } from "./signal.ts";

export type BasicFact = Extract<CuffFact, { kind: "basic-sample" }>;

/** So many steps without a value are filled with nulls; more begin another piece. */
const mostFilled = 3;

/** Pieces whose step is the usual distance of two values, in whole ms. No value is left out, and none is made up. */
export const basicPieces = (cuff: CuffId, facts: readonly BasicFact[]): readonly Piece[] => {
  const stepMs = usualStep(facts);
  const pieces: { from: BasicFact["at"]; tenths: (number | null)[] }[] = [];
  for (const { at, pressure } of facts) {
    const tenths = Math.round(pressure * 10);
    const last = pieces.at(-1);
    const missing = last === undefined ? 0 : Math.round((at - last.from) / stepMs) - last.tenths.length;
    if (last === undefined || missing < 0 || missing > mostFilled)
      pieces.push({ from: at, tenths: [tenths] });
    else last.tenths.push(...Array.from({ length: missing }, () => null), tenths);
  }
  return pieces.map(({ from, tenths }) => ({
    ...{ cuff, boot: null, from, stepMs, tenths },
    ...{ anchor: null, backfilled: false },
  }));
};

/** The distance that half of the values keep. A single value has none, and is said to be of one second. */
const usualStep = (facts: readonly BasicFact[]): number => {
  const apart = facts
    .slice(1)
    .map(({ at }, i) => at - (facts[i]?.at ?? at))
    .sort((a, b) => a - b);
  return Math.max(1, Math.round(apart[Math.floor(apart.length / 2)] ?? 1000));
};
