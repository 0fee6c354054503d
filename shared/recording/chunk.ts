/**
 * Lines of a log as columns. What follows from the line before, as the number of a message or the cuff's own clock, costs nothing; what is
 * left are the noise of the sensor, the jitter of arrivals and the order in which cuffs came. A line that does not fit into columns
 * stands in it as JSON, so nothing is ever lost.
 */
import { ByteWriter, isWhole } from "./bytes.ts";
import { writeNumbers, writeWords } from "./columns.ts";
import { type Batch, batchOf, form, moments, part, version, wordNames, type Words } from "./layout.ts";
import type { Line } from "./line.ts";
import { fromParts, type Part } from "./parts.ts";
import {
  ArrivalPredictor,
  IdPredictor,
  MessagePredictor,
  type Order,
  orders,
  PressurePredictor,
} from "./predict.ts";

export { type Chunk, openChunk } from "./open-chunk.ts";
export { fromParts, type Opened, type Part, type Parts, partsOf, type Unreadable } from "./parts.ts";

type Row = Readonly<{ line: Line; batch: Batch | null }>;
type BatchRow = Row & Readonly<{ batch: Batch }>;

/** Lines, whose ids must grow, as the bytes of a chunk. The same lines give the same bytes. */
export const encodeChunk = (lines: readonly Line[]): Uint8Array => {
  const rows = lines.map((line): Row => ({ line, batch: batchOf(line.fact) }));
  const batches = rows.filter((row): row is BatchRow => row.batch !== null);
  const parts: readonly Part[] = [
    { id: part.about, bytes: aboutOf(rows, batches) },
    { id: part.ids, bytes: idsOf(lines) },
    { id: part.times, bytes: timesOf(rows) },
    { id: part.pressures, bytes: pressuresOf(batches) },
    { id: part.facts, bytes: factsOf(rows) },
  ];
  return fromParts({ version, parts });
};

const idsOf = (lines: readonly Line[]): Uint8Array => {
  const out = new ByteWriter();
  out.whole(lines.length);
  const predictor = new IdPredictor();
  let last = -1;
  for (const { id } of lines) {
    if (!(isWhole(id) && id > last)) throw new RangeError(`Line ${id} cannot stand after line ${last}.`);
    out.signed(id - predictor.next());
    predictor.learn(id);
    last = id;
  }
  return out.done();
};

const timesOf = (rows: readonly Row[]): Uint8Array => {
  const out = new ByteWriter();
  if (!rows.every(({ line }) => isWhole(line.at))) {
    out.byte(moments.doubles);
    for (const { line } of rows) out.double(line.at);
    return out.done();
  }
  out.byte(moments.whole);
  const arrivals = new Map<string, ArrivalPredictor>();
  let last = 0;
  for (const { line, batch } of rows) {
    const predictor =
      batch === null || batch.stream[2] !== "live" ? null : madeFor(arrivals, batch, ArrivalPredictor);
    const m = batch === null ? 0 : lastSampleOf(batch);
    out.signed(line.at - (predictor?.next(m, last) ?? last));
    predictor?.learn(m, line.at);
    last = line.at;
  }
  return out.done();
};

/** The cuff's clock at the last sample; dt need not be whole. */
const lastSampleOf = ({ m0, tenths, words }: Batch): number => m0 + (tenths.length - 1) * (words.dt ?? 0);

const madeFor = <P>(made: Map<string, P>, { stream }: Batch, kind: new () => P): P => {
  const key = JSON.stringify(stream);
  const known = made.get(key);
  if (known !== undefined) return known;
  const added = new kind();
  made.set(key, added);
  return added;
};

/** The order that leaves the least; both give back the same pressures. */
const pressuresOf = (batches: readonly BatchRow[]): Uint8Array => {
  const [least] = orders.map((order) => pressuresIn(order, batches)).sort((a, b) => a.size - b.size);
  return least?.bytes ?? new Uint8Array(0);
};

const pressuresIn = (
  order: Order,
  batches: readonly BatchRow[],
): Readonly<{ bytes: Uint8Array; size: number }> => {
  const out = new ByteWriter();
  out.whole(batches.reduce((sum, { batch }) => sum + batch.tenths.length, 0));
  out.byte(order);
  const predictors = new Map<string, PressurePredictor>();
  let size = 0;
  for (const { batch } of batches) {
    const key = JSON.stringify(batch.stream);
    const predictor = predictors.get(key) ?? new PressurePredictor(order);
    predictors.set(key, predictor);
    for (const tenths of batch.tenths) {
      if (tenths === null) {
        out.whole(0);
        continue;
      }
      const off = tenths - predictor.next();
      out.whole(1 + (off >= 0 ? 2 * off : -2 * off - 1));
      size += Math.log2(1 + Math.abs(off));
      predictor.learn(tenths);
    }
  }
  return { bytes: out.done(), size };
};

const factsOf = (rows: readonly Row[]): Uint8Array => {
  const out = new ByteWriter();
  for (const { line, batch } of rows) if (batch === null) out.json(line.fact);
  return out.done();
};

/** Everything that changes seldom. */
const aboutOf = (rows: readonly Row[], batches: readonly BatchRow[]): Uint8Array => {
  const out = new ByteWriter();
  writeNumbers(
    out,
    rows.map(({ batch }) => (batch === null ? form.json : form.batch)),
  );
  writeWords(
    out,
    rows.map(({ line }) => line.epoch),
  );
  writeBeside(
    out,
    rows.map(({ line }) => [line.wall, line.at]),
  );
  writeBeside(
    out,
    batches.map(({ line }) => [line.fact.at, line.at]),
  );
  writeWords(
    out,
    batches.map(({ batch }) => batch.stream),
  );
  writeNumbers(
    out,
    batches.map(({ batch }) => batch.tenths.length),
  );
  for (const name of wordNames) writeWords(out, wordsOf(name, batches));
  const messages = new Map<string, MessagePredictor>();
  const off = batches.map(({ batch }) => {
    const { seq, m0, occMs } = batch;
    const predictor = madeFor(messages, batch, MessagePredictor);
    const left = {
      seq: seq - predictor.seq(),
      m0: m0 - predictor.m0(seq),
      occMs: occMs - predictor.occMs(m0),
    };
    predictor.learn(batch, batch.tenths.length * (batch.words.dt ?? 0));
    return left;
  });
  writeNumbers(
    out,
    off.map(({ seq }) => seq),
  );
  writeNumbers(
    out,
    off.map(({ m0 }) => m0),
  );
  writeNumbers(
    out,
    off.map(({ occMs }) => occMs),
  );
  return out.done();
};

/** Moments beside others: what they are more, or, where that is not whole, themselves. */
const writeBeside = (
  out: ByteWriter,
  moved: readonly (readonly [moment: number, beside: number])[],
): void => {
  const whole = moved.every(([moment, beside]) => isWhole(moment) && isWhole(beside));
  out.byte(whole ? moments.whole : moments.doubles);
  writeNumbers(
    out,
    moved.map(([moment, beside]) => (whole ? moment - beside : moment)),
  );
};

/** A column of words. Where a cuff of the other sort has no such word, the one before goes on. */
const wordsOf = (name: keyof Words, batches: readonly BatchRow[]): readonly unknown[] => {
  let last: unknown;
  return batches.map(({ batch }) => {
    if ((batch.stream[1] === null) === (name === "freshFor")) last = batch.words[name];
    return last;
  });
};
