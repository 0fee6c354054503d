/** Lines of a recording in the order of their ids, made when they are asked for. */
import { type Monotonic, monotonic } from "../units.ts";
import type { Chunk } from "./chunk.ts";
import type { Line } from "./line.ts";
import { type Samples, SamplesBuilder } from "./samples.ts";

export interface Lines {
  readonly length: number;
  /** The id of line `i` (from 0), and its site time; a RangeError where there is none, as for `line`. */
  id(i: number): number;
  at(i: number): Monotonic;
  /** Made anew each time, where the line lies in a chunk. */
  line(i: number): Line;
  /** The first line that lies after `at`, or `length`. */
  indexAfter(at: number): number;
  /** The first line whose id is greater than `id`, or `length`. */
  indexAfterId(id: number): number;
  /** The pressures alone, chunk by chunk, the chunk with the oldest line first; `row` in them counts within the chunk. */
  readonly samples: readonly Samples[];
  /** The places of all lines that hold no pressures. */
  readonly besides: Uint32Array;
}

/** The first of `length` places of which `isAfter` holds, where it holds of all from some place on. */
const firstWhere = (length: number, isAfter: (i: number) => boolean): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const searched = (length: number, id: (i: number) => number, at: (i: number) => number) => ({
  indexAfter: (moment: number): number => firstWhere(length, (i) => at(i) > moment),
  indexAfterId: (last: number): number => firstWhere(length, (i) => id(i) > last),
});

const none = (i: number, length: number): never => {
  throw new RangeError(`There is no line ${i} of ${length}.`);
};

/** Lines that are there already, in the order of their ids: those of a test, or of what might have been. */
export const linesFrom = (lines: readonly Line[]): Lines => {
  const { length } = lines;
  const line = (i: number): Line => lines[i] ?? none(i, length);
  const id = (i: number): number => line(i).id;
  const at = (i: number): Monotonic => line(i).at;
  const builder = new SamplesBuilder(length);
  const besides = lines.flatMap(({ fact }, row) => (builder.fact(row, fact) ? [] : [row]));
  return {
    ...{ length, id, at, line, ...searched(length, id, at) },
    ...{ samples: [builder.done()], besides: Uint32Array.from(besides) },
  };
};

/** The lines of all `chunks`, merged by id. */
export const linesOf = (chunks: readonly Chunk[]): Lines => {
  const inOrder = chunks
    .filter((chunk) => chunk.length > 0)
    .toSorted((a, b) => (a.ids[0] ?? 0) - (b.ids[0] ?? 0));
  const all = laidOut(inOrder);
  const order = merged(all);
  const { length } = order;
  const ids = new Float64Array(length);
  const ats = new Float64Array(length);
  const besides = new Uint32Array(length - all.pressures);
  let rare = 0;
  for (let i = 0; i < length; i++) {
    const place = order[i] ?? 0;
    ids[i] = all.ids[place] ?? 0;
    ats[i] = all.ats[place] ?? 0;
    if (all.isPressure[place] === 0) besides[rare++] = i;
  }
  const id = (i: number): number => ids[i] ?? none(i, length);
  const at = (i: number): Monotonic => monotonic(ats[i] ?? none(i, length));
  const line = (i: number): Line => {
    const place = order[i] ?? none(i, length);
    const c = all.owner[place] ?? 0;
    return inOrder[c]?.line(place - (all.starts[c] ?? 0)) ?? none(i, length);
  };
  return {
    ...{ length, id, at, line, ...searched(length, id, at) },
    samples: inOrder.map(({ samples }) => samples),
    besides,
  };
};

/** All rows of all chunks, one chunk after the other. */
type LaidOut = Readonly<{
  /** Where each chunk begins. */
  starts: readonly number[];
  owner: Uint32Array;
  ids: Float64Array;
  ats: Float64Array;
  /** 1 where there are pressures, and how often that is. */
  isPressure: Uint8Array;
  pressures: number;
}>;

const laidOut = (chunks: readonly Chunk[]): LaidOut => {
  const total = chunks.reduce((sum, { length }) => sum + length, 0);
  const [owner, ids, ats] = [new Uint32Array(total), new Float64Array(total), new Float64Array(total)];
  const isPressure = new Uint8Array(total);
  const starts: number[] = [];
  let [place, pressures] = [0, 0];
  for (const [c, chunk] of chunks.entries()) {
    starts.push(place);
    owner.fill(c, place, place + chunk.length);
    ids.set(chunk.ids, place);
    ats.set(chunk.ats, place);
    for (const row of chunk.samples.row) isPressure[place + row] = 1;
    pressures += chunk.samples.row.length;
    place += chunk.length;
  }
  return { starts, owner, ids, ats, isPressure, pressures };
};

/** The rows in the order of their ids. Chunks are merged two by two, so each row is looked at only as often as their number can be halved. */
const merged = ({ ids, starts: begins }: LaidOut): Uint32Array => {
  const total = ids.length;
  let starts = begins;
  let order = new Uint32Array(total);
  for (let i = 0; i < total; i++) order[i] = i;
  let spare = new Uint32Array(total);
  while (starts.length > 1) {
    const joined: number[] = [];
    for (let s = 0; s < starts.length; s += 2) {
      const [from, middle, end] = [starts[s] ?? 0, starts[s + 1] ?? total, starts[s + 2] ?? total];
      joined.push(from);
      let left = from;
      let right = middle;
      for (let to = from; to < end; to++) {
        const leftId = left < middle ? (ids[order[left] ?? 0] ?? 0) : Infinity;
        const rightId = right < end ? (ids[order[right] ?? 0] ?? 0) : Infinity;
        spare[to] = (leftId <= rightId ? order[left++] : order[right++]) ?? 0;
      }
    }
    [order, spare, starts] = [spare, order, joined];
  }
  return order;
};

/** One after the other, as when what is new is put behind what was there. The ids of each must be greater than those before. */
export const inTurn = (parts: readonly Lines[]): Lines => {
  const starts: number[] = [];
  let length = 0;
  for (const part of parts) {
    starts.push(length);
    length += part.length;
  }
  const found = (i: number): Readonly<{ part: Lines; own: number }> => {
    const p = firstWhere(starts.length, (k) => (starts[k] ?? 0) > i) - 1;
    const part = parts[p];
    return part === undefined || i >= length ? none(i, length) : { part, own: i - (starts[p] ?? 0) };
  };
  const of = <T>(i: number, ask: (part: Lines, own: number) => T): T => {
    const { part, own } = found(i);
    return ask(part, own);
  };
  const id = (i: number): number => of(i, (part, own) => part.id(own));
  const at = (i: number): Monotonic => of(i, (part, own) => part.at(own));
  const line = (i: number): Line => of(i, (part, own) => part.line(own));
  const samples = parts.flatMap((part) => part.samples);
  const besides = Uint32Array.from(
    parts.flatMap((part, p) => [...part.besides].map((own) => own + (starts[p] ?? 0))),
  );
  return { length, id, at, line, ...searched(length, id, at), samples, besides };
};
