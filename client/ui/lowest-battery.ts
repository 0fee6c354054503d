/** Of a patient's batteries the one that ends first, in percent; null where none is known. */
export const lowestOf = (batteries: readonly (number | null)[]): number | null =>
  batteries.reduce((least, pct) => (pct !== null && (least === null || pct < least) ? pct : least), null);
