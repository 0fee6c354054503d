/** The columns of a chunk of version 1, read in the order in which they were written. Faults stay in the readers. */
import { z } from "zod";
import { type Epoch, epoch } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import type { ByteReader } from "./bytes.ts";
import { readNumbers, readSaid, readWords, type Runs } from "./columns.ts";
import { form, moments, streamWord, type Words, wordSchemas } from "./layout.ts";
import { ArrivalPredictor, IdPredictor, MessagePredictor } from "./predict.ts";
import type { Stream } from "./samples.ts";

/** Moments beside others, by row. */
type Beside = (row: number, beside: number) => number;

export type Columns = Readonly<{
  /** By row: which batch it is, or, where negative, which fact in JSON: -1 is the first. */
  places: Int32Array;
  /** By row. */
  epochs: Runs<Epoch>;
  wall: Beside;
  /** All others by batch: the time of the fact beside that of the line, and what the message says. */
  batches: number;
  factAt: Beside;
  streams: Runs<Stream>;
  counts: Runs<number>;
  words: { readonly [W in keyof Words]-?: Runs<Words[W]> };
  seq: Float64Array;
  m0: Float64Array;
  occMs: Float64Array;
}>;

/** Ids of all rows, which grow. Each takes a byte at least, so there are never more rows than bytes. */
export const readIds = (from: ByteReader): Float64Array => {
  const rows = from.whole();
  if (rows > from.left) from.fail("it names more lines than there are");
  if (from.fault !== null) return new Float64Array(0);
  const ids = new Float64Array(rows);
  const predictor = new IdPredictor();
  let last = -1;
  for (let row = 0; row < rows; row++) {
    const id = predictor.next() + from.signed();
    if (id <= last) from.fail("its lines are not in order");
    predictor.learn(id);
    ids[row] = last = id;
  }
  return ids;
};

export const readColumns = (from: ByteReader, rows: number): Columns => {
  const forms = readNumbers(from, rows);
  const places = new Int32Array(rows);
  let batches = 0;
  for (let row = 0; row < rows; row++)
    places[row] = forms.at(row) === form.batch ? batches++ : -1 - (row - batches);
  const epochs = readSaid(from, rows, z.string().transform(epoch));
  const wall = readBeside(from, rows);
  const factAt = readBeside(from, batches);
  const streams = readSaid(from, batches, streamWord);
  const counts = readNumbers(from, batches);
  const word = <T>(schema: z.ZodType<T>): Runs<T | undefined> => readWords(from, batches, schema);
  const words = {
    // In the order in which they were written.
    dt: word(wordSchemas.dt),
    phase: word(wordSchemas.phase),
    tgt: word(wordSchemas.tgt),
    ep: word(wordSchemas.ep),
    set: word(wordSchemas.set),
    rep: word(wordSchemas.rep),
    pump: word(wordSchemas.pump),
    hist: word(wordSchemas.hist),
    bat: word(wordSchemas.bat),
    rssi: word(wordSchemas.rssi),
    utc: word(wordSchemas.utc),
    freshFor: word(wordSchemas.freshFor),
  };
  const off = {
    seq: readNumbers(from, batches),
    m0: readNumbers(from, batches),
    occMs: readNumbers(from, batches),
  };
  const [seq, m0, occMs] = [new Float64Array(batches), new Float64Array(batches), new Float64Array(batches)];
  const predictors = new Map<Stream | undefined, MessagePredictor>();
  for (let b = 0; b < batches; b++) {
    const stream = streams.at(b);
    const predictor = predictors.get(stream) ?? new MessagePredictor();
    predictors.set(stream, predictor);
    const told = { seq: predictor.seq() + (off.seq.at(b) ?? 0), m0: 0, occMs: 0 };
    told.m0 = predictor.m0(told.seq) + (off.m0.at(b) ?? 0);
    told.occMs = predictor.occMs(told.m0) + (off.occMs.at(b) ?? 0);
    predictor.learn(told, (counts.at(b) ?? 0) * (words.dt.at(b) ?? 0));
    seq[b] = told.seq;
    m0[b] = told.m0;
    occMs[b] = told.occMs;
  }
  return { places, epochs, wall, batches, factAt, streams, counts, words, seq, m0, occMs };
};

const readBeside = (from: ByteReader, rows: number): Beside => {
  const how = from.byte();
  const moved = readNumbers(from, rows);
  return how === moments.whole ? (row, beside) => beside + (moved.at(row) ?? 0) : (row) => moved.at(row) ?? 0;
};

/** Site times of all rows. */
export const readTimes = (
  from: ByteReader,
  { places, streams, counts, words, m0 }: Columns,
): Float64Array => {
  const rows = places.length;
  const ats = new Float64Array(rows);
  const how = from.byte();
  if (how === moments.doubles) {
    if (from.left < 8 * rows) from.fail("it ends too early");
    for (let row = 0; row < rows; row++) ats[row] = from.double();
    return ats;
  }
  const predictors = new Map<Stream, ArrivalPredictor>();
  let last = 0;
  for (let row = 0; row < rows; row++) {
    const b = places[row] ?? -1;
    const stream = b < 0 ? undefined : streams.at(b);
    if (stream?.quality === "live") {
      const predictor = predictors.get(stream) ?? new ArrivalPredictor();
      predictors.set(stream, predictor);
      const m = (m0[b] ?? 0) + ((counts.at(b) ?? 0) - 1) * (words.dt.at(b) ?? 0);
      const at = predictor.next(m, last) + from.signed();
      predictor.learn(m, at);
      last = at;
    } else last += from.signed();
    ats[row] = last;
  }
  return ats;
};

const factSchema = z.looseObject({ kind: z.string(), at: z.number() });

/** The facts that stand as JSON, in order. */
export const readFacts = (from: ByteReader, { places, batches }: Columns): readonly Fact[] => {
  const facts: Fact[] = [];
  for (let left = places.length - batches; left > 0 && from.fault === null; left--) {
    const found = from.json();
    if (!factSchema.safeParse(found).success) from.fail("a text in it is no fact");
    // Only this program writes chunks.
    facts.push(found as Fact);
  }
  return facts;
};
