/** The tiles of a class that is over, in the order of its stations. */
type OfStation = Readonly<{ station: Readonly<{ station: string | null }> }>;

const order = new Intl.Collator("en", { numeric: true });

/** "2" before "10"; what is at no station comes last, and what is at the same one stays as it was. */
export const byStation = <Slot extends OfStation>(slots: readonly Slot[]): readonly Slot[] =>
  slots.toSorted(({ station: { station: a } }, { station: { station: b } }) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : order.compare(a, b),
  );
