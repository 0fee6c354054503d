/** Puts what overlaps in time into rows below each other, each as high as it can be. */

export type InRow<T> = Readonly<{ item: T; row: number }>;

/** `spanOf` says from where to where an item reaches. Items are taken in the order of their beginnings. */
export const inRows = <T>(
  items: readonly T[],
  spanOf: (item: T) => Readonly<{ from: number; to: number }>,
): Readonly<{ placed: readonly InRow<T>[]; rows: number }> => {
  const ends: number[] = [];
  const placed = items
    .map((item) => ({ item, ...spanOf(item) }))
    .toSorted((a, b) => a.from - b.from)
    .map(({ item, from, to }) => {
      const free = ends.findIndex((end) => end <= from);
      const row = free === -1 ? ends.length : free;
      ends[row] = to;
      return { item, row };
    });
  return { placed, rows: ends.length };
};
