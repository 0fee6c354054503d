/**
 * Lines of a log as columns. What follows from the line before, as the number of a message or the cuff's own clock, costs next to nothing; what
 * is left are the noise of the sensor, the jitter of arrivals and the order in which cuffs came. A line that does not fit into columns
 * stands in it as JSON, so nothing is ever lost.
 */
import { toAscii } from "./bytes.ts";
import { BitWriter } from "./coder.ts";
import { fittedWeights } from "./fit.ts";
import {
  type Batch,
  batchOf,
  mostRows,
  mostSamples,
  numberNames,
  part,
  type Texts,
  layoutVersion,
  type Words,
} from "./layout.ts";
import type { Line } from "./line.ts";
import { fromParts } from "./parts.ts";
import { ArrivalPredictor, IdPredictor, type IdWay, idWays, MessagePredictor } from "./predict.ts";
import { Pressures } from "./pressures.ts";
import { writeRuns } from "./runs.ts";
import { Column, isWhole } from "./whole.ts";

export { type Chunk, mayHoldBackfill, openChunk } from "./open-chunk.ts";
export { fromParts, type Opened, type Part, type Parts, partsOf, type Unreadable } from "./parts.ts";

type Row = Readonly<{ line: Line; batch: Batch | null }>;
/** `place` is that of its stream among the streams. */
type BatchRow = Readonly<{ line: Line; batch: Batch; place: number }>;

/**
 * Lines, whose ids must grow, as the bytes of a chunk; 2^16 lines and 2^20 samples are the most. The same lines give the same bytes.
 */
export const encodeChunk = (lines: readonly Line[]): Uint8Array => {
  const rows = lines.map((line): Row => ({ line, batch: batchOf(line.fact) }));
  const streams = new Different<Batch["stream"]>();
  const batches = rows.flatMap(({ line, batch }): BatchRow[] =>
    batch === null ? [] : [{ line, batch, place: streams.place(batch.stream) }],
  );
  refuseTooMuch(lines, batches);
  const [epochs, dt, bat, utc, freshFor] = [
    ...[new Different<string>(), new Different<number>(), new Different<NonNullable<Words["bat"]>>()],
    ...[new Different<string | number>(), new Different<number>()],
  ] as const;
  const out = new BitWriter();
  new Column().code(out, rows.length);
  writeRuns(
    out,
    rows.map(({ batch }) => (batch === null ? 0 : 1)),
  );
  writeRuns(
    out,
    lines.map((line) => epochs.place(line.epoch)),
  );
  writeRuns(
    out,
    batches.map(({ place }) => place),
  );
  writeRuns(
    out,
    batches.map(({ batch }) => batch.tenths.length),
  );
  const isBasic = ({ batch }: BatchRow): boolean => batch.numbers === null;
  writeRuns(
    out,
    going(batches, (row) => (isBasic(row) ? null : dt.placeOrNone(row.batch.words.dt))),
  );
  writeRuns(
    out,
    going(batches, (row) => (isBasic(row) ? null : bat.placeOrNone(row.batch.words.bat))),
  );
  writeRuns(
    out,
    going(batches, (row) => (isBasic(row) ? null : utc.placeOrNone(row.batch.words.utc))),
  );
  writeRuns(
    out,
    going(batches, (row) => (isBasic(row) ? freshFor.placeOrNone(row.batch.words.freshFor) : null)),
  );
  for (const name of numberNames)
    writeRuns(
      out,
      going(batches, ({ batch }) => (batch.numbers === null ? null : sayable(batch.numbers[name]))),
    );
  writeTold(out, batches);
  const moments = writeMoments(out, rows, batches);
  writePressures(out, batches);
  const words: Texts[2] = [dt.all, bat.all, utc.all, freshFor.all];
  const facts = rows.flatMap(({ line, batch }) => (batch === null ? [line.fact] : []));
  const texts: Texts = [epochs.all, streams.all, words, moments, facts];
  return fromParts({
    version: layoutVersion,
    parts: [
      { id: part.texts, bytes: toAscii(texts) },
      { id: part.numbers, bytes: out.done() },
    ],
  });
};

const refuseTooMuch = (lines: readonly Line[], batches: readonly BatchRow[]): void => {
  const samples = batches.reduce((sum, { batch }) => sum + batch.tenths.length, 0);
  if (lines.length > mostRows || samples > mostSamples)
    throw new RangeError(`${lines.length} lines with ${samples} samples are more than one chunk holds.`);
  let last = -1;
  for (const { id } of lines) {
    if (!isWhole(id)) throw new RangeError(`The number ${id} of a line is too large.`);
    if (id <= last) throw new RangeError(`Line ${id} cannot stand after line ${last}.`);
    last = id;
  }
};

