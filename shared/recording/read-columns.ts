/** The columns of a chunk of version 1, read in the order in which they were written. Null: what is read cannot have been written so. */
import type { z } from "zod";
import { type CuffPhase, cuffPhases, type DataMessage } from "../cuff/message.ts";
import type { Epoch } from "../ids.ts";
import type { BitReader } from "./coder.ts";
import { mostRows, type textsSchema } from "./layout.ts";
import { ArrivalPredictor, IdPredictor, idWays, MessagePredictor } from "./predict.ts";
import { readRuns, Runs } from "./runs.ts";
import type { Stream } from "./samples.ts";
import { Column } from "./whole.ts";

type TextsRead = z.output<typeof textsSchema>;
type Maybe<T> = Runs<T | undefined>;

export type Columns = Readonly<{
  /** By row: which batch it is, or, where negative, which fact in JSON: -1 is the first. */
  places: Int32Array;
  epochs: Maybe<Epoch>;
  /** How many batches there are; all of the following is by batch. */
  batches: number;
  streams: Maybe<Stream>;
  counts: Runs<number>;
  dt: Maybe<number>;
  bat: Maybe<DataMessage["bat"]>;
  utc: Maybe<string | number>;
  freshFor: Maybe<number>;
  phase: Maybe<CuffPhase>;
  tgt: Maybe<number>;
  ep: Maybe<number>;
  set: Maybe<number>;
  rep: Maybe<number>;
  pump: Maybe<boolean>;
  hist: Maybe<boolean>;
  rssi: Maybe<number>;
  seq: Float64Array;
  m0: Float64Array;
  occMs: Float64Array;
}>;

/** Reads runs until the first ones that do not add up; nothing is read after them. */
class RunsReader {
  readonly #from: BitReader;
  ok = true;

  constructor(from: BitReader) {
    this.#from = from;
  }

