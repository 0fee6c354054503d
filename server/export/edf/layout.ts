/**
 * Where the samples of a recording lie in the data records of an EDF+ file. Records are one second long and begin at whole seconds of the
 * recording; each sample has the slot nearest to when it was measured, and no sample shares one. Seconds in which nothing was measured have
 * no record, so that a gap is a gap.
 */
import type { CuffId } from "../../../shared/ids.ts";
import type { Monotonic } from "../../../shared/units.ts";
import type { Piece, Signal } from "../signal.ts";

/** The length of a data record, in ms. */
export const recordMs = 1000;
/** More values than this in a second are not told apart: a record of EDF ought not to be larger than 61,440 bytes. */
const mostSlots = 1000;

/** One signal of the file: a cuff, or what a second device of the same name said at the same time. */
export type Lane = Readonly<{
  cuff: CuffId;
  /** 0, or 1 and more for what would have lain over another signal of the same cuff. */
  lane: number;
  /** How many values a record holds. */
  slots: number;
  /** In 0.1 mmHg by the number of the record and the slot: `record * slots + slot`. What is not in it is missing. */
  values: ReadonlyMap<number, number>;
}>;

export type Layout = Readonly<{
  lanes: readonly Lane[];
  /** Which seconds since the beginning have a record, in order. */
  records: readonly number[];
}>;

/** The samples of `signals` in records that are counted from `zero`. */
export const layoutOf = (signals: readonly Signal[], zero: Monotonic): Layout => {
  const lanes = signals.flatMap(({ cuff, pieces }) => {
    const shortest = Math.min(...pieces.map((p) => p.stepMs));
    const slots = Math.min(mostSlots, Math.max(1, Math.ceil(recordMs / shortest - 1e-9)));
    return lanesOf(pieces).map((own, lane): Lane => ({
      cuff,
      lane,
      slots,
      values: placed(own, slots, zero),
    }));
  });
  const records = new Set(
    lanes.flatMap(({ slots, values }) => [...values.keys()].map((at) => Math.floor(at / slots))),
  );
  return { lanes, records: [...records].sort((a, b) => a - b) };
};

/** Pieces that lie over each other by more than a second apart: two devices of one name speak at once. */
const lanesOf = (pieces: readonly Piece[]): readonly (readonly Piece[])[] => {
  const lanes: Piece[][] = [];
  for (const piece of pieces) {
    const free = lanes.find((lane) => {
      const last = lane.at(-1);
      return last === undefined || endOf(last) <= piece.from + recordMs;
    });
    if (free === undefined) lanes.push([piece]);
    else free.push(piece);
  }
  return lanes;
};

const endOf = ({ from, stepMs, tenths }: Piece): number => from + (tenths.length - 1) * stepMs;

const placed = (pieces: readonly Piece[], slots: number, zero: Monotonic): ReadonlyMap<number, number> => {
  const values = new Map<number, number>();
  const slotMs = recordMs / slots;
  let next = 0;
  for (const { from, stepMs, tenths } of pieces)
    tenths.forEach((value, i) => {
      const nearest = Math.round((from + i * stepMs - zero) / slotMs);
      if (value === null) return;
      // Where clocks were joined anew, two samples may be nearest to one slot: both are kept, the later one a slot later.
      const slot = Math.max(nearest, next);
      values.set(slot, value);
      next = slot + 1;
    });
  return values;
};