/** The different values of a column, in the order in which they first came. */
class Different<T> {
  readonly all: T[] = [];
  readonly #places = new Map<unknown, number>();

  /** From 0. */
  place(value: T): number {
    const key = typeof value === "object" ? JSON.stringify(value) : value;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    return this.all.push(value) - 1;
  }

  /** From 1; 0 where there is no value. */
  placeOrNone(value: T | undefined): number {
    return value === undefined ? 0 : 1 + this.place(value);
  }
}

/** A column in which the row before goes on where `of` has nothing to say. */
const going = (batches: readonly BatchRow[], of: (row: BatchRow) => number | null): readonly number[] => {
  let last = 0;
  return batches.map((row) => (last = of(row) ?? last));
};

/** A whole number as one that can also be missing, which is 0. */
const sayable = (value: number | undefined): number =>
  value === undefined ? 0 : value >= 0 ? value + 1 : value;

const writeTold = (out: BitWriter, batches: readonly BatchRow[]): void => {
  const predictors = new Map<number, MessagePredictor>();
  const left = batches.map(({ batch, place }) => {
    const predictor = ofStream(predictors, place, MessagePredictor);
    const { seq, m0, occMs } = batch;
    const off = [seq - predictor.seq(), m0 - predictor.m0(seq), occMs - predictor.occMs(m0)] as const;
    predictor.learn(batch, batch.tenths.length * (batch.words.dt ?? 0));
    return off;
  });
  for (const told of [0, 1, 2] as const)
    writeRuns(
      out,
      left.map((off) => off[told]),
    );
};

const ofStream = <P>(made: Map<number, P>, place: number, kind: new () => P): P => {
  const known = made.get(place);
  if (known !== undefined) return known;
  const added = new kind();
  made.set(place, added);
  return added;
};

/** Moments and ids; answers with those moments that cannot be kept as whole numbers. */
const writeMoments = (out: BitWriter, rows: readonly Row[], batches: readonly BatchRow[]): Texts[3] => {
  const isEvery = rows.every(({ line }) => isWhole(line.at));
  if (isEvery) writeTimes(out, rows, batches);
  writeIds(out, rows);
  const isWall = isEvery && rows.every(({ line }) => isWhole(line.wall));
  if (isWall)
    writeRuns(
      out,
      rows.map(({ line }) => line.wall - line.at),
    );
  const isFact = isEvery && batches.every(({ line }) => isWhole(line.fact.at));
  if (isFact)
    writeRuns(
      out,
      batches.map(({ line }) => line.fact.at - line.at),
    );
  return [
    isEvery ? null : rows.map(({ line }) => line.at),
    isWall ? null : rows.map(({ line }) => line.wall),
    isFact ? null : batches.map(({ line }) => line.fact.at),
  ];
};

const writeTimes = (out: BitWriter, rows: readonly Row[], batches: readonly BatchRow[]): void => {
  const column = new Column(2);
  const predictors = new Map<number, ArrivalPredictor>();
  let b = 0;
  let last = 0;
  for (const { line, batch } of rows) {
    const place = batch === null ? 0 : (batches[b++]?.place ?? 0);
    if (batch?.stream[2] === "live") {
      const predictor = ofStream(predictors, place, ArrivalPredictor);
      const m = batch.m0 + (batch.tenths.length - 1) * (batch.words.dt ?? 0);
      column.code(out, line.at - predictor.next(m, last), 0);
      predictor.learn(m, line.at);
    } else column.code(out, line.at - last, 1);
    last = line.at;
  }
};

const writeIds = (out: BitWriter, rows: readonly Row[]): void => {
  const costs = idWays.map((way) => {
    const predictor = new IdPredictor(way);
    return rows.reduce((sum, { line }) => {
      const left = line.id - predictor.next(line.at);
      predictor.learn(line.id);
      return sum + Math.log2(1 + Math.abs(left));
    }, 0);
  });
  const best = costs.indexOf(Math.min(...costs));
  const way: IdWay = idWays[best] ?? "place";
  const column = new Column();
  column.code(out, best);
  const predictor = new IdPredictor(way);
  for (const { line } of rows) {
    column.code(out, line.id - predictor.next(line.at));
    predictor.learn(line.id);
  }
};

const writePressures = (out: BitWriter, batches: readonly BatchRow[]): void => {
  const streams = Map.groupBy(batches, ({ place }) => place);
  const measured = [...streams.values()].map((own) =>
    own.flatMap(({ batch }) => batch.tenths.filter((tenths) => tenths !== null)),
  );
  const pressures = new Pressures<number>(out, fittedWeights(measured));
  for (const { batch, place } of batches)
    for (const tenths of batch.tenths) pressures.code(place, tenths ?? NaN);
};