  runs(rows: number): Runs<number> {
    const runs = this.ok ? readRuns(this.#from, rows) : null;
    this.ok &&= runs !== null;
    return runs ?? new Runs<number>([0], []);
  }

  /** Places of values of which every row has one. */
  said<T>(rows: number, values: readonly T[]): Maybe<T> {
    const runs = this.runs(rows);
    this.ok &&= runs.every((place) => place >= 0 && place < values.length);
    return runs.as((place) => values[place]);
  }

  /** Places from 1, and 0 for nothing. */
  word<T>(rows: number, values: readonly T[]): Maybe<T> {
    const runs = this.runs(rows);
    this.ok &&= runs.every((place) => place >= 0 && place <= values.length);
    return runs.as((place) => values[place - 1]);
  }

  number(rows: number): Maybe<number> {
    return this.runs(rows).as((value) => (value === 0 ? undefined : value > 0 ? value - 1 : value));
  }

  flag(rows: number): Maybe<boolean> {
    return this.number(rows).as((value) => (value === undefined ? undefined : value === 1));
  }
}

export const readColumns = (from: BitReader, [epochsSaid, streamsSaid, words]: TextsRead): Columns | null => {
  const rows = new Column().code(from, 0);
  if (rows < 0 || rows > mostRows) return null;
  const read = new RunsReader(from);
  const forms = read.runs(rows);
  const places = new Int32Array(rows);
  let batches = 0;
  for (let row = 0; row < rows; row++) places[row] = forms.at(row) === 1 ? batches++ : -1 - (row - batches);
  const epochs = read.said(rows, epochsSaid);
  const streams = read.said(batches, streamsSaid);
  const counts = read.runs(batches);
  const dt = read.word(batches, words[0]);
  const bat = read.word(batches, words[1]);
  const utc = read.word(batches, words[2]);
  const freshFor = read.word(batches, words[3]);
  // In the order of `numberNames`.
  const phase = read.number(batches).as((place) => (place === undefined ? undefined : cuffPhases[place]));
  const tgt = read.number(batches);
  const ep = read.number(batches);
  const set = read.number(batches);
  const rep = read.number(batches);
  const pump = read.flag(batches);
  const hist = read.flag(batches);
  const rssi = read.number(batches);
  const left = [read.runs(batches), read.runs(batches), read.runs(batches)] as const;
  if (!read.ok) return null;
  const told = readTold(left, { streams, counts, dt, batches });
  return {
    ...{ places, batches, epochs, streams, counts, dt, bat, utc, freshFor },
    ...{ phase, tgt, ep, set, rep, pump, hist, rssi, ...told },
  };
};

type Left = readonly [seq: Runs<number>, m0: Runs<number>, occMs: Runs<number>];

const readTold = (
  left: Left,
  { streams, counts, dt, batches }: Pick<Columns, "streams" | "counts" | "dt" | "batches">,
): Pick<Columns, "seq" | "m0" | "occMs"> => {
  const [seq, m0, occMs] = [new Float64Array(batches), new Float64Array(batches), new Float64Array(batches)];
  const predictors = new Map<Stream | undefined, MessagePredictor>();
  for (let b = 0; b < batches; b++) {
    const predictor = ofStream(predictors, streams.at(b), MessagePredictor);
    const ownSeq = predictor.seq() + (left[0].at(b) ?? 0);
    const ownM0 = predictor.m0(ownSeq) + (left[1].at(b) ?? 0);
    const told = { seq: ownSeq, m0: ownM0, occMs: predictor.occMs(ownM0) + (left[2].at(b) ?? 0) };
    predictor.learn(told, (counts.at(b) ?? 0) * (dt.at(b) ?? 0));
    seq[b] = told.seq;
    m0[b] = told.m0;
    occMs[b] = told.occMs;
  }
  return { seq, m0, occMs };
};

/** What is remembered of a stream. */
const ofStream = <P>(made: Map<Stream | undefined, P>, stream: Stream | undefined, kind: new () => P): P => {
  const known = made.get(stream);
  if (known !== undefined) return known;
  const added = new kind();
  made.set(stream, added);
  return added;
};

/** Site time, wall clock and id of each row, and the time of each batch's fact. */
export type Moments = Readonly<{
  ats: Float64Array;
  ids: Float64Array;
  wall: (row: number) => number;
  factAt: (b: number, row: number) => number;
}>;

export const readMoments = (
  from: BitReader,
  columns: Columns,
  [, , , moments]: TextsRead,
): Moments | null => {
  const { places, batches } = columns;
  const [exactAts, exactWalls, exactFactAts] = moments;
  if (exactAts !== null && exactAts.length !== places.length) return null;
  const ats = exactAts === null ? readTimes(from, columns) : Float64Array.from(exactAts);
  const ids = readIds(from, ats);
  if (ids === null) return null;
  const beside = (exact: readonly number[] | null, rows: number): Runs<number> | readonly number[] | null =>
    exact === null ? readRuns(from, rows) : exact.length === rows ? exact : null;
  const walls = beside(exactWalls, places.length);
  if (walls === null) return null;
  const factAts = beside(exactFactAts, batches);
  if (factAts === null) return null;
  return {
    ...{ ats, ids },
    wall: (row) => (walls instanceof Runs ? (ats[row] ?? 0) + (walls.at(row) ?? 0) : (walls[row] ?? 0)),
    factAt: (b, row) =>
      factAts instanceof Runs ? (ats[row] ?? 0) + (factAts.at(b) ?? 0) : (factAts[b] ?? 0),
  };
};

const readTimes = (from: BitReader, { places, streams, counts, dt, m0 }: Columns): Float64Array => {
  const ats = new Float64Array(places.length);
  const column = new Column(2);
  const predictors = new Map<Stream | undefined, ArrivalPredictor>();
  let last = 0;
  for (let row = 0; row < ats.length; row++) {
    const b = places[row] ?? -1;
    const stream = b < 0 ? undefined : streams.at(b);
    if (stream?.quality === "live") {
      const predictor = ofStream(predictors, stream, ArrivalPredictor);
      const m = (m0[b] ?? 0) + ((counts.at(b) ?? 0) - 1) * (dt.at(b) ?? 0);
      last = predictor.next(m, last) + column.code(from, 0, 0);
      predictor.learn(m, last);
    } else last += column.code(from, 0, 1);
    ats[row] = last;
  }
  return ats;
};

/** Null where they do not grow. */
const readIds = (from: BitReader, ats: Float64Array): Float64Array | null => {
  const column = new Column();
  const way = idWays[column.code(from, 0)];
  if (way === undefined) return null;
  const ids = new Float64Array(ats.length);
  const predictor = new IdPredictor(way);
  let last = -1;
  for (let row = 0; row < ids.length; row++) {
    const id = predictor.next(ats[row] ?? 0) + column.code(from, 0);
    if (!(id > last && Number.isSafeInteger(id))) return null;
    predictor.learn(id);
    ids[row] = last = id;
  }
  return ids;
};
