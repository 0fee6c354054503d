/** Numbers kept in order of size while the oldest go and new ones come: any share of them can be read at once. */

/** `sorted` without the dropped numbers, each of which is in it, and with the new one, still in order. */
export const reordered = (
  sorted: readonly number[],
  dropped: readonly number[],
  added: number,
): readonly number[] => {
  const next = [...sorted];
  for (const value of dropped) next.splice(placeOf(next, value), 1);
  next.splice(placeOf(next, added), 0, added);
  return next;
};

const placeOf = (sorted: readonly number[], value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
